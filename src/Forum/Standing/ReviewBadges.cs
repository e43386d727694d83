using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Standing;

/// <summary>Gives members the badges whose rule holds for them, and takes those away whose rule holds no more. Badges that are given by hand stay. Several nodes may do it at once.</summary>
public sealed class ReviewBadges(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Members looked at together.</summary>
    internal const int BatchSize = 200;

    /// <param name="facts">What may have changed; null for everything.</param>
    /// <returns>How many badges were given and taken.</returns>
    public async Task<Result<int>> RunAsync(Actor actor, IReadOnlyCollection<long> memberIds, IReadOnlyCollection<BadgeFact>? facts, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator reviews badges.");
        var changed = 0;
        foreach (var batch in memberIds.Distinct().Order().Chunk(BatchSize))
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            var now = clock.GetUtcNow().UtcDateTime;
            // Most often nothing changes, which needs no transaction.
            var wrong = (await WrongAsync(db, batch, facts, now, cancellation)).Select(w => w.MemberId).Distinct().ToList();
            if (wrong.Count > 0)
                changed += (await writer.RunAsync<int>(actor, (deed, cancellation) => MendAsync(deed, wrong, facts, cancellation), cancellation)).Required;
        }
        return changed;
    }

    private sealed record Difference(long MemberId, Badge Badge, bool Earned);

    private static async Task<List<Difference>> WrongAsync(ForumDbContext db, IReadOnlyList<long> memberIds, IReadOnlyCollection<BadgeFact>? facts, DateTime now, CancellationToken cancellation)
    {
        var badges = await db.Badges.AsNoTracking().Where(b => b.Fact != BadgeFact.ByHand).OrderBy(b => b.Id).ToListAsync(cancellation);
        if (facts is not null)
            badges.RemoveAll(b => !facts.Contains(b.Fact));
        var ids = badges.Select(b => b.Id).ToList();
        var held = (await db.MemberBadges.Where(h => memberIds.Contains(h.MemberId) && ids.Contains(h.BadgeId)).Select(h => new { h.MemberId, h.BadgeId }).ToListAsync(cancellation))
            .Select(h => (h.MemberId, h.BadgeId)).ToHashSet();
        var wrong = new List<Difference>();
        foreach (var ofFact in badges.GroupBy(b => b.Fact))
        {
            var counts = await BadgeFactQueries.CountAsync(db, ofFact.Key, memberIds, ofFact.Max(b => b.Threshold), now, cancellation);
            wrong.AddRange(from badge in ofFact from member in counts where held.Contains((member.Key, badge.Id)) != member.Value >= badge.Threshold select new Difference(member.Key, badge, member.Value >= badge.Threshold));
        }
        return wrong;
    }

    /// <summary>Looks again, now that nobody else writes for them.</summary>
    private static async Task<Result<int>> MendAsync(Deed deed, List<long> memberIds, IReadOnlyCollection<BadgeFact>? facts, CancellationToken cancellation)
    {
        var changed = 0;
        foreach (var (memberId, badge, earned) in await WrongAsync(deed.Db, memberIds, facts, deed.Now, cancellation))
            changed += (earned
                ? await deed.AwardAsync(new MemberBadge { MemberId = memberId, BadgeId = badge.Id, At = deed.Now, PostId = await BadgeFactQueries.PostAsync(deed.Db, badge.Fact, memberId, badge.Threshold, cancellation) }, cancellation)
                : await deed.RevokeAsync(badge.Id, memberId, cancellation)) ? 1 : 0;
        return changed;
    }
}
