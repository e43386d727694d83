using System.Data.Common;
using System.Globalization;
using Forum.Data;
using Forum.Data.Providers;
using Forum.Outbox;
using Forum.Settings;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Forum.Search;

/// <summary>What became of the wish to rebuild the index.</summary>
public enum Rebuild
{
    Done,

    /// <summary>Another process, or the indexer of this one, owns the index; it was told and does it now.</summary>
    Asked,
}

/// <summary>
/// This node's search index: a copy of what the database says, in the folder "search" of the node's own folder. It may be deleted at any time.
/// Where it is missing, damaged or of another database, it is built anew beside the old one, which answers meanwhile as far as it can.
/// </summary>
public sealed partial class SearchIndex(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock, ILogger<SearchIndex> logger) : IDisposable
{
    private const string Cursor = "cursor", DatabaseId = "database", SchemaKey = "schema";

    /// <summary>How long written documents may wait for the disk; a crash costs reading them from the database again, nothing else.</summary>
    private static readonly TimeSpan CommitAfter = TimeSpan.FromSeconds(5);

    /// <summary>How often a process without the lock tries for it.</summary>
    private static readonly TimeSpan LockRetry = TimeSpan.FromSeconds(1);

    private readonly string folder = Path.Combine(options.NodePath, "search");
    private readonly string lockFile = Path.Combine(options.NodePath, "search.lock");
    private readonly string wish = Path.Combine(options.NodePath, "search.rebuild");
    private readonly Signal shown = new();
    private IndexLock? held;
    private volatile OpenIndex? open;
    private volatile bool rebuilding;
    private volatile bool distrusted;
    private Guid databaseId;
    private long applied;
    private long committed;
    private long committedAt;

    /// <summary>False while the index is being rebuilt or belongs to another process: then searches find what is there, or nothing.</summary>
    public bool IsReady => open is not null && !rebuilding && !distrusted;

    /// <summary>The newest event that searches see the effect of.</summary>
    public long Applied => Interlocked.Read(ref applied);

    /// <summary>How often it was built anew since the start of this process.</summary>
    internal int Builds { get; private set; }

    /// <summary>How many documents searches see: one per visible topic and one per visible reply.</summary>
    public int Documents => Search(searcher => searcher.IndexReader.NumDocs);

    /// <summary>Completes when searches see the effect of the event with this sequence.</summary>
    public Task WaitForAsync(long sequence, CancellationToken cancellation) => WaitUntilAsync(() => Applied >= sequence, cancellation);

    /// <summary>Completes when the index is ready and a condition on it holds.</summary>
    internal async Task WaitUntilAsync(Func<bool> condition, CancellationToken cancellation)
    {
        while (true)
        {
            var next = shown.Next;
            if (IsReady && condition())
                return;
            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>Builds the index anew from the database; where somebody else owns it, asks them to.</summary>
    public async Task<Rebuild> RebuildAsync(IProgress<double>? progress, CancellationToken cancellation)
    {
        if (held is null && IndexLock.TryTake(lockFile) is { } mine)
        {
            using (mine)
            {
                await using var db = await contexts.CreateDbContextAsync(cancellation);
                await BuildAsync(db, progress, cancellation);
                Close();
                return Rebuild.Done;
            }
        }
        await File.WriteAllTextAsync(wish, "", cancellation);
        return Rebuild.Asked;
    }

    /// <summary>Asks the index; an answer that fails means that it is damaged, and it is rebuilt.</summary>
    internal T? Search<T>(Func<IndexSearcher, T> search)
    {
        for (var attempt = 1; open is { } index; attempt++)
        {
            try
            {
                return index.Search(search);
            }
            catch (ObjectDisposedException) when (attempt == 1)
            {
                // It was replaced by its successor in between.
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Distrust(exception);
                break;
            }
        }
        return default;
    }

    /// <summary>Takes the lock, waiting for it if need be, and opens or rebuilds the index. Returns the sequence that it stands at.</summary>
    internal async Task<long> OpenAsync(ForumDbContext db, CancellationToken cancellation)
    {
        await LockAsync(cancellation);
        if (!File.Exists(wish))
        {
            if (IsReady)
                return Applied;
            var counter = await db.OutboxCounters.AsNoTracking().SingleAsync(cancellation);
            databaseId = counter.DatabaseId;
            // Old events are cleared away: who stands before the first that is left has missed some.
            var first = await db.OutboxEvents.MinAsync(e => (long?)e.Sequence, cancellation) ?? counter.Value + 1;
            if (!distrusted && TryOpen(first - 1, counter.Value))
                return Applied;
        }
        await BuildAsync(db, null, cancellation);
        File.Delete(wish);
        return Applied;
    }

    /// <summary>Writes what a batch of events changes.</summary>
    internal async Task WriteAsync(Func<IndexWriter, Task> write, long last)
    {
        try
        {
            await write(open!.Writer);
            Show(last);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or DbException) && !Database.IsUnavailable(exception))
        {
            Distrust(exception);
            throw;
        }
    }

    /// <summary>Nothing in the index changes by the events up to this one.</summary>
    internal void Show(long last)
    {
        open!.Refresh();
        Interlocked.Exchange(ref applied, last);
        shown.Raise();
    }

    /// <summary>Commits what is due, and says whether the index is still ours and whole.</summary>
    internal bool Tend()
    {
        if (distrusted || File.Exists(wish))
            return false;
        if (held is not { Holds: true } || open is not { IsWhole: true })
        {
            Lost(logger, folder);
            distrusted = true;
            return false;
        }
        if (Applied == committed || clock.GetElapsedTime(committedAt) < CommitAfter)
            return true;
        return TryCommit();
    }

    /// <summary>Marks the index as damaged; the indexer builds it anew at its next turn.</summary>
    internal void Distrust(Exception? exception)
    {
        if (!distrusted)
            Damaged(logger, exception, folder);
        distrusted = true;
    }

    /// <summary>Commits and closes; the next start goes on from here.</summary>
    internal void Close()
    {
        if (open is not null && !distrusted && !rebuilding && Applied != committed)
            TryCommit();
        open?.Dispose();
        open = null;
        held?.Dispose();
        held = null;
    }

    public void Dispose() => Close();

    private async Task LockAsync(CancellationToken cancellation)
    {
        if (held is { Holds: false })
        {
            held.Dispose();
            held = null;
        }
        for (var told = false; held is null; told = true)
        {
            held = IndexLock.TryTake(lockFile);
            if (held is not null)
                break;
            if (!told)
                Refused(logger, lockFile);
            await Task.Delay(LockRetry, cancellation);
        }
    }

    private bool TryOpen(long oldest, long newest)
    {
        open?.Dispose();
        open = null;
        if (!Directory.Exists(folder))
            return false;
        OpenIndex? found = null;
        try
        {
            found = OpenIndex.Open(folder);
            var data = found.CommitData;
            if (data is not null && data.TryGetValue(SchemaKey, out var schema) && schema == SearchFields.Schema
                && data.TryGetValue(DatabaseId, out var id) && id == databaseId.ToString()
                && data.TryGetValue(Cursor, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) && cursor >= oldest && cursor <= newest)
            {
                Take(found, cursor);
                return true;
            }
            Stale(logger, folder);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Damaged(logger, exception, folder);
        }
        found?.Dispose();
        return false;
    }

    private async Task BuildAsync(ForumDbContext db, IProgress<double>? progress, CancellationToken cancellation)
    {
        rebuilding = true;
        var counter = await db.OutboxCounters.AsNoTracking().SingleAsync(cancellation);
        databaseId = counter.DatabaseId;
        var fresh = folder + ".new";
        Remove(fresh);
        var count = await db.Posts.AsNoTracking().Visible().CountAsync(cancellation);
        Building(logger, folder, count);
        using (var index = OpenIndex.Open(fresh))
        {
            var done = 0;
            await IndexUpdate.WriteAsync(index.Writer, SearchSource.ReadAsync(db, 1, long.MaxValue - 1, cancellation), replace: false, logger, () =>
            {
                if (++done % 100 == 0)
                    progress?.Report((double)done / Math.Max(count, done));
            });
            index.Commit(CommitData(counter.Value));
        }
        Replace(fresh);
        Builds++;
        Take(OpenIndex.Open(folder), counter.Value);
        progress?.Report(1);
        Built(logger, folder, Documents);
    }

    /// <summary>Puts the new index in the place of the old one, which is kept beside it for whoever wants to know what happened.</summary>
    private void Replace(string fresh)
    {
        open?.Dispose();
        open = null;
        if (Directory.Exists(folder))
        {
            Remove(folder + ".bad");
            Directory.Move(folder, folder + ".bad");
        }
        Directory.Move(fresh, folder);
    }

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    private void Take(OpenIndex index, long cursor)
    {
        open = index;
        committed = cursor;
        committedAt = clock.GetTimestamp();
        distrusted = false;
        rebuilding = false;
        Interlocked.Exchange(ref applied, cursor);
        shown.Raise();
    }

    private bool TryCommit()
    {
        try
        {
            open!.Commit(CommitData(Applied));
            committed = Applied;
            committedAt = clock.GetTimestamp();
            return true;
        }
        catch (Exception exception)
        {
            Distrust(exception);
            return false;
        }
    }

    private Dictionary<string, string> CommitData(long cursor) => new()
    {
        [Cursor] = cursor.ToString(CultureInfo.InvariantCulture),
        [DatabaseId] = databaseId.ToString(),
        [SchemaKey] = SearchFields.Schema,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search index of this node belongs to another process, which holds {Lock}. Search is off here until it lets go; two nodes need two folders (Forum:NodePath)")]
    private static partial void Refused(ILogger logger, string @lock);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search index in {Folder} is damaged and will be rebuilt")]
    private static partial void Damaged(ILogger logger, Exception? exception, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search index in {Folder} was changed or deleted by somebody else and will be rebuilt")]
    private static partial void Lost(ILogger logger, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "The search index in {Folder} is of another version or database, or too old, and will be rebuilt")]
    private static partial void Stale(ILogger logger, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "Building the search index in {Folder} from {Posts} posts")]
    private static partial void Building(ILogger logger, string folder, int posts);

    [LoggerMessage(Level = LogLevel.Information, Message = "The search index in {Folder} is built: {Documents} documents")]
    private static partial void Built(ILogger logger, string folder, int documents);
}
