using System.Net;
using Forum.Admin;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Admin;

/// <summary>The pages that a community writes itself, without JavaScript.</summary>
public sealed class PagesTests : IAsyncLifetime
{
    private WebForum forum = null!;
    private Browser manager = null!;

    public async Task InitializeAsync()
    {
        forum = await WebForum.StartAsync();
        manager = await forum.SignInAsync((await forum.MemberAsync("Mara Manager", SiteRole.Manager)).Email!);
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    [Fact]
    public async Task Guidelines_are_written_stand_at_the_foot_of_every_page_and_keep_their_versions()
    {
        var visitor = forum.Visitor();
        Assert.False((await visitor.GetAsync("/")).Has("footer a[href='/pages/guidelines']"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/pages/guidelines")).Status);

        var shown = await WriteAsync("## Be kind\n\n<script>alert(1)</script> Say *what* you tried.");
        Assert.Equal(("Guidelines", "Be kind"), (shown.TextOf("h1"), shown.TextOf(".body :is(h3, h4)")));
        Assert.False(shown.Has(".body script"));
        Assert.Equal("Guidelines", (await visitor.GetAsync("/")).TextOf("footer a[href='/pages/guidelines']"));

        shown = await WriteAsync("Be kind and patient.");
        Assert.Contains("Version 2", shown.TextOf("header p"), StringComparison.Ordinal);
        await WriteAsync("Be kind and patient.");
        var old = await visitor.GetAsync("/pages/guidelines?version=1");
        Assert.Equal(("There is a newer one", "noindex"), (old.TextOf("main header a"), old.One("meta[name=robots]").GetAttribute("content")));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/pages/guidelines?version=3")).Status);
        await using var db = forum.Db();
        Assert.Equal(["Guidelines, 1", "Guidelines, 2"], await db.AuditEntries.Where(e => e.Deed == "page.written").OrderBy(e => e.Id).Select(e => e.Note).ToListAsync());

        await WriteAsync(" ");
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/pages/guidelines")).Status);
        Assert.False((await visitor.GetAsync("/")).Has("footer a[href='/pages/guidelines']"));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/pages/guidelines?version=2")).Status);
    }

    [Fact]
    public async Task Whoever_began_from_an_older_version_is_told_keeps_their_text_and_may_save_it_then()
    {
        var page = await manager.GetAsync("/admin/pages/terms");
        _ = (await forum.Get<WritePage>().RunAsync(Actor.Operator, SitePage.Terms, "By somebody else.", 0, default)).Required;
        var refused = await manager.SubmitAsync(page, "form:has(#markdown)", ("Markdown", "By me."));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal("By me.", refused.TextOf("#markdown"));
        Assert.True((await manager.SubmitAsync(refused, "form:has(#markdown)", ("Markdown", "By both."))).IsRedirect);
        Assert.Contains("By both.", (await forum.Visitor().GetAsync("/pages/terms")).TextOf(".body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Managers_and_administrators_alone_write_them()
    {
        foreach (var (role, may) in new[] { (SiteRole.None, false), (SiteRole.Moderator, false), (SiteRole.Manager, true), (SiteRole.Admin, true) })
        {
            var member = await forum.MemberAsync("Rita Role", role);
            Assert.Equal(may, (await forum.Get<WritePage>().RunAsync(member.AsActor(), SitePage.Privacy, "", 0, default)).Refusal is null);
            Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await (await forum.SignInAsync(member.Email!)).GetAsync("/admin/pages/privacy")).Status);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync("/admin/pages/0")).Status);
    }

    [Fact]
    public async Task Terms_are_accepted_in_their_version_by_whoever_joins_and_again_by_members_when_they_change()
    {
        var early = await forum.SignInAsync((await forum.MemberAsync()).Email!);
        Assert.False((await early.GetAsync("/forums")).Has("form[action='/account/terms']"));
        _ = (await forum.Get<WritePage>().RunAsync(Actor.Operator, SitePage.Terms, "Be kind.", 0, default)).Required;
        var newcomer = forum.Visitor();
        var form = await newcomer.GetAsync("/account/sign-up");
        (string, string)[] typed = [("Name", "Nora Neu"), ("Email", "nora@example.org"), ("Password", WebForum.Password)];
        var refused = await newcomer.SubmitAsync(form, "main form", typed);
        Assert.Equal((HttpStatusCode.BadRequest, "Nora Neu"), (refused.Status, refused.One("#name").GetAttribute("value")));
        Assert.Contains("accept them", refused.TextOf(".field .error"), StringComparison.Ordinal);
        Assert.True((await newcomer.SubmitAsync(form, "main form", [.. typed, ("Terms", "1")])).IsRedirect);
        await using (var db = forum.Db())
            Assert.Equal(1, (await db.Users.SingleAsync(m => m.Email == "nora@example.org")).TermsAccepted);

        var page = await early.GetAsync("/forums");
        Assert.Equal("/forums", (await early.SubmitAsync(page, "form[action='/account/terms']")).Location);
        Assert.False((await early.GetAsync("/forums")).Has("form[action='/account/terms']"));
        _ = (await forum.Get<WritePage>().RunAsync(Actor.Operator, SitePage.Terms, "Be kind and patient.", 1, default)).Required;
        Assert.Equal(HttpStatusCode.BadRequest, (await early.SubmitAsync(page, "form[action='/account/terms']")).Status);
        Assert.True((await early.SubmitAsync(await early.GetAsync("/forums"), "form[action='/account/terms']")).IsRedirect);
    }

    private async Task<Answer> WriteAsync(string markdown) =>
        await manager.FollowAsync(await manager.SubmitAsync(await manager.GetAsync("/admin/pages/guidelines"), "form:has(#markdown)", ("Markdown", markdown)));
}
