using System.Net;
using Forum.Following;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Members;

/// <summary>Where trust and ranks are told and set, without JavaScript.</summary>
public sealed class TrustPagesTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task Ranks_and_levels_are_told_with_the_numbers_of_the_rules()
    {
        var page = await forum.Visitor().GetAsync("/ranks");
        Assert.Equal(["Ranks", "Trust 0: Newcomer", "Trust 1: Member", "Trust 2: Regular", "Trust 3: Trusted", "Trust 4: Leader"], page.TextsOf("h2"));
        Assert.Contains(new RankOptions().GuruPoints.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), page.TextOf("#ranks"), StringComparison.Ordinal);
        Assert.Equal(["Topics read5", "Posts read30", "Minutes since joining10"], page.TextsOf("#trust-1 .needs li"));
        Assert.Contains("At most 2 links to other sites, 1 image and 2 mentions in a post", page.TextsOf("#trust-0 li"));
        Assert.False(page.Has("h2 .pill"));
        Assert.True((await forum.Visitor().GetAsync("/")).Has("footer a[href='/ranks']"));
    }

    [Fact]
    public async Task Members_see_there_how_far_it_is_to_the_next_level()
    {
        var browser = await forum.SignUpAsync();
        var page = await browser.GetAsync("/ranks");
        Assert.Equal("You are here", page.TextOf("#trust-0 h2 .pill"));
        Assert.Equal(["Topics read0 of 5", "Posts read0 of 30", "Minutes since joining0 of 10"], page.TextsOf("#trust-1 .needs li"));
    }

    [Fact]
    public async Task A_member_is_told_why_and_nobody_else_but_moderators()
    {
        var member = await forum.TrustedAsync(0);
        var browser = await forum.SignInAsync(member.Email!);
        var manager = await forum.SignInAsync((await forum.MemberAsync("Mara Manager", SiteRole.Manager)).Email!);
        var address = $"/members/{member.Handle}";
        var form = await manager.GetAsync((await manager.GetAsync(address)).One("a[href^='/admin/trust/']").GetAttribute("href")!);
        var saved = await manager.SubmitAsync(form, "form:has(#level)", ("Level", "4"), ("Reason", "Helps a lot with <b>contracts</b>."));
        Assert.True(saved.IsRedirect);

        var own = await browser.GetAsync(address);
        Assert.Equal("Trust 4: Leader", own.TextOf("#trust"));
        Assert.Contains("Set to “Leader” by hand.", own.TextOf("section:has(#trust)"), StringComparison.Ordinal);
        Assert.Contains("Helps a lot with <b>contracts</b>.", own.TextOf("section:has(#trust)"), StringComparison.Ordinal);
        Assert.False(own.Has("a[href^='/admin/trust/']"));
        Assert.True((await forum.SignInAsync((await forum.MemberAsync("Silke Site", SiteRole.Moderator)).Email!) is var moderator) && (await moderator.GetAsync(address)).Has("#trust"));
        foreach (var stranger in new[] { forum.Visitor(), await forum.SignUpAsync(), await forum.SignInAsync((await forum.MemberAsync("Stefan Staff", SiteRole.Staff)).Email!) })
            Assert.False((await stranger.GetAsync(address)).Has("#trust"));

        var back = await manager.SubmitAsync(await manager.GetAsync($"/admin/trust/{member.Handle}"), "form:has(#level)", ("Level", ""));
        Assert.True(back.IsRedirect);
        Assert.Equal("Trust 0: Newcomer", (await browser.GetAsync(address)).TextOf("#trust"));
    }

    [Fact]
    public async Task A_raise_is_told_with_what_it_took()
    {
        var member = await forum.TrustedAsync(0);
        await using (var db = forum.Db())
            await db.Users.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.TopicsRead, Newcomers.TopicsToRead).SetProperty(m => m.PostsRead, Newcomers.PostsToRead).SetProperty(m => m.Created, DateTime.UnixEpoch));
        var topic = await forum.AskAsync(await forum.MemberAsync(), (await forum.BoardAsync($"b{Guid.NewGuid():N}"[..12])).Slug);
        var browser = await forum.SignInAsync(member.Email!);
        await browser.GetAsync($"/x/read/{topic.TopicId}/1.gif");
        await forum.Get<ReadMarks>().FlushAsync(default);
        await forum.Get<Visits>().FlushAsync(default);

        Assert.Contains("You reached “Member” because everything was there that it takes: Topics read: 5 · Posts read: 30 · Minutes since joining: 10.",
            (await browser.GetAsync($"/members/{member.Handle}")).TextOf("section:has(#trust)"), StringComparison.Ordinal);
        await using var after = forum.Db();
        Assert.Equal(1, (await after.Users.SingleAsync(m => m.Id == member.Id)).DaysVisited);
    }

    [Fact]
    public async Task For_everybody_but_managers_and_administrators_the_form_is_not_there()
    {
        var member = await forum.MemberAsync();
        foreach (var (role, status) in new[] { (SiteRole.None, HttpStatusCode.NotFound), (SiteRole.Moderator, HttpStatusCode.NotFound), (SiteRole.Manager, HttpStatusCode.OK), (SiteRole.Admin, HttpStatusCode.OK) })
            Assert.Equal(status, (await (await forum.SignInAsync((await forum.MemberAsync("Rita Role", role)).Email!)).GetAsync($"/admin/trust/{member.Handle}")).Status);
    }
}
