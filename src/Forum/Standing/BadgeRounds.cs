using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Standing;

/// <summary>Who is to be looked at for their badges without anything having happened: everybody for rules that are new, and whoever came lately. Several nodes may do it at once.</summary>
public sealed class BadgeRounds(ReviewBadges review, ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Looks at every member by the rules that were made or changed since.</summary>
    public async Task JudgeNewAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rules = await db.Badges.AsNoTracking().Where(b => b.Judged == null && b.Fact != BadgeFact.ByHand).ToListAsync(cancellation);
        if (rules.Count == 0)
            return;
        var facts = rules.Select(b => b.Fact).Distinct().ToList();
        for (var last = 0L; ;)
        {
            var ids = await db.Users.Where(m => m.Id > last).OrderBy(m => m.Id).Select(m => m.Id).Take(ReviewBadges.BatchSize).ToListAsync(cancellation);
            if (ids.Count == 0)
                break;
            _ = (await review.RunAsync(Actor.Operator, ids, facts, cancellation)).Required;
            last = ids[^1];
        }
        await writer.RunAsync<Done>(Actor.Operator, async (deed, cancellation) =>
        {
            // A rule that was changed meanwhile is looked at once more.
            foreach (var rule in rules)
                await deed.Db.Badges.Where(b => b.Id == rule.Id && b.Fact == rule.Fact && b.Threshold == rule.Threshold).ExecuteUpdateAsync(set => set.SetProperty(b => b.Judged, deed.Now), cancellation);
            return new Done();
        }, cancellation);
    }

    /// <summary>Looks at members who came in the last days, for what no event tells: what they read, and the years.</summary>
    public async Task ReviewVisitorsAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var recently = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(-ReviewTrust.RecentDays);
        _ = (await review.RunAsync(Actor.Operator, await db.VisitDays.Where(d => d.Day >= recently).Select(d => d.MemberId).Distinct().ToListAsync(cancellation), null, cancellation)).Required;
    }
}
