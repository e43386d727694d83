using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Following;

/// <summary>
/// Stores how far members have read, as it was noted in memory. A mark only rises; what is not there any more, or not for them, is passed over. Newcomers who have
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
        var members = await db.Users.Where(m => memberIds.Contains(m.Id)).Select(m => m.Id).ToListAsync(cancellation);
        var marks = await db.ReadMarks.Where(m => memberIds.Contains(m.MemberId) && topicIds.Contains(m.TopicId)).ToDictionaryAsync(m => (m.MemberId, m.TopicId), cancellation);
        var open = await db.Topics.Where(t => topicIds.Contains(t.Id)).ReadableBy(Rights.OfVisitor).Select(t => t.Id).ToHashSetAsync(cancellation);
        var read = members.ToDictionary(id => id, _ => (Topics: 0, Posts: 0));
        foreach (var ((memberId, topicId), upTo) in noted)
        {
            if (!topics.TryGetValue(topicId, out var last) || !read.TryGetValue(memberId, out var sum))
                continue;
            // A mark would tell whether there is such a topic, and how long it is.
            if (!open.Contains(topicId) && !await MayReadAsync(deed, memberId, topicId, cancellation))
                continue;
            var number = Math.Min(upTo, last);
            var opened = !marks.TryGetValue((memberId, topicId), out var mark);
            if (opened)
                db.ReadMarks.Add(mark = new ReadMark { MemberId = memberId, TopicId = topicId, Number = 0, At = deed.Now });
            read[memberId] = (sum.Topics + (opened ? 1 : 0), sum.Posts + Math.Clamp(number - mark!.Number, 0, Paging.PageSize));
            (mark.Number, mark.At) = (Math.Max(mark.Number, number), deed.Now);
        }
        foreach (var (memberId, (opened, posts)) in read.OrderBy(r => r.Key))
            await deed.CountVisitAsync(memberId, DateOnly.FromDateTime(deed.Now), opened, posts, cancellation);
        await RaiseAsync(deed, members, cancellation);
        return new Done();
    }

    private static async Task<bool> MayReadAsync(Deed deed, long memberId, long topicId, CancellationToken cancellation) =>
        await deed.Db.Topics.ReadableBy(await deed.Db.RightsOfAsync(Actor.Member(memberId), deed.Now, cancellation)).AnyAsync(t => t.Id == topicId, cancellation);

    /// <summary>Trust 1 to those of these members who are newcomers and have read enough. Asked when they read, so that it costs nothing at other times and comes at once.</summary>
    private static async Task RaiseAsync(Deed deed, List<long> members, CancellationToken cancellation)
    {
        var since = deed.Now - Newcomers.LeastTime;
        var raised = await deed.Db.Users.Where(m => members.Contains(m.Id) && m.Trust == 0 && m.Created <= since && m.TopicsRead >= Newcomers.TopicsToRead && m.PostsRead >= Newcomers.PostsToRead)
            .Select(m => m.Id).ToListAsync(cancellation);
        foreach (var memberId in raised)
            await deed.StepByRulesAsync(new() { MemberId = memberId, From = 0, To = 1, Reason = TrustReason.Reached, At = deed.Now }, cancellation);
    }
}
