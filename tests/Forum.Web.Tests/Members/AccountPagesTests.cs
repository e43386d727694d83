using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Forum.Boards;
using Forum.Members;
using Forum.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OtpNet;

namespace Forum.Web.Tests.Members;

/// <summary>The pages of accounts without JavaScript. Numbers are those of the list of checks.</summary>
public sealed class AccountPagesTests : IAsyncLifetime
{
    private const string Other = "four other words follow";

    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private WebForum forum = null!;

    public async Task InitializeAsync() => forum = await WebForum.StartAsync([("Forum:Limits:Enabled", "true")], services => services.AddSingleton<TimeProvider>(clock));

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private static async Task<Answer> SignInAsync(Browser browser, string email, string password = WebForum.Password) =>
        await browser.SubmitAsync(await browser.GetAsync("/account/sign-in"), "main form", ("Email", email), ("Password", password));

    private static async Task<bool> IsInAsync(Browser browser) => (await browser.GetAsync("/account/security")).Status == HttpStatusCode.OK;

    [Fact]
    public async Task Check_4_and_6_answers_are_the_same_for_addresses_that_are_known_and_unknown()
    {
        var member = await forum.MemberAsync();
        async Task<string> SaysAsync(string address, string email, params (string, string)[] more)
        {
            var browser = forum.Visitor();
            var answer = await browser.SubmitAsync(await browser.GetAsync(address), "main form", [("Email", email), .. more]);
            var words = Regex.Replace(answer.Text.Replace(email, "E", StringComparison.Ordinal), "[A-Za-z0-9+/=_-]{60,}", "");
            return $"{(int)answer.Status} {answer.Location} {answer.Header("Retry-After")} {words}";
        }
        foreach (var address in new[] { "/account/recover", "/account/resend" })
            Assert.Equal(await SaysAsync(address, member.Email!), await SaysAsync(address, "nobody@example.org"));
        Assert.Equal(await SaysAsync("/account/sign-up", member.Email!, ("Name", "Nora Neu"), ("Password", WebForum.Password)), await SaysAsync("/account/sign-up", "nora@example.org", ("Name", "Nora Neu"), ("Password", WebForum.Password)));
        for (var i = 0; i < 8; i++)
            Assert.Equal(await SaysAsync("/account/sign-in", member.Email!, ("Password", "wrong words")), await SaysAsync("/account/sign-in", "nobody@example.org", ("Password", "wrong words")));
    }

    [Fact]
    public async Task Check_5_after_six_wrong_passwords_in_a_minute_there_is_a_pause()
    {
        var member = await forum.MemberAsync();
        var browser = forum.Visitor();
        for (var i = 0; i < 6; i++)
            Assert.Equal(HttpStatusCode.BadRequest, (await SignInAsync(browser, member.Email!, "wrong words")).Status);
        var refused = await SignInAsync(browser, member.Email!);
        Assert.Equal((HttpStatusCode.TooManyRequests, member.Email), (refused.Status, refused.One("#email").GetAttribute("value")));
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True((await SignInAsync(browser, member.Email!)).IsRedirect);
    }

    [Fact]
    public async Task Check_2_and_7_a_forgotten_password_is_chosen_anew_by_mail_once()
    {
        var member = await forum.MemberAsync();
        var signedIn = await forum.SignInAsync(member.Email!);
        var browser = forum.Visitor();
        var sent = await browser.SubmitAsync(await browser.GetAsync("/account/recover"), "main form", ("Email", member.Email!));
        Assert.Equal("Look into your mail", (await browser.FollowAsync(sent)).TextOf("h1"));
        var link = await forum.LinkToAsync(member.Email!);
        // Whoever only opens links, as programs that look for viruses do, changes nothing.
        var page = await browser.GetAsync(link);
        Assert.Equal(("no-referrer", "no-store"), (page.Header("Referrer-Policy"), Regex.Match(page.Header("Cache-Control") ?? "", "no-store").Value));
        var refused = await browser.SubmitAsync(page, "main form", ("Password", "password123"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("tried first", refused.TextOf("#password-error"), StringComparison.Ordinal);
        Assert.Equal("/account/sign-in", (await browser.SubmitAsync(refused, "main form", ("Password", Other))).Location);
        Assert.Equal(HttpStatusCode.Gone, (await browser.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await browser.SubmitAsync(page, "main form", ("Password", Other))).Status);
        Assert.False(await IsInAsync(signedIn));
        Assert.Equal(HttpStatusCode.BadRequest, (await SignInAsync(browser, member.Email!)).Status);
        Assert.True((await SignInAsync(browser, member.Email!, Other)).IsRedirect);
    }

    [Fact]
    public async Task Check_3_another_password_takes_the_one_of_now_and_ends_the_other_sessions()
    {
        var member = await forum.MemberAsync();
        var (browser, other) = (await forum.SignInAsync(member.Email!), await forum.SignInAsync(member.Email!));
        var page = await browser.GetAsync("/account/security");
        Assert.Equal("This is not your password. Please try again.", (await browser.SubmitAsync(page, "form:has(#new)", ("Current", "wrong words"), ("Password", Other))).TextOf("#current-error"));
        var done = await browser.FollowAsync(await browser.SubmitAsync(page, "form:has(#new)", ("Current", WebForum.Password), ("Password", Other)));
        Assert.Contains("Your password was changed", done.TextOf(".notice.solved"), StringComparison.Ordinal);
        Assert.True(await IsInAsync(browser));
        Assert.False(await IsInAsync(other));
    }

    [Fact]
    public async Task Check_11_another_address_is_confirmed_where_it_is()
    {
        var member = await forum.MemberAsync();
        var browser = await forum.SignInAsync(member.Email!);
        var asked = await browser.SubmitAsync(await browser.GetAsync("/account/security"), "form:has(#proof)", ("Email", "rosa@example.org"), ("Current", WebForum.Password));
        Assert.Contains("link to the new address", (await browser.FollowAsync(asked)).TextOf(".notice.solved"), StringComparison.Ordinal);
        var link = await forum.LinkToAsync("rosa@example.org");
        Assert.True((await browser.SubmitAsync(await browser.GetAsync(link), "main form", [])).IsRedirect);
        Assert.Contains("another e-mail address", (await forum.LetterToAsync(member.Email!)).TextBody, StringComparison.Ordinal);
        Assert.True((await SignInAsync(forum.Visitor(), "rosa@example.org")).IsRedirect);
    }

    [Fact]
    public async Task Check_8_and_15_codes_are_set_up_and_asked_for_and_a_new_password_by_mail_does_not_go_around_them()
    {
        var member = await forum.MemberAsync();
        var browser = await forum.SignInAsync(member.Email!);
        var page = await browser.SubmitAsync(await browser.GetAsync("/account/second-factor"), "main form button", ("Current", WebForum.Password));
        Assert.StartsWith("data:image/svg+xml", page.One("img.qr").GetAttribute("src"), StringComparison.Ordinal);
        var app = new Totp(Base32Encoding.ToBytes(page.TextOf("code.secret")));
        string Code() => app.ComputeTotp(clock.GetUtcNow().UtcDateTime);
        var wrong = await browser.SubmitAsync(page, "main form", ("Code", "000000"));
        Assert.Equal((HttpStatusCode.BadRequest, page.TextOf("code.secret")), (wrong.Status, wrong.TextOf("code.secret")));
        var codes = (await browser.SubmitAsync(wrong, "main form", ("Code", Code()))).TextsOf(".codes code");
        Assert.Equal(RecoveryCode.Count, codes.Count);

        var sent = await browser.SubmitAsync(await browser.GetAsync("/account/recover"), "main form", ("Email", member.Email!));
        Assert.True(sent.IsRedirect);
        Assert.True((await browser.SubmitAsync(await browser.GetAsync(await forum.LinkToAsync(member.Email!)), "main form", ("Password", Other))).IsRedirect);
        clock.Advance(TimeSpan.FromMinutes(1));
        var next = forum.Visitor();
        var half = await SignInAsync(next, member.Email!, Other);
        Assert.Equal("/account/code", half.Location);
        Assert.False(await IsInAsync(next));
        Assert.Equal(HttpStatusCode.BadRequest, (await next.SubmitAsync(await next.FollowAsync(half), "main form", ("Code", "123456"))).Status);
        Assert.True((await next.SubmitAsync(await next.FollowAsync(half), "main form", ("Code", Code()), ("Remember", "true"))).IsRedirect);
        Assert.True(await IsInAsync(next));

        // The device is known from now on, another is not; a code for the loss of the app does as well.
        await next.SubmitAsync(await next.GetAsync("/"), "form[action='/account/sign-out']");
        Assert.Equal("/", (await SignInAsync(next, member.Email!, Other)).Location);
        var third = forum.Visitor();
        Assert.True((await third.SubmitAsync(await third.FollowAsync(await SignInAsync(third, member.Email!, Other)), "main form", ("Code", codes[3]))).IsRedirect);
        var off = await third.SubmitAsync(await third.GetAsync("/account/second-factor"), "main form button[value=end]", ("Current", Other));
        Assert.True(off.IsRedirect);
        Assert.Equal("/", (await SignInAsync(forum.Visitor(), member.Email!, Other)).Location);
    }

    [Fact]
    public async Task A_code_without_a_password_before_it_signs_nobody_in()
    {
        var page = await forum.Visitor().GetAsync("/account/code");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.False(page.Has("main form"));
    }

    [Fact]
    public async Task Check_16_and_17_members_see_where_they_are_signed_in_and_end_it_there()
    {
        var member = await forum.MemberAsync();
        var (browser, other, third) = (await forum.SignInAsync(member.Email!), await forum.SignInAsync(member.Email!), await forum.SignInAsync(member.Email!));
        var page = await browser.GetAsync("/account/sessions");
        Assert.Equal((3, 1), (page.Document.QuerySelectorAll("section:has(#sessions) li").Length, page.Document.QuerySelectorAll("section:has(#sessions) .pill").Length));
        Assert.Contains("Signed in", page.TextsOf("section:has(#events) h3"));
        var forms = page.Document.QuerySelectorAll("section:has(#sessions) form").Length;
        Assert.Equal(2, forms);
        Assert.True((await browser.SubmitAsync(page, "section:has(#sessions) li:nth-child(2) form, section:has(#sessions) li:first-child form:only-of-type")).IsRedirect);
        Assert.Single(new[] { await IsInAsync(other), await IsInAsync(third) }, stays => stays);
        Assert.True((await browser.SubmitAsync(await browser.GetAsync("/account/sessions"), ".stack > form")).IsRedirect);
        Assert.Equal((true, false, false), (await IsInAsync(browser), await IsInAsync(other), await IsInAsync(third)));
    }

    [Fact]
    public async Task Check_15_a_role_that_is_given_or_taken_holds_at_once_and_renews_the_session_whose_id_of_before_is_over_within_a_minute()
    {
        var member = await forum.MemberAsync();
        var (browser, cookies) = await forum.SignInWithCookiesAsync(member.Email!);
        foreach (var grant in new[] { true, false })
        {
            var before = cookies.GetAllCookies()["forum"]!.Value;
            _ = grant ? (await forum.Get<GrantRole>().RunAsync(Actor.Operator, member.Handle, SiteRole.Moderator, null, default)).Required
                : (await forum.Get<RevokeRole>().RunAsync(Actor.Operator, member.Handle, SiteRole.Moderator, null, default)).Required;
            Assert.Equal(grant ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await browser.GetAsync("/mod/queue")).Status);
            Assert.NotEqual(before, cookies.GetAllCookies()["forum"]!.Value);
            clock.Advance(Session.Renewal);
            Assert.True(await IsInAsync(browser));
            var copy = forum.Client();
            copy.DefaultRequestHeaders.Add("Cookie", $"forum={before}");
            Assert.Equal(HttpStatusCode.Redirect, (await copy.GetAsync("/account/security")).StatusCode);
        }
    }

    [Fact]
    public async Task Check_18_a_session_ends_where_nobody_used_it_for_two_weeks_and_in_any_case_after_half_a_year()
    {
        var member = await forum.MemberAsync();
        var (idle, used) = (await forum.SignInAsync(member.Email!), await forum.SignInAsync(member.Email!));
        var started = clock.GetUtcNow().UtcDateTime;
        for (var day = 0; day < 15; day += 5)
        {
            clock.Advance(TimeSpan.FromDays(5));
            Assert.True(await IsInAsync(used));
            await forum.Get<LastUse>().FlushAsync(default);
        }
        Assert.False(await IsInAsync(idle));
        await using (var db = forum.Db())
            await db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(s => s.Started, started - Session.MaxAge));
        Assert.False(await IsInAsync(used));
    }

    [Fact]
    public async Task Check_39_signing_out_clears_what_the_browser_kept()
    {
        var browser = await forum.SignInAsync((await forum.MemberAsync()).Email!);
        var page = await browser.GetAsync("/");
        Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
        var left = await browser.SubmitAsync(page, "form[action='/account/sign-out']");
        Assert.Equal("\"cache\"", left.Header("Clear-Site-Data"));
    }

    [Fact]
    public async Task A_key_is_shown_once_says_when_it_was_used_ends_in_time_and_is_taken_back()
    {
        var member = await forum.MemberAsync();
        var browser = await forum.SignInAsync(member.Email!);
        var page = await browser.GetAsync("/account/keys");
        Assert.Equal(["read", "read and write"], page.TextsOf("#scope option"));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync(page, "form:has(#days)", ("Name", " "), ("Current", WebForum.Password))).Status);
        var made = await browser.SubmitAsync(page, "form:has(#days)", ("Name", "Nightly report"), ("Days", "7"), ("Current", WebForum.Password));
        var token = made.TextOf("code.secret");
        Assert.Contains("A key to the API was made", (await forum.LetterToAsync(member.Email!)).TextBody, StringComparison.Ordinal);
        async Task<HttpStatusCode> UsedAsync()
        {
            var program = forum.Client();
            program.DefaultRequestHeaders.Authorization = new("Bearer", token);
            return (await program.GetAsync("/api/v1/me")).StatusCode;
        }
        page = await browser.GetAsync("/account/keys");
        Assert.DoesNotContain(token, page.Text, StringComparison.Ordinal);
        Assert.Equal((true, true), (page.TextOf(".entries h3").Contains(token[..ApiToken.PrefixLength], StringComparison.Ordinal), page.TextOf(".entries .snippet").Contains("never used", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.OK, await UsedAsync());
        await forum.Get<LastUse>().FlushAsync(default);
        Assert.DoesNotContain("never used", (await browser.GetAsync("/account/keys")).TextOf(".entries .snippet"), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(HttpStatusCode.Unauthorized, await UsedAsync());

        token = (await browser.SubmitAsync(page, "form:has(#days)", ("Name", "Another"), ("Scope", "Write"), ("Current", WebForum.Password))).TextOf("code.secret");
        Assert.Equal(HttpStatusCode.OK, await UsedAsync());
        var stranger = await forum.SignInAsync((await forum.MemberAsync()).Email!);
        Assert.False((await stranger.GetAsync("/account/keys")).Has(".entries"));
        Assert.True((await browser.SubmitAsync(await browser.GetAsync("/account/keys"), ".entries li:first-child form")).IsRedirect);
        Assert.Equal(HttpStatusCode.Unauthorized, await UsedAsync());
    }

    [Fact]
    public async Task Check_66_members_take_their_data_with_them_and_have_their_account_erased()
    {
        var board = await forum.FreshBoardAsync();
        var member = await forum.MemberAsync();
        var topic = await forum.AskAsync(member, board);
        var browser = await forum.SignInAsync(member.Email!);
        var page = await browser.GetAsync("/account/privacy");
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync(page, "form[action='/account/export']", ("current", "wrong words"))).Status);
        var export = await browser.SubmitAsync(page, "form[action='/account/export']", ("current", WebForum.Password));
        Assert.Equal("application/zip", export.Header("Content-Type"));
        using var zip = new ZipArchive(await export.Message.Content.ReadAsStreamAsync());
        Assert.Equal(["data.json", $"posts/{topic.PostId}.md"], zip.Entries.Select(e => e.FullName));
        using var data = JsonDocument.Parse(zip.GetEntry("data.json")!.Open());
        Assert.Equal((member.Email, 1, topic.PostId), (data.RootElement.GetProperty("account").GetProperty("email").GetString(), data.RootElement.GetProperty("posts").GetArrayLength(), data.RootElement.GetProperty("posts")[0].GetProperty("id").GetInt64()));
        Assert.Equal("signedIn", data.RootElement.GetProperty("events")[0].GetProperty("kind").GetString());
        using var text = new StreamReader(zip.Entries[1].Open());
        Assert.Contains(Scenario.Body, await text.ReadToEndAsync(), StringComparison.Ordinal);

        var refused = await browser.SubmitAsync(page, "form:has(fieldset)", ("Current", "wrong words"), ("Posts", "true"));
        Assert.Equal((HttpStatusCode.BadRequest, true), (refused.Status, refused.One("input[value=true]").HasAttribute("checked")));
        var due = await browser.FollowAsync(await browser.SubmitAsync(page, "form:has(fieldset)", ("Current", WebForum.Password)));
        Assert.Equal("Your account is going to be erased", due.TextOf("#erase"));
        Assert.True((await browser.SubmitAsync(due, "section:has(#erase) form")).IsRedirect);
        Assert.False((await browser.GetAsync("/account/privacy")).Has("#erase"));
    }
}
