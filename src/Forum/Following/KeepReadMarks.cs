using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Following;

/// <summary>Stores how far members have read, as it was noted in memory. A mark only rises; what is not there any more is passed over.</summary>
public sealed class KeepReadMarks(ForumWriter writer)
{
    /// <summary>Marks in one transaction, so that others who write need not wait long.</summary>
    internal const int BatchSize = 500;

    public async Task<Result<Done>> RunAsync(Actor actor, IReadOnlyCollection<KeyValuePair<(long MemberId, long TopicId), int>> noted, CancellationToken cancellation)
    {
        foreach (var batch in noted.OrderBy(n => n.Key).Chunk(BatchSize))
        {
            var result = await writer.RunAsync<Done>(actor, (deed, cancellation) => KeepAsync(deed, batch, cancellation), cancellation);
            if (result.Refusal is not null)
                return result;
        }
        return new Done();
    }

    private static async Task<Result<Done>> KeepAsync(Deed deed, KeyValuePair<(long MemberId, long TopicId), int>[] noted, CancellationToken cancellation)
    {
        var db = deed.Db;
        var topicIds = noted.Select(n => n.Key.TopicId).Distinct().ToList();
        var memberIds = noted.Select(n => n.Key.MemberId).Distinct().ToList();
        var topics = await db.Topics.Where(t => topicIds.Contains(t.Id)).Select(t => new { t.Id, t.LastNumber }).ToDictionaryAsync(t => t.Id, t => t.LastNumber, cancellation);
        var members = await db.Users.Where(m => memberIds.Contains(m.Id)).Select(m => m.Id).ToHashSetAsync(cancellation);
        var marks = await db.ReadMarks.Where(m => memberIds.Contains(m.MemberId) && topicIds.Contains(m.TopicId)).ToDictionaryAsync(m => (m.MemberId, m.TopicId), cancellation);
        foreach (var ((memberId, topicId), read) in noted)
        {
            if (!topics.TryGetValue(topicId, out var last) || !members.Contains(memberId))
                continue;
            var number = Math.Min(read, last);
            if (!marks.TryGetValue((memberId, topicId), out var mark))
                db.ReadMarks.Add(new ReadMark { MemberId = memberId, TopicId = topicId, Number = number, At = deed.Now });
            else
                (mark.Number, mark.At) = (Math.Max(mark.Number, number), deed.Now);
        }
        return new Done();
    }
}
