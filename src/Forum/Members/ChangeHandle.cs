using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>Gives a member another handle, as they wish. The one they had stays theirs and leads to them; mentions follow.</summary>
public sealed class ChangeHandle(ForumWriter writer)
{
    /// <summary>Between two changes: whoever changed daily could not be known again by those who read here, and each change goes through all posts that mention them.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromDays(30);

    /// <returns>The handle as it is now.</returns>
    public Task<Result<string>> RunAsync(Actor actor, string? wanted, Caller caller, CancellationToken cancellation) => writer.RunAsync<string>(actor, async (deed, cancellation) =>
    {
        if (await deed.Db.Users.SingleOrDefaultAsync(m => m.Id == actor.MemberId, cancellation) is not { } member)
            return Refusal.SignInFirst;
        if (member.SuspendedUntil > deed.Now)
            return Refusal.Forbidden("Your account is suspended. You can read, but not write.");
        if (member.Handle == Handles.Clean(wanted))
            return member.Handle;
        if (await deed.Db.LastChangeOfHandleAsync(member.Id, cancellation) + Between is { } next && next > deed.Now)
            return Refusal.Invalid("A handle is changed once in {0} days. Please wait {1} more.", "Handle", Between.Days, Math.Ceiling((next - deed.Now).TotalDays));
        return await deed.RenameAsync(member, wanted, caller, cancellation) is { } refusal ? refusal : member.Handle;
    }, cancellation);
}

internal static class Renaming
{
    /// <summary>When the member changed their handle last; null when they never did.</summary>
    public static Task<DateTime?> LastChangeOfHandleAsync(this ForumDbContext db, long memberId, CancellationToken cancellation) =>
        db.FormerHandles.Where(f => f.MemberId == memberId).MaxAsync(f => (DateTime?)f.Left, cancellation);

    /// <summary>Gives the member that handle, unless it is none or another member has or had it.</summary>
    public static async Task<Refusal?> RenameAsync(this Deed deed, Member member, string? wanted, Caller caller, CancellationToken cancellation)
    {
        var db = deed.Db;
        var handle = Handles.Clean(wanted);
        if (Handles.Refusal(handle) is { } refusal)
            return refusal;
        if (await db.OfHandle(handle).AnyAsync(m => m.Id != member.Id, cancellation))
            return Refusal.Invalid("This handle is taken. Please choose another.", "Handle");
        var (before, after) = (member.NormalizedUserName!, Handles.Normalize(handle));
        if (before != after)
        {
            if (await db.FormerHandles.SingleOrDefaultAsync(f => f.Normalized == after, cancellation) is { } again)
                db.FormerHandles.Remove(again);
            db.FormerHandles.Add(new FormerHandle { Normalized = before, MemberId = member.Id, Left = deed.Now, NextPost = 0 });
        }
        (member.UserName, member.NormalizedUserName) = (handle, after);
        await deed.RenewSessionsAsync(member.Id, cancellation);
        deed.Note(SecurityEventKind.HandleChanged, member.Id, caller);
        deed.Tell(new MemberChanged(member.Id));
        return null;
    }
}
