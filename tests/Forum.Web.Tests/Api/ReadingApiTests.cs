using System.Net;
using Forum.Members;

namespace Forum.Web.Tests.Api;

/// <summary>Search, similar topics, members, leaderboards and previews.</summary>
public sealed class ReadingApiTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task Search_finds_what_was_posted_within_a_second()
    {
        var board = await forum.FreshBoardAsync();
        var topic = await forum.AskAsync(await forum.MemberAsync(), board, "How to polish a bandoneon at home", "My bandoneon has lost its shine & I want <it> back.", "music");
        var reply = await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), topic, "Take beeswax for the bandoneon.");
        await WebForum.HoldsSoonAsync(async () => (await forum.Anonymous().GetAsync($"search?q=beeswax&board={board}")).Items.Count == 1, "found");
        var found = Assert.Single((await forum.Anonymous().GetAsync($"search?q=beeswax&board={board}")).Is(HttpStatusCode.OK).Items)!;
        Assert.Equal(["topicId", "postId", "title", "url", "snippetHtml", "solved", "score", "board", "author", "created"], found.AsObject().Select(f => f.Key));
        Assert.Equal((topic.TopicId, reply.PostId), (found["topicId"]!.GetValue<long>(), found["postId"]!.GetValue<long>()));
        Assert.Contains("<mark>beeswax</mark>", found["snippetHtml"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.EndsWith($"/{reply.Number}", found["url"]!.GetValue<string>(), StringComparison.Ordinal);
        var why = Assert.Single((await forum.Anonymous().GetAsync($"search?q=beeswax+unicorn&board={board}&why=true")).Items)!["why"]!;
        Assert.Equal("""{"words":["beeswax"],"corrected":[],"synonyms":[],"solved":false}""", why.ToJsonString());
        var asked = Assert.Single((await forum.Anonymous().GetAsync($"search?q=shine&board={board}&tag=music&solved=false&size=1&page=1")).Items)!;
        Assert.Contains("&lt;it&gt;", asked["snippetHtml"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty((await forum.Anonymous().GetAsync($"search?q=beeswax&board={board}&solved=true")).Items);
    }

    [Fact]
    public async Task Search_goes_on_page_by_page()
    {
        var board = await forum.FreshBoardAsync();
        var asker = await forum.MemberAsync();
        for (var i = 0; i < 3; i++)
            await forum.AskAsync(asker, board, $"Where is the chandelier number {i}?");
        await WebForum.HoldsSoonAsync(async () => (await forum.Anonymous().GetAsync($"search?q=chandelier&board={board}")).Items.Count == 3, "found");
        var first = (await forum.Anonymous().GetAsync($"search?q=chandelier&board={board}&size=2")).Is(HttpStatusCode.OK);
        Assert.Equal((2, "2"), (first.Items.Count, first.Next));
        var second = (await forum.Anonymous().GetAsync($"search?q=chandelier&board={board}&size=2&page={first.Next}")).Is(HttpStatusCode.OK);
        Assert.Equal((1, (string?)null), (second.Items.Count, second.Next));
    }

    [Fact]
    public async Task Similar_topics_come_with_their_solution()
    {
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, await forum.FreshBoardAsync(), "Why does my theremin howl at night?", "The theremin howls whenever the moon is out.");
        await forum.AcceptAsync(asker, await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), topic, "Ground the antenna."));
        Reply? answer = null;
        await WebForum.HoldsSoonAsync(async () => (answer = await forum.Anonymous().GetAsync("similar?title=My theremin howls&body=at night")).Items.Any(t => t!["solution"] is not null), "similar");
        var similar = Assert.Single(answer!.Is(HttpStatusCode.OK).Items, t => t!["topicId"]!.GetValue<long>() == topic.TopicId)!;
        Assert.Equal("Ground the antenna.", similar["solution"]!.GetValue<string>());
        Assert.Empty((await forum.Anonymous().GetAsync("similar")).Is(HttpStatusCode.OK).Items);
    }

    [Fact]
    public async Task A_member_is_shown_with_a_masked_name_and_no_address()
    {
        var member = await forum.MemberAsync("Muhammad Ali");
        var shown = (await forum.Anonymous().GetAsync($"members/{member.Handle.ToUpperInvariant()}")).Is(HttpStatusCode.OK);
        Assert.Equal(["handle", "displayName", "rank", "staff", "avatarUrl", "url", "signature", "points", "posts", "solutions", "joined", "badges"], shown.Json.AsObject().Select(f => f.Key));
        Assert.Equal("Muhammad A", shown.Json["displayName"]!.GetValue<string>());
        Assert.DoesNotContain("Ali", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(member.Email!, shown.Text, StringComparison.OrdinalIgnoreCase);
        (await forum.Anonymous().GetAsync("members/nobody-here")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_leaderboard_counts_upvotes_of_a_board_and_leaves_staff_out()
    {
        var board = await forum.FreshBoardAsync();
        var (best, second, staff) = (await forum.MemberAsync("Berta Best"), await forum.MemberAsync("Zoe Zweit"), await forum.MemberAsync("Stefan Staff", SiteRole.Staff));
        foreach (var (author, votes) in new[] { (best, 2), (second, 1), (staff, 3) })
        {
            var topic = await forum.AskAsync(author, board);
            for (var i = 0; i < votes; i++)
                await forum.UpvoteAsync(await forum.VoterAsync(), topic);
        }
        foreach (var period in (string[])["week", "month", "year", "all", "ALL"])
            await WebForum.HoldsSoonAsync(async () =>
                string.Join(' ', (await forum.Anonymous().GetAsync($"leaderboards/upvotes?period={period}&board={board}")).Is(HttpStatusCode.OK).Items
                    .Select(r => $"{r!["place"]}:{r["member"]!["handle"]}:{r["upvotes"]}")) == $"1:{best.Handle}:2 2:{second.Handle}:1", $"the leaderboard of {period}");
        (await forum.Anonymous().GetAsync("leaderboards/upvotes?period=fortnight")).Is(HttpStatusCode.BadRequest);
        (await forum.Anonymous().GetAsync("leaderboards/upvotes?board=nowhere")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_preview_is_what_the_post_would_be()
    {
        var api = await forum.ApiOfAsync(await forum.MemberAsync());
        var html = (await api.PostAsync("preview", new { markdown = "**bold** <script>alert(1)</script>" })).Is(HttpStatusCode.OK).Json["html"]!.GetValue<string>();
        Assert.Contains("<strong>bold</strong>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", (await api.PostAsync("preview", new { })).Is(HttpStatusCode.OK).Json["html"]!.GetValue<string>());
        (await api.PostAsync("preview", new { markdown = new string('x', 50_000) })).Is(HttpStatusCode.BadRequest);
    }
}
