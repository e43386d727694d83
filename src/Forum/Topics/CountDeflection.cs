using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Counts that an earlier topic answered what somebody was about to ask: once for a member and topic, each time for visitors.</summary>
public sealed class CountDeflection(ForumWriter writer)
{
    public Task<Result<TopicLink>> RunAsync(Actor actor, long topicId, CancellationToken cancellation) =>
        writer.RunAsync<TopicLink>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await Boards.RightsQueries.RightsOfAsync(db, actor, deed.Now, cancellation);
            var topic = await db.Topics.AsNoTracking().ReadableBy(rights).Where(t => t.Id == topicId).Select(t => new TopicLink(t.Id, t.Slug, t.Title)).SingleOrDefaultAsync(cancellation);
            if (topic is null)
                return Refusal.NotFound;
            if (rights.MemberId is not { } memberId || !await db.Deflections.AnyAsync(d => d.TopicId == topicId && d.MemberId == memberId, cancellation))
                db.Deflections.Add(new Deflection { TopicId = topicId, MemberId = rights.MemberId, At = deed.Now });
            return topic;
        }, cancellation);
}
