using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>The boards that a member may begin a topic on.</summary>
public sealed class BoardChoices(IDbContextFactory<ForumDbContext> contexts)
{
    public async Task<IReadOnlyList<BoardLink>> ForAsync(Rights rights, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var boards = await db.Boards.AsNoTracking().ReadableBy(rights).OrderBy(b => b.Position).ThenBy(b => b.Name).ToListAsync(cancellation);
        return [.. boards.Where(b => b.CannotBePostedOn(rights) is null).Select(b => new BoardLink(b.Id, b.Slug, b.Name))];
    }
}
