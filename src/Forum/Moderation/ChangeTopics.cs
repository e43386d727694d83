using Forum.Boards;
using Forum.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>One thing that is done to many topics.</summary>
/// <param name="Kind">Close, move, hide or delete.</param>
/// <param name="Board">The slug of the board they go to, where they are moved.</param>
/// <param name="Closure">Why they are closed, where they are.</param>
/// <param name="Reason">Told to their authors where they go out of sight, and written into the log; at most <see cref="AuditEntry.MaxNoteLength"/> characters, or none.</param>
public sealed record ManyTopics(IReadOnlyList<long> TopicIds, UndoableKind Kind, string? Board = null, ClosureReason? Closure = null, string? Reason = null);

/// <summary>
/// Closes, moves, hides or deletes many topics at once, as far as the moderator may do it to each; what is so already, or is not theirs to change, stays. It is undone in
/// one go for a day (<see cref="UndoDeed"/>).
/// </summary>
public sealed class ChangeTopics(ForumWriter writer)
{
    /// <summary>Topics at once, so that others who write need not wait long.</summary>
    public const int Max = 50;

    public static readonly IReadOnlyList<UndoableKind> Kinds = [UndoableKind.Close, UndoableKind.Move, UndoableKind.Hide, UndoableKind.Delete];

    /// <summary>Why many topics are closed at once.</summary>
    public static readonly IReadOnlyList<ClosureReason> Closures = [ClosureReason.OffTopic, ClosureReason.NotEnoughDetail, ClosureReason.NoLongerRelevant];

    /// <returns>How many topics were changed.</returns>
    public Task<Result<int>> RunAsync(Actor actor, ManyTopics input, CancellationToken cancellation)
    {
        var ids = input.TopicIds.Distinct().ToList();
        var wrong = !Kinds.Contains(input.Kind) ? Refusal.Invalid("Please choose what is to be done.", "Kind")
            : ids.Count is 0 or > Max ? Refusal.Invalid("Please choose at least one topic and at most {0}.", "Topics", Max)
            : input.Kind == UndoableKind.Close && !Closures.Contains(input.Closure ?? ClosureReason.Quiet) ? Refusal.Invalid("Please choose a reason.", "Closure")
            : null;
        if (wrong is not null || !AuditEntry.ReadNote(input.Reason).Is(out var note, out wrong))
            return Task.FromResult<Result<int>>(wrong);
        return writer.RunAsync<int>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            if (rights.CannotWrite() is { } mayNot)
                return mayNot;
            if (!rights.ModeratesAny)
                return Refusal.Forbidden("Only moderators of this board may do that.");
            var to = input.Kind == UndoableKind.Move ? await db.Boards.AsNoTracking().SingleOrDefaultAsync(b => b.Slug == input.Board, cancellation) : null;
            if (input.Kind == UndoableKind.Move && (to is null || !rights.MayRead(to)))
                return Refusal.Invalid("Please choose a board.", "Board");
            if (to?.CannotBePostedOn(rights) is { } closed)
                return closed with { Field = "Board" };
            await deed.LockAsync(ids, cancellation);
            var posts = await db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).Where(p => ids.Contains(p.TopicId) && p.Number == 1).OrderBy(p => p.Id).ToListAsync(cancellation);
            var done = new UndoableDeed { Kind = input.Kind, ById = rights.MemberId!.Value, At = deed.Now };
            foreach (var post in posts.Where(p => p.Topic.CannotBeReadBy(rights) is null && rights.Moderates(p.Topic.BoardId)))
                if (await ChangeAsync(deed, rights, post, input, to, note, cancellation) is var (was, became))
                    done.Steps.Add(new() { Number = done.Steps.Count + 1, PostId = post.Id, Was = was, Became = became });
            if (done.Steps.Count == 0)
                return Refusal.Invalid("None of these topics is yours to change so, or they all are so already.", "Topics");
            db.UndoableDeeds.Add(done);
            return done.Steps.Count;
        }, cancellation);
    }

    /// <summary>What was so before and what is so now; null where nothing is changed.</summary>
    private static async Task<(long Was, long Became)?> ChangeAsync(Deed deed, Rights rights, Post post, ManyTopics input, Board? to, string? note, CancellationToken cancellation)
    {
        var (db, topic) = (deed.Db, post.Topic);
        if (input.Kind is UndoableKind.Hide or UndoableKind.Delete)
        {
            var sight = input.Kind == UndoableKind.Hide ? Visibility.Hidden : Visibility.Deleted;
            if (post.Visibility is not (Visibility.Visible or Visibility.Hidden) || post.Visibility == sight)
                return null;
            return (await deed.ChangeSightAsync(post.Id, sight, (post, rights) => post.CannotBeRestoredBy(rights), note, cancellation)).Refusal is null ? ((long)post.Visibility, (long)sight) : null;
        }
        if (topic.Visibility != Visibility.Visible)
            return null;
        if (input.Kind == UndoableKind.Move)
        {
            if (topic.BoardId == to!.Id)
                return null;
            await deed.MoveToBoardAsync(topic, to, cancellation);
            deed.Audit(AuditQueries.Moved, topic.Id, memberId: topic.AuthorId, note: note, before: topic.Board.Slug, after: to.Slug);
            return (topic.BoardId, to.Id);
        }
        if (await db.Closures.AnyAsync(c => c.TopicId == topic.Id, cancellation))
            return null;
        await deed.CloseAsync(topic, new Closure { TopicId = topic.Id, Reason = input.Closure!.Value, Closed = deed.Now, ClosedById = rights.MemberId, Note = note }, note, cancellation);
        return (0, 1);
    }
}
