using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>What a board asks of the tags of its topics, all of it: what is left out is no longer asked.</summary>
/// <param name="NeedsTag">A new topic carries at least one tag.</param>
/// <param name="OneOf">At least one of these; empty for any.</param>
/// <param name="StaffOnly">Only staff put these on topics there and take them off.</param>
public sealed record BoardTagRule(string Board, bool NeedsTag, IReadOnlyList<string> OneOf, IReadOnlyList<string> StaffOnly);

/// <summary>Says which tags a board asks for and which are for its staff. Topics that are there stay as they are until somebody changes their tags.</summary>
public sealed class SetBoardTags(ForumWriter writer)
{
    /// <summary>Most tags of one kind: more are not read before asking.</summary>
    public const int Max = 10;

    public async Task<Result<Board>> RunAsync(Actor actor, BoardTagRule rule, CancellationToken cancellation)
    {
        if (!TagNames.Read(rule.OneOf, Max, nameof(rule.OneOf)).Is(out var oneOf, out var refusal) || !TagNames.Read(rule.StaffOnly, Max, nameof(rule.StaffOnly)).Is(out var staffOnly, out refusal))
            return refusal;

        return await writer.RunAsync<Board>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            if ((await db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangeBoards() is { } mayNot)
                return mayNot;
            var board = await db.Boards.SingleOrDefaultAsync(b => b.Slug == rule.Board, cancellation);
            if (board is null)
                return new Refusal(RefusalKind.NotFound, "There is no board \"{0}\".", "slug", rule.Board);
            if (!(await FindAsync(db, oneOf, nameof(rule.OneOf), cancellation)).Is(out var some, out var unknown) || !(await FindAsync(db, staffOnly, nameof(rule.StaffOnly), cancellation)).Is(out var staffs, out unknown))
                return unknown;

            if (rule.NeedsTag && some.Count == 0 && !await db.Tags.AnyAsync(t => t.SynonymOfId == null && (t.Kept || t.Topics > 0), cancellation))
                return Refusal.Invalid("There is no tag yet that members could choose. Make one first.", nameof(rule.NeedsTag));
            board.NeedsTag = rule.NeedsTag || some.Count > 0;
            var wanted = some.Select(id => (Id: id, Use: BoardTagUse.OneOf)).Concat(staffs.Select(id => (Id: id, Use: BoardTagUse.StaffOnly))).ToHashSet();
            var held = await db.BoardTags.Where(b => b.BoardId == board.Id).ToListAsync(cancellation);
            db.BoardTags.RemoveRange(held.Where(b => !wanted.Contains((b.TagId, b.Use))));
            db.BoardTags.AddRange(wanted.Except(held.Select(b => (Id: b.TagId, b.Use))).Select(w => new BoardTag { BoardId = board.Id, TagId = w.Id, Use = w.Use }));
            if (!db.ChangeTracker.HasChanges())
                return board;
            deed.Audit("board.tags", note: $"{board.Slug}: {(oneOf.Count > 0 ? $"one of {string.Join(' ', oneOf)}" : board.NeedsTag ? "any" : "none")} needed");
            deed.Audit("board.tags", note: $"{board.Slug}: {(staffOnly.Count > 0 ? string.Join(' ', staffOnly) : "none")} for staff only");
            deed.Tell(new BoardChanged(board.Id));
            return board;
        }, cancellation);
    }

    private static async Task<Result<IReadOnlyList<long>>> FindAsync(ForumDbContext db, IReadOnlyList<string> names, string field, CancellationToken cancellation)
    {
        var ids = new SortedSet<long>();
        foreach (var name in names)
        {
            var id = await db.TagsNamed(name).Select(t => t.Id).SingleOrDefaultAsync(cancellation);
            if (id == 0)
                return Refusal.Invalid("There is no tag “{0}”. Make it first.", field, name);
            ids.Add(id);
        }
        return Result<IReadOnlyList<long>>.Of([.. ids]);
    }
}
