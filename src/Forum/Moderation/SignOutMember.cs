using Forum.Boards;
using Forum.Data;
using Forum.Members;

namespace Forum.Moderation;

/// <summary>An administrator ends all sessions of a member, wherever they are signed in [ASVS 7.4.5].</summary>
public sealed class SignOutMember(ForumWriter writer)
{
    /// <returns>How many sessions there were.</returns>
    public Task<Result<int>> RunAsync(Actor actor, string? handle, CancellationToken cancellation) => writer.RunEvenReadOnlyAsync<int>(actor, async (deed, cancellation) =>
    {
        if ((await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).CannotEndSessions() is { } mayNot)
            return mayNot;
        if (!(await deed.Db.MemberIdAsync(handle, cancellation)).Is(out var id, out var refusal))
            return refusal;
        var ended = await deed.EndSessionsAsync(id, null, cancellation);
        if (ended > 0)
        {
            deed.Note(SecurityEventKind.SessionsEnded, id);
            deed.Audit("member.signed-out", memberId: id);
        }
        return ended;
    }, cancellation);
}
