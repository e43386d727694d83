using Forum.Data;
using Forum.Members;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Boards;

/// <summary>A member joins an open group, or asks to belong to one that managers decide about. Doing it twice is doing it once.</summary>
public sealed class JoinGroup(ForumWriter writer)
{
    /// <param name="note">Why, for who decides, in at most <see cref="GroupRequest.MaxNoteLength"/> characters; may be left out.</param>
    public Task<Result<Done>> RunAsync(Actor actor, string slug, string? note, CancellationToken cancellation)
    {
        var reason = Typed.Line(note);
        if (reason.Length > GroupRequest.MaxNoteLength)
            return Task.FromResult<Result<Done>>(Refusal.Invalid("Please say it in at most {0} characters.", "note", GroupRequest.MaxNoteLength));
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            if (rights.CannotPost() is { } mayNot)
                return mayNot;
            var memberId = rights.MemberId!.Value;
            if (await db.Groups.SingleOrDefaultAsync(g => g.Slug == slug, cancellation) is not { } group)
                return Refusal.NotFound;
            if (await db.GroupMembers.AnyAsync(m => m.GroupId == group.Id && m.MemberId == memberId, cancellation))
                return new Done();
            if (group.Hidden && !rights.IsManager)
                return Refusal.NotFound;
            if (group.Joining == GroupJoining.Assigned)
                return Refusal.Forbidden("Managers choose who belongs to this group.");
            if (group.Joining == GroupJoining.Open)
            {
                await deed.AddToGroupAsync(group, memberId, cancellation);
                return new Done();
            }
            if (!await db.GroupRequests.AnyAsync(r => r.GroupId == group.Id && r.MemberId == memberId, cancellation))
                db.GroupRequests.Add(new GroupRequest { GroupId = group.Id, MemberId = memberId, Asked = deed.Now, Note = reason.Length > 0 ? reason : null });
            return new Done();
        }, cancellation);
    }
}

/// <summary>A member leaves a group, or no longer asks to belong to it.</summary>
public sealed class LeaveGroup(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string slug, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        var db = deed.Db;
        var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
        if (rights.MemberId is not { } memberId)
            return Refusal.SignInFirst;
        if (await db.Groups.SingleOrDefaultAsync(g => g.Slug == slug, cancellation) is not { } group || !await deed.TakeFromGroupAsync(group, memberId, cancellation) && group.Hidden && !rights.IsManager)
            return Refusal.NotFound;
        return new Done();
    }, cancellation);
}

/// <summary>A manager takes a member into a group, asked or not.</summary>
public sealed class AddToGroup(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string slug, string? handle, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        if (!(await deed.ManagedGroupAsync(slug, cancellation)).Is(out var group, out var refusal) || !(await deed.Db.MemberIdAsync(handle, cancellation)).Is(out var memberId, out refusal))
            return refusal;
        await deed.AddToGroupAsync(group, memberId, cancellation);
        return new Done();
    }, cancellation);
}

/// <summary>A manager takes a member out of a group, or says no to one who asked.</summary>
public sealed class TakeFromGroup(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string slug, string? handle, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        if (!(await deed.ManagedGroupAsync(slug, cancellation)).Is(out var group, out var refusal) || !(await deed.Db.MemberIdAsync(handle, cancellation)).Is(out var memberId, out refusal))
            return refusal;
        await deed.TakeFromGroupAsync(group, memberId, cancellation);
        return new Done();
    }, cancellation);
}

internal static class GroupBelonging
{
    public static async Task AddToGroupAsync(this Deed deed, Group group, long memberId, CancellationToken cancellation)
    {
        var db = deed.Db;
        await db.GroupRequests.Where(r => r.GroupId == group.Id && r.MemberId == memberId).ExecuteDeleteAsync(cancellation);
        if (await db.GroupMembers.AnyAsync(m => m.GroupId == group.Id && m.MemberId == memberId, cancellation))
            return;
        db.GroupMembers.Add(new GroupMember { GroupId = group.Id, MemberId = memberId, Since = deed.Now });
        await CountAsync(deed, group, 1, cancellation);
        deed.Audit("group.joined", memberId: memberId, note: group.Slug);
        await TellAsync(deed, group, memberId, cancellation);
    }

    /// <summary>Whether there was anything to take back.</summary>
    public static async Task<bool> TakeFromGroupAsync(this Deed deed, Group group, long memberId, CancellationToken cancellation)
    {
        var db = deed.Db;
        var asked = await db.GroupRequests.Where(r => r.GroupId == group.Id && r.MemberId == memberId).ExecuteDeleteAsync(cancellation);
        if (await db.GroupMembers.Where(m => m.GroupId == group.Id && m.MemberId == memberId).ExecuteDeleteAsync(cancellation) == 0)
            return asked > 0;
        await CountAsync(deed, group, -1, cancellation);
        deed.Audit("group.left", memberId: memberId, note: group.Slug);
        await TellAsync(deed, group, memberId, cancellation);
        return true;
    }

    /// <summary>Who moderates by the group is shown as staff from now on, or no longer.</summary>
    private static async Task TellAsync(Deed deed, Group group, long memberId, CancellationToken cancellation)
    {
        deed.Tell(new GroupChanged(group.Id));
        if (await deed.Db.GroupRights.AnyAsync(r => r.GroupId == group.Id && (r.Rights & Right.Moderate) != 0, cancellation))
            deed.Tell(new MemberChanged(memberId));
    }

    private static Task CountAsync(Deed deed, Group group, int by, CancellationToken cancellation) =>
        deed.Db.Groups.Where(g => g.Id == group.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.Members, g => g.Members + by), cancellation);
}
