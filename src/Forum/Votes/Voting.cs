using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Votes;

/// <summary>What casting and taking back share inside their transaction.</summary>
internal static class Voting
{
    /// <summary>The visible post with its topic, if this actor may vote on it.</summary>
    public static async Task<Result<Post>> VotableAsync(this Deed deed, Rights rights, long postId, CancellationToken cancellation)
    {
        var post = await deed.Db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.Id == postId, cancellation);
        if (post is null)
            return Refusal.NotFound;
        if (post.CannotBeReadBy(rights) is { } unseen)
            return unseen;
        if (rights.CannotWrite() is { } refusal)
            return refusal;
        if (post.Visibility != Visibility.Visible || post.Topic.Visibility != Visibility.Visible)
            return Refusal.OutOfSight;
        return post;
    }

    /// <summary>
    /// Moves the score of a visible post, and of its topic when it is the first; null when it went out of sight meanwhile.
    /// Comes before all other counting: from here on the row is locked, and whoever hides or moves the post finds this vote counted.
    /// </summary>
    /// <returns>The board that the post stands on.</returns>
    public static async Task<long?> MoveScoreAsync(this Deed deed, Post post, int by, CancellationToken cancellation)
    {
        var moved = await deed.Db.Posts.Where(p => p.Id == post.Id && p.Visibility == Visibility.Visible)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Score, p => p.Score + by), cancellation);
        if (moved == 0)
            return null;
        var now = await deed.Db.Posts.Where(p => p.Id == post.Id).Select(p => new { p.TopicId, p.Number, p.Topic.BoardId }).SingleAsync(cancellation);
        if (now.Number == 1)
            await deed.Db.Topics.Where(t => t.Id == now.TopicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Score, t => t.Score + by), cancellation);
        return now.BoardId;
    }

    /// <summary>Casts an upvote of a post, with all that is counted by it; false when the post went out of sight meanwhile.</summary>
    public static async Task<bool> CastAsync(this Deed deed, Post post, Vote vote, CancellationToken cancellation)
    {
        var db = deed.Db;
        db.Votes.Add(vote);
        await db.SaveChangesAsync(cancellation);
        if (await deed.MoveScoreAsync(post, 1, cancellation) is not { } boardId)
            return false;
        if (await db.Votes.Counted(db).AnyAsync(v => v.PostId == post.Id && v.MemberId == vote.MemberId, cancellation))
            await deed.MoveUpvotesAsync(boardId, post.AuthorId, vote.Day, 1, cancellation);
        await deed.GiveForUpvoteAsync(post.AuthorId, post.Id, vote.MemberId, cancellation);
        deed.Tell(new VoteChanged(post.TopicId, boardId, post.Id, post.AuthorId, vote.MemberId));
        return true;
    }

    /// <summary>Takes the upvotes of these members from a post, be it in sight or not, with all that is counted by them; says how many they were.</summary>
    public static async Task<int> TakeBackUpvotesAsync(this Deed deed, long postId, IReadOnlyCollection<long> voterIds, CancellationToken cancellation)
    {
        var db = deed.Db;
        // Whoever votes, hides or moves at this moment has done so before, or waits.
        await db.Posts.Where(p => p.Id == postId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Score, p => p.Score), cancellation);
        var votes = db.Votes.Where(v => v.PostId == postId && voterIds.Contains(v.MemberId));
        var voters = await votes.Select(v => v.MemberId).ToListAsync(cancellation);
        if (voters.Count == 0)
            return 0;
        var counted = await votes.Counted(db).Select(v => v.Day).ToListAsync(cancellation);
        await votes.ExecuteDeleteAsync(cancellation);
        var post = await db.Posts.AsNoTracking().Include(p => p.Topic).SingleAsync(p => p.Id == postId, cancellation);
        await db.Posts.Where(p => p.Id == postId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Score, p => p.Score - voters.Count), cancellation);
        if (post.Number == 1)
            await db.Topics.Where(t => t.Id == post.TopicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Score, t => t.Score - voters.Count), cancellation);
        if (post.Visibility == Visibility.Visible)
            foreach (var day in counted.GroupBy(d => d))
                await deed.MoveUpvotesAsync(post.Topic.BoardId, post.AuthorId, day.Key, -day.Count(), cancellation);
        foreach (var voterId in voters)
        {
            await deed.TakeBackAsync(postId, PointReason.Upvote, voterId, cancellation);
            deed.Tell(new VoteChanged(post.TopicId, post.Topic.BoardId, postId, post.AuthorId, voterId));
        }
        return voters.Count;
    }

    /// <summary>Adds the upvotes of a post to its author's buckets, or takes them away: when it comes back into sight or leaves it.</summary>
    public static async Task MoveUpvotesOfPostAsync(this Deed deed, long boardId, long authorId, long postId, int sign, CancellationToken cancellation)
    {
        var cast = await deed.Db.Votes.Where(v => v.PostId == postId).Counted(deed.Db).Select(v => v.Day).ToListAsync(cancellation);
        var imported = await deed.Db.ImportedUpvotes.Where(u => u.PostId == postId).Select(u => new { u.Day, u.Count }).ToListAsync(cancellation);
        var days = cast.Select(on => (Day: on, Count: 1)).Concat(imported.Select(u => (u.Day, u.Count)));
        foreach (var day in days.GroupBy(d => d.Day))
            await deed.MoveUpvotesAsync(boardId, authorId, day.Key, sign * day.Sum(d => d.Count), cancellation);
    }

    /// <summary>Takes the upvotes of those posts that are visible from the buckets of one board to those of another.</summary>
    public static async Task MoveUpvotesAsync(this Deed deed, IQueryable<Post> moved, long fromBoard, long toBoard, CancellationToken cancellation)
    {
        var db = deed.Db;
        // Whoever votes at this moment has done so before, or waits until they have moved.
        await moved.ExecuteUpdateAsync(set => set.SetProperty(p => p.Score, p => p.Score), cancellation);
        var posts = moved.Where(p => p.Visibility == Visibility.Visible);
        var cast = await db.Votes.Counted(db).Join(posts, v => v.PostId, p => p.Id, (v, p) => new { p.AuthorId, v.Day, Count = 1 })
            .Concat(db.ImportedUpvotes.Join(posts, u => u.PostId, p => p.Id, (u, p) => new { p.AuthorId, u.Day, u.Count }))
            .GroupBy(v => new { v.AuthorId, v.Day }).Select(g => new { g.Key.AuthorId, g.Key.Day, Upvotes = g.Sum(v => v.Count) }).ToListAsync(cancellation);
        foreach (var day in cast)
        {
            await deed.MoveUpvotesAsync(fromBoard, day.AuthorId, day.Day, -day.Upvotes, cancellation);
            await deed.MoveUpvotesAsync(toBoard, day.AuthorId, day.Day, day.Upvotes, cancellation);
        }
    }
}
