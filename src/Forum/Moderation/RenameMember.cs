using Forum.Boards;
using Forum.Data;
using Forum.Members;

namespace Forum.Moderation;

/// <summary>A moderator gives a member another handle, where theirs offends or misleads; to staff, an administrator. It may be done at any time.</summary>
public sealed class RenameMember(ForumWriter writer)
{
    /// <param name="reason">For the record; at most <see cref="AuditEntry.MaxNoteLength"/> characters.</param>
    /// <returns>The handle as it is now.</returns>
    public Task<Result<string>> RunAsync(Actor actor, string? handle, string? wanted, string? reason, CancellationToken cancellation)
    {
        if (!AuditEntry.ReadNote(reason).Is(out var note, out var refusal))
            return Task.FromResult<Result<string>>(refusal);
        if (string.IsNullOrEmpty(note))
            return Task.FromResult<Result<string>>(Refusal.Invalid("Please say why, for the record.", "Reason"));
        return writer.RunAsync<string>(actor, async (deed, cancellation) =>
        {
            if (!(await deed.SubjectAsync(handle, cancellation)).Is(out var member, out var refusal))
                return refusal;
            if (member.Erased is not null)
                return Refusal.NotFound;
            if (!(await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).IsAdmin && await deed.CannotBeSanctionedAsync(member, cancellation) is not null)
                return Refusal.Forbidden("Only administrators change the handles of staff.");
            var before = member.Handle;
            if (before == Handles.Clean(wanted))
                return before;
            if (await deed.RenameAsync(member, wanted, Caller.Unknown, cancellation) is { } refused)
                return refused;
            deed.Audit("member.renamed", memberId: member.Id, note: note, before: before, after: member.Handle);
            return member.Handle;
        }, cancellation);
    }
}
