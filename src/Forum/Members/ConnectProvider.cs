using System.Globalization;
using Forum.Data;
using Forum.Data.Providers;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Has a provider sign a member in from now on. They proved both: that they are the member, and who they are there.</summary>
public sealed class ConnectProvider(ForumWriter writer, ForumOptions options)
{
    /// <param name="subject">What the provider calls the person.</param>
    /// <param name="email">The address that the provider vouched for, where it must be the member's; null where it need not be.</param>
    public Task<Result<Done>> RunAsync(Actor actor, string provider, string subject, string? email, Caller caller, CancellationToken cancellation) =>
        writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            if (await db.Users.SingleOrDefaultAsync(m => m.Id == actor.MemberId, cancellation) is not { } member)
                return Refusal.SignInFirst;
            if (options.SignIn.Oidc.GetValueOrDefault(provider) is not { } settings || email is not null && Emails.Normalize(email) != member.NormalizedEmail)
                return Refusal.NotFound;
            if (await db.UserLogins.Where(l => l.LoginProvider == provider && l.ProviderKey == subject).Select(l => (long?)l.UserId).SingleOrDefaultAsync(cancellation) is { } holder)
                return holder == member.Id ? new Done() : Refusal.Invalid("That account at {0} signs somebody else in here.", null, settings.TitleOr(provider));
            if (await db.UserLogins.AnyAsync(l => l.LoginProvider == provider && l.UserId == member.Id, cancellation))
                return Refusal.Invalid("Another account at {0} signs you in already. Take it off first.", null, settings.TitleOr(provider));
            deed.Connect(member, provider, subject);
            deed.Note(SecurityEventKind.ProviderConnected, member.Id, caller);
            deed.MailChange(member.Email!, member, options.Site, "Another way to sign in was connected with your account.");
            return new Done();
        }, cancellation);
}

/// <summary>Takes a provider off an account; the last way in stays.</summary>
public sealed class RemoveProvider(ForumWriter writer, ForumOptions options)
{
    public Task<Result<Done>> RunAsync(Actor actor, string provider, Caller caller, CancellationToken cancellation) =>
        writer.RunEvenReadOnlyAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (await deed.Db.Users.SingleOrDefaultAsync(m => m.Id == actor.MemberId, cancellation) is not { } member)
                return Refusal.SignInFirst;
            var logins = deed.Db.UserLogins.Where(l => l.LoginProvider == provider && l.UserId == member.Id);
            if (!await logins.AnyAsync(cancellation))
                return new Done();
            if (await deed.Db.IsLastWayInAsync(member, options.SignIn, cancellation))
                return WaysIn.LastStays;
            await logins.ExecuteDeleteAsync(cancellation);
            deed.Note(SecurityEventKind.ProviderRemoved, member.Id, caller);
            deed.MailChange(member.Email!, member, options.Site, "A way to sign in was taken off your account.");
            return new Done();
        }, cancellation);
}

public static class WaysIn
{
    internal static readonly Refusal LastStays = Refusal.Forbidden("This is your only way in. Add another one first, such as a password or a passkey.");

    /// <summary>Whether a member could not come in any more with one way less.</summary>
    internal static async Task<bool> IsLastWayInAsync(this ForumDbContext db, Member member, Settings.SignInOptions signIn, CancellationToken cancellation)
    {
        await db.TakeTurnAsync(TurnOf(member.Id), cancellation);
        var providers = signIn.Oidc.Keys.ToList();
        return (signIn.Passwords && member.PasswordHash is not null ? 1 : 0)
            + await db.UserPasskeys.CountAsync(p => p.UserId == member.Id, cancellation)
            + await db.UserLogins.CountAsync(l => l.UserId == member.Id && providers.Contains(l.LoginProvider), cancellation) <= 1;
    }

    /// <summary>Ways in are added and taken off one after the other.</summary>
    internal static string TurnOf(long memberId) => string.Create(CultureInfo.InvariantCulture, $"ways-in:{memberId}");

    internal static void Connect(this Deed deed, Member member, string provider, string subject) =>
        deed.Db.UserLogins.Add(new IdentityUserLogin<long> { LoginProvider = provider, ProviderKey = subject, UserId = member.Id });

    /// <summary>What members know a provider by.</summary>
    public static string TitleOr(this OidcOptions provider, string name) => provider.Title.Length > 0 ? provider.Title : name;
}
