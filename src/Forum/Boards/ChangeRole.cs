using Forum.Data;
using Forum.Members;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <summary>Gives a member a role of the site, or makes them moderator of one board. Giving twice is giving once.</summary>
public sealed class GrantRole(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string handle, SiteRole role, string? board, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, (deed, cancellation) => deed.ChangeRoleAsync(handle, role, board, grant: true, cancellation), cancellation);
}

/// <summary>Takes a role away; the last administrator keeps theirs.</summary>
public sealed class RevokeRole(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string handle, SiteRole role, string? board, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, (deed, cancellation) => deed.ChangeRoleAsync(handle, role, board, grant: false, cancellation), cancellation);
}

internal static class RoleChanges
{
    public static async Task<Result<Done>> ChangeRoleAsync(this Deed deed, string handle, SiteRole role, string? board, bool grant, CancellationToken cancellation)
    {
        var db = deed.Db;
        if ((await db.RightsOfAsync(deed.Actor, deed.Now, cancellation)).CannotChangeRoles() is { } mayNot)
            return mayNot;
        if (!SiteRoles.All.Contains(role))
            return Refusal.Invalid("The roles are admin, manager, moderator and staff.", "role");
        var member = await db.OfHandle(handle).SingleOrDefaultAsync(cancellation);
        if (member is null)
            return Refusal.Invalid("There is no member with the handle \"{0}\".", "handle", handle);

        if (board is not null)
        {
            if (role != SiteRole.Moderator)
                return Refusal.Invalid("Only the role moderator can be given for one board.", "board");
            if (await db.Boards.Where(b => b.Slug == board).Select(b => (long?)b.Id).SingleOrDefaultAsync(cancellation) is not { } boardId)
                return Refusal.Invalid("There is no board \"{0}\".", "board", board);
            await ChangeBoardAsync(db, boardId, member.Id, grant, cancellation);
        }
        else if (await db.ChangeRoleAsync(member, role, grant, cancellation) is { } refusal)
        {
            return refusal;
        }
        await deed.NoteRoleAsync(member, board is null ? role.Key() : $"{role.Key()} of {board}", grant, null, cancellation);
        return new Done();
    }

    /// <summary>Gives or takes a role as somebody else decides who has it; what is so already stays unsaid.</summary>
    /// <param name="by">Who decides.</param>
    public static async Task FollowRoleAsync(this Deed deed, Member member, SiteRole role, bool grant, string by, CancellationToken cancellation)
    {
        if (member.Roles.HasFlag(role) != grant && await deed.Db.ChangeRoleAsync(member, role, grant, cancellation) is null)
            await deed.NoteRoleAsync(member, role.Key(), grant, by, cancellation);
    }

    private static async Task NoteRoleAsync(this Deed deed, Member member, string what, bool grant, string? by, CancellationToken cancellation)
    {
        // No id of a session lasts from one power into another [ASVS 7.2.4].
        await deed.RenewSessionsAsync(member.Id, cancellation);
        deed.Audit(grant ? "role.granted" : "role.revoked", memberId: member.Id, note: by, before: grant ? null : what, after: grant ? what : null);
        deed.Tell(new MemberChanged(member.Id));
    }

    private static async Task ChangeBoardAsync(ForumDbContext db, long boardId, long memberId, bool grant, CancellationToken cancellation)
    {
        var row = await db.BoardModerators.SingleOrDefaultAsync(m => m.BoardId == boardId && m.MemberId == memberId, cancellation);
        if (grant && row is null)
            db.BoardModerators.Add(new BoardModerator { BoardId = boardId, MemberId = memberId });
        else if (!grant && row is not null)
            db.BoardModerators.Remove(row);
    }
}
