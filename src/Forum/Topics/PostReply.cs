using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <param name="ReplyTo">Id of the post of the same topic that this one replies to; null replies to the topic.</param>
/// <param name="Key">The client's own key of this submission; the same key finds the post it already made.</param>
/// <param name="Took">How long the form was open; null where there was none.</param>
public sealed record NewReply(long TopicId, string? Markdown, long? ReplyTo, string? Key, TimeSpan? Took = null);

/// <summary>Adds a reply at the end of a topic.</summary>
public sealed class PostReply(ForumWriter writer, WritingQueries writings, ForumOptions options)
{
    public async Task<Result<PostedPost>> RunAsync(Actor actor, NewReply input, CancellationToken cancellation)
    {
        if (!(await writings.ReadAsync(actor, input.Markdown, Post.MinReplyLength, new(TopicId: input.TopicId), cancellation)).Is(out var writing, out var refusal))
            return refusal;

        return await writer.RunAsync<PostedPost>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            if (rights.CannotPost() is { } mayNot)
                return mayNot;
            if (await deed.EarlierAsync(input.Key, cancellation) is { } earlier)
                return earlier;

            // Counted before it is looked at: the row stays locked until the commit, so that nobody hides or closes the topic between look and reply. A refusal takes it back.
            var authorId = rights.MemberId!.Value;
            var held = (rights.IsNewcomer || rights.PostsWait || writing.Watched) && await db.Topics.Where(t => t.Id == input.TopicId).Select(t => t.Board).SingleOrDefaultAsync(cancellation) is { } on ? await deed.HeldAsync(rights, writing, input.Took, on, options.Limits, cancellation) : null;
            if (held is null)
                await db.Topics.Where(t => t.Id == input.TopicId).ExecuteUpdateAsync(set => set
                    .SetProperty(t => t.LastNumber, t => t.LastNumber + 1)
                    .SetProperty(t => t.Replies, t => t.Replies + 1)
                    .SetProperty(t => t.LastActivity, deed.Now)
                    .SetProperty(t => t.LastPosterId, authorId), cancellation);
            else
                await db.Topics.Where(t => t.Id == input.TopicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastNumber, t => t.LastNumber + 1), cancellation);
            var topic = await db.Topics.AsNoTracking().Include(t => t.Board).SingleOrDefaultAsync(t => t.Id == input.TopicId, cancellation);
            if (topic is null)
                return Refusal.NotFound;
            if (topic.CannotBeReadBy(rights) is { } unseen)
                return unseen;
            var closure = await db.Closures.AsNoTracking().SingleOrDefaultAsync(c => c.TopicId == topic.Id, cancellation);
            if (topic.CannotBeAnsweredBy(rights, closure) is { } refused)
                return refused;
            await deed.CountPostOfAsync(authorId, held is null ? 1 : 0, cancellation);
            if (options.Limits.Enabled && await deed.TooSoonForReplyAsync(options.Limits, rights, topic, writing.Markdown, cancellation) is { } tooSoon)
                return tooSoon;
            if (input.ReplyTo is { } parentId && !await db.Posts.AnyAsync(p => p.Id == parentId && p.TopicId == topic.Id && p.Visibility == Visibility.Visible, cancellation))
                return Refusal.Invalid("The post you reply to is no longer there. Your text is kept: post it as a reply to the topic.", "ReplyTo");

            var number = topic.LastNumber;
            var post = await deed.AddPostAsync(rights, topic.Id, number, input.ReplyTo, writing, input.Key, held, cancellation);
            await deed.WatchAsync(authorId, topic.Id, WatchLevel.Tracking, cancellation);
            await deed.DropDraftAsync(DraftPlace.Reply(topic.Id), cancellation);
            var posted = new PostedPost(topic.Id, topic.Slug, post.Id, number);
            if (held is not null)
                return posted;
            if (input.ReplyTo is { } parent)
                await db.Posts.Where(p => p.Id == parent).ExecuteUpdateAsync(set => set.SetProperty(p => p.Replies, p => p.Replies + 1), cancellation);
            await db.Boards.Where(b => b.Id == topic.BoardId).ExecuteUpdateAsync(set => set.SetProperty(b => b.Posts, b => b.Posts + 1), cancellation);
            deed.Tell(new ReplyPosted(topic.Id, topic.BoardId, post.Id, number, authorId));
            return posted;
        }, cancellation);
    }
}
