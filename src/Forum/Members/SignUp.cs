using Forum.Data;
using Forum.Mail;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Who has come in.</summary>
/// <param name="Member">Null where they have to show first that they are who they say.</param>
public sealed record Arrived(Member? Member);

/// <summary>
/// Makes an account for somebody who asks for one. It is theirs once they open the link in a letter to its address, so that the answer
/// is the same where the address has an account already: then the letter says that.
/// </summary>
public sealed class SignUp(ForumWriter writer, IPasswordHasher<Member> hasher, BlockList blocks, ForumOptions options)
{
    /// <summary>Accounts that are made from one network in 24 hours [Discourse].</summary>
    public const int MaxPerNetwork = 3;

    private static readonly Refusal notInvited = Refusal.Forbidden("It takes an invitation to make an account here: a link that came to you, and that is not used up or over.");

    private static readonly Pace fromOneNetwork = new("sign-up", MaxPerNetwork, TimeSpan.FromDays(1));

    /// <param name="returnUrl">Where the member wanted to go: a local address.</param>
    /// <returns>The member, where an invitation shows that the address is theirs; null where a letter is on its way.</returns>
    public async Task<Result<Arrived>> RunAsync(Actor actor, NewMember input, string? returnUrl, CancellationToken cancellation)
    {
        if (options.Access.Join == JoinPolicy.Closed || !options.SignIn.Passwords)
            return Refusal.Forbidden("Accounts are not made here at the moment.");
        if (!Joining.Read(input with { Password = input.Password ?? "" }, hasher, options.Site).Is(out var joining, out var refusal))
            return refusal;
        if (input.Terms != options.Site.TermsVersion)
            return TermsOfUse.NotAccepted;
        if (await blocks.IsBlockedAsync(joining.Email, cancellation))
            return Refusal.Invalid("Accounts with this e-mail address are not made here. Please take another one.", "Email");
        joining = joining with { Network = input.Network, Suspect = input.IsSuspect(options.Limits), Terms = input.Terms };
        return await writer.RunAsync<Arrived>(actor, (deed, cancellation) => JoinAsync(deed, joining, input, returnUrl, cancellation), cancellation);
    }

    private async Task<Result<Arrived>> JoinAsync(Deed deed, Joining joining, NewMember input, string? returnUrl, CancellationToken cancellation)
    {
        var db = deed.Db;
        var invitation = string.IsNullOrEmpty(input.Invitation) ? null : await db.FindInvitationAsync(input.Invitation, deed.Now, cancellation);
        if (invitation is null && options.Access.Join == JoinPolicy.Invited)
            return notInvited;
        // Whoever is invited may sit beside others who are.
        if (invitation is null && options.Limits.Enabled && joining.Network is { } network)
        {
            var key = fromOneNetwork.Key(network);
            if (await db.WaitAsync(fromOneNetwork, key, deed.Now, cancellation) is { } wait)
                return Refusal.TooMany(wait, "{0} accounts were made from where you are in 24 hours, which is all there may be. What you typed is kept: come back tomorrow.", MaxPerNetwork);
            deed.Try(key);
        }
        if (await db.IsTakenAsync(joining, cancellation) is { } taken)
            return taken;
        // Everything that is counted is counted before it is looked whether there is an account. Of many at once, as many come in as an invitation was made for.
        if (invitation is not null && await db.Invitations.Where(i => i.Id == invitation.Id && i.Left > 0).ExecuteUpdateAsync(set => set.SetProperty(i => i.Left, i => i.Left - 1), cancellation) == 0)
            return notInvited;
        var mayWrite = await deed.MayWriteToAsync(joining.Email, options, cancellation);
        var site = options.Site;
        if (await db.Users.OfEmail(joining.Email).SingleOrDefaultAsync(cancellation) is { } known)
        {
            if (mayWrite && !known.EmailConfirmed)
                await deed.MailConfirmationAsync(known, site, returnUrl, null, cancellation);
            else if (mayWrite)
                deed.Mail(known.Email!, "Your account at {0}",
                    "Somebody, most likely you, has just tried to make an account at {0} with this address. There is one already, so nothing was changed.\n\nSign in: {1}\nIf you do not know the password any more: {2}\n\nIf it was not you, there is nothing to do.",
                    site.Name, new Uri(site.Url, "/account/sign-in"), new Uri(site.Url, "/account/recover"));
            return new Arrived(null);
        }
        var reached = invitation?.Email is { } invited && Emails.Normalize(invited) == Emails.Normalize(joining.Email);
        if (!(await deed.JoinAsync(joining, reached, cancellation)).Is(out var member, out var refusal))
            return refusal;
        if (reached)
            return new Arrived(member);
        if (mayWrite)
            await deed.MailConfirmationAsync(member, site, returnUrl, input.Browser, cancellation);
        return new Arrived(null);
    }
}

/// <summary>Sends the link again that confirms the address of a new account. The answer is the same whether somebody waits for it or not.</summary>
public sealed class AskConfirmation(ForumWriter writer, ForumOptions options)
{
    public Task<Result<Done>> RunAsync(Actor actor, string? email, Caller caller, CancellationToken cancellation) =>
        writer.AskForLetterAsync(actor, LetterKind.Confirmation, email, caller, options, cancellation);
}

/// <summary>
/// Confirms the address of a new account by the link that was sent there; whoever holds it is its member. Where the account was made in another browser,
/// somebody else may have made it and know its password: they choose another.
/// </summary>
public sealed class ConfirmEmail(ForumWriter writer, IPasswordHasher<Member> hasher, ForumOptions options)
{
    /// <param name="browser">By what the browser is known in which the account was made.</param>
    /// <param name="password">Looked at where the browser is not that one.</param>
    /// <returns>The member, and where they wanted to go.</returns>
    public async Task<Result<(Member Member, string? ReturnUrl)>> RunAsync(Actor actor, string? token, string? browser, string? password, CancellationToken cancellation)
    {
        // Before the transaction: it takes its time.
        var hash = string.IsNullOrEmpty(password) ? null : hasher.HashPassword(null!, password);
        return await writer.RunAsync<(Member, string?)>(actor, async (deed, cancellation) =>
        {
            if (await deed.RedeemAsync(token, TokenPurpose.ConfirmEmail, cancellation) is not var (found, member) || member.Email != found.Email)
                return AccountLetters.LinkIsOver;
            if (!found.IsOf(browser))
            {
                if (Passwords.Refusal(password ?? "", options.Site, member.Name, member.Email) is { } refusal)
                    return refusal;
                (member.PasswordHash, member.SecurityStamp) = (hash, Guid.NewGuid().ToString("N"));
            }
            await deed.ConfirmAsync(member, cancellation);
            return (member, found.ReturnUrl);
        }, cancellation);
    }
}

internal static class InvitationRows
{
    /// <summary>The invitation of that secret, if it still holds.</summary>
    public static Task<Invitation?> FindInvitationAsync(this ForumDbContext db, string secret, DateTime now, CancellationToken cancellation)
    {
        var hash = Secrets.Hash(secret);
        return db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.Hash == hash && i.Left > 0 && i.Expires > now, cancellation);
    }
}
