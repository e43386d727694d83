using System.Collections.Concurrent;
using Forum.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Forum.Members;

/// <summary>When sessions and keys to the API were used last, noted in memory and stored together; no page read writes by itself.</summary>
public sealed class LastUse(KeepLastUse keep, TimeProvider clock, ILogger<LastUse> logger) : Buffered(Interval, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>So exactly it is known.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, DateTime> noted = new();

    /// <summary>Notes a use.</summary>
    /// <param name="key">The hash of the secret.</param>
    /// <param name="seen">When one was stored last; null for never.</param>
    public void Note(string key, DateTime? seen)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (seen is null || now - seen >= Step)
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

/// <summary>Stores when sessions and keys were used last, as it was noted in memory.</summary>
public sealed class KeepLastUse(ForumWriter writer)
{
    public async Task<Result<Done>> RunAsync(Actor actor, IReadOnlyCollection<KeyValuePair<string, DateTime>> sessions, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator notes this.");
        foreach (var batch in sessions.GroupBy(s => new DateTime(s.Value.Ticks - s.Value.Ticks % TimeSpan.TicksPerMinute, DateTimeKind.Utc)))
        {
            var (keys, seen) = (batch.Select(s => s.Key).ToList(), batch.Key);
            _ = (await writer.RunEvenReadOnlyAsync<int>(actor, async (deed, cancellation) =>
            {
                DateTime? used = seen;
                await deed.Db.ApiTokens.Where(t => keys.Contains(t.Hash) && (t.Used == null || t.Used < used)).ExecuteUpdateAsync(set => set.SetProperty(t => t.Used, used), cancellation);
                return await deed.Db.Sessions.Where(s => keys.Contains(s.Key) && s.Seen < seen).ExecuteUpdateAsync(set => set.SetProperty(s => s.Seen, seen), cancellation);
            }, cancellation)).Required;
        }
        return new Done();
    }
}
