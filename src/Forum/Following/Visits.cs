using System.Collections.Concurrent;
using Forum.Data;
using Microsoft.Extensions.Logging;

namespace Forum.Following;

/// <summary>Who came today, noted in memory with the first page of the day and stored within half a minute; no page read writes by itself.</summary>
public sealed class Visits(KeepVisits keep, TimeProvider clock, ILogger<Visits> logger) : Buffered(Interval, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>True once it is stored.</summary>
    private readonly ConcurrentDictionary<(long MemberId, DateOnly Day), bool> noted = new();

    private DateOnly current;

    /// <summary>Notes that a member is here.</summary>
    public void Note(long memberId) => noted.TryAdd((memberId, Today), false);

    public override async Task FlushAsync(CancellationToken cancellation)
    {
        var visits = noted.Where(v => !v.Value).Select(v => v.Key).ToList();
        if (visits.Count > 0)
            _ = (await keep.RunAsync(Actor.Operator, visits, cancellation)).Required;
        foreach (var visit in visits)
            noted[visit] = true;
        if (current == Today)
            return;
        current = Today;
        foreach (var past in noted.Where(v => v.Value && v.Key.Day != current))
            noted.TryRemove(past);
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}
