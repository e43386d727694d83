using System.Net;
using System.Text.RegularExpressions;
using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Forum.Web.Tests.Api;
using Forum.Web.Tests.Architecture;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Security;

/// <summary>What one may not see is nowhere: every address is read, before and after it went out of sight, by all who may not.</summary>
public sealed partial class LeaksTests(WebForum forum) : IClassFixture<WebForum>
{
    /// <summary>Words of the secret, each in a place of its own: title, question, reply, tag.</summary>
    private const string Title = "zanzibarian", Question = "quokkas", Reply = "wombats", Tag = "numbat";

    /// <summary>What the secret is found by, as others are.</summary>
    private const string Shared = "spoons";

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    public enum Sight
    {
        HiddenReply,
        DeletedReply,
        HiddenTopic,
        DeletedTopic,
        BoardForMembers,
        BoardForStaff,
    }

    [Theory]
    [InlineData(Sight.HiddenReply, Reply)]
    [InlineData(Sight.DeletedReply, Reply)]
    [InlineData(Sight.HiddenTopic, Title, Question, Reply, Tag)]
    [InlineData(Sight.DeletedTopic, Title, Question, Reply, Tag)]
    [InlineData(Sight.BoardForMembers, Title, Question, Reply, Tag)]
    [InlineData(Sight.BoardForStaff, Title, Question, Reply, Tag)]
    public async Task Check_20_what_went_out_of_sight_is_nowhere_for_those_who_may_not_see_it(Sight sight, params string[] secrets)
    {
        var open = await Everything.InAsync(forum);
        var staff = await forum.MemberAsync("Stefan Staff", SiteRole.Admin);
        var board = (await forum.BoardAsync($"b{Guid.NewGuid():N}"[..12])).Slug;
        // A tag that its asker made is there with the topic alone.
        var author = await forum.TrustedAsync(Rights.TaggingTrust);
        var unique = Guid.NewGuid().ToString("N")[..6];
        string Secret(string word) => word + unique;
        // Seen from elsewhere: a topic it links to, a question like it, and one that links to it.
        var pointed = await forum.AskAsync(open.Asker, open.Board, "Which drawer holds what I look for?", "I have looked in the first one only.");
        var topic = await forum.AskAsync(author, board, $"Where are the {Secret(Title)} {Shared}?", $"I look for {Shared} made of {Secret(Question)} for the winter, see /t/{pointed.TopicId} or http://localhost:5080/t/{pointed.TopicId}", Secret(Tag));
        var reply = await forum.ReplyAsync(author, topic, $"The {Shared} of {Secret(Reply)} lie in the second drawer.");
        await forum.UpvoteAsync(staff, topic);
        await forum.UpvoteAsync(staff, reply);
        await forum.AcceptAsync(author, reply);
        await forum.AskAsync(open.Asker, open.Board, $"Where are the silver {Shared}?", $"I look for {Shared} made of silver for the winter.");
        var linking = await forum.AskAsync(staff, open.Board, $"Which {Shared} are meant here?", $"See http://localhost:5080/t/{topic.TopicId} and [this one](/t/{topic.TopicId}), please.");
        var (visitor, stranger) = (forum.Visitor(), await forum.SignInAsync((await forum.MemberAsync("Stella Strange")).Email!));
        var scripts = new[] { forum.Anonymous(), await forum.ApiOfAsync(await forum.MemberAsync("Stella Strange"), TokenScope.Read) };
        string[] addresses = [.. open.Readable, .. (open with { Board = board, Topic = topic, Reply = reply, Asker = author }).Readable,
            $"/t/{linking.TopicId}/{linking.Slug}", $"/t/{pointed.TopicId}/{pointed.Slug}", $"/search?q={Shared}", $"/search?q=is:solved {Shared}", $"/tags/{Secret(Tag)}", "/sitemap.xml?part=0", "/?filter=solved", "/?filter=top", $"/forums/{board}?filter=top",
            "/leaderboard?period=all", $"/leaderboard?period=all&board={board}", $"/x/tags?q={Tag}", $"/x/suggest?q={Shared}", $"/x/suggest?q={Title}", $"/x/suggest?q={Tag}"];
        string[] lists = ["boards", "topics", "topics?filter=top", "topics?filter=solved", $"topics?board={board}", $"topics?tag={Secret(Tag)}", $"search?q={Shared}", $"search?q={Shared}&solved=true", $"similar?title=Where are the {Shared}?",
            $"topics/{topic.TopicId}", $"topics/{topic.TopicId}/posts", $"posts/{topic.PostId}", $"posts/{reply.PostId}", "leaderboards/upvotes?period=all", $"suggest?q={Shared}", $"suggest?q={Title}", $"suggest?q={Tag}"];
        await WebForum.HoldsSoonAsync(async () => (await visitor.GetAsync($"/search?q={Shared}")).Text.Contains(Secret(Title), StringComparison.Ordinal), "found while it is there", patience);
        foreach (var address in addresses)
            await visitor.GetAsync(address);
        Assert.Contains(Secret(Title), (await visitor.GetAsync($"/t/{pointed.TopicId}/{pointed.Slug}")).Text, StringComparison.Ordinal);

        await PutAsync(sight, board, topic, reply);

        var shut = sight == Sight.BoardForMembers ? [("A visitor", visitor)] : new[] { ("A visitor", visitor), ("A member", stranger) };
        foreach (var secret in secrets)
        {
            foreach (var (who, browser) in shut)
                foreach (var address in addresses)
                    await WebForum.HoldsSoonAsync(async () => !Without((await browser.GetAsync(address)).Text, address).Contains(Secret(secret), StringComparison.OrdinalIgnoreCase), $"{who} reads nothing of the {secret} at {address}", patience);
            foreach (var script in sight == Sight.BoardForMembers ? scripts[..1] : scripts)
                foreach (var list in lists)
                    await WebForum.HoldsSoonAsync(async () => !(await script.GetAsync(list)).Text.Contains(Secret(secret), StringComparison.OrdinalIgnoreCase), $"a script reads nothing of the {secret} at {list}", patience);
        }
    }

    [Theory]
    [InlineData(Sight.HiddenTopic)]
    [InlineData(Sight.BoardForMembers)]
    [InlineData(Sight.BoardForStaff)]
    public async Task Check_20_what_one_may_not_see_looks_like_what_never_was(Sight sight)
    {
        var scene = await Everything.InAsync(forum);
        await PutAsync(sight, scene.Board, scene.Topic, scene.Reply);
        var stranger = await forum.SignInAsync((await forum.MemberAsync("Stella Strange")).Email!);
        foreach (var browser in sight == Sight.BoardForMembers ? [forum.Visitor()] : new[] { forum.Visitor(), stranger })
            foreach (var (there, nowhere) in new[]
            {
                ($"/t/{scene.Topic.TopicId}", "/t/987654321"), ($"/t/{scene.Topic.TopicId}/{scene.Topic.Slug}", $"/t/987654321/{scene.Topic.Slug}"), ($"/t/{scene.Topic.TopicId}/{scene.Topic.Slug}/2", $"/t/987654321/{scene.Topic.Slug}/2"),
                ($"/api/v1/topics/{scene.Topic.TopicId}", "/api/v1/topics/987654321"), ($"/api/v1/posts/{scene.Reply.PostId}", "/api/v1/posts/987654321"),
            })
            {
                Answer? seen = null;
                await WebForum.HoldsSoonAsync(async () => (seen = await browser.GetAsync(there)).Status == HttpStatusCode.NotFound, $"{there} is not found", patience);
                Assert.Equal(Bare((await browser.GetAsync(nowhere)).Text), Bare(seen!.Text));
            }
    }

    private async Task PutAsync(Sight sight, string board, PostedPost topic, PostedPost reply)
    {
        var removed = sight is Sight.HiddenReply or Sight.DeletedReply ? reply : topic;
        if (sight is Sight.HiddenReply or Sight.HiddenTopic)
            _ = (await forum.Get<HidePost>().RunAsync((await forum.BoardModeratorAsync(board)).AsActor(), removed.PostId, null, default)).Required;
        else if (sight is Sight.DeletedReply or Sight.DeletedTopic)
            _ = (await forum.Get<DeletePost>().RunAsync((await forum.BoardModeratorAsync(board)).AsActor(), removed.PostId, default)).Required;
        else
            await CloseAsync(board, sight == Sight.BoardForMembers ? ReadAccess.Members : ReadAccess.Staff);
    }

    /// <summary>Closes a board to some, as its page of settings will, and tells whoever keeps pages of it.</summary>
    private async Task CloseAsync(string board, ReadAccess read)
    {
        await forum.Get<Data.ForumWriter>().RunAsync<Done>(Actor.Operator, async (deed, cancellation) =>
        {
            var id = await deed.Db.Boards.Where(b => b.Slug == board).Select(b => b.Id).SingleAsync(cancellation);
            await deed.Db.Boards.Where(b => b.Id == id).ExecuteUpdateAsync(set => set.SetProperty(b => b.Read, read), cancellation);
            deed.Tell(new Outbox.BoardChanged(id));
            return new Done();
        }, default);
    }

    /// <summary>The text but for what the reader asked for: a search repeats its own words, and a page its own address.</summary>
    private static string Without(string text, string address) => text.Replace(address, "", StringComparison.OrdinalIgnoreCase).Replace(Uri.EscapeDataString(address), "", StringComparison.OrdinalIgnoreCase);

    private static string Bare(string text) => Marks().Replace(text, "");

    /// <summary>What differs from one answer to the next, whatever is asked for: numbers, tokens and marks of the framework.</summary>
    [GeneratedRegex("\\d+|\"traceId\":\"[^\"]*\"|value=\"CfDJ8[^\"]*\"|<!--.*?-->")]
    private static partial Regex Marks();
}
