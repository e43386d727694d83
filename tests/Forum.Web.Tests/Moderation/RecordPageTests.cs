using System.Net;
using Forum.Members;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Moderation;

/// <summary>What staff keep about a member, and what they do about one, without JavaScript.</summary>
public sealed class RecordPageTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task A_moderator_silences_a_member_who_is_told_until_when_and_why_and_lifts_it()
    {
        var (member, moderator) = (await forum.MemberAsync("Nils Neu"), await forum.SignInAsync((await forum.MemberAsync("Silke Site", SiteRole.Moderator)).Email!));
        var browser = await forum.SignInAsync(member.Email!);
        var topic = await forum.AskAsync(await forum.MemberAsync(), await forum.FreshBoardAsync());
        var link = (await moderator.GetAsync($"/members/{member.Handle}")).One("a[href^='/mod/members/']").GetAttribute("href")!;
        var page = await moderator.GetAsync(link);
        var refused = await moderator.SubmitAsync(page, "form[aria-labelledby=sanction]", ("Kind", "Silence"), ("Days", "7"), ("Reason", ""));
        Assert.Equal((HttpStatusCode.BadRequest, "7"), (refused.Status, refused.One("#days option[selected]").GetAttribute("value")));
        Assert.True((await moderator.SubmitAsync(refused, "form[aria-labelledby=sanction]", ("Reason", "Please be kind to kites."))).IsRedirect);

        var told = await browser.GetAsync("/");
        Assert.Contains("Your account is silenced: you can read and vote, but not write.", told.TextOf(".sanction"), StringComparison.Ordinal);
        Assert.Contains("Please be kind to kites.", told.TextOf(".sanction"), StringComparison.Ordinal);
        Assert.Contains("silenced", (await browser.GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).TextOf("#no-reply"), StringComparison.Ordinal);
        Assert.False((await (await forum.SignUpAsync()).GetAsync($"/members/{member.Handle}")).Text.Contains("kites", StringComparison.Ordinal));

        page = await moderator.GetAsync(link);
        Assert.True((await moderator.SubmitAsync(page, "form[action$='/lift']")).IsRedirect);
        Assert.False((await browser.GetAsync("/")).Has(".sanction"));
        Assert.False((await moderator.GetAsync(link)).Has("form[action$='/lift']"));
    }

    [Fact]
    public async Task A_warning_is_read_by_the_member_alone()
    {
        var (member, moderator) = (await forum.MemberAsync("Nils Neu"), await forum.SignInAsync((await forum.MemberAsync("Silke Site", SiteRole.Moderator)).Email!));
        var address = $"/mod/members/{member.Handle}";
        Assert.True((await moderator.SubmitAsync(await moderator.GetAsync(address), "form[aria-labelledby=sanction]", ("Kind", "Warning"), ("Reason", "Not in capitals, please."))).IsRedirect);
        Assert.True((await moderator.SubmitAsync(await moderator.GetAsync(address), "section:has(#notes) form", ("Text", "Writes by mail, too."))).IsRedirect);
        Assert.Contains("Not in capitals, please.", (await (await forum.SignInAsync(member.Email!)).GetAsync($"/members/{member.Handle}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Not in capitals", (await forum.Visitor().GetAsync($"/members/{member.Handle}")).Text, StringComparison.Ordinal);
        var page = await moderator.GetAsync(address);
        Assert.Contains("Not in capitals, please.", page.TextOf("section:has(#record)"), StringComparison.Ordinal);
        Assert.Contains("Writes by mail, too.", page.TextOf("section:has(#notes)"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spammer_goes_with_all_posts_and_comes_back_when_that_was_wrong()
    {
        var (member, moderator) = (await forum.TrustedAsync(1), await forum.SignInAsync((await forum.MemberAsync("Silke Site", SiteRole.Moderator)).Email!));
        var topic = await forum.AskAsync(member, await forum.FreshBoardAsync());
        var (record, address) = ($"/mod/members/{member.Handle}", $"/t/{topic.TopicId}/{topic.Slug}");
        var page = await moderator.GetAsync(record);
        var refused = await moderator.SubmitAsync(page, "form[aria-labelledby=spammer]", ("Why", ""));
        Assert.Equal((HttpStatusCode.BadRequest, true), (refused.Status, refused.Has("#why-error")));
        Assert.True((await moderator.SubmitAsync(page, "form[aria-labelledby=spammer]")).IsRedirect);
        Assert.Equal(HttpStatusCode.Gone, (await forum.Visitor().GetAsync(address)).Status);
        Assert.Contains("suspended", (await (await forum.SignInAsync(member.Email!)).GetAsync("/")).TextOf(".sanction"), StringComparison.Ordinal);

        page = await moderator.GetAsync(record);
        Assert.Equal("1 post was deleted", page.TextOf("section:has(#removals) .snippet"));
        Assert.True((await moderator.SubmitAsync(page, "form[action$='/undo']")).IsRedirect);
        Assert.Equal(HttpStatusCode.OK, (await forum.Visitor().GetAsync(address)).Status);
        Assert.False((await moderator.GetAsync(record)).Has("form[action$='/undo']"));
        Assert.False((await (await forum.SignInAsync(member.Email!)).GetAsync("/")).Has(".sanction"));
    }

    [Fact]
    public async Task The_record_is_not_there_for_others_and_nothing_is_offered_against_staff()
    {
        var member = await forum.MemberAsync("Nils Neu");
        foreach (var browser in new[] { await forum.SignInAsync(member.Email!), await forum.SignInAsync((await forum.BoardModeratorAsync(await forum.FreshBoardAsync())).Email!), await forum.SignInAsync((await forum.TrustedAsync(4)).Email!) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/mod/members/{member.Handle}")).Status);
            Assert.False((await browser.GetAsync($"/members/{member.Handle}")).Has("a[href^='/mod/members/']"));
        }
        var admin = await forum.MemberAsync("Ada Admin", SiteRole.Admin);
        var moderator = await forum.SignInAsync((await forum.MemberAsync("Silke Site", SiteRole.Moderator)).Email!);
        var page = await moderator.GetAsync($"/mod/members/{admin.Handle}");
        Assert.Equal((HttpStatusCode.OK, false), (page.Status, page.Has("form[aria-labelledby=sanction]")));
        Assert.Equal(HttpStatusCode.NotFound, (await moderator.GetAsync("/mod/members/nobody-there")).Status);
    }
}
