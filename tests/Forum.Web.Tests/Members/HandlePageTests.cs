using System.Net;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Members;

public sealed class HandlePageTests(WebForum forum) : IClassFixture<WebForum>
{
    private static string NewHandle() => $"h{Guid.NewGuid().ToString("N")[..10]}";

    [Fact]
    public async Task A_member_changes_the_handle_and_every_address_with_the_one_before_leads_on()
    {
        var member = await forum.MemberAsync();
        var (before, now) = (member.Handle, NewHandle());
        var browser = await forum.SignInAsync(member.Email!);
        var page = await browser.GetAsync("/account/handle");
        Assert.True((await browser.SubmitAsync(page, "form:has(#handle)", ("Input.Handle", now))).IsRedirect);
        var done = await browser.GetAsync("/account/handle?done=1");
        Assert.Contains($"You are @{now} now", done.Text, StringComparison.Ordinal);
        Assert.Contains($"@{before.ToLowerInvariant()}", done.TextOf("section:has(#former)"), StringComparison.Ordinal);
        Assert.True(done.Has($"a[href='/members/{now}']"));
        foreach (var path in new[] { "/members/{0}", "/members/{0}?after=1-2", "/mod/members/{0}", "/mod/members/{0}/rollback", "/admin/trust/{0}", "/api/v1/members/{0}", "/feeds/members/{0}.atom" })
        {
            var answer = await forum.Visitor().GetAsync(string.Format(null, path, before));
            Assert.Equal((HttpStatusCode.MovedPermanently, string.Format(null, path, now)), (answer.Status, answer.Location));
        }
        Assert.Equal(HttpStatusCode.OK, (await forum.Visitor().GetAsync($"/members/{now}")).Status);
        var again = await browser.SubmitAsync(await browser.GetAsync("/account/handle"), "form:has(#handle)", ("Input.Handle", NewHandle()));
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains("once in 30 days", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moderator_changes_it_on_the_record_of_the_member()
    {
        var (member, moderator, now) = (await forum.MemberAsync(), await forum.MemberAsync("Mona Mod", SiteRole.Moderator), NewHandle());
        var browser = await forum.SignInAsync(moderator.Email!);
        var page = await browser.GetAsync($"/mod/members/{member.Handle}");
        var refused = await browser.SubmitAsync(page, "form:has(#rename)", ("Name.Handle", "no blanks"), ("Name.Reason", "It offends."));
        Assert.Equal((HttpStatusCode.BadRequest, "no blanks"), (refused.Status, refused.One("#handle").GetAttribute("value")));
        var answer = await browser.SubmitAsync(page, "form:has(#rename)", ("Name.Handle", now), ("Name.Reason", "It offends."));
        Assert.True(answer.IsRedirect);
        await using var db = forum.Db();
        Assert.Equal(now, await db.Users.Where(m => m.Id == member.Id).Select(m => m.UserName).SingleAsync());
        Assert.Contains("gave a member another handle", (await browser.GetAsync("/mod/log")).Text, StringComparison.Ordinal);
    }
}
