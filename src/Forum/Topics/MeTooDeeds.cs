using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>How many have the question too, and whether the actor is one of them.</summary>
public sealed record MeTooState(int Count, bool Mine);

/// <summary>Says "I have this question too". Doing it twice is doing it once; it gives no points.</summary>
public sealed class SayMeToo(ForumWriter writer)
{
    public Task<Result<MeTooState>> RunAsync(Actor actor, long topicId, CancellationToken cancellation) =>
        writer.RunAsync<MeTooState>(actor, (deed, cancellation) => deed.SetMeTooAsync(topicId, true, cancellation), cancellation);
}

/// <summary>Takes "I have this question too" back.</summary>
public sealed class TakeBackMeToo(ForumWriter writer)
{
    public Task<Result<MeTooState>> RunAsync(Actor actor, long topicId, CancellationToken cancellation) =>
        writer.RunAsync<MeTooState>(actor, (deed, cancellation) => deed.SetMeTooAsync(topicId, false, cancellation), cancellation);
}

internal static class MeTooDeeds
{
    public static async Task<Result<MeTooState>> SetMeTooAsync(this Deed deed, long topicId, bool wanted, CancellationToken cancellation)
    {
        var db = deed.Db;
        var rights = await db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        var topic = await db.Topics.AsNoTracking().Include(t => t.Board).SingleOrDefaultAsync(t => t.Id == topicId, cancellation);
        if (topic is null || !rights.MayRead(topic.Board))
            return Refusal.NotFound;
        if (rights.CannotWrite() is { } refusal)
            return refusal;
        if (topic.Visibility != Visibility.Visible)
            return topic.Visibility == Visibility.Deleted ? Refusal.Gone : Refusal.NotFound;
        if (topic.Board.Kind != BoardKind.Questions)
            return Refusal.Invalid("Only questions can be shared.");
        var memberId = rights.MemberId!.Value;
        if (wanted && topic.AuthorId == memberId)
            return Refusal.Forbidden("This is your own question.");

        var mine = db.MeToos.Where(m => m.TopicId == topicId && m.MemberId == memberId);
        var before = topic.MeToos;
        if (wanted == await mine.AnyAsync(cancellation))
            return new MeTooState(before, wanted);
        var by = wanted ? 1 : -1;
        if (wanted)
            db.MeToos.Add(new MeToo { TopicId = topicId, MemberId = memberId, Since = deed.Now });
        else if (await mine.ExecuteDeleteAsync(cancellation) == 0)
            return new MeTooState(before, false);
        if (wanted)
            await deed.WatchAsync(memberId, topicId, WatchLevel.Watching, cancellation);
        await db.SaveChangesAsync(cancellation);
        await db.Topics.Where(t => t.Id == topicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.MeToos, t => t.MeToos + by), cancellation);
        deed.Tell(new MeTooChanged(topicId, topic.BoardId, memberId));
        return new MeTooState(before + by, wanted);
    }
}
