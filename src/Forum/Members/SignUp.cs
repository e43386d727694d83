using Forum.Data;
using Forum.Mail;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>
/// Makes an account for somebody who asks for one. It is theirs once they open the link in a letter to its address, so that the answer
/// is the same where the address has an account already: then the letter says that.
/// </summary>
public sealed class SignUp(ForumWriter writer, IPasswordHasher<Member> hasher, BlockList blocks, ForumOptions options)
{
    /// <summary>Accounts that are made from one network in 24 hours [Discourse].</summary>
    public const int MaxPerNetwork = 3;

    private static readonly Pace fromOneNetwork = new("sign-up", MaxPerNetwork, TimeSpan.FromDays(1));

    /// <param name="returnUrl">Where the member wanted to go: a local address.</param>
    public async Task<Result<Done>> RunAsync(Actor actor, NewMember input, string? returnUrl, CancellationToken cancellation)
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
        return await writer.RunAsync<Done>(actor, (deed, cancellation) => JoinAsync(deed, joining, returnUrl, cancellation), cancellation);
    }

    private async Task<Result<Done>> JoinAsync(Deed deed, Joining joining, string? returnUrl, CancellationToken cancellation)
    {
        var db = deed.Db;
        if (options.Limits.Enabled && joining.Network is { } network)
        {
            var key = fromOneNetwork.Key(network);
            if (await db.WaitAsync(fromOneNetwork, key, deed.Now, cancellation) is { } wait)
                return Refusal.TooMany(wait, "{0} accounts were made from where you are in 24 hours, which is all there may be. What you typed is kept: come back tomorrow.", MaxPerNetwork);
            deed.Try(key);
        }
        if (await db.IsTakenAsync(joining, cancellation) is { } taken)
            return taken;
        if (await db.Users.OfEmail(joining.Email).SingleOrDefaultAsync(cancellation) is { } known)
        {
            var site = options.Site;
            if (await deed.MayWriteToAsync(known.Email!, options, cancellation))
                deed.Mail(known.Email!, "Your account at {0}",
                    "Somebody, most likely you, has just tried to make an account at {0} with this address. There is one already, so nothing was changed.\n\nSign in: {1}\nIf you do not know the password any more: {2}\n\nIf it was not you, there is nothing to do.",
                    site.Name, new Uri(site.Url, "/account/sign-in"), new Uri(site.Url, "/account/recover"));
            return new Done();
        }
        if (!(await deed.JoinAsync(joining, confirmed: false, cancellation)).Is(out var member, out var refusal))
            return refusal;
        await deed.MailConfirmationAsync(member, options.Site, returnUrl, cancellation);
        return new Done();
    }
}

/// <summary>Sends the link again that confirms the address of a new account. The answer is the same whether somebody waits for it or not.</summary>
public sealed class AskConfirmation(ForumWriter writer, ForumOptions options)
{
    public Task<Result<Done>> RunAsync(Actor actor, string? email, Caller caller, CancellationToken cancellation) =>
        writer.AskForLetterAsync(actor, LetterKind.Confirmation, email, caller, options, cancellation);
}

/// <summary>Confirms the address of a new account by the link that was sent there; whoever holds it is its member.</summary>
public sealed class ConfirmEmail(ForumWriter writer)
{
    /// <returns>The member, and where they wanted to go.</returns>
    public Task<Result<(Member Member, string? ReturnUrl)>> RunAsync(Actor actor, string? token, CancellationToken cancellation) =>
        writer.RunAsync<(Member, string?)>(actor, async (deed, cancellation) =>
        {
            if (await deed.RedeemAsync(token, TokenPurpose.ConfirmEmail, cancellation) is not var (found, member) || member.Email != found.Email)
                return AccountLetters.LinkIsOver;
            member.EmailConfirmed = true;
            return (member, found.ReturnUrl);
        }, cancellation);
}
