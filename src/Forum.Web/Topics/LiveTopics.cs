using System.Collections.Concurrent;
using System.Collections.Immutable;
using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Topics;

/// <summary>Tells the open pages of this node what happened in their topic.</summary>
public sealed class LiveTopics(IDbContextFactory<ForumDbContext> contexts, Signal signal, ILogger<LiveTopics> logger) : Consumer(contexts, signal, logger)
{
    private readonly ConcurrentDictionary<long, ImmutableArray<Func<Task>>> listeners = new();

    /// <summary>Calls <paramref name="changed"/> after each event of the topic, until what is given back is disposed.</summary>
    public IDisposable Listen(long topicId, Func<Task> changed)
    {
        listeners.AddOrUpdate(topicId, [changed], (_, all) => all.Add(changed));
        return new Listening(() =>
        {
            var left = listeners.AddOrUpdate(topicId, [], (_, all) => all.Remove(changed));
            if (left.IsEmpty)
                listeners.TryRemove(KeyValuePair.Create(topicId, left));
        });
    }

    protected override Task<long> StartAsync(ForumDbContext db, CancellationToken cancellation) => NewestAsync(db, cancellation);

    protected override Task HandleAsync(IReadOnlyList<ForumEvent> events, long last, CancellationToken cancellation)
    {
        foreach (var topicId in events.Select(e => e.Topic).OfType<long>().Distinct())
            if (listeners.TryGetValue(topicId, out var all))
                foreach (var changed in all)
                    // A slow reader must not hold up the others; what fails there ends that reader's circuit alone.
                    _ = Task.Run(changed, cancellation);
        return Task.CompletedTask;
    }

    private sealed class Listening(Action stop) : IDisposable
    {
        public void Dispose() => stop();
    }
}
