using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Standing;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>A manager sets a member's trust, which then stays as it is, or gives it back to the rules.</summary>
public sealed class SetTrust(ForumWriter writer)
{
    /// <param name="level">0–4; null for what the rules give.</param>
    /// <param name="reason">Told to the member; at most <see cref="AuditEntry.MaxNoteLength"/> characters, or none.</param>
    public Task<Result<Done>> RunAsync(Actor actor, string? handle, byte? level, string? reason, CancellationToken cancellation)
    {
        if (level > TrustRules.Highest)
            return Task.FromResult<Result<Done>>(Refusal.Invalid("The levels of trust are 0 to {0}.", "Level", TrustRules.Highest));
        if (!AuditEntry.ReadNote(reason).Is(out var note, out var refusal))
            return Task.FromResult<Result<Done>>(refusal);
        return writer.RunAsync<Done>(actor, (deed, cancellation) => SetAsync(deed, handle, level, note, cancellation), cancellation);
    }

    private static async Task<Result<Done>> SetAsync(Deed deed, string? handle, byte? level, string? note, CancellationToken cancellation)
    {
        var db = deed.Db;
        if ((await db.RightsOfAsync(deed.Actor, deed.Now, cancellation)).CannotSetTrust() is { } mayNot)
            return mayNot;
        if (await db.OfHandle(handle).SingleOrDefaultAsync(cancellation) is not { } member)
            return new Refusal(RefusalKind.NotFound, "There is no member with the handle \"{0}\".", "Handle", handle ?? "");
        if (level is null && !member.TrustByHand || level == member.Trust && member.TrustByHand)
            return new Done();
        var to = level ?? TrustRules.Earned(0, (await TrustQueries.FactsAsync(db, [member.Id], deed.Now, cancellation))[member.Id], await TrustQueries.ScaleAsync(db, deed.Now, cancellation));
        deed.Note(new TrustChange { MemberId = member.Id, From = member.Trust, To = to, Reason = level is null ? TrustReason.ByRulesAgain : TrustReason.ByHand, Note = note, At = deed.Now });
        (member.Trust, member.TrustByHand) = (to, level is not null);
        return new Done();
    }
}
