using Forum.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>A member's roles of the site stand in two places, which change together: Identity's rows and the member's own column.</summary>
internal static class SiteRoleRows
{
    /// <summary>Gives or takes a role; the last administrator keeps theirs.</summary>
    public static async Task<Refusal?> ChangeRoleAsync(this ForumDbContext db, Member member, SiteRole role, bool grant, CancellationToken cancellation)
    {
        var name = role.Key();
        var roleId = await db.Roles.Where(r => r.Name == name).Select(r => r.Id).SingleAsync(cancellation);
        var row = await db.UserRoles.SingleOrDefaultAsync(r => r.RoleId == roleId && r.UserId == member.Id, cancellation);
        if (!grant && role == SiteRole.Admin)
        {
            // Written without a change, so that two administrators who revoke each other at once come one after the other.
            await db.Roles.Where(r => r.Id == roleId).ExecuteUpdateAsync(set => set.SetProperty(r => r.ConcurrencyStamp, r => r.ConcurrencyStamp), cancellation);
        }
        if (!grant && role == SiteRole.Admin && row is not null && await db.UserRoles.CountAsync(r => r.RoleId == roleId, cancellation) == 1)
            return Refusal.Forbidden("This is the last administrator. Grant the role to somebody else first.");
        if (grant && row is null)
            db.UserRoles.Add(new IdentityUserRole<long> { RoleId = roleId, UserId = member.Id });
        else if (!grant && row is not null)
            db.UserRoles.Remove(row);
        member.Roles = grant ? member.Roles | role : member.Roles & ~role;
        return null;
    }
}
