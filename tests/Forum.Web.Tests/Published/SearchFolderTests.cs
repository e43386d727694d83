using System.Net;
using Forum.Members;
using Forum.Topics;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Published;

[Collection(PublishedProgram.Name)]
public sealed class SearchFolderTests(PublishedProgram program)
{
    private static readonly string[] words = ["firkin", "kilderkin", "hogshead"];

    [Fact]
    public async Task A_search_folder_deleted_or_damaged_while_serving_costs_nothing_but_a_rebuild()
    {
        await using var folder = await ForumFolder.MakeAsync();
        var (member, topic) = await FillAsync(folder);
        await using var node = await program.ServeAsync(folder);
        await node.IsReadyAsync();
        var script = new ApiClient(node.Client, (await folder.Get<CreateToken>().RunAsync(Actor.Operator, member.Handle, TokenScope.Write, default)).Required);
        Assert.True(await FindsAsync(node, words));

        Directory.Delete(folder.SearchFolder, recursive: true);
        await ServesAsync(node, topic, script, "A reply with the word puncheon.");
        await node.HoldsAsync(() => FindsAsync(node, [.. words, "puncheon"]), "all of it found after the folder was deleted");

        Truncate(folder);
        await ServesAsync(node, topic, script, "A reply with the word tierce.");
        await node.SaysAsync("was changed or deleted by somebody else and will be rebuilt");
        await node.HoldsAsync(() => FindsAsync(node, [.. words, "puncheon", "tierce"]), "all of it found after a file was cut off");
        await node.IsReadyAsync();
    }

    [Fact]
    public async Task A_search_folder_deleted_or_damaged_before_the_start_is_complete_again_by_itself()
    {
        await using var folder = await ForumFolder.MakeAsync();
        var (_, topic) = await FillAsync(folder);
        await using (var first = await program.ServeAsync(folder))
        {
            await first.IsReadyAsync();
            await first.StopAsync();
        }

        foreach (var damage in new Action<ForumFolder>[] { Truncate, f => Directory.Delete(f.SearchFolder, recursive: true) })
        {
            damage(folder);
            await using var node = await program.ServeAsync(folder);
            Assert.Equal(HttpStatusCode.OK, (await node.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).Status);
            await node.IsReadyAsync();
            Assert.True(await FindsAsync(node, words), node.ToString());
            await node.StopAsync();
        }
    }

    [SmallDiskFact]
    public async Task A_full_disk_stops_neither_the_site_nor_the_search_and_once_there_is_room_everything_is_found()
    {
        await using var folder = await ForumFolder.MakeAsync();
        var (member, topic) = await FillAsync(folder);
        using var disk = SmallDisk.TryMount(Path.GetDirectoryName(folder.SearchFolder)!)!;
        await using var node = await program.ServeAsync(folder);
        await node.IsReadyAsync();
        var script = new ApiClient(node.Client, (await folder.Get<CreateToken>().RunAsync(Actor.Operator, member.Handle, TokenScope.Write, default)).Required);

        disk.Fill();
        await ServesAsync(node, topic, script, "A reply with the word puncheon.");
        await node.SaysAsync("is damaged and will be rebuilt");
        await ServesAsync(node, topic, script, "A reply with the word tierce.");

        disk.Free();
        await node.HoldsAsync(() => FindsAsync(node, [.. words, "puncheon", "tierce"]), "all of it found once there was room again");
        await node.IsReadyAsync();
    }

    private static async Task<(Member Member, PostedPost Topic)> FillAsync(ForumFolder folder)
    {
        await folder.BoardAsync("help");
        var member = await folder.MemberAsync();
        var topics = new List<PostedPost>();
        foreach (var word in words)
            topics.Add(await folder.AskAsync(member, "help", $"How much does a {word} hold?", $"Somebody told me to buy a {word} of it."));
        return (member, topics[0]);
    }

    private static void Truncate(ForumFolder folder)
    {
        var segment = new DirectoryInfo(folder.SearchFolder).EnumerateFiles("_*").OrderByDescending(f => f.Length).First();
        using var file = segment.Open(FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(segment.Length / 2);
    }

    /// <summary>The site reads, writes and answers searches, however few it finds.</summary>
    private static async Task ServesAsync(Node node, PostedPost topic, ApiClient script, string reply)
    {
        (await script.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = reply })).Is(HttpStatusCode.Created);
        Assert.Contains(reply, (await node.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}?after={Guid.NewGuid():N}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await node.Visitor().GetAsync("/search?q=barrel")).Status);
    }

    private static async Task<bool> FindsAsync(Node node, IEnumerable<string> wanted)
    {
        foreach (var word in wanted)
            if ((await new ApiClient(node.Client).GetAsync($"search?q={word}")).Is(HttpStatusCode.OK).Items.Count != 1)
                return false;
        return true;
    }
}
