using System.Net;
using Forum.Members;
using Forum.Moderation;
using Forum.Web.Moderation;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Topics;

/// <summary>Closing a topic and opening it again, without JavaScript.</summary>
public sealed class CloseTopicPageTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string CloseForm = "form[action$='/close']";

    [Fact]
    public async Task A_moderator_closes_a_duplicate_from_the_topics_menu_and_its_page_leads_to_the_original()
    {
        var board = await forum.FreshBoardAsync();
        var asker = await forum.MemberAsync();
        var (original, topic) = (await forum.AskAsync(asker, board, "How do I hand a team over?"), await forum.AskAsync(asker, board, "How do I give my team away?"));
        var solution = await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), original, "Choose Transfer in the settings.");
        _ = (await forum.Get<Solutions.AcceptSolution>().RunAsync(asker.AsActor(), original.TopicId, solution.PostId, default)).Required;
        var moderator = await forum.SignInAsync((await forum.BoardModeratorAsync(board)).Email!);
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        Assert.Equal("Close this topic", (await moderator.GetAsync(address)).TextOf($"a[href='/t/{topic.TopicId}/close']"));

        var form = await moderator.GetAsync($"/t/{topic.TopicId}/close");
        var refused = await moderator.SubmitAsync(form, CloseForm, ("Reason", "Duplicate"), ("DuplicateOf", "elsewhere"), ("Note", "As said before."));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("by its address or number", refused.TextOf("#duplicate-of-error"), StringComparison.Ordinal);
        Assert.Equal("As said before.", refused.TextOf("#note"));
        Assert.True((await moderator.SubmitAsync(refused, CloseForm, ("Reason", "Duplicate"), ("DuplicateOf", $"http://forum.example/t/{original.TopicId}/{original.Slug}/2"))).IsRedirect);

        var page = await forum.Visitor().GetAsync(address);
        Assert.Contains("This was asked before: How do I hand a team over?", page.TextOf("#closed"), StringComparison.Ordinal);
        Assert.Contains("As said before.", page.TextOf("#closed .said"), StringComparison.Ordinal);
        Assert.Contains("Choose Transfer in the settings.", page.TextOf("section.solution"), StringComparison.Ordinal);
        Assert.EndsWith($"/t/{original.TopicId}/{original.Slug}", page.Document.QuerySelector("link[rel=canonical]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.False(page.Has("#closed form"));

        var closed = await moderator.GetAsync(address);
        Assert.True((await moderator.SubmitAsync(closed, "#closed form")).IsRedirect);
        Assert.False((await forum.Visitor().GetAsync($"{address}?again")).Has("#closed"));
    }

    [Fact]
    public async Task An_asker_says_what_solved_it_and_has_no_other_way_to_close()
    {
        var board = await forum.FreshBoardAsync();
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, board);
        var browser = await forum.SignInAsync(asker.Email!);

        var form = await browser.GetAsync($"/t/{topic.TopicId}/close");
        Assert.Equal(["Resolved", "Duplicate"], form.Document.QuerySelectorAll("input[type=radio]").Select(r => r.GetAttribute("value")));
        Assert.True((await browser.SubmitAsync(form, CloseForm, ("Reason", "Resolved"), ("Note", "The update of Tuesday did it."))).IsRedirect);

        var page = await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        Assert.Contains("Resolved", page.TextOf("#about"), StringComparison.Ordinal);
        Assert.Contains("The update of Tuesday did it.", page.TextOf("#closed"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync($"/t/{topic.TopicId}/close")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await forum.SignInAsync((await forum.MemberAsync()).Email!)).GetAsync($"/t/{topic.TopicId}/close")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/t/999999/close")).Status);
    }

    [Fact]
    public void Each_step_of_a_topic_has_words()
    {
        var row = new AuditRow(1, default, null, "", null, null, null, null, null, null);

        Assert.All(AuditQueries.Public, deed => Assert.NotEqual(deed, (row with { Deed = deed }).Words()));
    }

    [Fact]
    public async Task The_api_closes_and_opens_again()
    {
        var board = await forum.FreshBoardAsync();
        var topic = await forum.AskAsync(await forum.MemberAsync(), board);
        var api = await forum.ApiOfAsync(await forum.BoardModeratorAsync(board), TokenScope.Moderate);

        (await api.PutAsync($"topics/{topic.TopicId}/closure", new { reason = "boring" })).Is(HttpStatusCode.BadRequest);
        Assert.True((await api.PutAsync($"topics/{topic.TopicId}/closure", new { reason = "nolongerrelevant" })).Json["closed"]!.GetValue<bool>());
        Assert.False((await api.DeleteAsync($"topics/{topic.TopicId}/closure")).Json["closed"]!.GetValue<bool>());
        (await (await forum.ApiOfAsync(await forum.BoardModeratorAsync(board), TokenScope.Write)).PutAsync($"topics/{topic.TopicId}/closure", new { reason = "offtopic" })).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_staff_marked_is_their_proposal_until_the_asker_says_that_it_did()
    {
        var (asker, staff) = (await forum.MemberAsync(), await forum.MemberAsync("Stefan Staff", SiteRole.Staff));
        var topic = await forum.AskAsync(asker, await forum.FreshBoardAsync());
        var reply = await forum.ReplyAsync(staff, topic);
        await forum.AcceptAsync(staff, reply);
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        var browser = await forum.SignInAsync(asker.Email!);
        Assert.Contains("Proposed by staff", (await forum.Visitor().GetAsync(address)).TextOf("#about"), StringComparison.Ordinal);
        Assert.False((await forum.Visitor().GetAsync(address)).Has("#solution button.accept"));
        var page = await browser.GetAsync(address);
        Assert.Equal("Yes, this solved it", page.TextOf("#solution button.accept"));
        Assert.True((await browser.SubmitAsync(page, "#solution form:has(button.accept)")).IsRedirect);
        page = await browser.GetAsync(address);
        Assert.DoesNotContain("Proposed by staff", page.TextOf("#about"), StringComparison.Ordinal);
        Assert.Contains("marked by the asker", page.TextOf("#solution"), StringComparison.Ordinal);
        Assert.False(page.Has("#solution button.accept"));
    }

    [Fact]
    public async Task An_asker_disputes_what_staff_marked_and_the_topics_history_tells_it()
    {
        var board = await forum.FreshBoardAsync();
        var (asker, staff) = (await forum.MemberAsync(), await forum.MemberAsync("Stefan Staff", SiteRole.Staff));
        var topic = await forum.AskAsync(asker, board);
        var reply = await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), topic);
        _ = (await forum.Get<Solutions.AcceptSolution>().RunAsync(staff.AsActor(), topic.TopicId, reply.PostId, default)).Required;
        var (address, browser) = ($"/t/{topic.TopicId}/{topic.Slug}", await forum.SignInAsync(asker.Email!));

        var page = await browser.GetAsync(address);
        Assert.Equal("This did not solve it", page.TextOf("#solution .dispute summary"));
        Assert.True((await browser.SubmitAsync(page, "#solution .dispute form", ("note", "It <b>still</b> fails."))).IsRedirect);

        Assert.False((await browser.GetAsync(address)).Has("#solution"));
        var history = await forum.Visitor().GetAsync($"/t/{topic.TopicId}/history");
        Assert.Contains("It <b>still</b> fails.", history.TextOf(".log"), StringComparison.Ordinal);
        Assert.Equal(3, history.Document.QuerySelectorAll(".log > li").Length);
        Assert.Contains("Marked by staff, but did not solve it", (await (await forum.SignInAsync((await forum.BoardModeratorAsync(board)).Email!)).GetAsync("/mod/queue")).TextOf(".flags"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync("/t/999999/history")).Status);
    }
}
