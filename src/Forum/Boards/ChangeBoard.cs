using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <summary>What is to be different on a board; what is null stays as it is.</summary>
/// <param name="Kind">Where a board has no solutions any more, marks are kept and not shown.</param>
/// <param name="Read">Who may read it from now on, with all that stands there.</param>
/// <param name="Parent">The slug of the board that it stands under; empty for the top.</param>
/// <param name="Position">Its place among those beside it, from 0; the others make room.</param>
/// <param name="Guidance">What to think of before asking there, in Markdown; empty for nothing.</param>
/// <param name="AskTemplate">What a new topic begins with, in Markdown; empty for nothing.</param>
/// <param name="Language">The language of its posts, such as "de"; empty for the site's. Its topics are indexed anew.</param>
/// <param name="Archived">What is there stays to be read, and nothing is added.</param>
/// <param name="ApprovesNewcomers">What members of trust 0 write there waits until a moderator lets something of theirs stand.</param>
/// <param name="AutoCloseHours">Solved topics are closed so many hours after their last post; 0 leaves them open.</param>
/// <param name="Solutions">Most solutions of one topic, 1 to <see cref="Board.MaxSolutions"/>; marks that are there already stay.</param>
/// <param name="AskFields">The form of a new topic; empty for one free text. Topics that were asked with other fields keep their text.</param>
public sealed record BoardChange(
    string Slug, string? Name = null, string? Description = null, bool? AllowsWiki = null, string? Guidance = null, string? AskTemplate = null, IReadOnlyList<AskField>? AskFields = null, string? Language = null,
    BoardKind? Kind = null, ReadAccess? Read = null, string? Parent = null, int? Position = null, WriteAccess? Ask = null, WriteAccess? Reply = null, bool? Archived = null, bool? ApprovesNewcomers = null,
    int? AutoCloseHours = null, int? Solutions = null);

/// <summary>Changes what a board says about itself and how one asks there.</summary>
public sealed class ChangeBoard(ForumWriter writer)
{
    public Task<Result<Board>> RunAsync(Actor actor, BoardChange change, CancellationToken cancellation)
    {
        var (name, description) = (change.Name is null ? null : Typed.Line(change.Name), change.Description is null ? null : Typed.Line(change.Description));
        var (guidance, template) = (change.Guidance is null ? null : Typed.Text(change.Guidance).Trim(), change.AskTemplate is null ? null : Typed.Text(change.AskTemplate).Trim());
        var fields = change.AskFields?.Select(f => f with { Name = Typed.Line(f.Name), Hint = Typed.Line(f.Hint) }).ToList();
        var wrong = (name is null ? null : BoardRules.NameRefusal(name)) ?? (description is null ? null : BoardRules.DescriptionRefusal(description))
            ?? (guidance is null ? null : BoardRules.GuidanceRefusal(guidance)) ?? (template is null ? null : BoardRules.TemplateRefusal(template)) ?? (fields is null ? null : BoardRules.FieldsRefusal(fields)) ?? BoardRules.LanguageRefusal(change.Language)
            ?? (change.Kind is { } kind && !Enum.IsDefined(kind) ? Refusal.Invalid("Please say what the board is for.", "kind") : null)
            ?? (change.Read is { } read && !Enum.IsDefined(read) ? Refusal.Invalid("Please say who may read the board.", "read") : null)
            ?? (change.Ask is { } ask && !Enum.IsDefined(ask) ? Refusal.Invalid("Please say who may begin topics.", "ask") : null)
            ?? (change.Reply is { } reply && !Enum.IsDefined(reply) ? Refusal.Invalid("Please say who may reply.", "reply") : null)
            ?? (change.AutoCloseHours is < 0 or > Board.MaxAutoCloseHours ? Refusal.Invalid("Please give the hours as a number up to {0}, or 0.", "autoCloseHours", Board.MaxAutoCloseHours) : null)
            ?? (change.Solutions is < 1 or > Board.MaxSolutions ? Refusal.Invalid("A topic may have 1 to {0} solutions.", "solutions", Board.MaxSolutions) : null);
        if (wrong is not null)
            return Task.FromResult<Result<Board>>(wrong);

        return writer.RunAsync<Board>(actor, async (deed, cancellation) =>
        {
            if ((await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangeBoards() is { } mayNot)
                return mayNot;
            var board = await deed.Db.Boards.SingleOrDefaultAsync(b => b.Slug == change.Slug, cancellation);
            if (board is null)
                return new Refusal(RefusalKind.NotFound, "There is no board \"{0}\".", "slug", change.Slug);
            (board.Name, board.Description) = (name ?? board.Name, description ?? board.Description);
            (board.Guidance, board.AskTemplate) = (guidance ?? board.Guidance, template ?? board.AskTemplate);
            if (change.Parent is not null)
            {
                if (!(await deed.Db.ParentOfAsync(board.Id, change.Parent, cancellation)).Is(out var place, out var stuck))
                    return stuck;
                board.ParentId = place.Parent?.Id;
            }
            if (change.Position is { } position)
                await OrderAsync(deed.Db, board, position, cancellation);
            (board.Kind, board.Read) = (change.Kind ?? board.Kind, change.Read ?? board.Read);
            (board.Ask, board.Reply) = (change.Ask ?? board.Ask, change.Reply ?? board.Reply);
            (board.Archived, board.ApprovesNewcomers) = (change.Archived ?? board.Archived, change.ApprovesNewcomers ?? board.ApprovesNewcomers);
            board.AutoCloseHours = change.AutoCloseHours is { } hours ? hours == 0 ? null : hours : board.AutoCloseHours;
            board.Solutions = change.Solutions ?? board.Solutions;
            var language = board.Language;
            if (change.Language is not null)
                board.Language = change.Language.Length == 0 ? null : change.Language;
            board.AllowsWiki = change.AllowsWiki ?? board.AllowsWiki;
            if (fields is not null)
                board.AskFields = AskField.ToJson(fields);
            if (!deed.AuditChanges("board.changed", board, board.Slug))
                return board;
            deed.Tell(new BoardChanged(board.Id));
            if (board.Language != language)
                deed.Tell(new BoardReworded(board.Id));
            return board;
        }, cancellation);
    }

    /// <summary>Gives the board a place among those beside it.</summary>
    private static async Task OrderAsync(ForumDbContext db, Board board, int position, CancellationToken cancellation)
    {
        var others = await db.Boards.Where(b => b.ParentId == board.ParentId && b.Id != board.Id).OrderBy(b => b.Position).ThenBy(b => b.Name).ToListAsync(cancellation);
        others.Insert(Math.Clamp(position, 0, others.Count), board);
        for (var i = 0; i < others.Count; i++)
            others[i].Position = i;
    }
}
