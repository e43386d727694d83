using System.Net;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Forum.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Moderation;

/// <summary>Reporting a post and deciding about it, without JavaScript.</summary>
public sealed class ReportedPostsTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string ReportForm = "form:has(#note)", Queue = "/mod/queue", Decided = "/mod/queue?filter=decided";

    private async Task<(string Board, Member Author, PostedPost Topic, PostedPost Reply)> SceneAsync()
    {
        var board = $"b{Guid.NewGuid():N}"[..12];
        await forum.BoardAsync(board);
        var author = await forum.MemberAsync("Vera Trau");
        var topic = await forum.AskAsync(await forum.MemberAsync(), board);
        return (board, author, topic, await forum.ReplyAsync(author, topic, "Buy a watch, they are cheap."));
    }

    private async Task<Browser> AsAsync(Member member) => await forum.SignInAsync(member.Email!);

    [Fact]
    public async Task A_member_reports_a_post_from_its_menu_and_is_told_so_from_then_on()
    {
        var (board, _, topic, reply) = await SceneAsync();
        var member = await AsAsync(await forum.MemberAsync("Stella Strange"));
        var button = (await member.GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).Document.QuerySelector("#post-2 form[action$='/report'] button")!;
        Assert.Equal("Report the post of Vera T", button.GetAttribute("aria-label"));

        var page = await member.GetAsync($"/posts/{reply.PostId}/report");
        Assert.Contains("Buy a watch", page.TextOf("blockquote"), StringComparison.Ordinal);
        var refused = await member.SubmitAsync(page, ReportForm, ("Reason", "Other"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("in a few words", refused.TextOf("#note-error"), StringComparison.Ordinal);
        Assert.True(refused.Has("input[value=Other][checked]"));
        Assert.Equal(HttpStatusCode.BadRequest, (await member.SubmitAsync(page, ReportForm)).Status);
        Assert.True((await member.SubmitAsync(page, ReportForm, ("Reason", "Spam"), ("Note", "A shop."))).IsRedirect);

        Assert.Contains("You reported this post: Spam", (await member.GetAsync($"/posts/{reply.PostId}/report")).TextOf("main [role=status]"), StringComparison.Ordinal);
        var moderator = await AsAsync(await forum.BoardModeratorAsync(board));
        Assert.Contains("A shop.", (await moderator.GetAsync(Queue)).TextOf(".flags"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_51_who_presses_twice_or_hides_the_post_by_their_report_is_thanked_all_the_same()
    {
        var (_, _, _, reply) = await SceneAsync();
        _ = (await forum.Get<FlagPost>().RunAsync(Actor.Member((await forum.TrustedAsync(4)).Id), new(reply.PostId, FlagReason.Spam), default)).Required;
        var last = await AsAsync(await forum.TrustedAsync(4));
        var page = await last.GetAsync($"/posts/{reply.PostId}/report");
        foreach (var _ in new[] { 1, 2 })
        {
            var answer = await last.SubmitAsync(page, ReportForm, ("Reason", "Spam"));
            Assert.True(answer.IsRedirect || answer.Status == HttpStatusCode.OK && answer.Has("main .notice.solved"), answer.Text);
        }
        Assert.Contains("You reported this post: Spam", (await last.GetAsync($"/posts/{reply.PostId}/report")).TextOf("main [role=status]"), StringComparison.Ordinal);
        (await forum.Anonymous().GetAsync($"posts/{reply.PostId}")).Is(HttpStatusCode.NotFound);
        await using var db = forum.Db();
        Assert.Equal(Visibility.Hidden, await db.Posts.Where(p => p.Id == reply.PostId).Select(p => p.Visibility).SingleAsync());
    }

    [Fact]
    public async Task Nobody_reports_their_own_post_and_visitors_sign_in_first()
    {
        var (_, author, topic, reply) = await SceneAsync();
        var own = await AsAsync(author);
        Assert.False((await own.GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).Has("#post-2 form[action$='/report']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await own.GetAsync($"/posts/{reply.PostId}/report")).Status);
        Assert.False((await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).Has("form[action$='/report']"));
        Assert.Contains("/account/sign-in", (await forum.Visitor().GetAsync($"/posts/{reply.PostId}/report")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_everybody_but_moderators_the_queue_is_not_there()
    {
        var (board, _, _, reply) = await SceneAsync();
        (await (await forum.ApiOfAsync(await forum.MemberAsync("Rosa Reporter"))).PostAsync($"posts/{reply.PostId}/flags", new { reason = "rude" })).Is(HttpStatusCode.NoContent);
        foreach (var (member, sees) in new[]
        {
            (await forum.MemberAsync("Stella Strange"), false), (await forum.MemberAsync("Stefan Staff", SiteRole.Staff), false),
            (await forum.BoardModeratorAsync(board), true), (await forum.MemberAsync("Silke Site", SiteRole.Moderator), true), (await forum.MemberAsync("Ada Admin", SiteRole.Admin), true),
        })
        {
            var browser = await AsAsync(member);
            Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await browser.GetAsync(Queue)).Status);
            Assert.Equal(sees, (await browser.GetAsync("/")).Has(".menu a[href='/mod/queue'] .count"));
        }
        var elsewhere = await AsAsync(await forum.BoardModeratorAsync((await SceneAsync()).Board));
        Assert.DoesNotContain("Rosa R", (await elsewhere.GetAsync(Queue)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_61_the_log_tells_moderators_what_was_done_and_is_not_there_for_others()
    {
        var (board, author, _, reply) = await SceneAsync();
        var member = await forum.BoardModeratorAsync(board);
        var moderator = await AsAsync(member);
        Assert.True((await moderator.PostAsync($"/posts/{reply.PostId}/hide")).Status == HttpStatusCode.BadRequest);
        _ = (await forum.Get<HidePost>().RunAsync(Actor.Member(member.Id), reply.PostId, "A shop.", default)).Required;

        var row = (await moderator.GetAsync("/mod/log?of=post")).TextOf(".log li");
        Assert.Contains("Berta B", row, StringComparison.Ordinal);
        Assert.Contains("hid a post", row, StringComparison.Ordinal);
        Assert.Contains("A shop.", row, StringComparison.Ordinal);
        Assert.True((await moderator.GetAsync($"/mod/log?of=post&by={author.Handle}")).Has(".empty"));
        Assert.True((await moderator.GetAsync("/")).Has(".menu a[href='/mod/log']"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await AsAsync(author)).GetAsync("/mod/log")).Status);
    }

    [Theory]
    [InlineData("Keep", "The post stays", HttpStatusCode.OK)]
    [InlineData("Hide", "The reports were right", HttpStatusCode.NotFound)]
    [InlineData("Delete", "The reports were right", HttpStatusCode.Gone)]
    public async Task A_moderator_decides_once(string verdict, string outcome, HttpStatusCode afterwards)
    {
        var (board, _, _, reply) = await SceneAsync();
        (await (await forum.ApiOfAsync(await forum.MemberAsync())).PostAsync($"posts/{reply.PostId}/flags", new { reason = "spam" })).Is(HttpStatusCode.NoContent);
        var moderator = await AsAsync(await forum.BoardModeratorAsync(board));
        var page = await moderator.GetAsync(Queue);
        Assert.True((await moderator.SubmitAsync(page, ".verdict", ("verdict", verdict), ("reason", "A shop."))).IsRedirect);

        Assert.False((await moderator.GetAsync(Queue)).Has(".reviews"));
        Assert.Contains(outcome, (await moderator.GetAsync(Decided)).TextOf(".reviews"), StringComparison.Ordinal);
        (await forum.Anonymous().GetAsync($"posts/{reply.PostId}")).Is(afterwards);
        var again = await moderator.SubmitAsync(page, ".verdict", ("verdict", verdict == "Keep" ? "Delete" : "Keep"));
        Assert.Contains(outcome, (await moderator.FollowAsync(again)).TextOf(".notice[role=alert]"), StringComparison.Ordinal);
        (await forum.Anonymous().GetAsync($"posts/{reply.PostId}")).Is(afterwards);
    }
}
