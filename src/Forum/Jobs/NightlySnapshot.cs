using Forum.Data;
using Forum.Search;
using Microsoft.EntityFrameworkCore;

namespace Forum.Jobs;

/// <summary>Takes a snapshot of the search index each night. The first node that finds it due takes it; two that find it at the same moment both do, which harms nothing.</summary>
public sealed class NightlySnapshot(SearchIndex index, IndexSnapshots snapshots, TakeSnapshot take, IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>When the night's snapshot is due, UTC.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(3);

    /// <summary>How often a node looks whether it is.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Takes one where none was taken since the last night and this node's index is ready.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        if (index.IsReady && await IsDueAsync(cancellation))
            _ = (await take.RunAsync(Actor.Operator, null, cancellation)).Required;
    }

    private async Task<bool> IsDueAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var night = (clock.GetUtcNow().UtcDateTime - Hour).Date + Hour;
        return await snapshots.NewestAsync(await OutboxSpan.ReadAsync(db, index.Site, cancellation), cancellation) is not { } newest || newest < night;
    }
}
