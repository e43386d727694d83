using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <summary>How a reader stands to a group.</summary>
public enum Belonging : byte
{
    None,

    /// <summary>Waits for a manager's word.</summary>
    Asked,
    Member,
}

public sealed record GroupView(long Id, string Slug, string Name, string Description, GroupJoining Joining, bool Hidden, int Members, Belonging Mine);

/// <summary>Somebody who would like to belong to a group.</summary>
public sealed record GroupRequestView(Byline Who, string? Note, DateTime Asked);

/// <summary>What a group may do on a board.</summary>
public sealed record GroupRightView(string BoardSlug, string BoardName, Right Rights);

/// <summary>A group as managers see it.</summary>
/// <param name="Requests">The oldest first, at most <see cref="GroupQueries.MaxRequests"/>.</param>
public sealed record ManagedGroup(GroupView Group, IReadOnlyList<GroupRequestView> Requests, IReadOnlyList<GroupRightView> Rights);

/// <summary>Reads groups. A hidden one is there for its members and for managers alone.</summary>
public sealed class GroupQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    /// <summary>Most requests that are shown at once: as they are answered, others move up.</summary>
    public const int MaxRequests = 50;

    /// <summary>All groups that the reader may know of, by name.</summary>
    public async Task<IReadOnlyList<GroupView>> AllAsync(Rights rights, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await Shown(db, rights, Known(db, rights).OrderBy(g => g.Name).ThenBy(g => g.Id)).ToListAsync(cancellation);
    }

    /// <summary>The group of that slug; refused with NotFound where the reader may not know of it.</summary>
    public async Task<Result<GroupView>> FindAsync(Rights rights, string slug, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await Shown(db, rights, Known(db, rights).Where(g => g.Slug == slug)).SingleOrDefaultAsync(cancellation) is { } group ? group : Refusal.NotFound;
    }

    /// <summary>Who belongs to a group that the reader found before, those who have been on the forum longest first.</summary>
    public async Task<Page<Byline>> MembersAsync(GroupView group, string? after, CancellationToken cancellation)
    {
        var from = PageKey.Parse(after)?.Id ?? 0;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rows = await db.GroupMembers.AsNoTracking().Where(m => m.GroupId == group.Id && m.MemberId > from).OrderBy(m => m.MemberId).Take(Paging.PageSize + 1)
            .Select(m => m.Member).Select(BylineRow.Of).ToListAsync(cancellation);
        return new([.. rows.Take(Paging.PageSize).Select(Show)], rows.Count > Paging.PageSize ? new PageKey(0, rows[Paging.PageSize - 1].Id).ToString() : null);
    }

    /// <summary>The groups that a member belongs to, as far as the reader may know of them.</summary>
    public async Task<IReadOnlyList<GroupView>> OfMemberAsync(Rights rights, long memberId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await Shown(db, rights, Known(db, rights).Where(g => db.GroupMembers.Any(m => m.GroupId == g.Id && m.MemberId == memberId)).OrderBy(g => g.Name).ThenBy(g => g.Id)).ToListAsync(cancellation);
    }

    /// <summary>A group with all that a manager decides about; refused with NotFound to others, and where there is none.</summary>
    public async Task<Result<ManagedGroup>> ManagedAsync(Rights rights, string slug, CancellationToken cancellation)
    {
        if (rights.CannotChangeGroups() is not null || !(await FindAsync(rights, slug, cancellation)).Is(out var group, out _))
            return Refusal.NotFound;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var requests = await db.GroupRequests.AsNoTracking().Where(r => r.GroupId == group.Id).OrderBy(r => r.Asked).ThenBy(r => r.MemberId).Take(MaxRequests)
            .Select(r => new { Who = db.Users.Where(m => m.Id == r.MemberId).Select(BylineRow.Of).Single(), r.Note, r.Asked }).ToListAsync(cancellation);
        var given = await db.GroupRights.AsNoTracking().Where(r => r.GroupId == group.Id).OrderBy(r => r.Board.Position).ThenBy(r => r.Board.Name)
            .Select(r => new GroupRightView(r.Board.Slug, r.Board.Name, r.Rights)).ToListAsync(cancellation);
        return new ManagedGroup(group, [.. requests.Select(r => new GroupRequestView(Show(r.Who), r.Note, r.Asked))], given);
    }

    /// <summary>What groups may do on a board, by their names; for managers.</summary>
    public async Task<IReadOnlyList<(string Slug, string Name, Right Rights)>> OnBoardAsync(Rights rights, long boardId, CancellationToken cancellation)
    {
        if (rights.CannotChangeGroups() is not null)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return [.. (await db.GroupRights.AsNoTracking().Where(r => r.BoardId == boardId).OrderBy(r => r.Group.Name).Select(r => new { r.Group.Slug, r.Group.Name, r.Rights }).ToListAsync(cancellation)).Select(r => (r.Slug, r.Name, r.Rights))];
    }

    private Byline Show(BylineRow row) => row.Show(options.Site, clock.GetUtcNow().UtcDateTime);

    private static IQueryable<Group> Known(ForumDbContext db, Rights rights)
    {
        var groups = db.Groups.AsNoTracking();
        if (rights.IsManager)
            return groups;
        var me = rights.MemberId ?? 0;
        return groups.Where(g => !g.Hidden || db.GroupMembers.Any(m => m.GroupId == g.Id && m.MemberId == me));
    }

    private static IQueryable<GroupView> Shown(ForumDbContext db, Rights rights, IQueryable<Group> groups)
    {
        var me = rights.MemberId ?? 0;
        return groups.Select(g => new GroupView(g.Id, g.Slug, g.Name, g.Description, g.Joining, g.Hidden, g.Members,
            db.GroupMembers.Any(m => m.GroupId == g.Id && m.MemberId == me) ? Belonging.Member : db.GroupRequests.Any(r => r.GroupId == g.Id && r.MemberId == me) ? Belonging.Asked : Belonging.None));
    }
}
