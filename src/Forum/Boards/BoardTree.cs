using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <summary>Where a board stands: under another one, or at the top.</summary>
internal sealed record BoardPlacing(Board? Parent);

/// <summary>Keeps the boards a tree that is not too deep.</summary>
internal static class BoardTree
{
    /// <summary>The board of that slug as a parent, none for the top; why not, where a board would stand too deep or under itself.</summary>
    /// <param name="boardId">The board that is put there with all below it; null for one that is made.</param>
    public static async Task<Result<BoardPlacing>> ParentOfAsync(this ForumDbContext db, long? boardId, string? parent, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(parent))
            return new BoardPlacing(null);
        var all = await db.Boards.AsNoTracking().ToDictionaryAsync(b => b.Id, cancellation);
        if (all.Values.SingleOrDefault(b => b.Slug == parent) is not { } under)
            return new Refusal(RefusalKind.NotFound, "There is no board \"{0}\".", "parent", parent);
        var above = new List<long>();
        for (long? at = under.Id; at is { } id; at = all[id].ParentId)
            above.Add(id);
        if (boardId is { } own && above.Contains(own))
            return Refusal.Invalid("A board cannot stand under itself.", "parent");
        if (above.Count + (boardId is { } moved ? Depth(moved) : 1) > Board.MaxDepth)
            return Refusal.Invalid("Boards stand at most {0} deep.", "parent", Board.MaxDepth);
        return new BoardPlacing(under);

        int Depth(long id) => 1 + all.Values.Where(b => b.ParentId == id).Select(b => Depth(b.Id)).DefaultIfEmpty().Max();
    }
}
