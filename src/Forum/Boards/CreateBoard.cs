using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <param name="Parent">Slug of the board it stands under; its reading right and language are inherited where <paramref name="Read"/> and <paramref name="Language"/> are null.</param>
public sealed record NewBoard(string? Slug, string? Name, BoardKind Kind = BoardKind.Questions, string? Parent = null, ReadAccess? Read = null, string? Description = null, string? Language = null);

/// <summary>Makes a board.</summary>
public sealed class CreateBoard(ForumWriter writer)
{
    public Task<Result<Board>> RunAsync(Actor actor, NewBoard input, CancellationToken cancellation)
    {
        var slug = input.Slug ?? "";
        var name = Typed.Line(input.Name);
        var description = Typed.Line(input.Description);
        if (slug.Length is 0 or > Board.MaxSlugLength || slug.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-') || slug.Trim('-') != slug)
            return Task.FromResult<Result<Board>>(Refusal.Invalid("A board's address is made of lower-case letters, digits and hyphens, at most {0}.", "slug", Board.MaxSlugLength));
        if ((BoardRules.NameRefusal(name) ?? BoardRules.DescriptionRefusal(description) ?? BoardRules.LanguageRefusal(input.Language)) is { } wrong)
            return Task.FromResult<Result<Board>>(wrong);

        return writer.RunAsync<Board>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            if (rights.CannotChangeBoards() is { } mayNot)
                return mayNot;
            if (await db.Boards.AnyAsync(b => b.Slug == slug, cancellation))
                return new Refusal(RefusalKind.Conflict, "There is a board \"{0}\" already.", "slug", slug);
            if (!(await db.ParentOfAsync(null, input.Parent, cancellation)).Is(out var place, out var stuck))
                return stuck;
            var parent = place.Parent;
            var board = new Board
            {
                Slug = slug,
                Name = name,
                Description = description,
                Kind = input.Kind,
                ParentId = parent?.Id,
                Read = input.Read ?? parent?.Read ?? ReadAccess.Everyone,
                Language = input.Language ?? parent?.Language,
                Position = await db.Boards.CountAsync(cancellation),
            };
            db.Boards.Add(board);
            await db.SaveChangesAsync(cancellation);
            deed.Audit("board.created", note: board.Slug);
            deed.Tell(new BoardChanged(board.Id));
            return board;
        }, cancellation);
    }
}
