using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Somebody's requests in a minute, as one node counted them or as all of them did.</summary>
/// <param name="Key">As <see cref="RequestTally.KeyOf"/> makes it.</param>
/// <param name="Minute">When the minute began, UTC.</param>
public sealed record Tally(string Key, DateTime Minute, int Count);

/// <summary>Adds what a node counted since it last did, and tells what all nodes counted of the same in this minute and the one before. What is older goes. Where nothing was counted, nothing is written.</summary>
public sealed class ShareTallies(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Tallies in one transaction, so that others who write need not wait long.</summary>
    private const int BatchSize = 200;

    public async Task<Result<IReadOnlyList<Tally>>> RunAsync(Actor actor, IReadOnlyList<Tally> counted, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator counts requests.");
        foreach (var batch in counted.Where(t => t.Count > 0).Chunk(BatchSize))
            _ = (await writer.RunAsync<Done>(actor, (deed, cancellation) => AddAsync(deed, batch, cancellation), cancellation)).Required;
        var since = clock.GetUtcNow().UtcDateTime.AddMinutes(-2);
        List<Tally> together = [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        foreach (var keys in counted.Select(t => t.Key).Distinct().Chunk(BatchSize))
            together.AddRange(await db.RequestTallies.Where(t => keys.Contains(t.Key) && t.Minute > since)
                .GroupBy(t => new { t.Key, t.Minute }).Select(g => new Tally(g.Key.Key, g.Key.Minute, g.Sum(t => t.Count))).ToListAsync(cancellation));
        return together;
    }

    private static async Task<Result<Done>> AddAsync(Deed deed, Tally[] counted, CancellationToken cancellation)
    {
        var forgotten = deed.Now - RequestTally.Kept;
        await deed.Db.RequestTallies.Where(t => t.Minute < forgotten).ExecuteDeleteAsync(cancellation);
        deed.Db.RequestTallies.AddRange(counted.Select(t => new RequestTally { Key = t.Key, Minute = t.Minute, Count = t.Count }));
        return new Done();
    }
}
