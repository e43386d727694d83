using System.Globalization;
using Forum.Data;
using Forum.Mail;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Letters with links that are good once.</summary>
internal static class AccountLetters
{
    public static readonly Refusal LinkIsOver = new(RefusalKind.Gone, "This link was used already, or its time is over. Ask for a new one.");

    /// <summary>Letters to one address, and from one network: nobody's box is filled by others.</summary>
    private static readonly Pace toOneAddress = new("letter", 3, TimeSpan.FromHours(1)), fromOneNetwork = new("letters", 20, TimeSpan.FromHours(1));

    /// <summary>Counts a letter to an address that somebody else may have named; false where it gets no more for now.</summary>
    public static async Task<bool> MayWriteToAsync(this Deed deed, string email, ForumOptions options, CancellationToken cancellation)
    {
        var key = toOneAddress.Key("told", Emails.Normalize(email));
        if (options.Limits.Enabled && await deed.Db.WaitAsync(toOneAddress, key, deed.Now, cancellation) is not null)
            return false;
        deed.Try(key);
        return true;
    }

    /// <summary>Asks for a letter to whoever has an account at that address. Nothing is looked up, so that no answer tells whether there is one.</summary>
    public static async Task<Result<Done>> AskForLetterAsync(this ForumWriter writer, Actor actor, LetterKind kind, string? typed, Caller caller, ForumOptions options, CancellationToken cancellation)
    {
        if (!Emails.Read(typed).Is(out var email, out var unreadable))
            return unreadable;
        return await writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            foreach (var (pace, key) in new[] { (toOneAddress, toOneAddress.Key(kind.ToString(), Emails.Normalize(email))), (fromOneNetwork, fromOneNetwork.Key(caller.Network)) })
            {
                if (options.Limits.Enabled && await deed.Db.WaitAsync(pace, key, deed.Now, cancellation) is { } wait)
                    return Refusal.TooMany(wait, "This was asked for several times already. Look into the box for spam, too; you may ask again later.");
                deed.Try(key);
            }
            deed.MailLater(email, kind, caller.Network ?? "", caller.Device ?? "");
            return new Done();
        }, cancellation);
    }

    /// <summary>Writes the letter that was asked for; false where nobody is to get it.</summary>
    public static async Task<bool> WriteAsync(this Deed deed, Letter letter, SiteOptions site, CancellationToken cancellation)
    {
        if (await deed.Db.Users.OfEmail(letter.To).SingleOrDefaultAsync(cancellation) is not { } member || letter.Kind == LetterKind.Confirmation && member.EmailConfirmed)
            return false;
        if (letter.Kind == LetterKind.Confirmation)
        {
            await deed.MailConfirmationAsync(member, site, null, null, cancellation);
            return true;
        }
        var secret = await deed.IssueAsync(member, TokenPurpose.ResetPassword, member.Email!, cancellation);
        var asked = letter.Unpack();
        deed.Note(SecurityEventKind.RecoveryAsked, member.Id, new(Known(asked[0]), Known(asked[1])));
        deed.Mail(member.Email!, "A new password at {0}",
            "Somebody, most likely you, wants to choose a new password for your account at {0}. Here it is done, within the next hour and once:\n\n{1}\n\nIf it was not you, there is nothing to do: your password stays as it is.",
            site.Name, new Uri(site.Url, $"/account/reset?token={secret}"));
        return true;

        static string? Known(object word) => word is string { Length: > 0 } some ? some : null;
    }

    /// <param name="browser">By what the browser is known in which the account is made; null where it is not.</param>
    public static async Task MailConfirmationAsync(this Deed deed, Member member, SiteOptions site, string? returnUrl, string? browser, CancellationToken cancellation)
    {
        var secret = await deed.IssueAsync(member, TokenPurpose.ConfirmEmail, member.Email!, cancellation, returnUrl, browser);
        deed.Mail(member.Email!, "Confirm your address at {0}",
            "Welcome to {0}. Your account is ready once you open this link, within two days:\n\n{1}\n\nIf you did not ask for an account, there is nothing to do: without this link nobody can use it.",
            site.Name, new Uri(site.Url, $"/account/confirm?token={secret}"));
    }

    /// <summary>Tells a member what was changed of their account, so that they know should it not have been them.</summary>
    public static void MailChange(this Deed deed, string to, Member member, SiteOptions site, string changed) =>
        deed.Mail(to, "Your account at {0} was changed", $"{changed}\n\nAccount: @{{1}} at {{0}}\nTime: {{2}} (UTC)\n\nIf it was not you, choose a new password at once: {{3}}",
            site.Name, member.Handle, deed.Now.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), new Uri(site.Url, "/account/recover"));
}
