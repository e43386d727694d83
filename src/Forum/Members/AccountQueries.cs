using System.Buffers.Text;
using Forum.Data;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>A browser that is signed in.</summary>
/// <param name="Key">Names it where it is ended.</param>
/// <param name="Mine">The one that asks.</param>
public sealed record SessionView(string Key, string? Device, string? Network, DateTime Started, DateTime Seen, bool Mine);

/// <summary>A key to the API.</summary>
/// <param name="Prefix">The first characters of the token; empty where they are not known.</param>
public sealed record KeyView(long Id, string Name, string Prefix, TokenScope Scope, DateTime Created, DateTime? Expires, DateTime? Used);

/// <summary>What of an account its member sees alone.</summary>
/// <param name="TakesPasswords">Members sign in by passwords here; where they do not, nobody has one.</param>
/// <param name="SecondFactor">Since when an app for codes is asked; null where there is none.</param>
/// <param name="Codes">That are left for whoever loses it.</param>
/// <param name="ErasureDue">When the account is erased; null when it stays.</param>
public sealed record AccountView(string Email, bool TakesPasswords, bool HasPassword, DateTime? SecondFactor, int Codes, DateTime? ErasureDue);

/// <summary>The handle of the member who asks.</summary>
/// <param name="FormerHandles">In capitals, those last that were left last.</param>
/// <param name="NextHandle">When it may be changed again; null when it may now.</param>
public sealed record HandleView(string Handle, IReadOnlyList<string> FormerHandles, DateTime? NextHandle);

/// <summary>Reads what a member sees of their own account, and nobody else but administrators.</summary>
public sealed class AccountQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    /// <summary>The last of what happened that is shown.</summary>
    private const int Events = 30;

    public async Task<AccountView?> FindAsync(Actor actor, CancellationToken cancellation)
    {
        var passwords = options.SignIn.Passwords;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Users.Where(m => m.Id == actor.MemberId).Select(m => new AccountView(m.Email!, passwords, passwords && m.PasswordHash != null,
            db.SecondFactors.Where(f => f.MemberId == m.Id).Select(f => f.Since).FirstOrDefault(), db.RecoveryCodes.Count(c => c.MemberId == m.Id), m.ErasureDue)).SingleOrDefaultAsync(cancellation);
    }

    public async Task<HandleView?> HandleAsync(Actor actor, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await db.Users.Where(m => m.Id == actor.MemberId).Select(m => m.UserName).SingleOrDefaultAsync(cancellation) is not { } handle)
            return null;
        var former = await db.FormerHandles.Where(f => f.MemberId == actor.MemberId).OrderBy(f => f.Left).Select(f => f.Normalized).ToListAsync(cancellation);
        var next = await db.LastChangeOfHandleAsync(actor.MemberId!.Value, cancellation) + ChangeHandle.Between;
        return new(handle, former, next > clock.GetUtcNow().UtcDateTime ? next : null);
    }

    /// <summary>Where the member is signed in, the latest first.</summary>
    /// <param name="mine">The secret of the session that asks.</param>
    public async Task<IReadOnlyList<SessionView>> SessionsAsync(Actor actor, string? mine, CancellationToken cancellation)
    {
        var (key, oldest, idle) = (Secrets.Hash(mine ?? ""), clock.GetUtcNow().UtcDateTime - Session.MaxAge, clock.GetUtcNow().UtcDateTime - Session.MaxIdle);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Sessions.Where(s => s.MemberId == actor.MemberId && s.Started > oldest && s.Seen > idle && !s.Renewed).OrderByDescending(s => s.Seen)
            .Select(s => new SessionView(s.Key, s.Device, s.Network, s.Started, s.Seen, s.Key == key)).ToListAsync(cancellation);
    }

    /// <summary>The member's keys to the API, the newest first.</summary>
    public async Task<IReadOnlyList<KeyView>> KeysAsync(Actor actor, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.ApiTokens.Where(t => t.MemberId == actor.MemberId).OrderByDescending(t => t.Created).ThenByDescending(t => t.Id)
            .Select(t => new KeyView(t.Id, t.Name, t.Prefix, t.Scope, t.Created, t.Expires, t.Used)).ToListAsync(cancellation);
    }

    /// <summary>The member's passkeys, the newest first.</summary>
    public async Task<IReadOnlyList<PasskeyView>> PasskeysAsync(Actor actor, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var passkeys = await db.UserPasskeys.AsNoTracking().Where(p => p.UserId == actor.MemberId).ToListAsync(cancellation);
        return [.. passkeys.OrderByDescending(p => p.Data.CreatedAt).Select(p => new PasskeyView(Base64Url.EncodeToString(p.CredentialId), p.Data.Name ?? "", p.Data.CreatedAt.UtcDateTime))];
    }

    /// <summary>The short names of the providers that sign the member in.</summary>
    public async Task<IReadOnlyList<string>> ProvidersAsync(Actor actor, CancellationToken cancellation)
    {
        var providers = options.SignIn.Oidc.Keys.ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.UserLogins.Where(l => l.UserId == actor.MemberId && providers.Contains(l.LoginProvider)).Select(l => l.LoginProvider).ToListAsync(cancellation);
    }

    /// <summary>What happened to the member's account, the latest first.</summary>
    public async Task<IReadOnlyList<SecurityEvent>> EventsAsync(Actor actor, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.SecurityEvents.AsNoTracking().Where(e => e.MemberId == actor.MemberId).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(Events).ToListAsync(cancellation);
    }

    /// <summary>Whether a link that confirms an address was asked for in this browser.</summary>
    public async Task<bool> WasAskedInAsync(string? secret, string? browser, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return (await db.FindTokenAsync(secret, TokenPurpose.ConfirmEmail, clock.GetUtcNow().UtcDateTime, cancellation))?.IsOf(browser) == true;
    }

    /// <summary>Whether nothing has changed by which the member comes in, since they had this stamp.</summary>
    public async Task<bool> HasStampAsync(long memberId, string stamp, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Users.AnyAsync(m => m.Id == memberId && (m.SecurityStamp ?? "") == stamp, cancellation);
    }

    /// <summary>Whether this device need not be asked for a code.</summary>
    /// <param name="device">The secret of its cookie.</param>
    public async Task<bool> IsRememberedAsync(long memberId, string? device, CancellationToken cancellation)
    {
        var (key, now) = (Secrets.Hash(device ?? ""), clock.GetUtcNow().UtcDateTime);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.RememberedDevices.AnyAsync(d => d.Key == key && d.MemberId == memberId && d.Until > now, cancellation);
    }

    /// <summary>The version of the terms of use that the member accepted last.</summary>
    public async Task<int> TermsAsync(Actor actor, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Users.Where(m => m.Id == actor.MemberId).Select(m => m.TermsAccepted).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Whether a link of that kind is still good.</summary>
    public async Task<bool> IsGoodAsync(string? token, TokenPurpose purpose, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.FindTokenAsync(token, purpose, clock.GetUtcNow().UtcDateTime, cancellation) is not null;
    }
}
