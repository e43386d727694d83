using System.Collections.Concurrent;
using Forum.Data;
using Microsoft.Extensions.Logging;

namespace Forum.Following;

/// <summary>How far members have read, noted in memory while they read and stored every ten seconds; no page read writes by itself.</summary>
public sealed class ReadMarks(KeepReadMarks keep, ILogger<ReadMarks> logger) : Buffered(Interval, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(long MemberId, long TopicId), int> noted = new();

    /// <summary>Notes that a member has read a topic up to a post.</summary>
    public void Note(long memberId, long topicId, int number) => noted.AddOrUpdate((memberId, topicId), number, (_, known) => Math.Max(known, number));

    /// <summary>What was noted and may not be stored yet; 0 for nothing.</summary>
    public int Noted(long memberId, long topicId) => noted.GetValueOrDefault((memberId, topicId));

    /// <summary>Takes back what was noted of a topic.</summary>
    internal void Forget(long memberId, long topicId) => noted.TryRemove((memberId, topicId), out _);

    public override async Task FlushAsync(CancellationToken cancellation)
    {
        var marks = noted.ToArray();
        if (marks.Length == 0)
            return;
        _ = (await keep.RunAsync(Actor.Operator, marks, cancellation)).Required;
        // Seen by those who read meanwhile until it stands in the database; what rose again is stored next time.
        foreach (var mark in marks)
            noted.TryRemove(mark);
    }
}
