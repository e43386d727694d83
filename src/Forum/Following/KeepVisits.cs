using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Following;

/// <summary>Stores who came on which day, as it was noted in memory. A day counts once, however often it is stored.</summary>
public sealed class KeepVisits(ForumWriter writer)
{
    /// <summary>Visits in one transaction, so that others who write need not wait long.</summary>
    private const int BatchSize = 500;

    public async Task<Result<Done>> RunAsync(Actor actor, IReadOnlyCollection<(long MemberId, DateOnly Day)> visits, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator counts visits.");
        foreach (var batch in visits.Order().Chunk(BatchSize))
            _ = (await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
            {
                var ids = batch.Select(v => v.MemberId).Distinct().ToList();
                var members = (await deed.Db.Users.Where(m => ids.Contains(m.Id)).Select(m => m.Id).ToListAsync(cancellation)).ToHashSet();
                foreach (var (memberId, day) in batch.Where(v => members.Contains(v.MemberId)))
                    await deed.CountVisitAsync(memberId, day, 0, 0, cancellation);
                return new Done();
            }, cancellation)).Required;
        return new Done();
    }
}
