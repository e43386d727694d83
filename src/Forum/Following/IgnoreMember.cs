using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Following;

/// <summary>Folds what somebody writes, for one reader. Nobody else learns of it; staff are read by everybody.</summary>
public sealed class IgnoreMember(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string? handle, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        var db = deed.Db;
        if ((await db.RightsOfAsync(actor, deed.Now, cancellation)).MemberId is not { } me)
            return Refusal.SignInFirst;
        if (!(await db.MemberIdAsync(handle, cancellation)).Is(out var id, out var refusal))
            return refusal;
        if (id == me)
            return Refusal.Invalid("You cannot ignore yourself.");
        if (await db.Users.AnyAsync(m => m.Id == id && m.Roles != SiteRole.None, cancellation) || await db.ModeratorsOfBoards.ContainsAsync(id, cancellation))
            return Refusal.Forbidden("Staff cannot be ignored: what they write is for everybody.");
        if (await db.Ignorings.AnyAsync(i => i.MemberId == me && i.IgnoredId == id, cancellation))
            return new Done();
        if (await db.Ignorings.CountAsync(i => i.MemberId == me, cancellation) >= Ignoring.Max)
            return Refusal.Forbidden("You ignore {0} members, which is all there may be. Read one of them again first.", Ignoring.Max);
        db.Ignorings.Add(new() { MemberId = me, IgnoredId = id, Since = deed.Now });
        return new Done();
    }, cancellation);
}

/// <summary>Has what somebody writes shown again. Doing it twice is doing it once.</summary>
public sealed class StopIgnoring(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, string? handle, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        if (actor.MemberId is not { } me)
            return Refusal.SignInFirst;
        if (!(await deed.Db.MemberIdAsync(handle, cancellation)).Is(out var id, out var refusal))
            return refusal;
        await deed.Db.Ignorings.Where(i => i.MemberId == me && i.IgnoredId == id).ExecuteDeleteAsync(cancellation);
        return new Done();
    }, cancellation);
}
