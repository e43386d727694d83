using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Solutions;
using Forum.Standing;
using Forum.Topics;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>Takes posts out of sight and brings them back, with all that is counted by them.</summary>
internal static class Sight
{
    /// <summary>What many members reported goes out of sight, by nobody's hand, until a moderator decides.</summary>
    public static Task<Result<Done>> HideUntilReviewAsync(this Deed deed, long postId, CancellationToken cancellation) =>
        deed.ChangeSightAsync(postId, Visibility.Hidden, (_, _) => null, null, cancellation, byReports: true);

    /// <param name="reason">Told to the author and written into the log.</param>
    /// <param name="note">For the log where it is not what the author is told.</param>
    public static async Task<Result<Done>> ChangeSightAsync(
        this Deed deed, long postId, Visibility to, Func<Post, Rights, Refusal?> rule, string? reason, CancellationToken cancellation, bool byReports = false, bool tell = true, string? note = null)
    {
        var db = deed.Db;
        var topicId = await db.Posts.Where(p => p.Id == postId).Select(p => p.TopicId).SingleOrDefaultAsync(cancellation);
        await deed.RaiseVersionAsync(topicId, cancellation);
        var rights = await db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        var post = await db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.Id == postId, cancellation);
        if (post is null)
            return Refusal.NotFound;
        if (rule(post, rights) is { } refusal)
            return refusal;
        // What comes back comes back for those who saw it.
        var sight = post.IsNote && to == Visibility.Visible ? Visibility.StaffNote : to;
        if (post.Visibility == sight)
            return new Done();

        await db.Posts.Where(p => p.Id == postId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Visibility, sight), cancellation);
        var (was, now) = (post.Visibility == Visibility.Visible, sight == Visibility.Visible);
        if (was != now)
        {
            await deed.CountForAuthorAsync(post, post.AuthorId, now, cancellation);
            if (post.Number == 1)
                await CountTopicAsync(deed, post.Topic, now ? 1 : -1, cancellation);
            else
                await CountReplyAsync(deed, post, now, cancellation);
        }
        var approved = post.Visibility == Visibility.Held && sight == Visibility.Visible;
        if (post.Visibility == Visibility.Held)
            await db.HeldPosts.Where(h => h.PostId == postId).ExecuteDeleteAsync(cancellation);
        if (post.Number == 1)
        {
            await db.Topics.Where(t => t.Id == topicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Visibility, to), cancellation);
            await deed.RenderLinksAgainAsync(topicId, cancellation);
        }
        var what = approved ? "post.approved" : to == Visibility.Visible ? "post.restored" : byReports ? "post.hidden-by-reports" : $"post.{to.ToString().ToLowerInvariant()}";
        // The author is told what others did to the post. That it stands is seen by itself, unless it was told otherwise before.
        if (tell && !post.IsNote && post.AuthorId != rights.MemberId && (to is Visibility.Hidden or Visibility.Deleted
            || to == Visibility.Visible && await db.Talks.AnyAsync(t => t.MemberId == post.AuthorId && t.PostId == postId, cancellation)))
            await deed.TellAuthorAsync(post, what, reason, byReports, cancellation);
        if (byReports)
            deed.Audit(what, topicId, postId, post.AuthorId, reason, byNobody: true, before: post.Visibility.ToString(), after: sight.ToString());
        else
        {
            deed.Audit(what, topicId, postId, post.AuthorId, note ?? reason, before: post.Visibility.ToString(), after: sight.ToString());
            await deed.SettleAsync(post, db.Reviews.Where(r => r.PostId == postId),
                to == Visibility.Visible ? ReviewOutcome.Dismissed : post.AuthorId == rights.MemberId ? ReviewOutcome.Withdrawn : ReviewOutcome.Upheld, cancellation);
        }
        // What waited is news from now on.
        deed.Tell(post.IsNote ? new NoteChanged(topicId, post.Topic.BoardId, postId)
            : !approved ? new PostVisibilityChanged(topicId, post.Topic.BoardId, postId, post.Number)
            : post.Number == 1 ? new TopicPosted(topicId, post.Topic.BoardId, postId, post.AuthorId)
            : new ReplyPosted(topicId, post.Topic.BoardId, postId, post.Number, post.AuthorId));
        return new Done();
    }

    /// <summary>Counts a post for its author when it comes into sight, with what its upvotes are worth, and takes that away when it goes.</summary>
    public static async Task CountForAuthorAsync(this Deed deed, Post post, long authorId, bool visible, CancellationToken cancellation)
    {
        var sign = visible ? 1 : -1;
        await deed.CountPostOfAsync(authorId, sign, cancellation);
        await deed.MoveUpvotesOfPostAsync(post.Topic.BoardId, authorId, post.Id, sign, cancellation);
        if (!visible)
        {
            await deed.TakeBackAsync(post.Id, PointReason.Upvote, null, cancellation);
            return;
        }
        foreach (var voterId in await deed.Db.Votes.Where(v => v.PostId == post.Id).OrderBy(v => v.Cast).Select(v => v.MemberId).ToListAsync(cancellation))
            await deed.GiveForUpvoteAsync(authorId, post.Id, voterId, cancellation);
    }

    private static async Task CountTopicAsync(Deed deed, Topic topic, int sign, CancellationToken cancellation)
    {
        var posts = sign * (topic.Replies + 1);
        var solved = topic.Solved ? sign : 0;
        await deed.Db.Boards.Where(b => b.Id == topic.BoardId).ExecuteUpdateAsync(set => set
            .SetProperty(b => b.Topics, b => b.Topics + sign)
            .SetProperty(b => b.Posts, b => b.Posts + posts)
            .SetProperty(b => b.Solved, b => b.Solved + solved), cancellation);
        await deed.CountTagsAsync(topic.Id, sign, cancellation);
    }

    private static async Task CountReplyAsync(Deed deed, Post post, bool visible, CancellationToken cancellation)
    {
        var db = deed.Db;
        var sign = visible ? 1 : -1;
        if (!visible)
            await deed.UnmarkAsync(post.Topic, post.Id, cancellation);
        if (post.ReplyToId is { } parentId)
            await db.Posts.Where(p => p.Id == parentId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Replies, p => p.Replies + sign), cancellation);
        if (post.Topic.Visibility == Visibility.Visible)
            await db.Boards.Where(b => b.Id == post.Topic.BoardId).ExecuteUpdateAsync(set => set.SetProperty(b => b.Posts, b => b.Posts + sign), cancellation);
        var last = await db.Posts.Where(p => p.TopicId == post.TopicId && (p.Visibility == Visibility.Visible || p.Number == 1))
            .OrderByDescending(p => p.Number).Select(p => new { p.Created, p.AuthorId }).FirstAsync(cancellation);
        await db.Topics.Where(t => t.Id == post.TopicId).ExecuteUpdateAsync(set => set
            .SetProperty(t => t.Replies, t => t.Replies + sign)
            .SetProperty(t => t.LastActivity, last.Created)
            .SetProperty(t => t.LastPosterId, last.AuthorId), cancellation);
    }
}
