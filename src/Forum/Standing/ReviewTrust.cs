using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Standing;

/// <summary>
/// Raises the trust of members who came lately and have everything that the next level takes, and lowers it for those of level 3 who no longer have
/// what that takes. Trust that a manager keeps by hand, and level 4, stay as they are. Several nodes may do it at once.
/// </summary>
public sealed class ReviewTrust(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Members who came in the last days are looked at: more than passes between two runs, whatever happens.</summary>
    internal const int RecentDays = 3;

    /// <summary>Members looked at together.</summary>
    private const int BatchSize = 100;

    /// <returns>How many have another level now.</returns>
    public async Task<Result<int>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator reviews trust.");
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var (rising, held) = (await RisingAsync(db, now, cancellation), await HeldAsync(db, now, cancellation));
        if (rising.Count + held.Count == 0)
            return 0;
        var scale = await TrustQueries.ScaleAsync(db, now, cancellation);
        var changed = 0;
        foreach (var batch in rising.Concat(held).Chunk(BatchSize))
        {
            var facts = await TrustQueries.FactsAsync(db, [.. batch.Select(m => m.Id)], now, cancellation);
            var changing = batch.Where(m => Step(m, facts[m.Id], scale, now) is not null).ToList();
            if (changing.Count > 0)
                changed += (await writer.RunAsync<int>(actor, async (deed, cancellation) =>
                {
                    var done = 0;
                    foreach (var member in changing)
                        done += await deed.StepByRulesAsync(Step(member, facts[member.Id], scale, now)!, cancellation) ? 1 : 0;
                    return done;
                }, cancellation)).Required;
        }
        return changed;
    }

    private sealed record Candidate(long Id, byte Trust);

    /// <summary>Who came lately and has, by what their own row says, enough to be looked at.</summary>
    private static Task<List<Candidate>> RisingAsync(ForumDbContext db, DateTime now, CancellationToken cancellation)
    {
        var recently = DateOnly.FromDateTime(now).AddDays(-RecentDays);
        var (first, second, third) = (Least(1, TrustFact.PostsRead), Least(2, TrustFact.DaysVisited), Least(TrustRules.HighestEarned, TrustFact.PostsRead));
        return db.VisitDays.Where(d => d.Day >= recently).Select(d => d.MemberId).Distinct().Join(db.Users, id => id, m => m.Id, (_, m) => m)
            .Where(m => !m.TrustByHand && !(m.SuspendedUntil > now) && (m.Trust == 0 && m.PostsRead >= first || m.Trust == 1 && m.DaysVisited >= second || m.Trust == 2 && m.PostsRead >= third))
            .OrderBy(m => m.Id).Select(m => new Candidate(m.Id, m.Trust)).ToListAsync(cancellation);
    }

    /// <summary>Who has level 3 by the rules, for longer than the grace.</summary>
    private static Task<List<Candidate>> HeldAsync(ForumDbContext db, DateTime now, CancellationToken cancellation)
    {
        var graced = now - TrustRules.Grace;
        return db.Users.Where(m => m.Trust == TrustRules.HighestEarned && !m.TrustByHand && !db.TrustChanges.Any(c => c.MemberId == m.Id && c.At > graced))
            .OrderBy(m => m.Id).Select(m => new Candidate(m.Id, m.Trust)).ToListAsync(cancellation);
    }

    private static int Least(int level, TrustFact fact) => TrustRules.Of(level, null).Single(need => need.Fact == fact).Number;

    private static TrustChange? Step(Candidate member, IReadOnlyDictionary<TrustFact, int> facts, TrustScale scale, DateTime now)
    {
        var (memberId, trust) = member;
        if (trust == TrustRules.HighestEarned)
            return TrustRules.Lacking(trust, facts, scale, keeping: true) is not { } lacking ? null
                : new() { MemberId = memberId, From = trust, To = (byte)(trust - 1), Reason = TrustReason.Lapsed, Lacking = lacking.Fact, Had = facts[lacking.Fact], Needed = lacking.Number, At = now };
        var earned = TrustRules.Earned(trust, facts, scale);
        return earned == trust ? null : new() { MemberId = memberId, From = trust, To = earned, Reason = TrustReason.Reached, At = now };
    }
}
