using System.Net;
using Forum.Boards;
using Forum.Members;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Moderation;

/// <summary>First posts that wait for a moderator, without JavaScript.</summary>
public sealed class HeldPostsTests(WebForum forum) : IClassFixture<WebForum>
{
    private async Task<string> BoardAsync()
    {
        var board = await forum.FreshBoardAsync();
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new(board, ApprovesNewcomers: true), default)).Required;
        return board;
    }

    [Fact]
    public async Task A_newcomer_sees_that_the_question_waits_and_others_see_it_once_a_moderator_let_it_stand()
    {
        var (board, newcomer) = (await BoardAsync(), await forum.SignUpAsync());
        var sent = await newcomer.SubmitAsync(await newcomer.GetAsync($"/ask?board={board}"), "form.composer", ("Board", board), ("Title", "How do I hand a kite over to another agency?"), ("Markdown", Scenario.Body));
        Assert.True(sent.IsRedirect);
        var address = new Uri(new Uri("http://localhost"), sent.Location).AbsolutePath;
        var page = await newcomer.GetAsync(address);
        Assert.Contains("Until then only you see this topic.", page.TextOf(".notice.warn"), StringComparison.Ordinal);
        Assert.Equal("Waits for a moderator: only you see it until then", page.TextOf("#post-1 .held"));
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await forum.SignUpAsync()).GetAsync(address)).Status);

        var moderator = await forum.SignInAsync((await forum.MemberAsync("Silke Site", SiteRole.Moderator)).Email!);
        var queue = await moderator.GetAsync("/mod/queue");
        Assert.Contains("How do I hand a kite over to another agency?", queue.TextsOf("section:has(#held) h3"));
        var form = queue.One("section:has(#held) li:has(a[href*='kite']) form");
        Assert.True((await moderator.SubmitAsync(queue, $"form[action='{form.GetAttribute("action")}']", ("verdict", "Keep"))).IsRedirect);
        Assert.Equal(HttpStatusCode.OK, (await forum.Visitor().GetAsync(address)).Status);
        Assert.False((await newcomer.GetAsync(address)).Has("#post-1 .held"));
    }

    [Fact]
    public async Task A_reply_that_waits_is_no_trace_for_others_and_one_line_for_moderators()
    {
        var board = await BoardAsync();
        var topic = await forum.AskAsync(await forum.TrustedAsync(1), board);
        var newcomer = await forum.SignUpAsync();
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        Assert.True((await newcomer.SubmitAsync(await newcomer.GetAsync(address), "#reply form", ("Markdown", "I would like to know that, too."))).IsRedirect);
        Assert.True((await newcomer.GetAsync(address)).Has("#post-2 .held"));
        Assert.False((await forum.Visitor().GetAsync(address)).Has("#post-2"));
        Assert.Equal("0 replies", (await forum.Visitor().GetAsync(address)).TextOf("#replies"));
        var moderator = await forum.SignInAsync((await forum.MemberAsync("Silke Site", SiteRole.Moderator)).Email!);
        var page = await moderator.GetAsync(address);
        Assert.Contains("Post 2 waits for a moderator", page.TextOf("#post-2 .tombstone"), StringComparison.Ordinal);
        Assert.True((await moderator.SubmitAsync(page, "#post-2 form")).IsRedirect);
        Assert.Contains("I would like to know that, too.", (await forum.Visitor().GetAsync(address)).TextOf("#post-2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_the_API_nobody_else_finds_it_either()
    {
        var board = await BoardAsync();
        var newcomer = await forum.MemberAsync("Nils Neu");
        var made = await (await forum.ApiOfAsync(newcomer)).PostAsync("topics", new { board, title = Scenario.Question, markdown = Scenario.Body });
        var id = made.Is(HttpStatusCode.Created).Json["id"]!.GetValue<long>();
        (await (await forum.ApiOfAsync(newcomer)).GetAsync($"topics/{id}")).Is(HttpStatusCode.OK);
        (await forum.Anonymous().GetAsync($"topics/{id}")).Is(HttpStatusCode.NotFound);
        (await (await forum.ApiOfAsync(await forum.MemberAsync())).GetAsync($"topics/{id}/posts")).Is(HttpStatusCode.NotFound);
        Assert.Empty((await forum.Anonymous().GetAsync($"topics?board={board}")).Json["items"]!.AsArray());
    }
}
