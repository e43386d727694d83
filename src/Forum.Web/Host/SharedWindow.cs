using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Forum.Data;
using Forum.Members;

namespace Forum.Web.Host;

/// <summary>
/// Keeps together what the nodes count of the same client, over the database: every second each adds what it counted and reads what all did.
/// Whoever is far below a limit is counted by their node alone, so that people cost the database nothing.
/// </summary>
public sealed class SharedWindows(ShareTallies share, TimeProvider clock, ILogger<SharedWindows> logger) : Buffered(TimeSpan.FromSeconds(1), logger)
{
    private readonly ConcurrentDictionary<string, SharedWindow> windows = new();
    private readonly TimeProvider time = clock;

    /// <summary>A limit on the requests of one client in any minute; several that are made for the same client count together.</summary>
    public RateLimiter Make(string limit, string client, int permits) => new Limiter(this, RequestTally.KeyOf(limit, client), permits);

    public override async Task FlushAsync(CancellationToken cancellation)
    {
        foreach (var over in windows.Where(w => w.Value.IsOver))
            windows.TryRemove(over);
        var busy = windows.Values.Where(w => w.IsBusy).ToArray();
        if (busy.Length == 0)
            return;
        var counted = busy.SelectMany(w => w.Unshared()).ToLookup(t => t.Key);
        var together = (await share.RunAsync(Actor.Operator, [.. counted.SelectMany(t => t)], cancellation)).Required.ToLookup(t => t.Key);
        foreach (var window in busy)
            window.Shared(counted[window.Key], together[window.Key]);
    }

    /// <summary>Is thrown away when nobody asks any more; what was counted stays for as long as it counts.</summary>
    private sealed class Limiter(SharedWindows all, string key, int permits) : RateLimiter
    {
        public override TimeSpan? IdleDuration => all.windows.ContainsKey(key) ? null : TimeSpan.FromMinutes(1);

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => new Lease(all.windows.GetOrAdd(key, _ => new SharedWindow(key, all.time)).Take(permitCount, permits));

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => ValueTask.FromResult(AttemptAcquireCore(permitCount));
    }

    private sealed class Lease(TimeSpan? wait) : RateLimitLease
    {
        public override bool IsAcquired => wait is null;

        public override IEnumerable<string> MetadataNames => wait is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = wait;
            return wait is not null && metadataName == MetadataName.RetryAfter.Name;
        }
    }
}

/// <summary>
/// So many requests of one client in any minute, over all nodes. Of the minute before, as much counts as lies within the last sixty seconds, as if it had been spread evenly.
/// Requests that are refused do not count.
/// </summary>
internal sealed class SharedWindow(string key, TimeProvider clock)
{
    /// <summary>From this part of the limit on, and from so many requests on, the other nodes are told: with fewer they hold the limit all the same, give or take as much.</summary>
    private const int Unnoticed = 8, Few = 4;

    private static readonly TimeSpan window = TimeSpan.FromMinutes(1);

    private readonly Lock turn = new();
    /// <summary>As many as there may be, as whoever asked last said: a setting may change meanwhile.</summary>
    private int permits;
    private Minute now;
    private Minute before;

    public string Key => key;

    /// <summary>Nothing was asked in this minute and the one before.</summary>
    public bool IsOver => Asked == 0;

    /// <summary>This much was asked that other nodes should know.</summary>
    public bool IsBusy => Asked >= Math.Min(permits, Math.Max(Few, permits / Unnoticed));

    private int Asked
    {
        get
        {
            lock (turn)
            {
                Turn();
                return now.Here + before.Here;
            }
        }
    }

    /// <summary>What was counted here and not told yet, of either minute.</summary>
    public IEnumerable<Tally> Unshared()
    {
        lock (turn)
        {
            Turn();
            return [new(key, now.Begin, now.Here - now.Told), new(key, before.Begin, before.Here - before.Told)];
        }
    }

    /// <summary>Takes in that these were told, and what all nodes have counted with them.</summary>
    public void Shared(IEnumerable<Tally> told, IEnumerable<Tally> together)
    {
        lock (turn)
        {
            Turn();
            foreach (var tally in told)
                if (tally.Minute == now.Begin)
                    now.Told += tally.Count;
                else if (tally.Minute == before.Begin)
                    before.Told += tally.Count;
            foreach (var tally in together)
                if (tally.Minute == now.Begin)
                    now.Elsewhere = Math.Max(0, tally.Count - now.Told);
                else if (tally.Minute == before.Begin)
                    before.Elsewhere = Math.Max(0, tally.Count - before.Told);
        }
    }

    /// <summary>Counts a request, if it may be made.</summary>
    /// <returns>Null if it may; else how long to wait.</returns>
    public TimeSpan? Take(int requests, int most)
    {
        lock (turn)
        {
            permits = most;
            var gone = Turn();
            if (before.Total * (1 - gone) + now.Total + requests > permits)
                return Wait(gone, requests);
            now.Here += requests;
            return null;
        }
    }

    /// <summary>Goes on to the minute that runs.</summary>
    /// <returns>How much of it is gone, from 0 to 1.</returns>
    private double Turn()
    {
        var time = clock.GetUtcNow().UtcDateTime;
        var begin = new DateTime(time.Ticks - time.Ticks % window.Ticks, DateTimeKind.Utc);
        if (begin != now.Begin)
            (before, now) = (now.Begin == begin - window ? now : new Minute { Begin = begin - window }, new Minute { Begin = begin });
        return (time - begin) / window;
    }

    /// <summary>Until enough of what was asked lies more than a minute back.</summary>
    private TimeSpan Wait(double gone, int asked)
    {
        var room = permits - asked;
        var wait = now.Total > room ? 1 - gone + (1 - (double)room / now.Total) : 1 - (double)(room - now.Total) / before.Total - gone;
        return window * Math.Clamp(wait, 0, 1);
    }

    private record struct Minute(DateTime Begin, int Here, int Told, int Elsewhere)
    {
        public readonly int Total => Here + Elsewhere;
    }
}
