using Forum.Data;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Makes a secret with which somebody may become the first administrator; refused where there is one already. It is told to the operator once.</summary>
public sealed class OfferSetup(ForumWriter writer)
{
    /// <summary>Secrets that are good at once: nodes start together, each telling its own, and start again.</summary>
    private const int Offers = 10;

    public Task<Result<string>> RunAsync(Actor actor, CancellationToken cancellation) => writer.RunAsync<string>(actor, async (deed, cancellation) =>
    {
        var db = deed.Db;
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator offers this.");
        if (await db.HasAdminAsync(cancellation))
            return Refusal.Forbidden("There is an administrator already.");
        var token = Secrets.New();
        var name = SiteRole.Admin.Key();
        var role = await db.Roles.Where(r => r.Name == name).Select(r => r.Id).SingleAsync(cancellation);
        var offer = new IdentityRoleClaim<long> { RoleId = role, ClaimType = SetupOffers.Claim, ClaimValue = Secrets.Hash(token) };
        db.RoleClaims.Add(offer);
        await db.SaveChangesAsync(cancellation);
        await db.RoleClaims.Where(c => c.ClaimType == SetupOffers.Claim && c.Id <= offer.Id - Offers).ExecuteDeleteAsync(cancellation);
        return token;
    }, cancellation);
}

/// <summary>Makes the first administrator of a forum that has none, for whoever holds the secret. Done once, no secret is good any more.</summary>
public sealed class SetUp(ForumWriter writer, IPasswordHasher<Member> hasher, ForumOptions options)
{
    public async Task<Result<Member>> RunAsync(Actor actor, string token, NewMember input, CancellationToken cancellation)
    {
        if (!Joining.Read(input with { Password = input.Password ?? "" }, hasher, options.Site).Is(out var joining, out var refusal))
            return refusal;
        return await writer.RunAsync<Member>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            // All of them, so that of two who come at once with two secrets the second finds none.
            if (!await db.IsOfferedAsync(token, cancellation) || await db.RoleClaims.Where(c => c.ClaimType == SetupOffers.Claim).ExecuteDeleteAsync(cancellation) == 0)
                return Refusal.NotFound;
            if (!(await deed.JoinAsync(joining, confirmed: true, cancellation)).Is(out var member, out var taken))
                return taken;
            await db.ChangeRoleAsync(member, SiteRole.Admin, grant: true, cancellation);
            deed.Audit("forum.set-up", memberId: member.Id);
            return member;
        }, cancellation);
    }
}

/// <summary>Whether the setup is open.</summary>
public sealed class SetupQueries(IDbContextFactory<ForumDbContext> contexts)
{
    /// <summary>True when there is no administrator and the secret is one that was offered.</summary>
    public async Task<bool> IsOpenAsync(string? token, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(token))
            return false;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.IsOfferedAsync(token, cancellation);
    }
}

/// <summary>Offers are claims on the role of administrators, each the hash of its secret: whoever knows one may become the first of them.</summary>
internal static class SetupOffers
{
    public const string Claim = "setup";

    public static Task<bool> HasAdminAsync(this ForumDbContext db, CancellationToken cancellation)
    {
        var name = SiteRole.Admin.Key();
        return db.UserRoles.Join(db.Roles.Where(r => r.Name == name), u => u.RoleId, r => r.Id, (u, r) => u).AnyAsync(cancellation);
    }

    public static async Task<bool> IsOfferedAsync(this ForumDbContext db, string token, CancellationToken cancellation)
    {
        var hash = Secrets.Hash(token);
        return await db.RoleClaims.AnyAsync(c => c.ClaimType == Claim && c.ClaimValue == hash, cancellation) && !await db.HasAdminAsync(cancellation);
    }
}
