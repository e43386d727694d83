using Forum.Boards;
using Forum.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>Which replies go.</summary>
public enum MovedPart : byte
{
    /// <summary>The reply alone.</summary>
    Post,

    /// <summary>The reply, and what replies to it.</summary>
    WithReplies,

    /// <summary>The reply and all that come after it.</summary>
    AndLater,
}

/// <param name="IntoTopicId">A topic that is there; null begins a new one.</param>
/// <param name="Title">Of the new topic.</param>
/// <param name="Board">The slug of its board; null for the same.</param>
/// <param name="Reason">For the audit trail; at most <see cref="AuditEntry.MaxNoteLength"/> characters, or none.</param>
public sealed record PostMove(long PostId, MovedPart Part, long? IntoTopicId = null, string? Title = null, string? Board = null, string? Reason = null);

/// <summary>
/// Takes replies out of a topic: into a new one, which the first of them begins, or to the end of another one. Where they stood a line leads to them, and so do their old addresses.
/// An accepted solution goes along, unless the other topic has one.
/// </summary>
public sealed class MovePosts(ForumWriter writer)
{
    public Task<Result<PostedPost>> RunAsync(Actor actor, PostMove move, CancellationToken cancellation)
    {
        var title = Typed.Line(move.Title);
        if ((move.IntoTopicId is null ? TopicRules.TitleRefusal(title) : null) is { } wrong)
            return Task.FromResult<Result<PostedPost>>(wrong);
        if (!Enum.IsDefined(move.Part))
            return Task.FromResult<Result<PostedPost>>(Refusal.Invalid("Please say which replies go.", "Part"));
        if (!AuditEntry.ReadNote(move.Reason).Is(out var note, out var refusal))
            return Task.FromResult<Result<PostedPost>>(refusal);
        return writer.RunAsync<PostedPost>(actor, (deed, cancellation) => MoveAsync(deed, move, title, note, cancellation), cancellation);
    }

    private static async Task<Result<PostedPost>> MoveAsync(Deed deed, PostMove move, string title, string? note, CancellationToken cancellation)
    {
        var db = deed.Db;
        var rights = await db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        var fromId = await db.Posts.Where(p => p.Id == move.PostId).Select(p => p.TopicId).SingleOrDefaultAsync(cancellation);
        if (move.IntoTopicId == fromId)
            return Refusal.Invalid("It is in that topic already.", "Into");
        await deed.LockAsync([fromId, move.IntoTopicId ?? fromId], cancellation);
        var post = await db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.Id == move.PostId && p.TopicId == fromId, cancellation);
        if (post is null)
            return Refusal.NotFound;
        if (post.CannotBeRestoredBy(rights) is { } mayNot)
            return mayNot;
        if (post.Number <= 1)
            return Refusal.Invalid(post.IsNote ? "A note stays with the post that it is about." : "The first post is the topic. Merge the topic into another one instead.");
        if (!(await IntoAsync(deed, rights, post, move, title, cancellation)).Is(out var into, out var refusal))
            return refusal;
        var numbers = await NumbersAsync(db, post, move.Part, cancellation);
        await deed.MovePostsAsync(post.Topic, numbers, into, cancellation);
        deed.Audit(AuditQueries.Split, fromId, memberId: post.AuthorId, note: Note(numbers.Count, into.Id, note));
        deed.Audit(AuditQueries.Split, into.Id, post.Id, post.AuthorId, Note(numbers.Count, fromId, note));
        return new PostedPost(into.Id, into.Slug, post.Id, into.LastNumber + 1);
    }

    private static string Note(int count, long other, string? reason) => $"{count}, #{other}{(reason is null ? "" : $": {reason}")}";

    /// <summary>The topic that gets the posts: one where the actor moderates, or a new one by the author of the first post.</summary>
    private static async Task<Result<Topic>> IntoAsync(Deed deed, Rights rights, Post post, PostMove move, string title, CancellationToken cancellation)
    {
        var db = deed.Db;
        if (move.IntoTopicId is { } id)
            return await deed.TargetAsync(rights, id, cancellation);
        var board = move.Board is null || move.Board == post.Topic.Board.Slug ? post.Topic.Board : await db.Boards.AsNoTracking().SingleOrDefaultAsync(b => b.Slug == move.Board, cancellation);
        if (board is null || !rights.MayRead(board))
            return Refusal.Invalid("Please choose a board.", "Board");
        if (board.CannotBePostedOn(rights) is { } mayNot)
            return mayNot with { Field = "Board" };
        var topic = new Topic
        {
            BoardId = board.Id,
            AuthorId = post.AuthorId,
            Title = title,
            Slug = Slug.Of(title),
            Created = post.Created,
            LastActivity = post.Created,
            LastPosterId = post.AuthorId,
            LastNumber = 0,
            Visibility = post.Visibility,
        };
        db.Topics.Add(topic);
        await db.SaveChangesAsync(cancellation);
        if (topic.Visibility == Visibility.Visible)
            await db.Boards.Where(b => b.Id == board.Id).ExecuteUpdateAsync(set => set.SetProperty(b => b.Topics, b => b.Topics + 1), cancellation);
        var tags = await db.TopicTags.AsNoTracking().Where(t => t.TopicId == post.TopicId).Select(t => t.Tag).ToListAsync(cancellation);
        if (await deed.TagAsync(topic.Id, topic.Visibility == Visibility.Visible, tags, cancellation) is { } merged)
            return merged;
        await deed.WatchAsync(post.AuthorId, topic.Id, WatchLevel.Watching, cancellation);
        await db.SaveChangesAsync(cancellation);
        return await db.Topics.AsNoTracking().Include(t => t.Board).SingleAsync(t => t.Id == topic.Id, cancellation);
    }

    private static async Task<IReadOnlyList<int>> NumbersAsync(ForumDbContext db, Post post, MovedPart part, CancellationToken cancellation)
    {
        if (part == MovedPart.AndLater)
            return await db.Posts.Where(p => p.TopicId == post.TopicId && p.Number >= post.Number).OrderBy(p => p.Number).Select(p => p.Number).ToListAsync(cancellation);
        var (found, ids) = (new SortedSet<int> { post.Number }, new List<long> { post.Id });
        while (part == MovedPart.WithReplies && ids.Count > 0)
        {
            var replies = await db.Posts.Where(p => p.TopicId == post.TopicId && p.Number > 0 && ids.Contains(p.ReplyToId!.Value)).Select(p => new { p.Id, p.Number }).ToListAsync(cancellation);
            ids = replies.Where(r => found.Add(r.Number)).Select(r => r.Id).ToList();
        }
        return [.. found];
    }
}

/// <summary>
/// Merges a topic into another one: its posts stand at the end of that one in their order, whoever follows it follows that one, and its address leads there.
/// Its accepted solution goes along, unless the other topic has one.
/// </summary>
public sealed class MergeTopics(ForumWriter writer)
{
    /// <param name="reason">For the audit trail; at most <see cref="AuditEntry.MaxNoteLength"/> characters, or none.</param>
    public Task<Result<PostedPost>> RunAsync(Actor actor, long topicId, long intoId, string? reason, CancellationToken cancellation)
    {
        if (topicId == intoId)
            return Task.FromResult<Result<PostedPost>>(Refusal.Invalid("That is the topic itself.", "Into"));
        if (!AuditEntry.ReadNote(reason).Is(out var note, out var refusal))
            return Task.FromResult<Result<PostedPost>>(refusal);
        return writer.RunAsync<PostedPost>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            await deed.LockAsync([topicId, intoId], cancellation);
            var first = await db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.TopicId == topicId && p.Number == 1, cancellation);
            if (first is null)
                return Refusal.NotFound;
            if (first.CannotBeRestoredBy(rights) is { } mayNot)
                return mayNot;
            if (!(await deed.TargetAsync(rights, intoId, cancellation)).Is(out var into, out var refused))
                return refused;
            var numbers = await db.Posts.Where(p => p.TopicId == topicId && p.Number > 0).OrderBy(p => p.Number).Select(p => p.Number).ToListAsync(cancellation);
            await deed.MovePostsAsync(first.Topic, numbers, into, cancellation);
            await deed.MergeAwayAsync(first.Topic, into, cancellation);
            deed.Audit(AuditQueries.Merged, intoId, first.Id, first.AuthorId, note, before: $"#{topicId}", after: $"#{intoId}");
            return new PostedPost(into.Id, into.Slug, first.Id, into.LastNumber + 1);
        }, cancellation);
    }
}
