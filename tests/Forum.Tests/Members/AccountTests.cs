using Forum.Admin;
using Forum.Boards;
using Forum.Jobs;
using Forum.Mail;
using Forum.Members;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace Forum.Tests.Members;

/// <summary>Signing up and in, passwords, addresses and codes, with limits on.</summary>
public sealed class AccountTests : IAsyncLifetime
{
    private static readonly Caller home = new("192.0.2.7", "Firefox on Windows"), elsewhere = new("198.51.100.9", "Chrome on Linux");

    /// <summary>By what the browser is known in which accounts are made.</summary>
    private const string Here = "this browser";

    private TestForum forum = null!;

    public async Task InitializeAsync() => forum = await TestForum.StartAsync(options => options.Limits.Enabled = true);

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private Task<Result<Arrived>> SignUpAsync(string email = "ines@example.org", string password = Scenario.Password, string? handle = null, string? browser = Here) =>
        forum.Get<SignUp>().RunAsync(Actor.Visitor, new("Ines Rosa", handle, email, password, home.Network, Browser: browser), "/ask", default);

    private Task<Result<Member>> CheckAsync(string email = "ines@example.org", string password = Scenario.Password, Caller? caller = null) =>
        forum.Get<CheckPassword>().RunAsync(Actor.Visitor, email, password, caller ?? home, default);

    private async Task<Result<(Member Member, string? ReturnUrl)>> ConfirmAsync(string? secret = null, string? browser = Here, string? password = null) =>
        await forum.Get<ConfirmEmail>().RunAsync(Actor.Visitor, secret ?? await SecretAsync(), browser, password, default);

    /// <summary>A member who signed up and confirmed their address.</summary>
    private async Task<Actor> MemberAsync()
    {
        _ = (await SignUpAsync()).Required;
        return Actor.Member((await ConfirmAsync()).Required.Member.Id);
    }

    private async Task<IReadOnlyList<MimeKit.MimeMessage>> LettersAsync()
    {
        await forum.Get<MailSender>().SendDueAsync(default);
        return Directory.Exists(forum.Get<Mailbox>().Folder) ? [.. Directory.GetFiles(forum.Get<Mailbox>().Folder, "*.eml").Order(StringComparer.Ordinal).Select(f => MimeKit.MimeMessage.Load(f))] : [];
    }

    private async Task<string> SecretAsync() => (await LettersAsync())[^1].TextBody!.Split("token=")[1].Split()[0];

    [Fact]
    public async Task An_account_is_its_members_once_they_open_the_link_and_the_link_is_good_once()
    {
        _ = (await SignUpAsync()).Required;
        Assert.Equal(CheckPassword.Unconfirmed, (await CheckAsync()).Refusal);
        var letters = await LettersAsync();
        Assert.Equal((2, "Confirm your address at Community", "ines@example.org"), (letters.Count, letters[0].Subject, letters[0].To.Mailboxes.Single().Address));
        var older = letters[0].TextBody!.Split("token=")[1].Split()[0];
        Assert.Equal(RefusalKind.Gone, (await ConfirmAsync(older)).Refusal?.Kind);
        var secret = await SecretAsync();
        var confirmed = (await ConfirmAsync(secret, password: Scenario.Password)).Required;
        Assert.Equal("ines@example.org", confirmed.Member.Email);
        Assert.Equal(RefusalKind.Gone, (await ConfirmAsync(secret)).Refusal?.Kind);
        Assert.Equal(confirmed.Member.Id, (await CheckAsync("INES@example.org")).Required.Id);
        await using var db = forum.Db();
        Assert.Empty(await db.Letters.ToListAsync());
    }

    [Fact]
    public async Task Check_4_neither_handles_nor_letters_nor_invitations_tell_whether_an_address_has_an_account()
    {
        await MemberAsync();
        async Task<string> AfterAsync(string email)
        {
            _ = (await SignUpAsync(email, handle: "oracle")).Required;
            var visitor = Rights.OfVisitor;
            return $"{(await forum.Get<MemberQueries>().FindAsync(visitor, "oracle", default)).Refusal?.Kind} {(await forum.Get<MemberQueries>().SuggestAsync(visitor, "oracle", 5, default)).Count} {(await SignUpAsync("another@example.org", handle: "oracle")).Refusal?.Kind}";
        }
        var known = await AfterAsync("ines@example.org");
        forum.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(known, await AfterAsync("nobody@example.org"));

        // A letter is counted for either address.
        forum.Clock.Advance(TimeSpan.FromDays(2));
        await using var db = forum.Db();
        foreach (var email in new[] { "ines@example.org", "somebody@example.org" })
        {
            var before = await db.Attempts.CountAsync();
            _ = (await SignUpAsync(email)).Required;
            Assert.Equal(before + 2, await db.Attempts.CountAsync());
        }

        // An invitation is used up by either address.
        foreach (var email in new[] { "ines@example.org", "third@example.org" })
        {
            var link = (await forum.Get<InviteByLink>().RunAsync(Actor.Operator, 1, default)).Required;
            _ = (await forum.Get<SignUp>().RunAsync(Actor.Visitor, new("Ines Rosa", null, email, Scenario.Password, Invitation: link.Query.Split('=')[1]), null, default)).Required;
            Assert.Equal(0, await db.Invitations.OrderByDescending(i => i.Id).Select(i => i.Left).FirstAsync());
        }
    }

    [Fact]
    public async Task An_account_that_somebody_else_began_is_nobodys_but_its_members()
    {
        _ = (await SignUpAsync(password: "the thief knows this", browser: "the thief's")).Required;
        Assert.Equal("Password", (await ConfirmAsync(browser: null)).Refusal?.Field);
        Assert.Equal("Password", (await ConfirmAsync(browser: Here, password: "password123")).Refusal?.Field);
        // Whoever signs up after them gets a letter that leads on, too.
        _ = (await SignUpAsync()).Required;
        var confirmed = (await ConfirmAsync(password: "their own words here")).Required;
        Assert.Equal("inesr", confirmed.Member.Handle);
        Assert.Equal(CheckPassword.Wrong, (await CheckAsync(password: "the thief knows this")).Refusal);
        _ = (await CheckAsync(password: "their own words here")).Required;
    }

    [Theory]
    [InlineData("ines_r", false, "ines_r")]
    [InlineData("ines_r", true, "inesr")]
    [InlineData(null, false, "inesr")]
    public async Task The_handle_that_one_wished_is_given_with_the_confirmation_if_it_is_free_then(string? wish, bool taken, string given)
    {
        _ = (await SignUpAsync(handle: wish)).Required;
        if (taken)
            _ = (await forum.Get<CreateMember>().RunAsync(Actor.Operator, new("Somebody Faster", wish, "faster@example.org", null), default)).Required;
        Assert.Equal(given, (await ConfirmAsync()).Required.Member.Handle);
    }

    [Fact]
    public async Task Where_the_address_is_known_the_answer_is_the_same_and_the_letter_says_so()
    {
        await MemberAsync();
        _ = (await SignUpAsync(password: "some other words here")).Required;
        Assert.Contains("There is one already", (await LettersAsync())[^1].TextBody, StringComparison.Ordinal);
        await using var db = forum.Db();
        Assert.Single(await db.Users.ToListAsync());
        Assert.Equal(CheckPassword.Wrong, (await CheckAsync(password: "some other words here")).Refusal);
        // It counts as the making of an account does, or the count would tell.
        _ = (await SignUpAsync()).Required;
        Assert.Equal(RefusalKind.TooMany, (await SignUpAsync()).Refusal?.Kind);
        Assert.Equal(RefusalKind.TooMany, (await SignUpAsync("new@example.org")).Refusal?.Kind);
    }

    [Theory]
    [InlineData("password123")]
    [InlineData("1234567890")]
    [InlineData("qwertyuiop")]
    [InlineData("communitycommunity")]
    [InlineData("Community2026")]
    [InlineData("ines.rosa1")]
    [InlineData("InesRosa2026")]
    [InlineData("ninechars")]
    public async Task Common_passwords_and_those_of_words_that_everybody_knows_are_refused_everywhere(string password)
    {
        Assert.Equal("Password", (await SignUpAsync("ines.rosa@example.org", password)).Refusal?.Field);
        var member = await MemberAsync();
        Assert.Equal("Password", (await forum.Get<ChangePassword>().RunAsync(member, Scenario.Password, password, null, home, default)).Refusal?.Field);
        _ = (await forum.Get<AskRecovery>().RunAsync(Actor.Visitor, "ines@example.org", home, default)).Required;
        var secret = await SecretAsync();
        if (password != "ines.rosa1")
            Assert.Equal("Password", (await forum.Get<ResetPassword>().RunAsync(Actor.Visitor, secret, password, home, default)).Refusal?.Field);
        // What was refused has not used the link up.
        _ = (await forum.Get<ResetPassword>().RunAsync(Actor.Visitor, secret, "four other words follow", home, default)).Required;
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    public async Task Long_passphrases_of_any_script_are_taken_whole(int length)
    {
        var phrase = string.Concat(Enumerable.Repeat("слово 字 word ", 20))[..length];
        _ = (await SignUpAsync(password: phrase)).Required;
        _ = (await ConfirmAsync()).Required;
        _ = (await CheckAsync(password: phrase)).Required;
        Assert.Equal(CheckPassword.Wrong, (await CheckAsync(password: phrase[..^1])).Refusal);
        Assert.Equal("Password", (await SignUpAsync("b@example.org", new string('x', 60) + new string('y', 69))).Refusal?.Field);
    }

    [Fact]
    public async Task Whoever_guesses_is_slowed_down_and_the_member_gets_in_from_elsewhere()
    {
        await MemberAsync();
        for (var i = 0; i < 6; i++)
            Assert.Equal(CheckPassword.Wrong, (await CheckAsync(password: $"wrong words {i}", caller: elsewhere)).Refusal);
        var refused = (await CheckAsync(caller: elsewhere)).Refusal!;
        Assert.Equal((RefusalKind.TooMany, TimeSpan.FromMinutes(1)), (refused.Kind, refused.RetryAfter));
        // For an address that nobody has, the same.
        for (var i = 0; i < 6; i++)
            Assert.Equal(CheckPassword.Wrong, (await CheckAsync("nobody@example.org", caller: elsewhere)).Refusal);
        var unknown = (await CheckAsync("nobody@example.org", caller: elsewhere)).Refusal!;
        Assert.Equal((refused.Message, refused.RetryAfter), (unknown.Message, unknown.RetryAfter));
        _ = (await CheckAsync()).Required;
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        _ = (await CheckAsync(caller: elsewhere)).Required;
    }

    [Fact]
    public async Task Guesses_from_a_hundred_networks_lock_out_strangers_and_not_the_member()
    {
        var member = await MemberAsync();
        _ = (await forum.Get<StartSession>().RunAsync(member, home, default)).Required;
        for (var i = 0; i < 100; i++)
            Assert.Equal(CheckPassword.Wrong, (await CheckAsync(password: "wrong words", caller: new($"203.0.113.{i}"))).Refusal);
        Assert.Equal(RefusalKind.TooMany, (await CheckAsync(caller: elsewhere)).Refusal?.Kind);
        _ = (await CheckAsync(caller: home)).Required;
    }

    [Fact]
    public async Task Many_guesses_at_once_are_counted()
    {
        await MemberAsync();
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => CheckAsync(password: $"wrong words {i}"))));
        Assert.Equal(6, made.Count(m => m.Refusal == CheckPassword.Wrong));
    }

    [Fact]
    public async Task A_new_password_by_mail_is_chosen_once_within_the_hour_and_ends_all_sessions()
    {
        var member = await MemberAsync();
        _ = (await forum.Get<StartSession>().RunAsync(member, home, default)).Required;
        _ = (await forum.Get<AskRecovery>().RunAsync(Actor.Visitor, "ines@example.org", elsewhere, default)).Required;
        var late = await SecretAsync();
        forum.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(RefusalKind.Gone, (await forum.Get<ResetPassword>().RunAsync(Actor.Visitor, late, "four other words follow", home, default)).Refusal?.Kind);
        _ = (await forum.Get<AskRecovery>().RunAsync(Actor.Visitor, "ines@example.org", elsewhere, default)).Required;
        var secret = await SecretAsync();
        _ = (await forum.Get<ResetPassword>().RunAsync(Actor.Visitor, secret, "four other words follow", elsewhere, default)).Required;
        Assert.Equal(RefusalKind.Gone, (await forum.Get<ResetPassword>().RunAsync(Actor.Visitor, secret, "yet other words follow", home, default)).Refusal?.Kind);
        Assert.Contains("A new password was chosen for you", (await LettersAsync())[^1].TextBody, StringComparison.Ordinal);
        await using var db = forum.Db();
        Assert.Empty(await db.Sessions.ToListAsync());
        Assert.Equal(CheckPassword.Wrong, (await CheckAsync()).Refusal);
        _ = (await CheckAsync(password: "four other words follow")).Required;
    }

    [Fact]
    public async Task A_link_for_a_new_password_dies_with_a_change_of_the_password()
    {
        var member = await MemberAsync();
        _ = (await forum.Get<AskRecovery>().RunAsync(Actor.Visitor, "ines@example.org", home, default)).Required;
        var secret = await SecretAsync();
        _ = (await forum.Get<ChangePassword>().RunAsync(member, Scenario.Password, "four other words follow", null, home, default)).Required;
        Assert.Equal(RefusalKind.Gone, (await forum.Get<ResetPassword>().RunAsync(Actor.Visitor, secret, "yet other words follow", home, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task Nobody_is_written_to_who_has_no_account_and_the_deed_does_the_same()
    {
        var member = await MemberAsync();
        var before = (await LettersAsync()).Count;
        foreach (var email in new[] { "ines@example.org", "nobody@example.org" })
        {
            _ = (await forum.Get<AskRecovery>().RunAsync(Actor.Visitor, email, home, default)).Required;
            await using var db = forum.Db();
            Assert.Equal((1, LetterKind.Recovery), ((await db.Letters.ToListAsync()).Count, (await db.Letters.SingleAsync()).Kind));
            await LettersAsync();
        }
        Assert.Equal(before + 1, (await LettersAsync()).Count);
        for (var i = 0; i < 2; i++)
            _ = (await forum.Get<AskRecovery>().RunAsync(Actor.Visitor, "nobody@example.org", home, default)).Required;
        Assert.Equal(RefusalKind.TooMany, (await forum.Get<AskRecovery>().RunAsync(Actor.Visitor, "nobody@example.org", home, default)).Refusal?.Kind);
        Assert.NotEqual(0, member.MemberId);
    }

    [Fact]
    public async Task Another_password_takes_the_one_of_now_and_ends_the_other_sessions()
    {
        var member = await MemberAsync();
        var mine = (await forum.Get<StartSession>().RunAsync(member, home, default)).Required;
        _ = (await forum.Get<StartSession>().RunAsync(member, elsewhere, default)).Required;
        Assert.Equal("Current", (await forum.Get<ChangePassword>().RunAsync(member, "not this one", "four other words follow", mine, home, default)).Refusal?.Field);
        _ = (await forum.Get<ChangePassword>().RunAsync(member, Scenario.Password, "four other words follow", mine, home, default)).Required;
        Assert.Equal([true], (await forum.Get<AccountQueries>().SessionsAsync(member, mine, default)).Select(s => s.Mine));
        Assert.Equal(RefusalKind.SignIn, (await forum.Get<ChangePassword>().RunAsync(Actor.Visitor, "", "four other words follow", null, home, default)).Refusal?.Kind);
        for (var i = 0; i < 6; i++)
            _ = await forum.Get<ChangePassword>().RunAsync(member, $"not this one {i}", "yet other words follow", mine, home, default);
        Assert.Equal(RefusalKind.TooMany, (await forum.Get<ChangePassword>().RunAsync(member, "four other words follow", "yet other words follow", mine, home, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task Another_address_takes_the_password_and_the_link_that_went_there_and_the_old_one_is_told()
    {
        var member = await MemberAsync();
        Assert.Equal("Current", (await forum.Get<AskEmailChange>().RunAsync(member, "not this one", "rosa@example.org", home, default)).Refusal?.Field);
        _ = (await forum.Get<AskEmailChange>().RunAsync(member, Scenario.Password, "rosa@example.org", home, default)).Required;
        var letter = (await LettersAsync())[^1];
        Assert.Equal("rosa@example.org", letter.To.Mailboxes.Single().Address);
        _ = (await CheckAsync()).Required;
        _ = (await forum.Get<ChangeEmail>().RunAsync(Actor.Visitor, await SecretAsync(), home, default)).Required;
        _ = (await CheckAsync("rosa@example.org")).Required;
        Assert.Equal(CheckPassword.Wrong, (await CheckAsync()).Refusal);
        Assert.Equal("ines@example.org", (await LettersAsync())[^1].To.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task An_address_that_somebody_has_is_told_there_and_nowhere_else()
    {
        var member = await MemberAsync();
        _ = (await forum.Get<CreateMember>().RunAsync(Actor.Operator, new("Otto Other", null, "otto@example.org", null), default)).Required;
        _ = (await forum.Get<AskEmailChange>().RunAsync(member, Scenario.Password, "otto@example.org", home, default)).Required;
        var letter = (await LettersAsync())[^1];
        Assert.DoesNotContain("token=", letter.TextBody, StringComparison.Ordinal);
        await using var db = forum.Db();
        Assert.False(await db.AccountTokens.AnyAsync(t => t.Purpose == TokenPurpose.ChangeEmail));
    }

    [Fact]
    public async Task A_code_of_the_app_is_taken_once_a_step_early_or_late_and_five_wrong_ones_make_a_pause()
    {
        var member = await MemberAsync();
        var id = member.MemberId!.Value;
        Assert.Equal("Current", (await forum.Get<BeginSecondFactor>().RunAsync(member, "not this one", home, default)).Refusal?.Field);
        var app = new Totp(Base32Encoding.ToBytes((await forum.Get<BeginSecondFactor>().RunAsync(member, Scenario.Password, home, default)).Required));
        string Code(int steps = 0) => app.ComputeTotp(forum.Clock.GetUtcNow().UtcDateTime.AddSeconds(30 * steps));
        Task<Result<(Member Member, string? Device)>> CodeAsync(string code, bool remember = false) => forum.Get<CheckSecondFactor>().RunAsync(Actor.Visitor, id, code, remember, home, default);

        Assert.Equal("Code", (await forum.Get<ConfirmSecondFactor>().RunAsync(member, "000000", null, home, default)).Refusal?.Field);
        Assert.False((await CheckAsync()).Required.TwoFactorEnabled);
        var spare = (await forum.Get<ConfirmSecondFactor>().RunAsync(member, Code(), null, home, default)).Required;
        Assert.Equal(RecoveryCode.Count, spare.Distinct().Count());
        Assert.True((await CheckAsync()).Required.TwoFactorEnabled);

        Assert.Equal("Code", (await CodeAsync(Code())).Refusal?.Field);
        forum.Clock.Advance(TimeSpan.FromSeconds(60));
        _ = (await CodeAsync(Code(-1))).Required;
        _ = (await CodeAsync(Code())).Required;
        Assert.Equal("Code", (await CodeAsync(Code())).Refusal?.Field);
        _ = (await CodeAsync(Code(1))).Required;
        Assert.Equal("Code", (await CodeAsync(Code(2))).Refusal?.Field);
        forum.Clock.Advance(TimeSpan.FromMinutes(15));
        _ = (await CodeAsync($" {spare[0].ToUpperInvariant()} ")).Required;
        Assert.Equal("Code", (await CodeAsync(spare[0])).Refusal?.Field);
        for (var i = 0; i < 4; i++)
            Assert.Equal("Code", (await CodeAsync("123456")).Refusal?.Field);
        Assert.Equal(RefusalKind.TooMany, (await CodeAsync(Code())).Refusal?.Kind);
    }

    [Fact]
    public async Task A_device_is_remembered_for_thirty_days_and_forgotten_with_a_new_password()
    {
        var member = await MemberAsync();
        var id = member.MemberId!.Value;
        var app = new Totp(Base32Encoding.ToBytes((await forum.Get<BeginSecondFactor>().RunAsync(member, Scenario.Password, home, default)).Required));
        _ = (await forum.Get<ConfirmSecondFactor>().RunAsync(member, app.ComputeTotp(forum.Clock.GetUtcNow().UtcDateTime), null, home, default)).Required;
        async Task<string> DeviceAsync()
        {
            forum.Clock.Advance(TimeSpan.FromMinutes(1));
            return (await forum.Get<CheckSecondFactor>().RunAsync(Actor.Visitor, id, app.ComputeTotp(forum.Clock.GetUtcNow().UtcDateTime), true, home, default)).Required.Device!;
        }
        var device = await DeviceAsync();
        Assert.True(await forum.Get<AccountQueries>().IsRememberedAsync(id, device, default));
        Assert.False(await forum.Get<AccountQueries>().IsRememberedAsync(id + 1, device, default));
        forum.Clock.Advance(SecondFactor.Remembers);
        Assert.False(await forum.Get<AccountQueries>().IsRememberedAsync(id, device, default));
        device = await DeviceAsync();
        _ = (await forum.Get<ChangePassword>().RunAsync(member, Scenario.Password, "four other words follow", null, home, default)).Required;
        Assert.False(await forum.Get<AccountQueries>().IsRememberedAsync(id, device, default));
        _ = (await forum.Get<EndSecondFactor>().RunAsync(member, "four other words follow", home, default)).Required;
        Assert.False((await CheckAsync(password: "four other words follow")).Required.TwoFactorEnabled);
    }

    [Fact]
    public async Task What_happened_to_an_account_is_kept_for_its_member_for_a_while()
    {
        var member = await MemberAsync();
        _ = await CheckAsync(password: "wrong words", caller: elsewhere);
        var mine = (await forum.Get<StartSession>().RunAsync(member, home, default)).Required;
        _ = (await forum.Get<StartSession>().RunAsync(member, elsewhere, default)).Required;
        _ = (await forum.Get<EndSessions>().RunAsync(member, null, mine, default)).Required;
        var events = await forum.Get<AccountQueries>().EventsAsync(member, default);
        Assert.Equal([SecurityEventKind.SessionsEnded, SecurityEventKind.SignedIn, SecurityEventKind.SignedIn, SecurityEventKind.SignInFailed], events.Select(e => e.Kind));
        Assert.Equal(("198.51.100.9", "Chrome on Linux"), (events[^1].Network, events[^1].Device));
        forum.Clock.Advance(Session.KeepsNetwork + TimeSpan.FromMinutes(1));
        _ = (await forum.Get<TidyUp>().RunAsync(Actor.Operator, default)).Required;
        Assert.All(await forum.Get<AccountQueries>().EventsAsync(member, default), e => Assert.Null(e.Network));
        forum.Clock.Advance(SecurityEvent.Kept);
        _ = (await forum.Get<TidyUp>().RunAsync(Actor.Operator, default)).Required;
        Assert.Empty(await forum.Get<AccountQueries>().EventsAsync(member, default));
    }

    [Fact]
    public async Task A_letter_that_no_server_takes_is_tried_ever_later_and_given_up_at_last()
    {
        forum.Options.Mail.Host = "127.0.0.1";
        forum.Options.Mail.Port = 9;
        _ = (await SignUpAsync()).Required;
        for (var tries = 1; tries <= Letter.MaxTries; tries++)
        {
            await forum.Get<MailSender>().SendDueAsync(default);
            await using var db = forum.Db();
            var letter = await db.Letters.SingleAsync();
            Assert.Equal((tries, tries < Letter.MaxTries), (letter.Tries, letter.Due is not null));
            Assert.NotNull(letter.Error);
            await forum.Get<MailSender>().SendDueAsync(default);
            Assert.Equal(tries, await db.Letters.Select(l => l.Tries).SingleAsync());
            if (letter.Due is { } due)
                forum.Clock.Advance(due - forum.Clock.GetUtcNow().UtcDateTime);
        }
        forum.Clock.Advance(Letter.Kept + TimeSpan.FromMinutes(1));
        _ = (await forum.Get<TidyUp>().RunAsync(Actor.Operator, default)).Required;
        await using var after = forum.Db();
        Assert.Empty(await after.Letters.ToListAsync());
    }

    [Fact]
    public async Task What_somebody_is_called_writes_no_header_of_a_letter()
    {
        forum.Options.Site.Name = "Ours\r\nBcc: all@example.org";
        _ = (await SignUpAsync()).Required;
        var letter = (await LettersAsync()).Single();
        Assert.Empty(letter.Bcc);
        Assert.Equal("Confirm your address at Ours Bcc: all@example.org", letter.Subject);
    }

    [Fact]
    public async Task Where_nobody_may_join_no_account_is_made()
    {
        forum.Options.Access.Join = Forum.Settings.JoinPolicy.Closed;
        Assert.Equal(RefusalKind.Forbidden, (await SignUpAsync()).Refusal?.Kind);
    }

    [Fact]
    public async Task Nobodys_box_is_filled_by_whoever_names_their_address_again_and_again()
    {
        _ = (await SignUpAsync()).Required;
        for (var i = 0; i < 10; i++)
            Assert.Equal(CheckPassword.Unconfirmed, (await CheckAsync()).Refusal);
        Assert.Equal(3, (await LettersAsync()).Count);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        _ = await CheckAsync();
        Assert.Equal(4, (await LettersAsync()).Count);
    }

    [Fact]
    public async Task A_code_that_is_typed_twice_at_once_is_taken_once()
    {
        var member = await MemberAsync();
        var app = new Totp(Base32Encoding.ToBytes((await forum.Get<BeginSecondFactor>().RunAsync(member, Scenario.Password, home, default)).Required));
        _ = (await forum.Get<ConfirmSecondFactor>().RunAsync(member, app.ComputeTotp(forum.Clock.GetUtcNow().UtcDateTime), null, home, default)).Required;
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        var code = app.ComputeTotp(forum.Clock.GetUtcNow().UtcDateTime);
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => forum.Get<CheckSecondFactor>().RunAsync(Actor.Visitor, member.MemberId!.Value, code, false, home, default))));
        Assert.Single(made, m => m.Refusal is null);
    }
}
