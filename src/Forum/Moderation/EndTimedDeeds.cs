using Forum.Data;
using Forum.Outbox;
using Forum.Solutions;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>Ends what was done for a time: closed topics open again, pinned ones stand among the others. Several nodes may do it at once.</summary>
public sealed class EndTimedDeeds(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Of each kind in one round.</summary>
    private const int Max = 500;

    /// <returns>How many ended.</returns>
    public async Task<Result<int>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator ends what was done for a time.");
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var ended = 0;
        foreach (var id in await db.Closures.Where(c => c.Until <= now).OrderBy(c => c.Until).Select(c => c.TopicId).Take(Max).ToListAsync(cancellation))
            ended += (await writer.RunAsync<int>(actor, (deed, cancellation) => OpenAsync(deed, id, cancellation), cancellation)).Required;
        foreach (var id in await db.Pins.Where(p => p.Until <= now).OrderBy(p => p.Until).Select(p => p.TopicId).Take(Max).ToListAsync(cancellation))
            ended += (await writer.RunAsync<int>(actor, (deed, cancellation) => UnpinAsync(deed, id, cancellation), cancellation)).Required;
        return ended;
    }

    private static async Task<Result<int>> OpenAsync(Deed deed, long topicId, CancellationToken cancellation)
    {
        await deed.RaiseVersionAsync(topicId, cancellation);
        // Closed anew meanwhile, it is due later or never.
        if (await deed.Db.Closures.SingleOrDefaultAsync(c => c.TopicId == topicId && c.Until <= deed.Now, cancellation) is not { } closure)
            return 0;
        deed.Db.Closures.Remove(closure);
        deed.Audit(ClosureDeeds.Lapsed, topicId, byNobody: true, before: closure.Reason.ToString());
        deed.Tell(new ClosureChanged(topicId, await deed.Db.Topics.Where(t => t.Id == topicId).Select(t => t.BoardId).SingleAsync(cancellation), false));
        return 1;
    }

    private static async Task<Result<int>> UnpinAsync(Deed deed, long topicId, CancellationToken cancellation)
    {
        await deed.RaiseVersionAsync(topicId, cancellation);
        if (await deed.Db.Pins.SingleOrDefaultAsync(p => p.TopicId == topicId && p.Until <= deed.Now, cancellation) is not { } pin)
            return 0;
        await deed.UnpinAsync(await deed.Db.Topics.AsNoTracking().SingleAsync(t => t.Id == topicId, cancellation), pin, byNobody: true, cancellation);
        return 1;
    }
}
