using System.Linq.Expressions;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Outbox;
using Forum.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Forum.Jobs;

/// <summary>A number kept beside the facts that it can be counted from: the same expression finds the wrong ones and mends them.</summary>
internal sealed class Counter<T, TValue>(
    string what, Expression<Func<T, TValue>> kept, Func<ForumDbContext, Expression<Func<T, TValue>>> counted, Func<ForumDbContext, IQueryable<T>>? among = null) : Check where T : class
{
    public override async Task<Finding?> RunAsync(IDbContextFactory<ForumDbContext> contexts, ForumWriter? writer, Actor actor, CancellationToken cancellation)
    {
        List<long> wrong;
        await using (var db = await contexts.CreateDbContextAsync(cancellation))
            wrong = await Wrong(db).Select(r => EF.Property<long>(r, "Id")).ToListAsync(cancellation);
        wrong.Sort();
        return await FinishAsync(what, wrong, id => id, writer, actor, MendAsync, cancellation);
    }

    internal IQueryable<T> Wrong(ForumDbContext db)
    {
        var row = kept.Parameters[0];
        var recount = counted(db);
        var body = ReplacingExpressionVisitor.Replace(recount.Parameters[0], row, recount.Body);
        return (among?.Invoke(db) ?? db.Set<T>()).Where(Expression.Lambda<Func<T, bool>>(Expression.NotEqual(kept.Body, body), row));
    }

    private async Task MendAsync(Deed deed, long[] ids, CancellationToken cancellation)
    {
        await deed.Db.Set<T>().Where(r => ids.Contains(EF.Property<long>(r, "Id")))
            .ExecuteUpdateAsync(set => set.SetProperty(kept, counted(deed.Db)), cancellation);
        if (typeof(T) != typeof(Topic))
            return;
        foreach (var topic in await deed.Db.Topics.Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, t.BoardId }).ToListAsync(cancellation))
            deed.Tell(new TopicsImported(topic.Id, topic.Id, topic.BoardId));
    }
}

internal static class Counters
{
    /// <summary>Every counter of the forum but the buckets of leaderboards. What is hidden or deleted counts nowhere.</summary>
    public static readonly IReadOnlyList<Check> All =
    [
        new Counter<Topic, Visibility>("topics whose first post is hidden or deleted and they are not, or the other way round", t => t.Visibility,
            db => t => db.Posts.Where(p => p.TopicId == t.Id && p.Number == 1).Select(p => p.Visibility).FirstOrDefault(), Begun),
        new Counter<Post, int>("posts with a wrong score", p => p.Score, db => p => p.ImportedScore + db.Votes.Count(v => v.PostId == p.Id)),
        new Counter<Post, int>("posts with a wrong number of replies", p => p.Replies, db => p => db.Posts.Count(r => r.ReplyToId == p.Id && r.Visibility == Visibility.Visible)),
        new Counter<Topic, int>("topics with a wrong number of members who have the question too", t => t.MeToos, db => t => db.MeToos.Count(m => m.TopicId == t.Id)),
        new Counter<Topic, int>("topics with a wrong number of replies", t => t.Replies,
            db => t => db.Posts.Count(p => p.TopicId == t.Id && p.Number > 1 && p.Visibility == Visibility.Visible)),
        new Counter<Topic, int>("topics with a wrong last number", t => t.LastNumber,
            db => t => db.Posts.Where(p => p.TopicId == t.Id).Select(p => p.Number).Concat(db.MovedPosts.Where(m => m.TopicId == t.Id).Select(m => m.Number)).OrderByDescending(n => n).FirstOrDefault(), Begun),
        new Counter<Topic, int>("topics with a wrong score", t => t.Score,
            db => t => db.Posts.Where(p => p.TopicId == t.Id && p.Number == 1).Select(p => p.Score).FirstOrDefault(), Begun),
        new Counter<Topic, DateTime>("topics with a wrong time of last activity", t => t.LastActivity,
            db => t => db.Posts.Where(p => p.TopicId == t.Id && (p.Number == 1 || p.Visibility == Visibility.Visible)).OrderByDescending(p => p.Number).Select(p => p.Created).FirstOrDefault(), Begun),
        new Counter<Topic, long>("topics with a wrong last poster", t => t.LastPosterId,
            db => t => db.Posts.Where(p => p.TopicId == t.Id && (p.Number == 1 || p.Visibility == Visibility.Visible)).OrderByDescending(p => p.Number).Select(p => p.AuthorId).FirstOrDefault(), Begun),
        new Counter<Topic, bool>("topics wrongly solved or unsolved", t => t.Solved, db => t => db.Solutions.Any(s => s.TopicId == t.Id)),
        new Counter<Board, int>("boards with a wrong number of topics", b => b.Topics, db => b => db.Topics.Count(t => t.BoardId == b.Id && t.Visibility == Visibility.Visible)),
        new Counter<Board, int>("boards with a wrong number of posts", b => b.Posts,
            db => b => db.Posts.Count(p => p.Topic.BoardId == b.Id && p.Topic.Visibility == Visibility.Visible && p.Visibility == Visibility.Visible)),
        new Counter<Board, int>("boards with a wrong number of solved topics", b => b.Solved,
            db => b => db.Topics.Count(t => t.BoardId == b.Id && t.Visibility == Visibility.Visible && t.Solved)),
        new Counter<Tag, int>("tags with a wrong number of topics", t => t.Topics, db => t => db.TopicTags.Count(x => x.TagId == t.Id && x.Topic.Visibility == Visibility.Visible)),
        new Counter<Member, int>("members with a wrong number of posts", m => m.Posts, db => m => db.Posts.Count(p => p.AuthorId == m.Id && p.Visibility == Visibility.Visible)),
        new Counter<Member, int>("members whose points are not the sum of their ledger", m => m.Points, db => m => db.PointEntries.Where(e => e.MemberId == m.Id).Sum(e => e.Delta)),
        new Counter<Member, int>("members with a wrong number of solutions", m => m.Solutions,
            db => m => db.Posts.Count(p => p.AuthorId == m.Id && p.Topic.AuthorId != m.Id && db.Solutions.Any(s => s.PostId == p.Id))),
        new Counter<Member, int>("members with a wrong number of topics read", m => m.TopicsRead, db => m => db.ReadMarks.Count(r => r.MemberId == m.Id)),
        new Counter<Group, int>("groups with a wrong number of members", g => g.Members, db => g => db.GroupMembers.Count(m => m.GroupId == g.Id)),
        new Counter<Badge, int>("badges with a wrong number of holders", b => b.Holders, db => b => db.MemberBadges.Count(h => h.BadgeId == b.Id)),
        // What is older than the days that are kept is in these two alone, so they may be more than the days say.
        new Counter<Member, int>("members with fewer days visited than are on record", m => m.DaysVisited,
            db => m => m.DaysVisited < db.VisitDays.Count(d => d.MemberId == m.Id) ? db.VisitDays.Count(d => d.MemberId == m.Id) : m.DaysVisited),
        new Counter<Member, int>("members with fewer posts read than are on record", m => m.PostsRead,
            db => m => m.PostsRead < db.VisitDays.Where(d => d.MemberId == m.Id).Sum(d => d.PostsRead) ? db.VisitDays.Where(d => d.MemberId == m.Id).Sum(d => d.PostsRead) : m.PostsRead),
    ];

    /// <summary>Topics that have their first post: without it there is nothing to count from.</summary>
    private static IQueryable<Topic> Begun(ForumDbContext db) => db.Topics.Where(t => db.Posts.Any(p => p.TopicId == t.Id && p.Number == 1));
}
