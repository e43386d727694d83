using Forum.Boards;
using Forum.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>
/// Undoes a decision in the queue, or what was done to many topics or members at once: whoever did it, or a moderator of the site, and as long as <see cref="UndoableDeed.Until"/>.
/// What others have changed since stays as it is. Undoing twice is undoing once.
/// </summary>
public sealed class UndoDeed(ForumWriter writer, RollingBack rolling)
{
    /// <returns>How many posts, topics or members are as they were; the others were changed since.</returns>
    public async Task<Result<int>> RunAsync(Actor actor, long deedId, CancellationToken cancellation)
    {
        IReadOnlyList<long> removals = [];
        UndoableDeed? rolledBack = null;
        var result = await writer.RunAsync<int>(actor, async (deed, cancellation) =>
        {
            (removals, rolledBack) = ([], null);
            return await UndoAsync(deed, deedId, found => removals = found, found => rolledBack = found, cancellation);
        }, cancellation);
        if (result.Refusal is not null)
            return result;
        if (rolledBack is not null)
            return await rolling.ForthAsync(actor, rolledBack, cancellation);
        // Many posts, in steps of their own; what is left over where it stops is undone from the members' records.
        foreach (var removal in removals)
            if ((await writer.RestoreAsync(actor, removal, cancellation)).Refusal is { } refusal)
                return refusal;
        return result;
    }

    private static async Task<Result<int>> UndoAsync(Deed deed, long deedId, Action<IReadOnlyList<long>> spammers, Action<UndoableDeed> rollBack, CancellationToken cancellation)
    {
        var db = deed.Db;
        var rights = await db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        var done = await db.UndoableDeeds.Include(d => d.Steps.OrderBy(s => s.Number)).SingleOrDefaultAsync(d => d.Id == deedId, cancellation);
        if (done is null || done.ById != rights.MemberId && !rights.Moderates(0))
            return Refusal.NotFound;
        if (rights.CannotWrite() is { } mayNot)
            return mayNot;
        if (done.Undone is not null)
            return 0;
        if (done.Until <= deed.Now)
            return Refusal.Forbidden("This is too long ago to be undone in one go. Change it where it stands.");
        // Whoever was rolled back does not undo it, be it as a moderator.
        if (done.Kind == UndoableKind.RollBack)
        {
            if (await db.CannotRollBackAsync(rights, done.MemberId!.Value, cancellation) is { } mayNotUndo)
                return mayNotUndo;
            rollBack(done);
            return 0;
        }
        done.Undone = deed.Now;
        await db.SaveChangesAsync(cancellation);
        if (done.Kind == UndoableKind.Spam)
        {
            spammers([.. done.Steps.Select(s => s.RefId!.Value)]);
            return done.Steps.Count;
        }
        var topics = await db.UndoableSteps.Where(s => s.DeedId == deedId).Select(s => s.Post!.TopicId).ToListAsync(cancellation);
        await deed.LockAsync(topics, cancellation);
        var undone = 0;
        foreach (var step in done.Steps)
            if (await BackAsync(deed, rights, done, step, cancellation))
                undone++;
        return undone;
    }

    private static async Task<bool> BackAsync(Deed deed, Rights rights, UndoableDeed done, UndoableStep step, CancellationToken cancellation)
    {
        var db = deed.Db;
        var post = await db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.Id == step.PostId, cancellation);
        // Boards may have been taken from the moderator since.
        if (post is null || !rights.Moderates(post.Topic.BoardId))
            return false;
        switch (done.Kind)
        {
            case UndoableKind.Close:
                if (await db.Closures.SingleOrDefaultAsync(c => c.TopicId == post.TopicId && c.Closed == done.At, cancellation) is not { } closure)
                    return false;
                await deed.OpenAsync(post.Topic, closure, null, cancellation);
                return true;
            case UndoableKind.Move:
                if (post.Topic.BoardId != step.Became || await db.Boards.SingleOrDefaultAsync(b => b.Id == step.Was, cancellation) is not { } home)
                    return false;
                await deed.MoveToBoardAsync(post.Topic, home, cancellation);
                deed.Audit(AuditQueries.Moved, post.TopicId, memberId: post.Topic.AuthorId, before: post.Topic.Board.Slug, after: home.Slug);
                return true;
            default:
                return await SeenAgainAsync(deed, done, step, post, cancellation);
        }
    }

    private static async Task<bool> SeenAgainAsync(Deed deed, UndoableDeed done, UndoableStep step, Post post, CancellationToken cancellation)
    {
        var (db, was) = (deed.Db, (Visibility)step.Was);
        if (post.Visibility != (Visibility)step.Became)
            return false;
        if (post.Visibility != was)
        {
            _ = (await deed.ChangeSightAsync(post.Id, was == Visibility.StaffNote ? Visibility.Visible : was, (_, _) => null, null, cancellation, tell: false)).Required;
            if (was == Visibility.Held)
                db.HeldPosts.Add(new HeldPost { PostId = post.Id, Reason = (HeldReason)step.RefId!.Value, Since = deed.Now });
        }
        else
            deed.Audit("post.verdict-undone", post.TopicId, post.Id, post.AuthorId);
        if (done.Kind == UndoableKind.Verdict && was != Visibility.Held)
            await db.Reviews.Where(r => r.Id == step.RefId && !db.Reviews.Any(later => later.PostId == r.PostId && later.Round > r.Round)).ExecuteUpdateAsync(set => set
                .SetProperty(r => r.Decided, (DateTime?)null).SetProperty(r => r.DecidedById, (long?)null).SetProperty(r => r.Outcome, (ReviewOutcome?)null), cancellation);
        await deed.UntellAsync(post.Id, done.At, cancellation);
        return true;
    }
}

/// <summary>What the moderator who asks can still undo.</summary>
/// <param name="Title">Of the topic, where it is one.</param>
public sealed record UndoView(long Id, UndoableKind Kind, int Count, string? Title, DateTime Until);

/// <summary>Reads what can be undone.</summary>
public sealed class UndoQueries(IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>The last deed of the moderator who asks, as long as it can be undone; null otherwise.</summary>
    public async Task<UndoView?> LatestAsync(Rights rights, CancellationToken cancellation)
    {
        if (!rights.ModeratesAny || rights.MemberId is not { } me)
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var last = await db.UndoableDeeds.AsNoTracking().Where(d => d.ById == me).OrderByDescending(d => d.At).ThenByDescending(d => d.Id)
            .Select(d => new { Deed = d, d.Steps.Count, Title = d.Steps.OrderBy(s => s.Number).Select(s => s.Post!.Topic.Title).FirstOrDefault() }).FirstOrDefaultAsync(cancellation);
        return last is { Deed: { Undone: null } deed } && deed.Until > clock.GetUtcNow().UtcDateTime ? new(deed.Id, deed.Kind, last.Count, last.Count == 1 ? last.Title : null, deed.Until) : null;
    }
}
