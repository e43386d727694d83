using Forum.Data;
using Forum.Uploads;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>A snapshot that was taken.</summary>
/// <param name="Cursor">The newest event that it has the effect of.</param>
public sealed record TakenSnapshot(string Name, long Cursor, int Documents, long Bytes);

/// <summary>
/// Puts a copy of this node's search index, as it was committed last, into the store of uploads, for nodes that have none; older copies go.
/// May run beside the server that writes the index, and twice at once.
/// </summary>
public sealed class TakeSnapshot(SearchIndex index, IndexSnapshots snapshots, IDbContextFactory<ForumDbContext> contexts)
{
    private static readonly Refusal nothing = new(RefusalKind.Conflict,
        "This node has no search index to copy: it is missing, damaged, out of date or being built. Start the server or run reindex, then try again.");

    private static readonly Refusal unavailable = new(RefusalKind.Unavailable, "The store of uploads cannot be used right now. Please try again in a minute.");

    /// <param name="progress">From 0 to 1.</param>
    public async Task<Result<TakenSnapshot>> RunAsync(Actor actor, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator takes snapshots.");
        using var committed = index.OpenCommitted();
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var outbox = await OutboxSpan.ReadAsync(db, index.Site, cancellation);
        if (committed is not { Stamp: { } stamp } || !outbox.Continues(stamp) || await LacksDocumentsAsync(db, committed, outbox, cancellation))
            return nothing;
        try
        {
            var snapshot = await snapshots.SaveAsync(committed, stamp, progress, cancellation);
            await snapshots.PruneAsync(db, cancellation);
            return new TakenSnapshot(snapshot.Name, stamp.Cursor, snapshot.Documents, snapshot.Length);
        }
        catch (UploadStoreException)
        {
            return unavailable;
        }
    }

    /// <summary>Can be told only where index and database stand at the same event.</summary>
    private async Task<bool> LacksDocumentsAsync(ForumDbContext db, CommittedIndex committed, OutboxSpan outbox, CancellationToken cancellation) =>
        committed.Stamp?.Cursor == outbox.Newest && await db.Posts.AsNoTracking().Visible().CountAsync(cancellation) != committed.Documents
        && await OutboxSpan.ReadAsync(db, index.Site, cancellation) == outbox;
}
