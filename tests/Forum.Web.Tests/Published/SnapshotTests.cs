using System.Net;
using System.Text.Json.Nodes;
using Forum.Members;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Published;

[Collection(PublishedProgram.Name)]
public sealed class SnapshotTests(PublishedProgram program)
{
    [Fact]
    public async Task A_new_node_starts_from_the_snapshot_of_another_and_is_ready_when_it_finds_what_was_written_since()
    {
        await using var folder = await ForumFolder.MakeAsync();
        await folder.BoardAsync("help");
        var member = await folder.MemberAsync();
        var topic = await folder.AskAsync(member, "help");
        var script = (await folder.Get<CreateToken>().RunAsync(Actor.Operator, member.Handle, TokenScope.Write, default)).Required;
        await using var one = await program.ServeAsync(folder);
        await one.IsReadyAsync();

        var (code, lines) = await program.RunAsync(folder, "index", "snapshot", "--json");
        Assert.True(code == 0, string.Join('\n', lines));
        var name = JsonNode.Parse(lines[^1])!["name"]!.GetValue<string>();
        (await new ApiClient(one.Client, script).PostAsync($"topics/{topic.TopicId}/posts", new { markdown = "It is called a kilderkin." })).Is(HttpStatusCode.Created);

        // As long as somebody else holds the lock of its folder, the new node cannot begin.
        var node = Path.Combine(folder.Path, "node-two");
        Directory.CreateDirectory(node);
        await using var held = new FileStream(Path.Combine(node, "search.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        await using var two = await program.ServeAsync(folder, ("Forum:NodePath", node));
        await two.SaysAsync("belongs to another process");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await two.Visitor().GetAsync("/health/ready")).Status);
        Assert.Equal("alive", (await two.Visitor().GetAsync("/health/live")).Text);
        await held.DisposeAsync();

        await two.IsReadyAsync();
        var found = (await new ApiClient(two.Client).GetAsync("search?q=kilderkin")).Is(HttpStatusCode.OK).Items;
        Assert.Single(found);
        Assert.Single((await new ApiClient(two.Client).GetAsync("search?q=agency")).Is(HttpStatusCode.OK).Items);
        await two.SaysAsync($"starts from {name}");
        Assert.DoesNotContain(two.Output, line => line.Contains("Building the search index", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_node_without_an_index_has_nothing_to_copy_and_says_what_to_do()
    {
        await using var folder = await ForumFolder.MakeAsync();
        await using var command = program.Start(folder, null, "index", "snapshot");
        Assert.Equal(1, await command.EndsAsync());
        Assert.Contains(command.Errors, line => line.Contains("Start the server or run reindex", StringComparison.Ordinal));
    }
}
