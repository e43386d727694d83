using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <summary>Somebody of the staff.</summary>
/// <param name="Boards">Boards that they moderate by appointment.</param>
/// <param name="Title">As it was set; null where the role's own name speaks.</param>
public sealed record StaffRow(Byline Who, SiteRole Roles, IReadOnlyList<BoardLink> Boards, string? Title, string? Signature);

/// <summary>Reads who is staff, for administrators.</summary>
public sealed class StaffQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    /// <summary>Everybody with a role of the site or of a board, by what they may do and then by handle. Refused with NotFound to whoever grants no roles.</summary>
    public async Task<Result<IReadOnlyList<StaffRow>>> AllAsync(Rights rights, CancellationToken cancellation)
    {
        if (rights.CannotChangeRoles() is not null)
            return Refusal.NotFound;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var members = await db.Users.AsNoTracking().Where(m => m.Roles != SiteRole.None || db.BoardModerators.Any(b => b.MemberId == m.Id))
            .Select(m => new { m.Roles, m.StaffTitle, m.Signature, Who = db.Users.Where(u => u.Id == m.Id).Select(BylineRow.Of).Single() }).ToListAsync(cancellation);
        var boards = (await db.BoardModerators.AsNoTracking().Join(db.Boards, m => m.BoardId, b => b.Id, (m, b) => new { m.MemberId, b.Id, b.Slug, b.Name }).OrderBy(b => b.Name).ToListAsync(cancellation))
            .ToLookup(b => b.MemberId, b => new BoardLink(b.Id, b.Slug, b.Name));
        var now = clock.GetUtcNow().UtcDateTime;
        return Result<IReadOnlyList<StaffRow>>.Of([.. members.OrderByDescending(m => m.Roles).ThenBy(m => m.Who.Handle, StringComparer.OrdinalIgnoreCase)
            .Select(m => new StaffRow(m.Who.Show(options.Site, now, boards[m.Who.Id].Any()), m.Roles, [.. boards[m.Who.Id]], m.StaffTitle, m.Signature))]);
    }
}
