using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Standing;

/// <summary>Giving and taking badges inside a deed: the row, the number of holders, what is noted on the member, and the event go together.</summary>
internal static class Awarding
{
    /// <summary>False when the member holds it already.</summary>
    public static async Task<bool> AwardAsync(this Deed deed, MemberBadge award, CancellationToken cancellation)
    {
        if (await deed.Db.MemberBadges.AnyAsync(h => h.MemberId == award.MemberId && h.BadgeId == award.BadgeId, cancellation))
            return false;
        deed.Db.MemberBadges.Add(award);
        await deed.Db.SaveChangesAsync(cancellation);
        await deed.CountHoldersAsync(award.BadgeId, 1, cancellation);
        await deed.NoteBadgesAsync(award.MemberId, cancellation);
        return true;
    }

    /// <summary>False when the member does not hold it.</summary>
    public static async Task<bool> RevokeAsync(this Deed deed, long badgeId, long memberId, CancellationToken cancellation)
    {
        if (await deed.Db.MemberBadges.Where(h => h.MemberId == memberId && h.BadgeId == badgeId).ExecuteDeleteAsync(cancellation) == 0)
            return false;
        await deed.CountHoldersAsync(badgeId, -1, cancellation);
        await deed.NoteBadgesAsync(memberId, cancellation);
        return true;
    }

    /// <summary>Notes the badges that a member holds beside the name, so that no page need look for them.</summary>
    public static async Task NoteBadgesAsync(this Deed deed, long memberId, CancellationToken cancellation)
    {
        var ids = await deed.Db.MemberBadges.Where(h => h.MemberId == memberId).OrderBy(h => h.BadgeId).Select(h => h.BadgeId).ToListAsync(cancellation);
        var badges = BadgeShelf.Write(ids);
        await deed.Db.Users.Where(m => m.Id == memberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Badges, badges), cancellation);
        deed.Tell(new BadgesChanged(memberId));
    }

    private static Task CountHoldersAsync(this Deed deed, long badgeId, int by, CancellationToken cancellation) =>
        deed.Db.Badges.Where(b => b.Id == badgeId).ExecuteUpdateAsync(set => set.SetProperty(b => b.Holders, b => b.Holders + by), cancellation);
}
