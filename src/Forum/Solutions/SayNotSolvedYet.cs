using Forum.Boards;
using Forum.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Solutions;

/// <summary>An asker says that no answer solved their topic yet, and is not asked again. Doing it twice is doing it once.</summary>
public sealed class SayNotSolvedYet(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long topicId, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        var db = deed.Db;
        var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
        var topic = await db.Topics.AsNoTracking().Include(t => t.Board).SingleOrDefaultAsync(t => t.Id == topicId, cancellation);
        if (topic is null)
            return Refusal.NotFound;
        if ((topic.CannotBeReadBy(rights) ?? rights.CannotWrite()) is { } refusal)
            return refusal;
        if (topic.AuthorId != rights.MemberId)
            return Refusal.Forbidden("Only the asker knows whether it is solved.");
        if (!await db.SolutionReminders.AnyAsync(r => r.TopicId == topicId, cancellation))
            db.SolutionReminders.Add(new SolutionReminder { TopicId = topicId, Given = deed.Now });
        return new Done();
    }, cancellation);
}
