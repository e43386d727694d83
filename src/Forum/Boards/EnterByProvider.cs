using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <summary>Whom a provider vouches for.</summary>
/// <param name="Provider">Its short name in the settings.</param>
/// <param name="Subject">What it calls the person for ever.</param>
/// <param name="Verified">The address is theirs, as the provider says.</param>
/// <param name="Groups">That they belong to there.</param>
public sealed record ProviderIdentity(string Provider, string Subject, string? Email, bool Verified, string? Name, IReadOnlyList<string> Groups);

/// <summary>
/// Finds the member whom a provider vouches for, or makes their account, and gives and takes the roles and groups that the provider's groups
/// stand for. An account that is there already is not handed over for its address: it is connected by whoever can sign in to it.
/// </summary>
public sealed class EnterByProvider(ForumWriter writer, BlockList blocks, ForumOptions options)
{
    /// <summary>Longest name of a person that a provider may have [OpenID Connect: 255].</summary>
    private const int MaxSubjectLength = 255;

    /// <returns>The member; null where an account has the address and is not connected: its member signs in to it first.</returns>
    public async Task<Result<Arrived>> RunAsync(Actor actor, ProviderIdentity identity, Caller caller, CancellationToken cancellation)
    {
        if (options.SignIn.Oidc.GetValueOrDefault(identity.Provider) is not { } provider || identity.Subject.Length is 0 or > MaxSubjectLength)
            return Refusal.NotFound;
        var known = await writer.RunEvenReadOnlyAsync<Arrived>(actor, async (deed, cancellation) =>
        {
            var member = await deed.Db.Users.SingleOrDefaultAsync(m => deed.Db.UserLogins.Any(l => l.LoginProvider == identity.Provider && l.ProviderKey == identity.Subject && l.UserId == m.Id), cancellation);
            if (member is not null)
                await FollowAsync(deed, member, provider, identity, cancellation);
            return new Arrived(member);
        }, cancellation);
        if (known.Required.Member is not null)
            return known;

        var title = provider.TitleOr(identity.Provider);
        if (!Emails.Read(identity.Email).Is(out var email, out _) || !identity.Verified && !provider.TrustEmail)
            return Refusal.Forbidden("{0} does not say which e-mail address is yours. Make an account here, and connect it in its settings.", title);
        var name = Typed.Line(identity.Name) is { Length: > 0 } given ? given : email[..email.IndexOf('@', StringComparison.Ordinal)];
        var joining = new Joining(name.Length > Member.MaxNameLength ? name[..Member.MaxNameLength].Trim() : name, "", email, null) { Network = caller.Network };
        var isBlocked = await blocks.IsBlockedAsync(email, cancellation);
        return await writer.RunAsync<Arrived>(actor, async (deed, cancellation) =>
        {
            if (await deed.Db.Users.OfEmail(email).AnyAsync(cancellation))
                return new Arrived(null);
            if (!provider.MakesAccounts || isBlocked)
                return Refusal.Forbidden("There is no account for you here, and {0} makes none.", title);
            if (!(await deed.JoinAsync(joining, confirmed: true, cancellation)).Is(out var member, out var refusal))
                return refusal;
            deed.Connect(member, identity.Provider, identity.Subject);
            deed.Note(SecurityEventKind.ProviderConnected, member.Id, caller);
            await FollowAsync(deed, member, provider, identity, cancellation);
            return new Arrived(member);
        }, cancellation);
    }

    /// <summary>The roles and groups that the settings name are as the provider says now; the last administrator stays one.</summary>
    private static async Task FollowAsync(Deed deed, Member member, OidcOptions provider, ProviderIdentity identity, CancellationToken cancellation)
    {
        var (held, title) = (identity.Groups, provider.TitleOr(identity.Provider));
        foreach (var role in provider.Roles.GroupBy(r => SiteRoles.Parse(r.Value)!.Value, r => r.Key))
            await deed.FollowRoleAsync(member, role.Key, role.Any(held.Contains), title, cancellation);
        foreach (var slug in provider.Groups.GroupBy(g => g.Value, g => g.Key))
        {
            if (await deed.Db.Groups.SingleOrDefaultAsync(g => g.Slug == slug.Key, cancellation) is not { } group)
                continue;
            if (slug.Any(held.Contains))
                await deed.AddToGroupAsync(group, member.Id, cancellation);
            else
                await deed.TakeFromGroupAsync(group, member.Id, cancellation);
        }
    }
}
