using System.Net;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Moderation;

public sealed class MergePageTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task An_administrator_sees_what_moves_and_merges_two_accounts()
    {
        var (second, kept, admin) = (await forum.MemberAsync(), await forum.MemberAsync(), await forum.SignInAsync((await forum.MemberAsync("Ada Min", SiteRole.Admin)).Email!));
        var board = await forum.BoardAsync($"b{Guid.NewGuid().ToString("N")[..8]}");
        var topic = await forum.AskAsync(second, board.Slug);
        await forum.UpvoteAsync(kept, topic);
        var member = await forum.SignInAsync(second.Email!);
        Assert.True((await admin.GetAsync($"/mod/members/{second.Handle}")).Has($"a[href='/mod/members/{second.Handle}/merge']"));
        var page = await admin.GetAsync($"/mod/members/{second.Handle}/merge");
        Assert.False(page.Has("main form[method=post]"));
        Assert.Equal(HttpStatusCode.BadRequest, (await admin.GetAsync($"/mod/members/{second.Handle}/merge?into=nobody-at-all")).Status);
        var plan = await admin.GetAsync($"/mod/members/{second.Handle}/merge?into={kept.Handle}");
        Assert.Contains("1 upvote that they gave each other is taken back", plan.Text, StringComparison.Ordinal);
        var refused = await admin.SubmitAsync(plan, "main form[method=post]", ("Input.Reason", " "));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        var answer = await admin.SubmitAsync(plan, "main form[method=post]", ("Input.Reason", "The same person."));
        Assert.True(answer.IsRedirect);
        await using var db = forum.Db();
        await WebForum.HoldsSoonAsync(async () => await db.MemberMerges.AnyAsync(m => m.FromId == second.Id && m.Finished != null), "merged", TimeSpan.FromSeconds(20));
        Assert.Equal(kept.Id, await db.Topics.Where(t => t.Id == topic.TopicId).Select(t => t.AuthorId).SingleAsync());
        var led = await forum.Visitor().GetAsync($"/members/{second.Handle}");
        Assert.Equal((HttpStatusCode.MovedPermanently, $"/members/{kept.Handle}"), (led.Status, led.Location));
        Assert.True((await member.GetAsync("/account/security")).IsRedirect);
        Assert.Contains("merged an account into another", (await admin.GetAsync("/mod/log")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_all_others_there_is_no_such_page()
    {
        var member = await forum.MemberAsync();
        foreach (var role in new[] { SiteRole.None, SiteRole.Moderator, SiteRole.Manager })
        {
            var browser = await forum.SignInAsync((await forum.MemberAsync("Nils Nobody", role)).Email!);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/mod/members/{member.Handle}/merge")).Status);
        }
    }
}
