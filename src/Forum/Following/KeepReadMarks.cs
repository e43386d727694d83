using Forum.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Following;

/// <summary>
/// Stores how far members have read, as it was noted in memory. A mark only rises; what is not there any more is passed over. Newcomers who have
/// read enough by now come to trust 1.
/// </summary>
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
        var members = await db.Users.Where(m => memberIds.Contains(m.Id)).Select(m => new { m.Id, m.Trust, m.Created }).ToDictionaryAsync(m => m.Id, cancellation);
        var marks = await db.ReadMarks.Where(m => memberIds.Contains(m.MemberId) && topicIds.Contains(m.TopicId)).ToDictionaryAsync(m => (m.MemberId, m.TopicId), cancellation);
        foreach (var ((memberId, topicId), read) in noted)
        {
            if (!topics.TryGetValue(topicId, out var last) || !members.ContainsKey(memberId))
                continue;
            var number = Math.Min(read, last);
            if (!marks.TryGetValue((memberId, topicId), out var mark))
                db.ReadMarks.Add(new ReadMark { MemberId = memberId, TopicId = topicId, Number = number, At = deed.Now });
            else
                (mark.Number, mark.At) = (Math.Max(mark.Number, number), deed.Now);
        }
        var since = deed.Now - Newcomers.LeastTime;
        if (members.Values.Where(m => m.Trust == 0 && m.Created <= since).Select(m => m.Id).ToList() is { Count: > 0 } newcomers)
            await RaiseAsync(deed, newcomers, cancellation);
        return new Done();
    }

    /// <summary>Trust 1 to those of these newcomers who have read enough. Asked when they read, so that it costs nothing at other times and comes at once.</summary>
    private static async Task RaiseAsync(Deed deed, List<long> newcomers, CancellationToken cancellation)
    {
        var db = deed.Db;
        await db.SaveChangesAsync(cancellation);
        var raised = await db.ReadMarks.Where(m => newcomers.Contains(m.MemberId) && m.Number > 0).GroupBy(m => m.MemberId)
            .Where(read => read.Count() >= Newcomers.TopicsToRead && read.Sum(m => m.Number < Newcomers.PostsOfOneTopic ? m.Number : Newcomers.PostsOfOneTopic) >= Newcomers.PostsToRead)
            .Select(read => read.Key).ToListAsync(cancellation);
        // Another node may have raised one at the same time.
        foreach (var memberId in raised)
            if (await db.Users.Where(m => m.Id == memberId && m.Trust == 0).ExecuteUpdateAsync(set => set.SetProperty(m => m.Trust, (byte)1), cancellation) == 1)
                deed.Audit("member.trusted", memberId: memberId, note: "1", byNobody: true);
    }
}
