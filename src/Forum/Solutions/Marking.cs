using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Solutions;

/// <summary>The steps of marking and unmarking, inside whichever deed needs them.</summary>
internal static class Marking
{
    /// <summary>
    /// The post with its topic and board, if this actor may mark there. The topic's version is raised first: the row stays locked until
    /// the commit, so that two who mark at once, or one who marks what another deletes, come one after the other.
    /// </summary>
    public static async Task<Result<Post>> MarkableAsync(this Deed deed, Rights rights, long topicId, long postId, CancellationToken cancellation)
    {
        await deed.RaiseVersionAsync(topicId, cancellation);
        var post = await deed.Db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.Id == postId && p.TopicId == topicId, cancellation);
        if (post is null)
            return Refusal.NotFound;
        var closed = await deed.Db.Closures.AnyAsync(c => c.TopicId == topicId, cancellation);
        if ((post.CannotBeReadBy(rights) ?? post.Topic.CannotBeMarkedBy(rights, closed)) is { } refusal)
            return refusal;
        return post;
    }

    /// <summary>Raises the topic's version, which also makes this transaction the only one at work on it.</summary>
    public static Task RaiseVersionAsync(this Deed deed, long topicId, CancellationToken cancellation) =>
        deed.Db.Topics.Where(t => t.Id == topicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Version, t => t.Version + 1), cancellation);

    /// <summary>The asker says that what staff have marked did solve it: the mark is theirs from now on, and so are the points for marking.</summary>
    public static async Task ConfirmAsync(this Deed deed, Topic topic, Post post, CancellationToken cancellation)
    {
        await deed.Db.Solutions.Where(s => s.PostId == post.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.ByStaff, false).SetProperty(s => s.MarkedById, topic.AuthorId), cancellation);
        if (post.AuthorId != topic.AuthorId)
            await deed.GiveAsync(topic.AuthorId, PointReason.SolutionMarked, post.Id, topic.AuthorId, PointEntry.ForMarking, cancellation);
        deed.Audit("solution.confirmed", topic.Id, post.Id, post.AuthorId);
        deed.Tell(new SolutionChanged(topic.Id, topic.BoardId, post.Id));
    }

    /// <summary>Puts a mark on a post, with its credit; the topic is solved from its first one on.</summary>
    /// <param name="note">For the audit trail, or none.</param>
    public static async Task MarkAsync(this Deed deed, Topic topic, Post post, Solution mark, string? note, CancellationToken cancellation)
    {
        var db = deed.Db;
        if (!await db.Topics.Where(t => t.Id == topic.Id).Select(t => t.Solved).SingleAsync(cancellation))
            await deed.SetSolvedAsync(topic, true, cancellation);
        db.Solutions.Add(mark);
        await db.SaveChangesAsync(cancellation);
        await deed.GiveCreditAsync(topic, post, mark.MarkedById, cancellation);
        deed.Audit("solution.accepted", topic.Id, post.Id, post.AuthorId, note);
        deed.Tell(new SolutionChanged(topic.Id, topic.BoardId, post.Id));
    }

    /// <summary>Takes the mark from that post, with its credit, if it has it. The topic stays solved while another one has it.</summary>
    /// <param name="note">For the audit trail, or none.</param>
    public static async Task UnmarkAsync(this Deed deed, Topic topic, long postId, CancellationToken cancellation, string? note = null)
    {
        if (!await deed.TakeMarkAsync(topic, postId, cancellation))
            return;
        var left = deed.Db.Solutions.Where(s => s.TopicId == topic.Id).OrderBy(s => s.Slot);
        var first = await left.AsNoTracking().FirstOrDefaultAsync(cancellation);
        if (first is null)
            await deed.SetSolvedAsync(topic, false, cancellation);
        else if (first.Slot > 0)
            await left.Where(s => s.Slot == first.Slot).ExecuteUpdateAsync(set => set.SetProperty(s => s.Slot, 0), cancellation);
        deed.Audit("solution.unmarked", topic.Id, postId, note: note);
        deed.Tell(new SolutionChanged(topic.Id, topic.BoardId, first?.PostId));
    }

    /// <summary>Takes the mark itself, with its credit and all doubts about it; false where there is none.</summary>
    public static async Task<bool> TakeMarkAsync(this Deed deed, Topic topic, long postId, CancellationToken cancellation)
    {
        if (await deed.Db.Solutions.Where(s => s.TopicId == topic.Id && s.PostId == postId).ExecuteDeleteAsync(cancellation) == 0)
            return false;
        await deed.Db.Doubts.Where(d => d.PostId == postId).ExecuteDeleteAsync(cancellation);
        await deed.TakeCreditBackAsync(topic, postId, cancellation);
        return true;
    }

    public static async Task SetSolvedAsync(this Deed deed, Topic topic, bool solved, CancellationToken cancellation)
    {
        var by = solved ? 1 : -1;
        await deed.Db.Topics.Where(t => t.Id == topic.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Solved, solved), cancellation);
        await deed.RenderLinksAgainAsync(topic.Id, cancellation);
        if (topic.Visibility == Visibility.Visible)
            await deed.Db.Boards.Where(b => b.Id == topic.BoardId).ExecuteUpdateAsync(set => set.SetProperty(b => b.Solved, b => b.Solved + by), cancellation);
    }

    /// <summary>Points and count for the solver, and points for an asker who marks; none for those who solve their own.</summary>
    private static async Task GiveCreditAsync(this Deed deed, Topic topic, Post post, long? markedById, CancellationToken cancellation)
    {
        if (post.AuthorId == topic.AuthorId)
            return;
        await deed.GiveAsync(post.AuthorId, PointReason.SolutionAccepted, post.Id, markedById, PointEntry.ForSolution, cancellation);
        if (markedById == topic.AuthorId)
            await deed.GiveAsync(topic.AuthorId, PointReason.SolutionMarked, post.Id, markedById, PointEntry.ForMarking, cancellation);
        await CountAsync(deed, post.AuthorId, 1, cancellation);
    }

    private static async Task TakeCreditBackAsync(this Deed deed, Topic topic, long postId, CancellationToken cancellation)
    {
        await deed.TakeBackAsync(postId, PointReason.SolutionAccepted, null, cancellation);
        await deed.TakeBackAsync(postId, PointReason.SolutionMarked, null, cancellation);
        var solverId = await deed.Db.Posts.Where(p => p.Id == postId).Select(p => p.AuthorId).SingleAsync(cancellation);
        if (solverId != topic.AuthorId)
            await CountAsync(deed, solverId, -1, cancellation);
    }

    private static Task CountAsync(Deed deed, long memberId, int by, CancellationToken cancellation) =>
        deed.Db.Users.Where(m => m.Id == memberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Solutions, m => m.Solutions + by), cancellation);
}
