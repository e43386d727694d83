using System.Data.Common;
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

/// <summary>How far a new index is.</summary>
/// <param name="Share">From 0 to 1.</param>
/// <param name="Rate">Posts a second, since it was begun.</param>
public sealed record IndexBuild(double Share, double Rate)
{
    internal static IndexBuild Of(int done, int posts, TimeSpan taken) => new((double)done / Math.Max(posts, done), taken > TimeSpan.Zero ? done / taken.TotalSeconds : 0);
}

/// <summary>
/// This node's search index: a copy of what the database says, in the folder "search" of the node's own folder. It may be deleted at any time.
/// Where it is missing, damaged or of another database, it starts from a snapshot, or is built anew beside the old one, which answers meanwhile
/// as far as it can.
/// </summary>
public sealed partial class SearchIndex(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, IndexSnapshots snapshots, TimeProvider clock, ILogger<SearchIndex> logger) : IDisposable
{
    /// <summary>Posts between two looks at how fast a build goes.</summary>
    private const int Stride = 100;

    /// <summary>How often the log tells how far a build is.</summary>
    private static readonly TimeSpan tellAfter = TimeSpan.FromSeconds(10);

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
    private volatile IndexBuild? building;
    private Guid databaseId;
    private long target;
    private long applied;
    private long committed;
    private long committedAt;

    /// <summary>False while the index is being rebuilt, takes in what happened before the start, or belongs to another process: then searches find what is there, or nothing.</summary>
    public bool IsReady => IsSound && Applied >= Interlocked.Read(ref target);

    /// <summary>How far a build is that runs now.</summary>
    public IndexBuild? Building => building;

    /// <summary>The newest event that searches see the effect of.</summary>
    public long Applied => Interlocked.Read(ref applied);

    private bool IsSound => open is not null && !rebuilding && !distrusted;

    /// <summary>The language of boards that have none of their own.</summary>
    internal Language Site { get; private set; } = Language.Of(options.Site.Language);

    /// <summary>The language of the site is another one by now: all words are cut anew.</summary>
    private bool IsReworded => Site != Language.Of(options.Site.Language);

    /// <summary>How often it was built anew since the start of this process.</summary>
    internal int Builds { get; private set; }

    /// <summary>How often it started from a snapshot.</summary>
    internal int Fetches { get; private set; }

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

    /// <summary>The index as it was committed last, whoever writes it; null where it is missing, damaged or to be built anew.</summary>
    internal CommittedIndex? OpenCommitted()
    {
        if (rebuilding || distrusted || File.Exists(wish))
            return null;
        try
        {
            return CommittedIndex.Open(folder);
        }
        catch (Exception exception)
        {
            Unreadable(logger, exception, folder);
            return null;
        }
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

    /// <summary>Takes the lock, waiting for it if need be, and opens, fetches or rebuilds the index. Returns the sequence that it stands at.</summary>
    internal async Task<long> OpenAsync(ForumDbContext db, CancellationToken cancellation)
    {
        await LockAsync(cancellation);
        var reworded = IsReworded;
        Site = Language.Of(options.Site.Language);
        if (!reworded && !File.Exists(wish))
        {
            if (IsSound)
                return Applied;
            var outbox = await OutboxSpan.ReadAsync(db, Site, cancellation);
            databaseId = outbox.Database;
            Interlocked.Exchange(ref target, outbox.Newest);
            // What turned out to be wrong may have come from a snapshot.
            if (!distrusted && (TryOpen(outbox) || await TryFetchAsync(db, outbox, cancellation)))
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
        if (distrusted || IsReworded || File.Exists(wish))
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

    private bool TryOpen(OutboxSpan outbox)
    {
        open?.Dispose();
        open = null;
        if (!Directory.Exists(folder))
            return false;
        OpenIndex? found = null;
        try
        {
            found = OpenIndex.Open(folder);
            if (IndexStamp.Of(found.CommitData) is { } stamp && outbox.Continues(stamp))
            {
                Take(found, stamp.Cursor);
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

    private async Task<bool> TryFetchAsync(ForumDbContext db, OutboxSpan outbox, CancellationToken cancellation)
    {
        var fresh = folder + ".new";
        if (await snapshots.FetchAsync(db, outbox, fresh, cancellation) is not { } snapshot)
            return false;
        Replace(fresh);
        if (!TryOpen(outbox))
            return false;
        Fetches++;
        Fetched(logger, folder, snapshot.Name, Documents, outbox.Newest - Applied);
        return true;
    }

    private async Task BuildAsync(ForumDbContext db, IProgress<double>? progress, CancellationToken cancellation)
    {
        rebuilding = true;
        var counter = await db.OutboxCounters.AsNoTracking().SingleAsync(cancellation);
        databaseId = counter.DatabaseId;
        var fresh = folder + ".new";
        Remove(fresh);
        var count = await db.Posts.AsNoTracking().Visible().CountAsync(cancellation);
        Begun(logger, folder, count);
        await WriteAllAsync(db, fresh, count, StampAt(counter.Value), progress, cancellation);
        Replace(fresh);
        Builds++;
        Take(OpenIndex.Open(folder), counter.Value);
        progress?.Report(1);
        Built(logger, folder, Documents);
    }

    private async Task WriteAllAsync(ForumDbContext db, string fresh, int count, IndexStamp stamp, IProgress<double>? progress, CancellationToken cancellation)
    {
        var done = 0;
        var begun = clock.GetTimestamp();
        var told = begun;
        try
        {
            using var index = OpenIndex.Open(fresh);
            await IndexUpdate.WriteAsync(index.Writer, SearchSource.ReadAsync(db, Site, 1, long.MaxValue - 1, cancellation), replace: false, logger, Count);
            index.Commit(stamp.ToCommit());
        }
        finally
        {
            building = null;
        }

        void Count()
        {
            if (++done % Stride != 0)
                return;
            building = IndexBuild.Of(done, count, clock.GetElapsedTime(begun));
            progress?.Report(building.Share);
            if (clock.GetElapsedTime(told) < tellAfter)
                return;
            told = clock.GetTimestamp();
            Progressed(logger, done, count, building.Rate);
        }
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
            open!.Commit(StampAt(Applied).ToCommit());
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

    private IndexStamp StampAt(long cursor) => new(SearchFields.SchemaIn(Site), databaseId, cursor);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search index of this node belongs to another process, which holds {Lock}. Search is off here until it lets go; two nodes need two folders (Forum:NodePath)")]
    private static partial void Refused(ILogger logger, string @lock);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search index in {Folder} is damaged and will be rebuilt")]
    private static partial void Damaged(ILogger logger, Exception? exception, string folder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search index in {Folder} was changed or deleted by somebody else and will be rebuilt")]
    private static partial void Lost(ILogger logger, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "The search index in {Folder} is of another version or database, or too old, and will be replaced")]
    private static partial void Stale(ILogger logger, string folder);

    [LoggerMessage(Level = LogLevel.Information, Message = "Building the search index in {Folder} from {Posts} posts")]
    private static partial void Begun(ILogger logger, string folder, int posts);

    [LoggerMessage(Level = LogLevel.Information, Message = "The search index is being built: {Done} of {Posts} posts, {Rate:N0} posts a second")]
    private static partial void Progressed(ILogger logger, int done, int posts, double rate);

    [LoggerMessage(Level = LogLevel.Information, Message = "The search index in {Folder} is built: {Documents} documents")]
    private static partial void Built(ILogger logger, string folder, int documents);

    [LoggerMessage(Level = LogLevel.Information, Message = "The search index in {Folder} starts from {Snapshot}: {Documents} documents, {Events} events behind")]
    private static partial void Fetched(ILogger logger, string folder, string snapshot, int documents, long events);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search index in {Folder} cannot be read")]
    private static partial void Unreadable(ILogger logger, Exception exception, string folder);
}
