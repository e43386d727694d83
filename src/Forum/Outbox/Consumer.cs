using Forum.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Forum.Outbox;

/// <summary>
/// Reads the outbox in order on this node and hands what happened to <see cref="HandleAsync"/>, at least once.
/// Where it begins is its own affair: each consumer keeps its cursor beside the state it feeds.
/// </summary>
public abstract partial class Consumer(IDbContextFactory<ForumDbContext> contexts, Signal signal, ILogger logger) : BackgroundService
{
    /// <summary>Most events handed over at once.</summary>
    private const int BatchSize = 500;

    /// <summary>How long an event of another node may go unnoticed.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a failing consumer waits before it tries the same events again; others go on meanwhile.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>The last sequence handled so far, read once at the start and after each failure.</summary>
    protected abstract Task<long> StartAsync(ForumDbContext db, CancellationToken cancellation);

    /// <summary>Takes in events in order; <paramref name="last"/> is the sequence of the newest of them. Must bear the same events again.</summary>
    protected abstract Task HandleAsync(IReadOnlyList<ForumEvent> events, long last, CancellationToken cancellation);

    /// <summary>Called at least once in <see cref="Poll"/>, for what is due between events. False when the consumer's own state is lost: then it starts anew.</summary>
    protected virtual Task<bool> TendAsync(CancellationToken cancellation) => Task.FromResult(true);

    /// <summary>The sequence of the newest event in the outbox.</summary>
    protected static Task<long> NewestAsync(ForumDbContext db, CancellationToken cancellation) =>
        db.OutboxCounters.Select(c => c.Value).SingleAsync(cancellation);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? cursor = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var next = signal.Next;
                if (cursor is not null && !await TendAsync(stoppingToken))
                    cursor = null;
                await using (var db = await contexts.CreateDbContextAsync(stoppingToken))
                {
                    cursor ??= await StartAsync(db, stoppingToken);
                    var rows = await db.OutboxEvents.AsNoTracking().Where(e => e.Sequence > cursor)
                        .OrderBy(e => e.Sequence).Take(BatchSize).ToListAsync(stoppingToken);
                    if (rows.Count > 0)
                    {
                        await HandleAsync([.. rows.Select(ForumEvent.Read)], rows[^1].Sequence, stoppingToken);
                        cursor = rows[^1].Sequence;
                        continue;
                    }
                }
                await Task.WhenAny(next, Task.Delay(Poll, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                Failed(logger, exception, GetType().Name);
                cursor = null;
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Consumer} failed and will try again")]
    private static partial void Failed(ILogger logger, Exception exception, string consumer);
}
