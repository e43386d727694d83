using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>
/// Closes solved topics in which nobody wrote for as long as their board waits: silently, as by nobody. A topic that somebody opened again stays open until
/// somebody writes there. Several nodes may do it at once.
/// </summary>
public sealed class CloseQuietTopics(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Topics in one transaction, so that others who write need not wait long.</summary>
    internal const int BatchSize = 50;

    /// <summary>Topics of one board in one round: a board that gets its hours late closes its old topics bit by bit.</summary>
    internal const int MaxInRound = 1000;

    /// <returns>How many were closed.</returns>
    public async Task<Result<int>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator closes quiet topics.");
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var boards = await db.Boards.AsNoTracking().Where(b => b.AutoCloseHours != null && b.Kind == BoardKind.Questions).Select(b => new { b.Id, Hours = b.AutoCloseHours!.Value }).ToListAsync(cancellation);
        var closed = 0;
        foreach (var board in boards)
        {
            var before = clock.GetUtcNow().UtcDateTime.AddHours(-board.Hours);
            var due = await Due(db, board.Id, before).OrderByDescending(t => t.LastActivity).ThenByDescending(t => t.Id).Select(t => t.Id).Take(MaxInRound).ToListAsync(cancellation);
            foreach (var batch in due.Chunk(BatchSize))
                closed += (await writer.RunAsync<int>(actor, (deed, cancellation) => CloseAsync(deed, board.Id, before, batch, cancellation), cancellation)).Required;
        }
        return closed;
    }

    private static async Task<Result<int>> CloseAsync(Deed deed, long boardId, DateTime before, long[] topicIds, CancellationToken cancellation)
    {
        var closed = 0;
        foreach (var id in topicIds)
        {
            // What is no longer due by now is left alone; what is, is this transaction's alone.
            if (await Due(deed.Db, boardId, before).Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Version, t => t.Version + 1), cancellation) == 0)
                continue;
            deed.Db.Closures.Add(new Closure { TopicId = id, Reason = ClosureReason.Quiet, Closed = deed.Now });
            deed.Audit(ClosureDeeds.Of(ClosureReason.Quiet), id, byNobody: true);
            deed.Tell(new ClosureChanged(id, boardId, true));
            closed++;
        }
        return closed;
    }

    private static IQueryable<Topic> Due(ForumDbContext db, long boardId, DateTime before) => db.Topics.Where(t => t.BoardId == boardId && t.Solved && t.LastActivity <= before
        && t.Visibility == Visibility.Visible && !db.Closures.Any(c => c.TopicId == t.Id) && !db.AuditEntries.Any(e => e.TopicId == t.Id && e.Deed == ClosureDeeds.Reopened && e.At >= t.LastActivity));
}
