using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <summary>A board with the boards below it that its reader may read.</summary>
/// <param name="Parent">Slug of the board it stands under; null at the top, and where the reader may not read that one.</param>
/// <param name="Topics">Visible topics on this board alone.</param>
/// <param name="Solved">Of these, the solved ones; 0 where there are no solutions.</param>
/// <param name="Archived">Nothing is added any more.</param>
/// <param name="TakesTopics">The reader, or a visitor who becomes a member, may begin topics here.</param>
public sealed record BoardNode(
    long Id, string Slug, string Name, string Description, BoardKind Kind, ReadAccess Read, string? Parent, int Topics, int Posts, int Solved, bool Archived, bool TakesTopics, IReadOnlyList<BoardNode> Boards)
{
    /// <summary>This board and all below it.</summary>
    public IEnumerable<BoardNode> Whole => Boards.SelectMany(b => b.Whole).Prepend(this);

    /// <summary>Topics here and on the boards below.</summary>
    public int AllTopics => Whole.Sum(b => b.Topics);

    /// <summary>Questions among <see cref="AllTopics"/>.</summary>
    public int AllQuestions => Whole.Where(b => b.Kind == BoardKind.Questions).Sum(b => b.Topics);

    /// <summary>Solved questions among <see cref="AllQuestions"/>.</summary>
    public int AllSolved => Whole.Sum(b => b.Solved);

    public BoardLink Link => new(Id, Slug, Name);
}

/// <summary>A board as a link to it.</summary>
public sealed record BoardLink(long Id, string Slug, string Name);

/// <summary>A board with the way to it from the top.</summary>
public sealed record BoardView(BoardNode Board, IReadOnlyList<BoardLink> Parents);

/// <summary>Reads the tree of boards. There are few of them, so all that the reader may read come in one query.</summary>
public sealed class BoardQueries(IDbContextFactory<ForumDbContext> contexts)
{
    /// <summary>The boards at the top, each with those below it. A board under one that the reader may not read stands at the top.</summary>
    public async Task<IReadOnlyList<BoardNode>> TreeAsync(Rights rights, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var boards = await db.Boards.AsNoTracking().ReadableBy(rights).OrderBy(b => b.Position).ThenBy(b => b.Name).ToListAsync(cancellation);
        var asker = rights.IsMember ? rights : Rights.OfNewMember;
        var byId = boards.ToDictionary(b => b.Id);
        var below = boards.Where(b => b.ParentId is { } parent && byId.ContainsKey(parent)).ToLookup(b => b.ParentId!.Value);
        return [.. boards.Where(b => b.ParentId is not { } parent || !byId.ContainsKey(parent)).Select(b => Node(b, null))];

        BoardNode Node(Board board, string? parent) => new(
            board.Id, board.Slug, board.Name, board.Description, board.Kind, board.Read, parent, board.Topics, board.Posts, board.HasSolutions ? board.Solved : 0, board.Archived, !board.Archived && asker.AsksOn(board),
            [.. below[board.Id].Select(b => Node(b, board.Slug))]);
    }

    /// <summary>A board with all that a manager may change on it; refused with NotFound to others, and where there is none.</summary>
    public async Task<Result<Board>> ManagedAsync(Rights rights, string slug, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return rights.CannotChangeBoards() is null && await db.Boards.AsNoTracking().SingleOrDefaultAsync(b => b.Slug == slug, cancellation) is { } board ? board : Refusal.NotFound;
    }

    /// <summary>The board of that slug with its parents; refused with NotFound where the reader may not read it.</summary>
    public async Task<Result<BoardView>> FindAsync(Rights rights, string slug, CancellationToken cancellation) =>
        Find(await TreeAsync(rights, cancellation), slug, []) is { } view ? view : Refusal.NotFound;

    /// <summary>The slug of the board that has the topics of one that was taken away; null where there was none, or the reader may not read it.</summary>
    public async Task<string?> MovedAsync(Rights rights, string slug, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var wanted = slug.ToLowerInvariant();
        return await db.Boards.ReadableBy(rights).Where(b => db.MovedBoards.Any(m => m.Slug == wanted && m.BoardId == b.Id)).Select(b => b.Slug).SingleOrDefaultAsync(cancellation);
    }

    private static BoardView? Find(IReadOnlyList<BoardNode> boards, string slug, IReadOnlyList<BoardLink> parents)
    {
        foreach (var board in boards)
        {
            if (string.Equals(board.Slug, slug, StringComparison.OrdinalIgnoreCase))
                return new(board, parents);
            if (Find(board.Boards, slug, [.. parents, board.Link]) is { } found)
                return found;
        }
        return null;
    }
}
