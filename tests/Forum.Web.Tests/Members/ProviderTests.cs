using System.Net;
using Forum.Boards;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Members;

/// <summary>Sign-in by OpenID Connect, against a real provider.</summary>
public sealed class ProviderTests(OidcProvider company) : IClassFixture<OidcProvider>
{
    private static (string, string)[] Person(string subject, string email, string name, params string[] groups) =>
        [("sub", subject), ("email", email), ("email_verified", "true"), ("name", name), .. groups.Select(g => ("groups", g))];

    /// <summary>Goes from the link on the page to sign in over the provider and back.</summary>
    private static async Task<Answer> ComeAsync(Browser browser, string query = "") => await ReturnAsync(browser, await browser.GetAsync($"/account/oidc/company{query}"));

    /// <summary>Follows to the provider, which sends everybody back at once.</summary>
    private static async Task<Answer> ReturnAsync(Browser browser, Answer sent)
    {
        Assert.True(sent.IsRedirect, sent.Text);
        return await browser.GetAsync(await BackAsync(sent.Location!));
    }

    /// <summary>Where the provider sends a browser that comes to an address of it.</summary>
    private static async Task<string> BackAsync(string address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var answer = await client.GetAsync(address);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.PathAndQuery;
    }

    /// <summary>Who is signed in there; null where nobody is.</summary>
    private static async Task<string?> HandleAsync(Browser browser) =>
        (await browser.GetAsync("/tags")).Document.QuerySelectorAll("header a").FirstOrDefault(a => a.TextContent == "Your profile")?.GetAttribute("href")!.Split('/')[^1];

    [Fact]
    public async Task Whoever_is_new_gets_an_account_goes_where_they_wanted_to_and_is_known_the_next_time()
    {
        await using var forum = await WebForum.StartAsync(company.Settings());
        company.Person = Person("4711", "ines@example.org", "Ines Rosa");
        var page = await forum.Visitor().GetAsync("/account/sign-in?returnUrl=/tags");
        Assert.Equal("Continue with Company", page.TextOf(".providers a"));
        Assert.Equal("/account/oidc/company?returnUrl=%2Ftags", page.One(".providers a").GetAttribute("href"));
        Assert.Equal("Continue with Company", (await forum.Visitor().GetAsync("/account/sign-up")).TextOf(".providers a"));

        var browser = forum.Visitor();
        var arrived = await ComeAsync(browser, "?returnUrl=/tags");
        Assert.Equal("/tags", arrived.Location);
        Assert.Equal("inesr", await HandleAsync(browser));

        company.Person = Person("4711", "another@example.org", "Ines Maria Rosa");
        var again = forum.Visitor();
        await ComeAsync(again);
        Assert.Equal("inesr", await HandleAsync(again));
        await using var db = forum.Db();
        Assert.Equal("ines@example.org", await db.Users.Where(m => m.UserName == "inesr").Select(m => m.Email).SingleAsync());
        Assert.True(await db.Users.AllAsync(m => m.EmailConfirmed));
    }

    [Fact]
    public async Task An_account_that_has_the_address_is_connected_by_whoever_signs_in_to_it_and_by_nobody_else()
    {
        await using var forum = await WebForum.StartAsync(company.Settings());
        var mine = await forum.MemberAsync("Ines Rosa");
        var other = await forum.MemberAsync("Kwame Osei");
        company.Person = Person("4711", mine.Email!, "Ines Rosa");

        var browser = forum.Visitor();
        var sent = await ComeAsync(browser, "?returnUrl=/tags");
        Assert.StartsWith("/account/sign-in", sent.Location, StringComparison.Ordinal);
        Assert.Null(await HandleAsync(browser));
        Assert.Contains($"There is an account with the address {mine.Email!} here.", (await browser.FollowAsync(sent)).TextOf("main .notice"), StringComparison.Ordinal);
        await browser.SignInAsync(other.Email!);
        await using (var db = forum.Db())
            Assert.Empty(await db.UserLogins.ToListAsync());

        browser = forum.Visitor();
        await ComeAsync(browser);
        await browser.SignInAsync(mine.Email!);
        var again = forum.Visitor();
        await ComeAsync(again);
        Assert.Equal(mine.Handle, await HandleAsync(again));
        Assert.Contains("Another way to sign in was connected", (await forum.LetterToAsync(mine.Email!)).TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("email_verified")]
    [InlineData("email")]
    public async Task Nobody_gets_an_account_for_an_address_that_the_provider_does_not_vouch_for(string missing)
    {
        await using var forum = await WebForum.StartAsync(company.Settings());
        company.Person = [.. Person("4711", "ines@example.org", "Ines Rosa").Where(c => c.Item1 != missing)];
        var arrived = await ComeAsync(forum.Visitor());
        Assert.Equal(HttpStatusCode.Forbidden, arrived.Status);
        Assert.Contains("Company does not say which e-mail address is yours.", arrived.TextOf("main"), StringComparison.Ordinal);
        await using var db = forum.Db();
        Assert.Empty(await db.Users.ToListAsync());
    }

    [Fact]
    public async Task Groups_there_are_roles_and_groups_here_which_go_again_with_the_next_sign_in()
    {
        await using var forum = await WebForum.StartAsync(company.Settings(("Roles:support", "moderator"), ("Roles:leads", "moderator"), ("Roles:it", "admin"), ("Groups:partners", "partners")));
        var admin = await forum.MemberAsync("Ada Admin", SiteRole.Admin);
        _ = (await forum.Get<CreateGroup>().RunAsync(admin.AsActor(), "partners", new("Partners", null, GroupJoining.Assigned, false), default)).Required;
        company.Person = Person("4711", "ines@example.org", "Ines Rosa", "support", "leads", "it", "partners", "others");
        var browser = forum.Visitor();
        await ComeAsync(browser);
        await using var db = forum.Db();
        Assert.Equal(SiteRole.Moderator | SiteRole.Admin, await db.Users.Where(m => m.UserName == "inesr").Select(m => m.Roles).SingleAsync());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/admin/settings")).Status);
        Assert.Equal(1, await db.GroupMembers.CountAsync(m => m.Group.Slug == "partners"));

        company.Person = Person("4711", "ines@example.org", "Ines Rosa", "leads");
        await ComeAsync(forum.Visitor());
        Assert.Equal(SiteRole.Moderator, await db.Users.Where(m => m.UserName == "inesr").Select(m => m.Roles).SingleAsync());
        Assert.Equal(0, await db.GroupMembers.CountAsync());
        // What was taken is gone at the next click of a session that began before.
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/admin/settings")).Status);
        Assert.Equal(2, await db.AuditEntries.CountAsync(e => e.Deed == "role.granted" && e.Note == "Company"));
        Assert.Equal("admin", await db.AuditEntries.Where(e => e.Deed == "role.revoked").Select(e => e.Before).SingleAsync());
    }

    [Fact]
    public async Task Roles_that_no_group_stands_for_are_left_alone_and_the_last_administrator_stays_one()
    {
        await using var forum = await WebForum.StartAsync(company.Settings(("Roles:it", "admin")));
        var mine = await forum.MemberAsync("Ines Rosa", SiteRole.Admin);
        _ = (await forum.Get<GrantRole>().RunAsync(Actor.Operator, mine.Handle, SiteRole.Staff, null, default)).Required;
        _ = (await forum.Get<ConnectProvider>().RunAsync(mine.AsActor(), "company", "4711", null, Caller.Unknown, default)).Required;
        company.Person = Person("4711", mine.Email!, "Ines Rosa");
        var browser = forum.Visitor();
        await ComeAsync(browser);
        Assert.Equal(mine.Handle, await HandleAsync(browser));
        await using var db = forum.Db();
        Assert.Equal(SiteRole.Staff | SiteRole.Admin, await db.Users.Where(m => m.Id == mine.Id).Select(m => m.Roles).SingleAsync());
    }

    [Fact]
    public async Task Members_connect_a_provider_with_their_password_and_take_it_off_but_for_the_last_way_in()
    {
        await using var forum = await WebForum.StartAsync(company.Settings());
        var mine = await forum.MemberAsync("Ines Rosa");
        var browser = await forum.SignInAsync(mine.Email!);
        company.Person = Person("4711", "private@example.org", "Ines Rosa");
        var page = await browser.GetAsync("/account/security");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync(page, "form[action='/account/oidc/company']", ("current", "not my password"))).Status);
        var connected = await ReturnAsync(browser, await browser.SubmitAsync(page, "form[action='/account/oidc/company']", ("current", WebForum.Password)));
        Assert.Equal("/account/security", connected.Location);
        var again = forum.Visitor();
        await ComeAsync(again);
        Assert.Equal(mine.Handle, await HandleAsync(again));

        page = await browser.GetAsync("/account/security");
        Assert.True((await browser.SubmitAsync(page, "form[action$='/remove']", ("current", WebForum.Password))).IsRedirect);
        await using var db = forum.Db();
        Assert.Empty(await db.UserLogins.ToListAsync());

        company.Person = Person("4712", "kwame@example.org", "Kwame Osei");
        var newcomer = forum.Visitor();
        await ComeAsync(newcomer);
        var refused = await newcomer.SubmitAsync(await newcomer.GetAsync("/account/security"), "form[action$='/remove']");
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("This is your only way in.", refused.TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_begun_in_one_browser_is_not_ended_in_another_nor_twice()
    {
        await using var forum = await WebForum.StartAsync(company.Settings());
        company.Person = Person("4711", "ines@example.org", "Ines Rosa");
        var (mine, other) = (forum.Visitor(), forum.Visitor());
        var back = await BackAsync((await mine.GetAsync("/account/oidc/company")).Location!);
        Assert.Equal(HttpStatusCode.BadRequest, (await other.GetAsync(back)).Status);
        Assert.Null(await HandleAsync(other));
        Assert.True((await mine.GetAsync(back)).IsRedirect);
        Assert.Equal(HttpStatusCode.BadRequest, (await mine.GetAsync(back)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await mine.GetAsync("/account/oidc/nobody")).Status);
        Assert.Equal("/", (await ComeAsync(forum.Visitor(), "?returnUrl=//evil.example")).Location);
    }

    [Fact]
    public async Task From_a_blocked_network_nobody_comes_in_by_a_provider_either()
    {
        await using var forum = await WebForum.ServeAsync(company.Settings());
        company.Person = Person("4711", "ines@example.org", "Ines Rosa");
        foreach (var network in new[] { "127.0.0.1", "::1" })
            _ = (await forum.Get<Forum.Moderation.SetBlock>().RunAsync(Actor.Operator, new(BlockKind.Network, network, 1, "A test of the door."), default)).Required;
        Assert.Equal(HttpStatusCode.Forbidden, (await ComeAsync(forum.Visitor())).Status);
        await using var db = forum.Db();
        Assert.Empty(await db.Users.ToListAsync());
    }

    [Fact]
    public async Task Whoever_says_no_at_the_provider_is_told_so()
    {
        await using var forum = await WebForum.StartAsync(company.Settings());
        company.Person = [];
        var answer = await ComeAsync(forum.Visitor());
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Company did not sign you in.", answer.TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_does_not_answer_is_an_apology()
    {
        await using var forum = await WebForum.StartAsync([.. company.Settings(), ("Forum:SignIn:Oidc:gone:Authority", "http://127.0.0.1:9"), ("Forum:SignIn:Oidc:gone:ClientId", "forum")]);
        var answer = await forum.Visitor().GetAsync("/account/oidc/gone");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains("gone does not answer at the moment.", answer.TextOf("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_factor_is_asked_for_unless_the_provider_asked_for_one()
    {
        await using var forum = await WebForum.StartAsync(company.Settings());
        var mine = await forum.MemberAsync("Ines Rosa");
        _ = (await forum.Get<ConnectProvider>().RunAsync(mine.AsActor(), "company", "4711", null, Caller.Unknown, default)).Required;
        await using (var db = forum.Db())
            await db.Users.Where(m => m.Id == mine.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.TwoFactorEnabled, true));
        company.Person = Person("4711", mine.Email!, "Ines Rosa");
        var browser = forum.Visitor();
        Assert.StartsWith("/account/code", (await ComeAsync(browser)).Location, StringComparison.Ordinal);
        Assert.Null(await HandleAsync(browser));
        company.Person = [.. company.Person, ("amr", "pwd"), ("amr", "mfa")];
        Assert.Equal("/", (await ComeAsync(browser)).Location);
    }

    [Fact]
    public async Task Where_everybody_comes_by_the_provider_nobody_is_asked_and_no_password_opens_anything()
    {
        await using var forum = await WebForum.StartAsync([.. company.Settings(), ("Forum:SignIn:Passwords", "false")]);
        var mine = await forum.MemberAsync("Ines Rosa");
        var browser = forum.Visitor();
        Assert.Equal("/account/oidc/company?returnUrl=%2Ftags", (await browser.GetAsync("/account/sign-in?returnUrl=/tags")).Location);
        Assert.NotNull((await forum.Get<CheckPassword>().RunAsync(Actor.Visitor, mine.Email!, WebForum.Password, Caller.Unknown, default)).Refusal);
        company.Person = Person("4711", "kwame@example.org", "Kwame Osei");
        await ComeAsync(browser);
        var security = await browser.GetAsync("/account/security");
        Assert.Contains("Nobody signs in by a password here.", security.TextOf("main"), StringComparison.Ordinal);
        // Without a password, having just signed in shows that it is they.
        var export = await browser.SubmitAsync(await browser.GetAsync("/account/privacy"), "form[action='/account/export']");
        Assert.Equal(HttpStatusCode.OK, export.Status);
    }

    [Theory]
    [InlineData("Forum:SignIn:Oidc:Company Ltd:ClientId", "forum", "small letters")]
    [InlineData("Forum:SignIn:Oidc:company:Authority", "http://login.example.org", "https://")]
    [InlineData("Forum:SignIn:Oidc:company:Roles:support", "boss", "Forum:SignIn:Oidc:company:Roles:support")]
    [InlineData("Forum:SignIn:Oidc:company:Secret", "word", "Forum:SignIn:Oidc:company:Secret")]
    [InlineData("Forum:SignIn:Passwords", "false", "Forum:SignIn:Passwords")]
    public void Check_63_what_cannot_be_meant_keeps_the_program_from_starting(string key, string value, string named)
    {
        var arguments = new[] { $"--{key}={value}" }.Concat(key.EndsWith("Passwords", StringComparison.Ordinal) ? [] : new[] { ("Authority", "https://login.example.org"), ("ClientId", "forum") }
            .Select(s => $"--Forum:SignIn:Oidc:company:{s.Item1}={s.Item2}").Where(a => !a.StartsWith($"--{key}=", StringComparison.Ordinal)));
        Assert.Contains(named, Assert.Throws<Forum.Web.Host.SettingException>(() => Forum.Web.Host.ForumHost.CreateBuilder([.. arguments])).Message, StringComparison.Ordinal);
    }
}
