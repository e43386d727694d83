using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Solutions;
using Forum.Topics;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>Moves topics and posts, with all that is counted by where they stand.</summary>
internal static class Moving
{
    /// <summary>Makes this deed the only one at work on these topics, in the same order for everybody.</summary>
    public static async Task LockAsync(this Deed deed, IEnumerable<long> topics, CancellationToken cancellation)
    {
        foreach (var id in topics.Distinct().Order())
            await deed.RaiseVersionAsync(id, cancellation);
    }

    /// <summary>A topic that posts are moved to, where the actor moderates that, too.</summary>
    public static async Task<Result<Topic>> TargetAsync(this Deed deed, Rights rights, long topicId, CancellationToken cancellation)
    {
        var topic = await deed.Db.Topics.AsNoTracking().Include(t => t.Board).SingleOrDefaultAsync(t => t.Id == topicId, cancellation);
        if (topic is null || topic.CannotBeReadBy(rights) is not null || topic.Visibility != Visibility.Visible)
            return Refusal.Invalid("There is no such topic.", "Into");
        return rights.Moderates(topic.BoardId) ? topic : new Refusal(RefusalKind.Forbidden, "Only moderators of that board may put posts there.", "Into");
    }

    /// <summary>Puts a topic on another board; the row of the topic is locked by this deed.</summary>
    public static async Task MoveToBoardAsync(this Deed deed, Topic topic, Board to, CancellationToken cancellation)
    {
        var (db, from) = (deed.Db, topic.BoardId);
        await deed.MoveUpvotesAsync(db.Posts.Where(p => p.TopicId == topic.Id), from, to.Id, cancellation);
        await db.Topics.Where(t => t.Id == topic.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.BoardId, to.Id), cancellation);
        if (topic.Visibility == Visibility.Visible)
        {
            var solved = topic.Solved ? 1 : 0;
            // In the order of their ids, so that two who move in opposite directions do not wait for each other.
            foreach (var (board, sign) in new[] { (from, -1), (to.Id, 1) }.OrderBy(b => b.Item1))
                await db.Boards.Where(b => b.Id == board).ExecuteUpdateAsync(set => set
                    .SetProperty(b => b.Topics, b => b.Topics + sign)
                    .SetProperty(b => b.Posts, b => b.Posts + sign * (topic.Replies + 1))
                    .SetProperty(b => b.Solved, b => b.Solved + sign * solved), cancellation);
        }
        // Others read it now, and others read what leads to it.
        await deed.RenderLinksAgainAsync(topic.Id, cancellation);
        await deed.RenderPostsAgainAsync(topic.Id, cancellation);
        deed.Tell(new TopicMoved(topic.Id, to.Id, from));
    }

    /// <summary>Puts posts at the end of another topic, in their order. Both topics are locked by this deed, and come with their boards.</summary>
    /// <param name="numbers">Of the posts, ascending.</param>
    public static async Task MovePostsAsync(this Deed deed, Topic from, IReadOnlyList<int> numbers, Topic to, CancellationToken cancellation)
    {
        var db = deed.Db;
        var last = to.LastNumber;
        var going = db.Posts.Where(p => p.TopicId == from.Id && numbers.Contains(p.Number));
        var marks = await db.Solutions.AsNoTracking().Where(s => s.TopicId == from.Id && going.Any(p => p.Id == s.PostId)).OrderBy(s => s.Slot).ToListAsync(cancellation);
        var doubts = marks.Count == 0 ? [] : await db.Doubts.AsNoTracking().Where(d => going.Any(p => p.Id == d.PostId)).ToListAsync(cancellation);
        foreach (var mark in marks)
            await deed.UnmarkAsync(from, mark.PostId, cancellation);
        db.MovedPosts.AddRange((await going.Select(p => new { p.Id, p.Number }).ToListAsync(cancellation)).Select(p => new MovedPost { TopicId = from.Id, Number = p.Number, PostId = p.Id }));
        await db.SaveChangesAsync(cancellation);
        await RenumberAsync(db, from.Id, numbers, to.Id, last, cancellation);
        await MoveNotesAsync(db, from.Id, to.Id, cancellation);
        await PartAsync(db, from.Id, to.Id, cancellation);

        var moved = db.Posts.Where(p => p.TopicId == to.Id && p.Number > last);
        if (from.BoardId != to.BoardId)
            await deed.MoveUpvotesAsync(moved, from.BoardId, to.BoardId, cancellation);
        var visible = await moved.CountAsync(p => p.Visibility == Visibility.Visible, cancellation);
        foreach (var (topic, sign) in new[] { (from, -1), (to, 1) }.Where(t => t.Item1.Visibility == Visibility.Visible).OrderBy(t => t.Item1.BoardId))
            await db.Boards.Where(b => b.Id == topic.BoardId).ExecuteUpdateAsync(set => set.SetProperty(b => b.Posts, b => b.Posts + sign * visible), cancellation);
        await db.Topics.Where(t => t.Id == to.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastNumber, last + numbers.Count), cancellation);
        await RecountAsync(db, from.Id, cancellation);
        await RecountAsync(db, to.Id, cancellation);
        await MarkAgainAsync(deed, marks, doubts, to, cancellation);
        if (from.BoardId != to.BoardId)
            await deed.RenderPostsAgainAsync(to.Id, cancellation);
        deed.Tell(new PostsMoved(from.Id, from.BoardId));
        deed.Tell(new PostsMoved(to.Id, to.BoardId));
    }

    /// <summary>A topic without posts leads to another one, with those who follow it and what leads to it.</summary>
    public static async Task MergeAwayAsync(this Deed deed, Topic topic, Topic into, CancellationToken cancellation)
    {
        var (db, id, to) = (deed.Db, topic.Id, into.Id);
        if (topic.Visibility == Visibility.Visible)
        {
            await db.Boards.Where(b => b.Id == topic.BoardId).ExecuteUpdateAsync(set => set.SetProperty(b => b.Topics, b => b.Topics - 1), cancellation);
            await deed.CountTagsAsync(id, -1, cancellation);
        }
        await db.MeToos.Where(m => m.TopicId == id && (m.MemberId == into.AuthorId || db.MeToos.Any(o => o.TopicId == to && o.MemberId == m.MemberId))).ExecuteDeleteAsync(cancellation);
        await db.MeToos.Where(m => m.TopicId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.TopicId, to), cancellation);
        await db.Watches.Where(w => w.TopicId == id && db.Watches.Any(o => o.TopicId == to && o.MemberId == w.MemberId)).ExecuteDeleteAsync(cancellation);
        await db.Watches.Where(w => w.TopicId == id).ExecuteUpdateAsync(set => set.SetProperty(w => w.TopicId, to), cancellation);
        await db.Topics.Where(t => t.Id == id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Visibility, Visibility.Deleted).SetProperty(t => t.MeToos, 0).SetProperty(t => t.Score, 0), cancellation);
        await db.Topics.Where(t => t.Id == to).ExecuteUpdateAsync(set => set
            .SetProperty(t => t.MeToos, t => db.MeToos.Count(m => m.TopicId == to)).SetProperty(t => t.Views, t => t.Views + topic.Views), cancellation);

        await deed.RenderLinksAgainAsync(id, cancellation);
        await db.PostLinks.Where(l => l.TopicId == id && (db.PostLinks.Any(o => o.TopicId == to && o.PostId == l.PostId) || db.Posts.Any(p => p.Id == l.PostId && p.TopicId == to))).ExecuteDeleteAsync(cancellation);
        await db.PostLinks.Where(l => l.TopicId == id).ExecuteUpdateAsync(set => set.SetProperty(l => l.TopicId, to), cancellation);
        await db.PostLinks.Where(l => l.TopicId == to && db.Posts.Any(p => p.Id == l.PostId && p.TopicId == to)).ExecuteDeleteAsync(cancellation);
        // A duplicate of what came to it is none any more; other duplicates lead on.
        await db.Closures.Where(c => c.TopicId == id || c.TopicId == to && c.DuplicateOfId == id).ExecuteDeleteAsync(cancellation);
        await deed.LeadDuplicatesOnAsync(id, to, cancellation);
        await db.MergedTopics.Where(m => m.IntoId == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.IntoId, to), cancellation);
        db.MergedTopics.Add(new MergedTopic { TopicId = id, IntoId = to });
    }

    /// <summary>Gives each stretch of posts the numbers after the last one there.</summary>
    private static async Task RenumberAsync(ForumDbContext db, long fromId, IReadOnlyList<int> numbers, long toId, int last, CancellationToken cancellation)
    {
        for (var i = 0; i < numbers.Count;)
        {
            var (first, begun) = (numbers[i], i);
            while (i < numbers.Count && numbers[i] == first + i - begun)
                i++;
            var (end, by) = (numbers[i - 1], last + 1 + begun - first);
            await db.Posts.Where(p => p.TopicId == fromId && p.Number >= first && p.Number <= end)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.TopicId, toId).SetProperty(p => p.Number, p => p.Number + by), cancellation);
        }
    }

    /// <summary>Notes of staff stay with the post that they are about.</summary>
    private static async Task MoveNotesAsync(ForumDbContext db, long fromId, long toId, CancellationToken cancellation)
    {
        var notes = await db.Posts.Where(p => p.TopicId == fromId && p.Number < 0 && p.ReplyTo!.TopicId == toId).OrderByDescending(p => p.Number).Select(p => p.Id).ToListAsync(cancellation);
        if (notes.Count == 0)
            return;
        var lowest = Math.Min(0, await db.Posts.Where(p => p.TopicId == toId).MinAsync(p => p.Number, cancellation));
        foreach (var id in notes)
        {
            var number = --lowest;
            await db.Posts.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.TopicId, toId).SetProperty(p => p.Number, number), cancellation);
        }
    }

    /// <summary>What replied to a post that is in the other topic now replies to its own topic.</summary>
    private static async Task PartAsync(ForumDbContext db, long fromId, long toId, CancellationToken cancellation)
    {
        var parted = db.Posts.Where(p => p.Number > 0 && (p.TopicId == fromId && p.ReplyTo!.TopicId == toId || p.TopicId == toId && p.ReplyTo!.TopicId == fromId));
        var parents = await parted.Select(p => p.ReplyToId!.Value).Distinct().ToListAsync(cancellation);
        if (parents.Count == 0)
            return;
        await parted.ExecuteUpdateAsync(set => set.SetProperty(p => p.ReplyToId, (long?)null), cancellation);
        await db.Posts.Where(p => parents.Contains(p.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.Replies, p => db.Posts.Count(r => r.ReplyToId == p.Id && r.Visibility == Visibility.Visible)), cancellation);
    }

    /// <summary>Counts anew what a topic keeps of its posts; one without posts keeps its times.</summary>
    private static async Task RecountAsync(ForumDbContext db, long topicId, CancellationToken cancellation)
    {
        var posts = db.Posts.Where(p => p.TopicId == topicId && p.Number > 0);
        var replies = await posts.CountAsync(p => p.Number > 1 && p.Visibility == Visibility.Visible, cancellation);
        await db.Topics.Where(t => t.Id == topicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Replies, replies), cancellation);
        if (await posts.Where(p => p.Number == 1 || p.Visibility == Visibility.Visible).OrderByDescending(p => p.Number).Select(p => new { p.Created, p.AuthorId }).FirstOrDefaultAsync(cancellation) is not { } newest)
            return;
        var score = await posts.Where(p => p.Number == 1).Select(p => p.Score).SingleAsync(cancellation);
        await db.Topics.Where(t => t.Id == topicId).ExecuteUpdateAsync(set => set
            .SetProperty(t => t.LastActivity, newest.Created).SetProperty(t => t.LastPosterId, newest.AuthorId).SetProperty(t => t.Score, score), cancellation);
    }

    /// <summary>The first of these marks holds in the topic that has none, with its credit and with what members say of it.</summary>
    private static async Task MarkAgainAsync(Deed deed, List<Solution> marks, List<Doubt> doubts, Topic to, CancellationToken cancellation)
    {
        var db = deed.Db;
        if (marks.Count == 0 || await db.Solutions.AnyAsync(s => s.TopicId == to.Id, cancellation))
            return;
        var ids = marks.ConvertAll(m => m.PostId);
        var posts = await db.Posts.AsNoTracking().Where(p => ids.Contains(p.Id) && p.Number > 1 && p.Visibility == Visibility.Visible).ToListAsync(cancellation);
        if (marks.Find(m => posts.Exists(p => p.Id == m.PostId)) is not { } mark)
            return;
        db.Doubts.AddRange(doubts.Where(d => d.PostId == mark.PostId));
        await deed.MarkAsync(to, posts.Single(p => p.Id == mark.PostId), new Solution
        {
            TopicId = to.Id,
            Slot = 0,
            PostId = mark.PostId,
            MarkedById = mark.MarkedById,
            ByStaff = mark.ByStaff,
            Marked = mark.Marked,
            Outdated = mark.Outdated,
            OutdatedNote = mark.OutdatedNote,
            OutdatedById = mark.OutdatedById,
            SuccessorId = mark.SuccessorId,
            Checked = mark.Checked,
        }, null, cancellation);
    }
}
