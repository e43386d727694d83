using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <param name="Parent">Slug of the board it stands under; what is not said here is inherited, and so is what groups may do.</param>
public sealed record NewBoard(string? Slug, string? Name, BoardKind Kind = BoardKind.Questions, string? Parent = null, ReadAccess? Read = null, string? Description = null, string? Language = null);

/// <summary>Makes a board.</summary>
public sealed class CreateBoard(ForumWriter writer)
{
    public Task<Result<Board>> RunAsync(Actor actor, NewBoard input, CancellationToken cancellation)
    {
        var name = Typed.Line(input.Name);
        var description = Typed.Line(input.Description);
        if ((BoardRules.SlugRefusal(input.Slug, Board.MaxSlugLength) ?? BoardRules.NameRefusal(name) ?? BoardRules.DescriptionRefusal(description) ?? BoardRules.LanguageRefusal(input.Language)) is { } wrong)
            return Task.FromResult<Result<Board>>(wrong);

        var slug = input.Slug!;
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
                Ask = parent?.Ask ?? WriteAccess.Members,
                Reply = parent?.Reply ?? WriteAccess.Members,
                ApprovesNewcomers = parent?.ApprovesNewcomers ?? false,
                AutoCloseHours = parent?.AutoCloseHours,
                Solutions = parent?.Solutions ?? 1,
                Language = input.Language ?? parent?.Language,
                Position = await db.Boards.CountAsync(cancellation),
            };
            await db.MovedBoards.Where(m => m.Slug == slug).ExecuteDeleteAsync(cancellation);
            db.Boards.Add(board);
            await db.SaveChangesAsync(cancellation);
            if (parent is not null)
                foreach (var right in await db.GroupRights.Where(r => r.BoardId == parent.Id).ToListAsync(cancellation))
                    db.GroupRights.Add(new GroupRight { GroupId = right.GroupId, BoardId = board.Id, Rights = right.Rights });
            deed.Audit("board.created", note: board.Slug);
            deed.Tell(new BoardChanged(board.Id));
            return board;
        }, cancellation);
    }
}
