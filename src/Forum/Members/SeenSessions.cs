using System.Collections.Concurrent;
using Forum.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Forum.Members;

/// <summary>Which sessions somebody was here with, noted in memory and stored together; no page read writes by itself.</summary>
public sealed class SeenSessions(KeepSeen keep, TimeProvider clock, ILogger<SeenSessions> logger) : Buffered(Interval, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>So exactly it is known when a session was last used.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, DateTime> noted = new();

    /// <summary>Notes that a session is in use.</summary>
    /// <param name="seen">When that was stored last.</param>
    public void Note(string key, DateTime seen)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (now - seen >= Step)
            noted[key] = now;
    }

    public override async Task FlushAsync(CancellationToken cancellation)
    {
        var seen = noted.ToArray();
        if (seen.Length == 0)
            return;
        _ = (await keep.RunAsync(Actor.Operator, seen, cancellation)).Required;
        foreach (var session in seen)
            noted.TryRemove(session);
    }
}

/// <summary>Stores when sessions were last used, as it was noted in memory.</summary>
public sealed class KeepSeen(ForumWriter writer)
{
    public async Task<Result<Done>> RunAsync(Actor actor, IReadOnlyCollection<KeyValuePair<string, DateTime>> sessions, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator notes this.");
        foreach (var batch in sessions.GroupBy(s => new DateTime(s.Value.Ticks - s.Value.Ticks % TimeSpan.TicksPerMinute, DateTimeKind.Utc)))
        {
            var (keys, seen) = (batch.Select(s => s.Key).ToList(), batch.Key);
            _ = (await writer.RunEvenReadOnlyAsync<int>(actor, async (deed, cancellation) =>
                await deed.Db.Sessions.Where(s => keys.Contains(s.Key) && s.Seen < seen).ExecuteUpdateAsync(set => set.SetProperty(s => s.Seen, seen), cancellation), cancellation)).Required;
        }
        return new Done();
    }
}
