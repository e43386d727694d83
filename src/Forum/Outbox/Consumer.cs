using System.Text.Json;
using Forum.Data;
using Forum.Data.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Forum.Outbox;

/// <summary>
/// Reads the outbox in order on this node and hands what happened to <see cref="HandleAsync"/>, at least once.
/// Where it begins is its own affair: each consumer keeps its cursor beside the state it feeds.
/// An event that it fails on again and again is parked (<see cref="ParkedEvent"/>), and it goes on with the next.
/// </summary>
public abstract partial class Consumer(IDbContextFactory<ForumDbContext> contexts, Signal signal, ILogger logger) : BackgroundService
{
    /// <summary>How often an event is tried by itself before it is parked.</summary>
    public const int Tries = 3;

    /// <summary>Most events handed over at once.</summary>
    private const int BatchSize = 500;

    /// <summary>How long an event of another node may go unnoticed.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    /// <summary>Up to here events are handed over one by one, for one of them is to blame for a failure.</summary>
    private long doubtful;

    private long suspect;
    private int tries;

    /// <summary>How long a failing consumer waits before it tries the same events again; others go on meanwhile.</summary>
    protected virtual TimeSpan Pause => TimeSpan.FromSeconds(2);

    /// <summary>The last sequence handled so far, read at the start and whenever the consumer's own state was lost.</summary>
    protected abstract Task<long> StartAsync(ForumDbContext db, CancellationToken cancellation);

    /// <summary>
    /// Takes in events in order; <paramref name="last"/> is the sequence of the newest of them. Must bear the same events again, and an
    /// empty list, where the event at <paramref name="last"/> was parked.
    /// </summary>
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
                        .OrderBy(e => e.Sequence).Take(cursor < doubtful ? 1 : BatchSize).ToListAsync(stoppingToken);
                    if (rows.Count > 0)
                    {
                        await HandleOrParkAsync(db, rows, stoppingToken);
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
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HandleOrParkAsync(ForumDbContext db, List<OutboxEvent> rows, CancellationToken cancellation)
    {
        try
        {
            await HandleAsync([.. rows.Select(ForumEvent.Read)], rows[^1].Sequence, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && !Database.IsUnavailable(exception))
        {
            doubtful = Math.Max(doubtful, rows[^1].Sequence);
            if (rows.Count > 1 || !IsLastTry(rows[0], exception))
                throw;
            await ParkAsync(db, rows[0], exception, cancellation);
            await HandleAsync([], rows[0].Sequence, cancellation);
        }
    }

    private bool IsLastTry(OutboxEvent row, Exception exception)
    {
        tries = row.Sequence == suspect ? tries + 1 : 1;
        suspect = row.Sequence;
        // What cannot be read now cannot be read later: it is of a newer version that runs beside this one.
        return tries >= Tries || exception is JsonException;
    }

    private async Task ParkAsync(ForumDbContext db, OutboxEvent row, Exception exception, CancellationToken cancellation)
    {
        var consumer = GetType().Name;
        Parked(logger, exception, consumer, row.Kind, row.Sequence);
        var error = exception.ToString();
        db.ParkedEvents.Add(new ParkedEvent
        {
            Consumer = consumer,
            Sequence = row.Sequence,
            Kind = row.Kind,
            Payload = row.Payload,
            Happened = row.At,
            Error = error.Length > ParkedEvent.MaxErrorLength ? error[..ParkedEvent.MaxErrorLength] : error,
        });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException lost) when (Database.IsUniqueViolation(lost))
        {
            // Another node parked it already.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Consumer} failed and will try again")]
    private static partial void Failed(ILogger logger, Exception exception, string consumer);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Consumer} cannot handle the event {Kind} at {Sequence} of the outbox; it is parked")]
    private static partial void Parked(ILogger logger, Exception exception, string consumer, string kind, long sequence);
}
