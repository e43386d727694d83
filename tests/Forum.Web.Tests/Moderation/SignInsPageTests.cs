using System.Net;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Moderation;

public sealed class SignInsPageTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task Moderators_see_where_a_member_is_signed_in_and_an_administrator_ends_it()
    {
        var member = await forum.MemberAsync();
        _ = (await forum.Get<StartSession>().RunAsync(member.AsActor(), new("192.0.2.7", "Firefox on Windows"), default)).Required;
        var address = $"/mod/members/{member.Handle}/sign-ins";
        var moderator = await forum.SignInAsync((await forum.MemberAsync("Mona Mod", SiteRole.Moderator)).Email!);
        var admin = await forum.SignInAsync((await forum.MemberAsync("Ada Min", SiteRole.Admin)).Email!);
        Assert.True((await moderator.GetAsync($"/mod/members/{member.Handle}")).Has($"a[href='{address}']"));
        var seen = await moderator.GetAsync(address);
        Assert.Contains("Firefox on Windows", seen.TextOf("section:has(#sessions)"), StringComparison.Ordinal);
        Assert.Contains("192.0.2.7", seen.TextOf("section:has(#sessions)"), StringComparison.Ordinal);
        Assert.Contains("Signed in", seen.TextOf("section:has(#events)"), StringComparison.Ordinal);
        Assert.False(seen.Has("main form"));

        var page = await admin.GetAsync(address);
        var form = await admin.SubmitAsync(page, "main form", []);
        Assert.True(form.IsRedirect);
        var after = await admin.GetAsync(address);
        Assert.Contains("Signed in nowhere", after.Text, StringComparison.Ordinal);
        Assert.False(after.Has("main form"));
        await using var db = forum.Db();
        Assert.False(await db.Sessions.AnyAsync(s => s.MemberId == member.Id));
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.Deed == "member.signed-out" && a.MemberId == member.Id));
        Assert.Contains("ended all sessions of a member", (await admin.GetAsync("/mod/log")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_all_others_there_is_no_such_page_and_no_such_deed()
    {
        var member = await forum.MemberAsync();
        var (address, admin) = ($"/mod/members/{member.Handle}/sign-ins", await forum.SignInAsync((await forum.MemberAsync("Ada Min", SiteRole.Admin)).Email!));
        _ = (await forum.Get<StartSession>().RunAsync(member.AsActor(), Caller.Unknown, default)).Required;
        foreach (var role in new[] { SiteRole.None, SiteRole.Staff })
            Assert.Equal(HttpStatusCode.NotFound, (await (await forum.SignInAsync((await forum.MemberAsync("Nils Nobody", role)).Email!)).GetAsync(address)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await forum.Visitor().GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("/mod/members/nobody-at-all/sign-ins")).Status);
        var moderator = await forum.SignInAsync((await forum.MemberAsync("Mona Mod", SiteRole.Moderator)).Email!);
        var token = (await moderator.GetAsync($"/mod/members/{member.Handle}")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await moderator.PostAsync(address, ("__RequestVerificationToken", token), ("_handler", "end"))).Status);
        await using var db = forum.Db();
        Assert.True(await db.Sessions.AnyAsync(s => s.MemberId == member.Id));
    }

    [Fact]
    public async Task What_happened_goes_on_page_by_page()
    {
        var member = await forum.MemberAsync();
        for (var i = 0; i < Paging.PageSize + 1; i++)
            _ = (await forum.Get<StartSession>().RunAsync(member.AsActor(), new("192.0.2.7"), default)).Required;
        var moderator = await forum.SignInAsync((await forum.MemberAsync("Mona Mod", SiteRole.Moderator)).Email!);
        var first = await moderator.GetAsync($"/mod/members/{member.Handle}/sign-ins");
        Assert.Equal(Paging.PageSize, first.TextsOf("section:has(#events) li").Count);
        Assert.Single((await moderator.GetAsync(first.One("a[rel=next]").GetAttribute("href")!)).TextsOf("section:has(#events) li"));
    }
}
