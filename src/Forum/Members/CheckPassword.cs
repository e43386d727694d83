using Forum.Data;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>
/// Finds the member of an address and a password. Wrong tries are counted by address and network, by network, and by account: whoever
/// guesses is slowed down, and the member, who comes from a network that they signed in from before, is not locked out by it.
/// </summary>
public sealed class CheckPassword(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, IPasswordHasher<Member> hasher, ForumOptions options)
{
    public static readonly Refusal Wrong = Refusal.Invalid("This e-mail address and password do not belong together. Please check both and try again.");

    public static readonly Refusal Unconfirmed = Refusal.Invalid("Please confirm your e-mail address first: we have just sent you the link again.");

    private const string TooOften = "That was wrong several times. Please wait a little before you try again, or choose a new password by e-mail.";

    /// <summary>For one address from one network [Discourse].</summary>
    internal static readonly Pace Soon = new("password", 6, TimeSpan.FromMinutes(1)), Later = new("password", 30, TimeSpan.FromHours(1));

    /// <summary>For any address from one network, which an office shares; for one account from anywhere that its member has not signed in from.</summary>
    private static readonly Pace network = new("passwords", 150, TimeSpan.FromHours(1)), account = new("account", 100, TimeSpan.FromHours(1));

    /// <summary>Hash of nothing anybody knows, checked where there is no account, so that the answer takes as long as where there is one.</summary>
    private readonly string decoy = hasher.HashPassword(null!, Guid.NewGuid().ToString());

    public async Task<Result<Member>> RunAsync(Actor actor, string? email, string? password, Caller caller, CancellationToken cancellation)
    {
        if (!options.SignIn.Passwords)
            return Refusal.Forbidden("Nobody signs in by a password here.");
        var normalized = Emails.Normalize(Typed.Line(email));
        if (!(await writer.RunEvenReadOnlyAsync<IReadOnlyList<long>>(actor, (deed, cancellation) => TryAsync(deed, normalized, caller, cancellation), cancellation)).Is(out var tries, out var tooOften))
            return tooOften;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var member = await db.Users.AsNoTracking().SingleOrDefaultAsync(m => m.NormalizedEmail == normalized, cancellation);
        var verdict = hasher.VerifyHashedPassword(member!, member?.PasswordHash ?? decoy, password ?? "");
        var right = verdict != PasswordVerificationResult.Failed && member?.PasswordHash is not null;
        var hash = right && verdict == PasswordVerificationResult.SuccessRehashNeeded ? hasher.HashPassword(member!, password!) : null;
        _ = (await writer.RunEvenReadOnlyAsync<Done>(actor, (deed, cancellation) => NoteAsync(deed, member, right, hash, tries, caller, cancellation), cancellation)).Required;
        return !right ? Wrong : member!.EmailConfirmed ? member : Unconfirmed;
    }

    /// <summary>Counts the try before it is looked at, so that many at once are counted, too.</summary>
    private async Task<Result<IReadOnlyList<long>>> TryAsync(Deed deed, string email, Caller caller, CancellationToken cancellation)
    {
        if (!options.Limits.Enabled)
            return Array.Empty<long>();
        var (db, here, anywhere) = (deed.Db, Soon.Key(email, caller.Network), account.Key(email));
        var known = caller.Network is { } at && await db.SecurityEvents.AnyAsync(e => e.Network == at && e.Kind == SecurityEventKind.SignedIn && db.Users.Any(m => m.Id == e.MemberId && m.NormalizedEmail == email), cancellation);
        TimeSpan? wait = null;
        foreach (var (pace, key) in new[] { (Soon, here), (Later, here), (network, network.Key(caller.Network)), (account, anywhere) })
            if ((pace != account || !known) && await db.WaitAsync(pace, key, deed.Now, cancellation) is { } more && (wait is null || more > wait))
                wait = more;
        if (wait is { } until)
            return Refusal.TooMany(until, TooOften);
        Attempt[] tries = known ? [deed.Try(here), deed.Try(network.Key(caller.Network))] : [deed.Try(here), deed.Try(network.Key(caller.Network)), deed.Try(anywhere)];
        await db.SaveChangesAsync(cancellation);
        return tries.Select(t => t.Id).ToList();
    }

    private async Task<Result<Done>> NoteAsync(Deed deed, Member? member, bool right, string? hash, IReadOnlyList<long> tries, Caller caller, CancellationToken cancellation)
    {
        if (right)
            await deed.Db.Attempts.Where(a => tries.Contains(a.Id)).ExecuteDeleteAsync(cancellation);
        else if (member is not null)
            deed.Note(SecurityEventKind.SignInFailed, member.Id, caller);
        if (hash is not null)
            await deed.Db.Users.Where(m => m.Id == member!.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.PasswordHash, hash), cancellation);
        if (right && !member!.EmailConfirmed && await deed.MayWriteToAsync(member.Email!, options, cancellation))
            await deed.MailConfirmationAsync(member, options.Site, null, null, cancellation);
        return new Done();
    }
}

/// <summary>Asks a member to show that it is they.</summary>
public sealed class ProveMember(ForumWriter writer, IPasswordHasher<Member> hasher, IDbContextFactory<ForumDbContext> contexts, ForumOptions options)
{
    public Task<Result<Member>> RunAsync(Actor actor, string? password, Caller caller, CancellationToken cancellation) =>
        writer.ProveAsync(actor, password, contexts, hasher, options, caller, cancellation);
}

internal static class Proofs
{
    private static readonly Pace proofs = new("proof", 6, TimeSpan.FromMinutes(5));

    private static readonly Refusal wrong = Refusal.Invalid("This is not your password. Please try again.", "Current");

    /// <summary>The member who asks, once they said their password, or where they have none, when they have just signed in; wrong tries are counted by member.</summary>
    public static async Task<Result<Member>> ProveAsync(this ForumWriter writer, Actor actor, string? password, IDbContextFactory<ForumDbContext> contexts, IPasswordHasher<Member> hasher, ForumOptions options, Caller caller, CancellationToken cancellation)
    {
        if (actor.MemberId is not { } me)
            return Refusal.SignInFirst;
        var key = proofs.Key(me.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var member = await db.Users.AsNoTracking().SingleAsync(m => m.Id == me, cancellation);
        if (member.PasswordHash is null || !options.SignIn.Passwords)
            return await writer.RunEvenReadOnlyAsync<Member>(actor, async (deed, cancellation) =>
            {
                var since = deed.Now - Session.Fresh;
                var key = Secrets.Hash(caller.Session ?? "");
                return await deed.Db.Sessions.AnyAsync(s => s.Key == key && s.MemberId == me && s.Started > since, cancellation) ? member
                    : Refusal.Invalid("Please sign out and in again first: your account has no password to show that it is you.", "Current");
            }, cancellation);
        var counted = await writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (options.Limits.Enabled && await deed.Db.WaitAsync(proofs, key, deed.Now, cancellation) is { } wait)
                return Refusal.TooMany(wait, "That was wrong several times. Please wait a little before you try again.");
            deed.Try(key);
            return new Done();
        }, cancellation);
        if (counted.Refusal is not null)
            return counted.Refusal;
        var right = hasher.VerifyHashedPassword(member, member.PasswordHash, password ?? "") != PasswordVerificationResult.Failed;
        _ = (await writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (right)
                await deed.Db.Attempts.Where(a => a.Key == key).ExecuteDeleteAsync(cancellation);
            else
                deed.Note(SecurityEventKind.SignInFailed, me, caller);
            return new Done();
        }, cancellation)).Required;
        return right ? member : wrong;
    }
}
