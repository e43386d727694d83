using System.Net;
using System.Text.RegularExpressions;
using Forum.Admin;
using Forum.Members;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Members;

/// <summary>Who may make an account, and what staff must have besides a password.</summary>
public sealed class JoiningTests : IAsyncLifetime
{
    private WebForum forum = null!;

    public async Task InitializeAsync() => forum = await WebForum.StartAsync();

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private Task<Answer> JoinAsync(Browser browser, Answer page, string email) =>
        browser.SubmitAsync(page, "main form", ("Name", "Nora Neu"), ("Email", email), ("Password", WebForum.Password));

    [Fact]
    public async Task Where_it_takes_an_invitation_the_form_is_for_those_who_have_one()
    {
        var admin = await forum.MemberAsync("Ada Admin", SiteRole.Admin);
        forum.Get<ForumOptions>().Access.Join = JoinPolicy.Invited;
        var page = await forum.Visitor().GetAsync("/account/sign-up");
        Assert.Contains("It takes an invitation", page.TextOf("main .notice"), StringComparison.Ordinal);
        Assert.False(page.Has("main form"));

        var staff = await forum.SignInAsync(admin.Email!);
        var refused = await staff.SubmitAsync(await staff.GetAsync("/admin/invitations"), "form:has([name='Letters.Addresses'])", ("Addresses", "nora@example.org, nobody"));
        Assert.Equal((HttpStatusCode.BadRequest, "nora@example.org, nobody"), (refused.Status, refused.TextOf("textarea")));
        var sent = await staff.SubmitAsync(refused, "form:has([name='Letters.Addresses'])", ("Addresses", $"nora@example.org\n{admin.Email}, NORA@example.org"));
        Assert.Equal("/admin/invitations?sent=1", sent.Location);

        var link = new Uri(Regex.Match((await forum.LetterToAsync("nora@example.org")).TextBody!, "http\\S+invitation=\\S+").Value).PathAndQuery;
        var nora = forum.Visitor();
        Assert.Equal("/", (await JoinAsync(nora, await nora.GetAsync(link), "nora@example.org")).Location);
        // The letter came there, so the address is theirs.
        Assert.Equal(HttpStatusCode.OK, (await nora.GetAsync("/account/security")).Status);
        var again = forum.Visitor();
        var late = await JoinAsync(again, await again.GetAsync(link), "late@example.org");
        Assert.Equal((HttpStatusCode.Forbidden, "late@example.org"), (late.Status, late.One("#email").GetAttribute("value")));
        await using var db = forum.Db();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Deed == "invitation.made" && e.ActorId == admin.Id));
    }

    [Fact]
    public async Task A_link_lets_as_many_in_as_it_was_made_for_who_confirm_their_addresses()
    {
        var manager = await forum.MemberAsync("Mona Manager", SiteRole.Manager);
        forum.Get<ForumOptions>().Access.Join = JoinPolicy.Invited;
        var staff = await forum.SignInAsync(manager.Email!);
        var made = await staff.SubmitAsync(await staff.GetAsync("/admin/invitations"), "form:has([name='Link.Uses'])", ("Uses", "2"));
        var link = new Uri(made.TextOf(".secret")).PathAndQuery;
        Assert.Contains("A link for 2 people", made.TextOf(".entries"), StringComparison.Ordinal);
        var answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(async i =>
        {
            var browser = forum.Visitor();
            return await JoinAsync(browser, await browser.GetAsync(link), $"n{i}@example.org");
        }));
        Assert.Equal(2, answers.Count(a => a.Location == "/account/sent"));
        Assert.Equal(2, answers.Count(a => a.Status == HttpStatusCode.Forbidden));
        await using (var db = forum.Db())
            Assert.Equal(2, await db.Users.CountAsync(m => m.Name == "Nora Neu" && !m.EmailConfirmed));

        made = await staff.SubmitAsync(await staff.GetAsync("/admin/invitations"), "form:has([name='Link.Uses'])", ("Uses", "2"));
        await staff.SubmitAsync(made, ".entries form");
        var browser = forum.Visitor();
        Assert.Equal(HttpStatusCode.Forbidden, (await JoinAsync(browser, await browser.GetAsync(new Uri(made.TextOf(".secret")).PathAndQuery), "n9@example.org")).Status);
    }

    [Fact]
    public async Task Only_managers_invite()
    {
        var moderator = await forum.MemberAsync("Milo Moderator", SiteRole.Moderator);
        Assert.Equal(HttpStatusCode.NotFound, (await (await forum.SignInAsync(moderator.Email!)).GetAsync("/admin/invitations")).Status);
        Assert.NotNull((await forum.Get<InviteByLink>().RunAsync(moderator.AsActor(), 3, default)).Refusal);
        Assert.NotNull((await forum.Get<InviteByMail>().RunAsync(moderator.AsActor(), "nora@example.org", default)).Refusal);
    }

    [Fact]
    public async Task Check_10_staff_without_a_demanded_second_factor_are_members_like_others_and_cannot_take_it_off_again()
    {
        var admin = await forum.MemberAsync("Ada Admin", SiteRole.Admin);
        var browser = await forum.SignInAsync(admin.Email!);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/settings")).Status);
        forum.Get<ForumOptions>().SignIn.StaffSecondFactor = true;
        var page = await browser.GetAsync("/tags");
        Assert.Contains("Staff have a second factor here.", page.TextOf(".sanction"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/admin/settings")).Status);
        Assert.NotNull((await forum.Get<InviteByLink>().RunAsync(admin.AsActor(), 3, default)).Refusal);

        var begun = await browser.SubmitAsync(await browser.GetAsync("/account/second-factor"), "button[value=begin]", ("Current", WebForum.Password));
        var code = new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(begun.TextOf(".secret"))).ComputeTotp();
        Assert.Equal(HttpStatusCode.OK, (await browser.SubmitAsync(begun, "main form", ("Code", code))).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/settings")).Status);
        var kept = await browser.SubmitAsync(await browser.GetAsync("/account/second-factor"), "button[value=end]", ("Current", WebForum.Password));
        Assert.Equal(HttpStatusCode.Forbidden, kept.Status);
        Assert.Contains("Staff have a second factor here", kept.TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_10_the_last_way_in_is_not_taken_off()
    {
        var member = await forum.MemberAsync();
        await using (var db = forum.Db())
        {
            await db.Users.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.PasswordHash, (string?)null));
            db.UserPasskeys.Add(new() { UserId = member.Id, CredentialId = [1, 2, 3], Data = new() { PublicKey = [1], Name = "Phone", AttestationObject = [], ClientDataJson = [] } });
            await db.SaveChangesAsync();
        }
        var refusal = (await forum.Get<RemovePasskey>().RunAsync(member.AsActor(), "AQID", Caller.Unknown, default)).Refusal;
        Assert.Contains("This is your only way in.", refusal!.ToString(), StringComparison.Ordinal);
    }
}
