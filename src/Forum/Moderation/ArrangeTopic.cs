using Forum.Boards;
using Forum.Data;
using Forum.Solutions;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>Where a topic belongs; what is null stays as it is.</summary>
/// <param name="Board">The slug of the board it is to stand on.</param>
/// <param name="Version">Of its first post, as the actor saw it; null for whatever it is now.</param>
/// <param name="Reason">Why, in at most <see cref="Revision.MaxReasonLength"/> characters; may be left out.</param>
public sealed record Arrangement(long TopicId, string? Title = null, IReadOnlyList<string>? Tags = null, string? Board = null, int? Version = null, string? Reason = null);

/// <summary>
/// Renames a topic, changes its tags, or moves it to another board with all that stands in it. Its address stays, its old title and tags are on record.
/// Askers rename and re-tag their own while they may edit it; to move it is for whoever arranges topics there.
/// </summary>
public sealed class ArrangeTopic(ForumWriter writer, WritingQueries writings, IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    public async Task<Result<PostedPost>> RunAsync(Actor actor, Arrangement input, CancellationToken cancellation)
    {
        var title = input.Title is null ? null : Typed.Line(input.Title);
        if (title is not null && TopicRules.TitleRefusal(title) is { } refusal)
            return refusal;
        IReadOnlyList<string>? tags = null;
        if (input.Tags is not null && !TagNames.Read(input.Tags).Is(out tags, out refusal))
            return refusal;
        var reason = Typed.Line(input.Reason);
        if (reason.Length > Revision.MaxReasonLength)
            return Refusal.Invalid("Please give the reason in at most {0} characters.", "Reason", Revision.MaxReasonLength);
        var named = title is not null || tags is not null;
        if (!(await WordsAsync(actor, input.TopicId, named, title, cancellation)).Is(out var words, out refusal))
            return refusal;
        title = words.Writing?.Title ?? title;

        return await writer.RunAsync<PostedPost>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            await deed.RaiseVersionAsync(input.TopicId, cancellation);
            var topic = await db.Topics.Include(t => t.Board).SingleOrDefaultAsync(t => t.Id == input.TopicId, cancellation);
            if (topic is null)
                return Refusal.NotFound;
            var post = await db.Posts.Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.TopicId == topic.Id && p.Number == 1, cancellation);
            // Merged into another topic, it has none.
            if (post is null)
                return topic.CannotBeReadBy(rights) ?? Refusal.Gone;
            var moves = input.Board is not null && input.Board != topic.Board.Slug;
            var own = topic.AuthorId == rights.MemberId && !moves && !rights.ArrangesOn(topic.BoardId);
            if ((own ? post.CannotBeEditedBy(rights, deed.Now) : topic.CannotBeArrangedBy(rights)) is { } mayNot)
                return mayNot;
            var posted = new PostedPost(topic.Id, topic.Slug, post.Id, 1);
            if (named)
            {
                var result = await deed.ReplaceAsync(post, rights, input.Version ?? words.Version, new(words.Writing!, title, tags, reason.Length > 0 ? reason : null), cancellation);
                if (!result.Is(out posted, out var refused))
                    return refused;
                await db.SaveChangesAsync(cancellation);
            }
            if (moves && await MoveAsync(deed, rights, topic, input.Board!, reason, cancellation) is { } stays)
                return stays;
            return posted;
        }, cancellation);
    }

    /// <param name="Writing">Null where the words are not needed.</param>
    private sealed record Words(Writing? Writing, int Version);

    /// <summary>What the first post says, rendered: it goes on record with the new title.</summary>
    private async Task<Result<Words>> WordsAsync(Actor actor, long topicId, bool needed, string? title, CancellationToken cancellation)
    {
        if (!needed)
            return new Words(null, 0);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var post = await db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.TopicId == topicId && p.Number == 1, cancellation);
        if (post is null)
            return Refusal.NotFound;
        // What is said of words tells what they are.
        if (post.CannotBeReadBy(await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation)) is { } hidden)
            return hidden;
        return (await writings.ReadAsync(actor, post.Markdown, Post.MinReplyLength, new(PostId: post.Id), cancellation, title)).Is(out var writing, out var refusal) ? new Words(writing, post.Version) : refusal;
    }

    private static async Task<Refusal?> MoveAsync(Deed deed, Rights rights, Topic topic, string slug, string reason, CancellationToken cancellation)
    {
        var db = deed.Db;
        var to = await db.Boards.AsNoTracking().SingleOrDefaultAsync(b => b.Slug == slug, cancellation);
        if (to is null || !rights.MayRead(to))
            return Refusal.Invalid("Please choose a board.", "Board");
        if (to.CannotBePostedOn(rights) is { } mayNot)
            return mayNot with { Field = "Board" };
        // Nobody loses their question to a board that they may not read, unless a moderator has a reason for it.
        if (!rights.Moderates(topic.BoardId) && !(await db.RightsOfAsync(Actor.Member(topic.AuthorId), deed.Now, cancellation)).MayRead(to))
            return new Refusal(RefusalKind.Forbidden, "Whoever began this topic may not read that board. Ask a moderator to move it.", "Board");
        if (!rights.Moderates(topic.BoardId) && !Rights.OfVisitor.MayRead(topic.Board) && Rights.OfVisitor.MayRead(to))
            return new Refusal(RefusalKind.Forbidden, "What was written for those who read this board would be shown to everybody. Ask a moderator to move it.", "Board");
        var tags = await db.TopicTags.AsNoTracking().Where(t => t.TopicId == topic.Id).Select(t => t.Tag).ToListAsync(cancellation);
        if (!(await deed.ChooseTagsAsync(rights, to, [.. tags.Select(t => t.Name)], [], again: false, cancellation)).Is(out _, out var wrong))
            return wrong;
        await deed.MoveToBoardAsync(topic, to, cancellation);
        deed.Audit(AuditQueries.Moved, topic.Id, memberId: topic.AuthorId, note: reason.Length > 0 ? reason : null, before: topic.Board.Slug, after: to.Slug);
        return null;
    }
}
