using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Standing;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>A manager gives a member a badge that no rule gives. Giving twice is giving once.</summary>
public sealed class GiveBadge(ForumWriter writer)
{
    /// <param name="reason">Shown with the badge; at most <see cref="AuditEntry.MaxNoteLength"/> characters, or none.</param>
    public async Task<Result<Done>> RunAsync(Actor actor, long badgeId, string? handle, string? reason, CancellationToken cancellation) =>
        !AuditEntry.ReadNote(reason).Is(out var note, out var refusal) ? refusal
        : await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (!(await deed.BadgeByHandAsync(badgeId, handle, cancellation)).Is(out var memberId, out var refused))
                return refused;
            if (await deed.AwardAsync(new MemberBadge { MemberId = memberId, BadgeId = badgeId, At = deed.Now, Reason = note }, cancellation))
                deed.Audit("badge.given", memberId: memberId, note: await deed.NoteAsync(badgeId, note, cancellation));
            return new Done();
        }, cancellation);
}

/// <summary>A manager takes a badge back that was given by hand. Taking twice is taking once.</summary>
public sealed class TakeBadge(ForumWriter writer)
{
    /// <param name="reason">For the audit trail; at most <see cref="AuditEntry.MaxNoteLength"/> characters, or none.</param>
    public async Task<Result<Done>> RunAsync(Actor actor, long badgeId, string? handle, string? reason, CancellationToken cancellation) =>
        !AuditEntry.ReadNote(reason).Is(out var note, out var refusal) ? refusal
        : await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (!(await deed.BadgeByHandAsync(badgeId, handle, cancellation)).Is(out var memberId, out var refused))
                return refused;
            if (await deed.RevokeAsync(badgeId, memberId, cancellation))
                deed.Audit("badge.taken", memberId: memberId, note: await deed.NoteAsync(badgeId, note, cancellation));
            return new Done();
        }, cancellation);
}

internal static class BadgesByHand
{
    /// <summary>The member of that handle, if the actor may give and take this badge.</summary>
    public static async Task<Result<long>> BadgeByHandAsync(this Deed deed, long badgeId, string? handle, CancellationToken cancellation)
    {
        var db = deed.Db;
        if ((await db.RightsOfAsync(deed.Actor, deed.Now, cancellation)).CannotChangeBadges() is { } mayNot)
            return mayNot;
        if (await db.Badges.Where(b => b.Id == badgeId).Select(b => (BadgeFact?)b.Fact).SingleOrDefaultAsync(cancellation) is not { } fact)
            return Refusal.NotFound;
        if (fact != BadgeFact.ByHand)
            return Refusal.Forbidden("This badge is given by its rule, not by hand.");
        return await db.MemberIdAsync(handle, cancellation);
    }

    public static async Task<string> NoteAsync(this Deed deed, long badgeId, string? reason, CancellationToken cancellation) =>
        $"{await deed.Db.Badges.Where(b => b.Id == badgeId).Select(b => b.Name).SingleAsync(cancellation)}{(reason is null ? "" : $": {reason}")}";
}
