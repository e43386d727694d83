using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Somebody's requests in a minute, as one node counted them or as all of them did.</summary>
/// <param name="Key">As <see cref="RequestTally.KeyOf"/> makes it.</param>
/// <param name="Minute">When the minute began, UTC.</param>
public sealed record Tally(string Key, DateTime Minute, int Count);

/// <summary>Adds what a node counted since it last did, and tells what all nodes counted of the same in this minute and the one before. What is older goes.</summary>
public sealed class ShareTallies(ForumWriter writer)
{
    /// <summary>Tallies in one transaction, so that others who write need not wait long.</summary>
    private const int BatchSize = 200;

    public async Task<Result<IReadOnlyList<Tally>>> RunAsync(Actor actor, IReadOnlyList<Tally> counted, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator counts requests.");
        List<Tally> together = [];
        foreach (var batch in counted.Chunk(BatchSize))
            together.AddRange((await writer.RunAsync<IReadOnlyList<Tally>>(actor, (deed, cancellation) => ShareAsync(deed, batch, cancellation), cancellation)).Required);
        return together;
    }

    private static async Task<Result<IReadOnlyList<Tally>>> ShareAsync(Deed deed, Tally[] counted, CancellationToken cancellation)
    {
        var db = deed.Db;
        var forgotten = deed.Now - RequestTally.Kept;
        await db.RequestTallies.Where(t => t.Minute < forgotten).ExecuteDeleteAsync(cancellation);
        db.RequestTallies.AddRange(counted.Where(t => t.Count > 0).Select(t => new RequestTally { Key = t.Key, Minute = t.Minute, Count = t.Count }));
        await db.SaveChangesAsync(cancellation);
        var keys = counted.Select(t => t.Key).Distinct().ToList();
        var since = deed.Now.AddMinutes(-2);
        return await db.RequestTallies.Where(t => keys.Contains(t.Key) && t.Minute > since)
            .GroupBy(t => new { t.Key, t.Minute }).Select(g => new Tally(g.Key.Key, g.Key.Minute, g.Sum(t => t.Count))).ToListAsync(cancellation);
    }
}
