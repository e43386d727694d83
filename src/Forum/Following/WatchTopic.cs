using Forum.Boards;
using Forum.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Following;

/// <summary>Follows a topic as closely as the member says, or mutes it. Only the member is concerned: no points, no trace for others.</summary>
public sealed class WatchTopic(ForumWriter writer)
{
    public Task<Result<WatchLevel>> RunAsync(Actor actor, long topicId, WatchLevel level, CancellationToken cancellation) =>
        writer.RunAsync<WatchLevel>(actor, async (deed, cancellation) =>
        {
            if (!Enum.IsDefined(level))
                return Refusal.Invalid("Please choose how closely to follow: watching, tracking, normal or muted.", "Level");
            if (!(await deed.ReaderAsync(topicId, cancellation)).Is(out var memberId, out var refusal))
                return refusal;
            var watch = await deed.Db.Watches.SingleOrDefaultAsync(w => w.MemberId == memberId && w.TopicId == topicId, cancellation);
            if (watch is null)
                deed.Db.Watches.Add(new Watch { MemberId = memberId, TopicId = topicId, Level = level, Since = deed.Now });
            else
                (watch.Level, watch.Since) = (level, deed.Now);
            // Unread is what comes after a mark: whoever follows without having opened the topic has read nothing of it.
            if (level >= WatchLevel.Tracking && !await deed.Db.ReadMarks.AnyAsync(m => m.MemberId == memberId && m.TopicId == topicId, cancellation))
                deed.Db.ReadMarks.Add(new ReadMark { MemberId = memberId, TopicId = topicId, Number = 0, At = deed.Now });
            return level;
        }, cancellation);
}

internal static class Readers
{
    /// <summary>The member who acts, if they may read the topic; refused as reading it is.</summary>
    public static async Task<Result<long>> ReaderAsync(this Deed deed, long topicId, CancellationToken cancellation)
    {
        var rights = await deed.Db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        if (rights.MemberId is not { } memberId)
            return Refusal.SignInFirst;
        var topic = await deed.Db.Topics.AsNoTracking().Include(t => t.Board).SingleOrDefaultAsync(t => t.Id == topicId, cancellation);
        if (topic is null)
            return Refusal.NotFound;
        return topic.CannotBeReadBy(rights) is { } unseen ? unseen : memberId;
    }
}
