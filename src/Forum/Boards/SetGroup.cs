using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <param name="Hidden">Only those who are in it and managers know of it.</param>
public sealed record GroupInput(string? Name, string? Description, GroupJoining Joining, bool Hidden = false);

/// <summary>Makes a group.</summary>
public sealed class CreateGroup(ForumWriter writer)
{
    /// <param name="slug">Lower-case letters, digits and hyphens; it stays.</param>
    public Task<Result<Group>> RunAsync(Actor actor, string? slug, GroupInput input, CancellationToken cancellation)
    {
        var (name, description) = (Typed.Line(input.Name), Typed.Line(input.Description));
        if ((BoardRules.SlugRefusal(slug, Group.MaxSlugLength) ?? GroupRules.Refusal(input, name, description)) is { } wrong)
            return Task.FromResult<Result<Group>>(wrong);
        return writer.RunAsync<Group>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            if ((await db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangeGroups() is { } mayNot)
                return mayNot;
            if (await db.Groups.AnyAsync(g => g.Slug == slug, cancellation))
                return new Refusal(RefusalKind.Conflict, "There is a group \"{0}\" already.", "slug", slug!);
            if (await db.Groups.CountAsync(cancellation) >= Group.MaxGroups)
                return Refusal.Invalid("There are {0} groups, which is all there may be. Take one away first.", "slug", Group.MaxGroups);
            var group = new Group { Slug = slug!, Name = name, Description = description, Joining = input.Joining, Hidden = input.Hidden };
            db.Groups.Add(group);
            await db.SaveChangesAsync(cancellation);
            deed.Audit("group.created", note: group.Slug);
            deed.Tell(new GroupChanged(group.Id));
            return group;
        }, cancellation);
    }
}

/// <summary>Changes what a group says about itself and how one joins it.</summary>
public sealed class ChangeGroup(ForumWriter writer)
{
    public Task<Result<Group>> RunAsync(Actor actor, string slug, GroupInput input, CancellationToken cancellation)
    {
        var (name, description) = (Typed.Line(input.Name), Typed.Line(input.Description));
        if (GroupRules.Refusal(input, name, description) is { } wrong)
            return Task.FromResult<Result<Group>>(wrong);
        return writer.RunAsync<Group>(actor, async (deed, cancellation) =>
        {
            if (!(await deed.ManagedGroupAsync(slug, cancellation)).Is(out var group, out var refusal))
                return refusal;
            (group.Name, group.Description, group.Joining, group.Hidden) = (name, description, input.Joining, input.Hidden);
            if (!deed.AuditChanges("group.changed", group, group.Slug))
                return group;
            deed.Tell(new GroupChanged(group.Id));
            return group;
        }, cancellation);
    }
}

/// <summary>Takes a group away, with what its members could do by it. Doing it twice is doing it once.</summary>
public sealed class RemoveGroup(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string slug, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        if (!(await deed.ManagedGroupAsync(slug, cancellation)).Is(out var group, out var refusal))
            return refusal.Kind == RefusalKind.NotFound ? new Done() : refusal;
        var (db, id) = (deed.Db, group.Id);
        foreach (var boardId in await db.GroupRights.Where(r => r.GroupId == id).Select(r => r.BoardId).ToListAsync(cancellation))
            deed.Tell(new BoardChanged(boardId));
        await db.GroupRights.Where(r => r.GroupId == id).ExecuteDeleteAsync(cancellation);
        await db.GroupRequests.Where(r => r.GroupId == id).ExecuteDeleteAsync(cancellation);
        await db.GroupMembers.Where(m => m.GroupId == id).ExecuteDeleteAsync(cancellation);
        db.Groups.Remove(group);
        deed.Audit("group.removed", note: group.Slug);
        deed.Tell(new GroupChanged(id));
        return new Done();
    }, cancellation);
}

/// <summary>Says what the members of a group may do on a board; nothing takes it back.</summary>
public sealed class GiveGroupRights(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string slug, string? board, Right rights, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        if (!(await deed.ManagedGroupAsync(slug, cancellation)).Is(out var group, out var refusal))
            return refusal;
        var db = deed.Db;
        if (await db.Boards.Where(b => b.Slug == board).Select(b => (long?)b.Id).SingleOrDefaultAsync(cancellation) is not { } boardId)
            return Refusal.Invalid("Please choose a board.", "board");
        if ((rights & ~BoardRights.Each.Aggregate((all, one) => all | one)) != 0)
            return Refusal.Invalid("Please choose from the list what the group may do.", "rights");
        var row = await db.GroupRights.SingleOrDefaultAsync(r => r.GroupId == group.Id && r.BoardId == boardId, cancellation);
        var before = row?.Rights ?? Right.None;
        if (before == rights)
            return new Done();
        if (row is null)
            db.GroupRights.Add(new GroupRight { GroupId = group.Id, BoardId = boardId, Rights = rights });
        else if (rights == Right.None)
            db.GroupRights.Remove(row);
        else
            row.Rights = rights;
        deed.Audit("group.rights", note: $"{group.Slug}, {board}", before: before.ToString(), after: rights.ToString());
        deed.Tell(new BoardChanged(boardId));
        return new Done();
    }, cancellation);
}

internal static class GroupRules
{
    public static Refusal? Refusal(GroupInput input, string name, string description) =>
        name.Length is 0 or > Group.MaxNameLength ? Forum.Refusal.Invalid("Please name the group, in at most {0} characters.", "name", Group.MaxNameLength)
        : description.Length > Group.MaxDescriptionLength ? Forum.Refusal.Invalid("Please describe the group in at most {0} characters.", "description", Group.MaxDescriptionLength)
        : !Enum.IsDefined(input.Joining) ? Forum.Refusal.Invalid("Please say how one joins the group.", "joining")
        : null;

    /// <summary>The group of that slug, for a manager; its row is at hand to be changed.</summary>
    public static async Task<Result<Group>> ManagedGroupAsync(this Deed deed, string slug, CancellationToken cancellation)
    {
        if ((await deed.Db.RightsOfAsync(deed.Actor, deed.Now, cancellation)).CannotChangeGroups() is { } mayNot)
            return mayNot;
        return await deed.Db.Groups.SingleOrDefaultAsync(g => g.Slug == slug, cancellation) is { } group ? group : Forum.Refusal.NotFound;
    }
}
