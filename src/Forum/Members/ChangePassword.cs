using Forum.Data;
using Forum.Mail;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Sends a link to choose a new password. The answer is the same whether there is an account at the address or not.</summary>
public sealed class AskRecovery(ForumWriter writer, ForumOptions options)
{
    public Task<Result<Done>> RunAsync(Actor actor, string? email, Caller caller, CancellationToken cancellation) => options.SignIn.Passwords
        ? writer.AskForLetterAsync(actor, LetterKind.Recovery, email, caller, options, cancellation)
        : Task.FromResult<Result<Done>>(Refusal.Forbidden("Nobody signs in by a password here."));
}

/// <summary>Chooses a new password by the link that was sent. It ends all sessions, and signs nobody in: who has a second factor still needs it.</summary>
public sealed class ResetPassword(ForumWriter writer, IPasswordHasher<Member> hasher, ForumOptions options)
{
    public async Task<Result<Done>> RunAsync(Actor actor, string? token, string? password, Caller caller, CancellationToken cancellation)
    {
        if (Passwords.Refusal(password ?? "", options.Site) is { } refusal)
            return refusal;
        // Before the transaction: it takes its time.
        var hash = hasher.HashPassword(null!, password!);
        return await writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (await deed.RedeemAsync(token, TokenPurpose.ResetPassword, cancellation) is not var (found, member) || member.Email != found.Email)
                return AccountLetters.LinkIsOver;
            if (Passwords.Refusal(password!, options.Site, member.Name, member.Handle, member.Email) is { } guessed)
                return guessed;
            // The link came to the address, so it is theirs.
            await deed.ConfirmAsync(member, cancellation);
            await deed.SetPasswordAsync(member, hash, null, options.Site, caller, cancellation);
            return new Done();
        }, cancellation);
    }
}

/// <summary>Gives a member who knows their password another one; their other sessions end.</summary>
public sealed class ChangePassword(ForumWriter writer, IPasswordHasher<Member> hasher, IDbContextFactory<ForumDbContext> contexts, ForumOptions options)
{
    /// <param name="session">The secret of the session that stays.</param>
    public async Task<Result<Done>> RunAsync(Actor actor, string? current, string? password, string? session, Caller caller, CancellationToken cancellation)
    {
        if (!(await writer.ProveAsync(actor, current, contexts, hasher, options, caller, cancellation)).Is(out var member, out var unproven))
            return unproven;
        if (Passwords.Refusal(password ?? "", options.Site, member.Name, member.Handle, member.Email) is { } refusal)
            return refusal;
        var hash = hasher.HashPassword(null!, password!);
        return await writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            await deed.SetPasswordAsync(await deed.Db.Users.SingleAsync(m => m.Id == member.Id, cancellation), hash, session, options.Site, caller, cancellation);
            return new Done();
        }, cancellation);
    }
}

internal static class PasswordChanges
{
    /// <summary>Stores the new password; sessions, links and remembered devices of the time before are good for nothing any more.</summary>
    /// <param name="session">The secret of the session that stays; null for none, and no key to the API either.</param>
    public static async Task SetPasswordAsync(this Deed deed, Member member, string hash, string? session, SiteOptions site, Caller caller, CancellationToken cancellation)
    {
        member.PasswordHash = hash;
        member.SecurityStamp = Guid.NewGuid().ToString("N");
        await deed.Db.AccountTokens.Where(t => t.MemberId == member.Id).ExecuteDeleteAsync(cancellation);
        await deed.Db.RememberedDevices.Where(d => d.MemberId == member.Id).ExecuteDeleteAsync(cancellation);
        await deed.EndSessionsAsync(member.Id, session, cancellation);
        deed.Note(SecurityEventKind.PasswordChanged, member.Id, caller);
        if (session is not null)
        {
            deed.MailChange(member.Email!, member, site, "Your password was changed. Everybody who was signed in with the old one has to sign in again.");
            return;
        }
        // Whoever chooses one by mail may have lost the account to somebody, who may have made keys.
        await deed.Db.ApiTokens.Where(t => t.MemberId == member.Id).ExecuteDeleteAsync(cancellation);
        deed.MailChange(member.Email!, member, site, "A new password was chosen for you by a link in a letter. Everybody has to sign in again, and your keys to the API are good for nothing any more. Look at your passkeys, too: one that you do not know lets somebody in.");
    }
}
