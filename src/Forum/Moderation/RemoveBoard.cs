using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>Takes a board away; all its topics move to another one, where its old address leads from then on. A board with others below it stays.</summary>
public sealed class RemoveBoard(ForumWriter writer)
{
    /// <param name="into">Slug of the board that gets the topics; may be left out where there are none.</param>
    public Task<Result<Done>> RunAsync(Actor actor, string slug, string? into, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        var db = deed.Db;
        if ((await db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangeBoards() is { } mayNot)
            return mayNot;
        if (await db.Boards.AsNoTracking().SingleOrDefaultAsync(b => b.Slug == slug, cancellation) is not { } board)
            return Refusal.NotFound;
        if (await db.Boards.AnyAsync(b => b.ParentId == board.Id, cancellation))
            return Refusal.Invalid("There are boards below this one. Put them elsewhere first.", "into");
        var to = string.IsNullOrEmpty(into) ? null : await db.Boards.AsNoTracking().SingleOrDefaultAsync(b => b.Slug == into && b.Id != board.Id, cancellation);
        if (to is null && (!string.IsNullOrEmpty(into) || await db.Topics.AnyAsync(t => t.BoardId == board.Id, cancellation)))
            return Refusal.Invalid("Please choose the board that gets its topics.", "into");

        if (to is not null)
            await MergeAsync(deed, board.Id, to.Id, cancellation);
        await db.BoardModerators.Where(m => m.BoardId == board.Id).ExecuteDeleteAsync(cancellation);
        await db.GroupRights.Where(r => r.BoardId == board.Id).ExecuteDeleteAsync(cancellation);
        await db.BoardTags.Where(t => t.BoardId == board.Id).ExecuteDeleteAsync(cancellation);
        await db.UpvoteDays.Where(d => d.BoardId == board.Id).ExecuteDeleteAsync(cancellation);
        await db.MovedBoards.Where(m => m.BoardId == board.Id).ExecuteDeleteAsync(cancellation);
        await db.Boards.Where(b => b.Id == board.Id).ExecuteDeleteAsync(cancellation);
        if (to is not null)
            db.MovedBoards.Add(new MovedBoard { Slug = board.Slug, BoardId = to.Id });
        deed.Audit("board.removed", note: board.Slug, before: $"{board.Topics} topics", after: to?.Slug);
        deed.Tell(new BoardChanged(board.Id));
        if (to is not null)
            deed.Tell(new BoardReworded(to.Id));
        return new Done();
    }, cancellation);

    /// <summary>Set by set, so that a board of any size moves in one go.</summary>
    private static async Task MergeAsync(Deed deed, long from, long to, CancellationToken cancellation)
    {
        var db = deed.Db;
        // What is said of its topics elsewhere, and what they say of others, is read by others from now on.
        await deed.RenderLinksToBoardAgainAsync(from, cancellation);
        await deed.RenderPostsOfBoardAgainAsync(from, cancellation);
        await db.Topics.Where(t => t.BoardId == from).ExecuteUpdateAsync(set => set.SetProperty(t => t.BoardId, to).SetProperty(t => t.Version, t => t.Version + 1), cancellation);

        var moved = db.UpvoteDays.Where(d => d.BoardId == from);
        await db.UpvoteDays.Where(d => d.BoardId == to && moved.Any(m => m.Day == d.Day && m.MemberId == d.MemberId)).ExecuteUpdateAsync(set => set
            .SetProperty(d => d.Upvotes, d => d.Upvotes + moved.Where(m => m.Day == d.Day && m.MemberId == d.MemberId).Sum(m => m.Upvotes)), cancellation);
        await moved.Where(m => db.UpvoteDays.Any(d => d.BoardId == to && d.Day == m.Day && d.MemberId == m.MemberId)).ExecuteDeleteAsync(cancellation);
        await moved.ExecuteUpdateAsync(set => set.SetProperty(d => d.BoardId, to), cancellation);

        var counted = await db.Boards.Where(b => b.Id == from).Select(b => new { b.Topics, b.Posts, b.Solved }).SingleAsync(cancellation);
        await db.Boards.Where(b => b.Id == to).ExecuteUpdateAsync(set => set
            .SetProperty(b => b.Topics, b => b.Topics + counted.Topics).SetProperty(b => b.Posts, b => b.Posts + counted.Posts).SetProperty(b => b.Solved, b => b.Solved + counted.Solved), cancellation);
        await db.MovedBoards.Where(m => m.BoardId == from).ExecuteUpdateAsync(set => set.SetProperty(m => m.BoardId, to), cancellation);
    }
}
