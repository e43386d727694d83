using Forum.Data;
using Forum.Moderation;
using Forum.Outbox;
using Forum.Standing;
using Forum.Topics;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;

namespace Forum.Jobs;

/// <summary>What of a merged account may be much, batch by batch: each gives how many rows it took, none when nothing is left.</summary>
internal static class MergeSteps
{
    private const int PointsAtOnce = 500;

    /// <summary>Posts, and topics with their first posts. An upvote by the kept account becomes one of its own post, and a solution of its own question: the one is taken back, the other has no points.</summary>
    public static async Task<int> MovePostsAsync(Deed deed, MemberMerge merge, CancellationToken cancellation)
    {
        var (db, from, into) = (deed.Db, merge.FromId, merge.IntoId);
        var posts = await db.Posts.AsNoTracking().Include(p => p.Topic).Where(p => p.AuthorId == from).OrderBy(p => p.Id).Take(FinishMerges.BatchSize).ToListAsync(cancellation);
        foreach (var post in posts)
        {
            await deed.RaiseNothingAsync(post.TopicId, cancellation);
            await deed.TakeBackUpvotesAsync(post.Id, [into], cancellation);
            // What the ledger took back just now must be there to be seen, or it would be taken back twice.
            await db.SaveChangesAsync(cancellation);
            var topicAuthor = await db.Topics.Where(t => t.Id == post.TopicId).Select(t => t.AuthorId).SingleAsync(cancellation);
            if (post.Visibility == Visibility.Visible)
            {
                await deed.CountPostOfAsync(from, -1, cancellation);
                await deed.CountPostOfAsync(into, 1, cancellation);
                await deed.MoveUpvotesOfPostAsync(post.Topic.BoardId, from, post.Id, -1, cancellation);
                await deed.MoveUpvotesOfPostAsync(post.Topic.BoardId, into, post.Id, 1, cancellation);
            }
            if (await db.Solutions.AnyAsync(s => s.PostId == post.Id, cancellation))
                await RecreditAsync(deed, post.Id, (from, topicAuthor), (into, topicAuthor), cancellation);
            await db.Posts.Where(p => p.Id == post.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.AuthorId, into), cancellation);
            if (post.Number == 1)
                await MoveTopicAsync(deed, post.TopicId, from, into, cancellation);
            deed.Tell(new AuthorChanged(post.TopicId, post.Topic.BoardId, post.Id, from, into));
        }
        foreach (var topicId in posts.Select(p => p.TopicId).Distinct())
        {
            var last = await db.Posts.Where(p => p.TopicId == topicId && (p.Visibility == Visibility.Visible || p.Number == 1)).OrderByDescending(p => p.Number).Select(p => (long?)p.AuthorId).FirstOrDefaultAsync(cancellation);
            if (last is { } poster)
                await db.Topics.Where(t => t.Id == topicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastPosterId, poster), cancellation);
        }
        return posts.Count;
    }

    private static async Task MoveTopicAsync(Deed deed, long topicId, long from, long into, CancellationToken cancellation)
    {
        var db = deed.Db;
        foreach (var solved in await db.Solutions.Where(s => s.TopicId == topicId).Select(s => new { s.PostId, s.Post.AuthorId }).ToListAsync(cancellation))
            await RecreditAsync(deed, solved.PostId, (solved.AuthorId, from), (solved.AuthorId, into), cancellation);
        await db.Topics.Where(t => t.Id == topicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.AuthorId, into), cancellation);
        if (await db.MeToos.Where(m => m.TopicId == topicId && m.MemberId == into).ExecuteDeleteAsync(cancellation) > 0)
            await db.Topics.Where(t => t.Id == topicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.MeToos, t => t.MeToos - 1), cancellation);
    }

    /// <summary>A solution counts for its author unless they solved their own question: what they are before and after says what changes.</summary>
    private static async Task RecreditAsync(Deed deed, long postId, (long Solver, long Asker) before, (long Solver, long Asker) after, CancellationToken cancellation)
    {
        if (before.Solver != before.Asker)
            await CountAsync(before.Solver, -1);
        if (after.Solver != after.Asker)
            await CountAsync(after.Solver, 1);
        else
        {
            await deed.TakeBackAsync(postId, PointReason.SolutionAccepted, null, cancellation);
            await deed.TakeBackAsync(postId, PointReason.SolutionMarked, null, cancellation);
            await deed.Db.SaveChangesAsync(cancellation);
        }

        Task CountAsync(long memberId, int by) => deed.Db.Users.Where(m => m.Id == memberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Solutions, m => m.Solutions + by), cancellation);
    }

    /// <summary>Has whoever marks or moves in this topic wait until this transaction is through.</summary>
    private static Task RaiseNothingAsync(this Deed deed, long topicId, CancellationToken cancellation) =>
        deed.Db.Topics.Where(t => t.Id == topicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Version, t => t.Version), cancellation);

    /// <summary>Upvotes. Of two for the same post one stays, and none for a post of one's own.</summary>
    public static async Task<int> MoveVotesAsync(Deed deed, MemberMerge merge, CancellationToken cancellation)
    {
        var (db, from, into) = (deed.Db, merge.FromId, merge.IntoId);
        var ids = await db.Votes.Where(v => v.MemberId == from).OrderBy(v => v.PostId).Take(FinishMerges.BatchSize).Select(v => v.PostId).ToListAsync(cancellation);
        foreach (var postId in ids)
        {
            await db.Posts.Where(p => p.Id == postId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Score, p => p.Score), cancellation);
            var post = await db.Posts.Where(p => p.Id == postId).Select(p => new { p.AuthorId, p.Visibility, p.TopicId, p.Topic.BoardId }).SingleAsync(cancellation);
            if (post.AuthorId == into || await db.Votes.AnyAsync(v => v.PostId == postId && v.MemberId == into, cancellation))
            {
                await deed.TakeBackUpvotesAsync(postId, [from], cancellation);
                await db.SaveChangesAsync(cancellation);
                continue;
            }
            var vote = await db.Votes.AsNoTracking().SingleAsync(v => v.PostId == postId && v.MemberId == from, cancellation);
            var before = await db.Votes.Counted(db).AnyAsync(v => v.PostId == postId && v.MemberId == from, cancellation);
            await db.Votes.Where(v => v.PostId == postId && v.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(v => v.MemberId, into), cancellation);
            await db.PointEntries.Where(e => e.PostId == postId && e.Reason == PointReason.Upvote && e.ActorId == from).ExecuteUpdateAsync(set => set.SetProperty(e => e.ActorId, into), cancellation);
            // Whether an upvote counts follows from the age of the account that has it.
            var after = await db.Votes.Counted(db).AnyAsync(v => v.PostId == postId && v.MemberId == into, cancellation);
            if (before != after && post.Visibility == Visibility.Visible)
                await deed.MoveUpvotesAsync(post.BoardId, post.AuthorId, vote.Day, after ? 1 : -1, cancellation);
            deed.Tell(new VoteChanged(post.TopicId, post.BoardId, postId, post.AuthorId, into));
        }
        return ids.Count;
    }

    /// <summary>Lines of the ledger, with their sum.</summary>
    public static async Task<int> MovePointsAsync(Deed deed, MemberMerge merge, CancellationToken cancellation)
    {
        var db = deed.Db;
        var lines = await db.PointEntries.Where(e => e.MemberId == merge.FromId).OrderBy(e => e.At).Take(PointsAtOnce).Select(e => new { e.Id, e.Delta }).ToListAsync(cancellation);
        var (ids, sum) = (lines.ConvertAll(l => l.Id), lines.Sum(l => l.Delta));
        await db.PointEntries.Where(e => ids.Contains(e.Id)).ExecuteUpdateAsync(set => set.SetProperty(e => e.MemberId, merge.IntoId), cancellation);
        await db.Users.Where(m => m.Id == merge.FromId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Points, m => m.Points - sum), cancellation);
        await db.Users.Where(m => m.Id == merge.IntoId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Points, m => m.Points + sum), cancellation);
        return lines.Count;
    }

    /// <summary>How far topics are read: of two marks the one that is further.</summary>
    public static async Task<int> MoveReadMarksAsync(Deed deed, MemberMerge merge, CancellationToken cancellation)
    {
        var (db, from, into) = (deed.Db, merge.FromId, merge.IntoId);
        var topics = await db.ReadMarks.Where(r => r.MemberId == from).OrderBy(r => r.TopicId).Take(PointsAtOnce).Select(r => r.TopicId).ToListAsync(cancellation);
        var marks = db.ReadMarks.Where(r => topics.Contains(r.TopicId));
        await marks.Where(r => r.MemberId == from && db.ReadMarks.Any(o => o.MemberId == into && o.TopicId == r.TopicId && o.Number >= r.Number)).ExecuteDeleteAsync(cancellation);
        await marks.Where(r => r.MemberId == into && db.ReadMarks.Any(o => o.MemberId == from && o.TopicId == r.TopicId)).ExecuteDeleteAsync(cancellation);
        await marks.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        return topics.Count;
    }
}
