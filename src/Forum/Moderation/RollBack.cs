using System.Globalization;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <param name="Reason">Told to the member, in at most <see cref="Sanction.MaxReasonLength"/> characters.</param>
public sealed record RollBackInput(string? Handle, RollBackSpan Span, string? Reason);

/// <summary>
/// Rolls back what one account did in some time, as after somebody else got hold of it: what it wrote goes, what it edited says again what it said before, its upvotes
/// and marks of solutions are taken off, and what it hid, closed or moved is as it was. What others changed since stays as it is. Where it stopped, a second time goes
/// on; done twice is done once. It is undone in one go within <see cref="SpamRemoval.Restorable"/> (<see cref="UndoDeed"/>).
/// </summary>
public sealed class RollBack(ForumWriter writer, RollingBack rolling)
{
    /// <summary>Days from the beginning to the end.</summary>
    public const int MaxDays = 31;

    /// <summary>Things at once.</summary>
    public const int Max = 2000;

    /// <summary>What a question says whose words went while the replies of others stay.</summary>
    public const string InPlace = "*A moderator took back what this post said.*";

    /// <returns>How many things were rolled back, and how many stay as they are because others changed them since.</returns>
    public async Task<Result<(int Done, int Left)>> RunAsync(Actor actor, RollBackInput input, CancellationToken cancellation)
    {
        if (!SpamRemoving.ReadReason(input.Reason).Is(out var why, out var wrong))
            return wrong;
        if (input.Span.Refusal() is { } refusal)
            return refusal;
        if (!(await writer.RunAsync<(RollBackScope Scope, RollBackPlan Plan, long DeedId)>(actor, (deed, cancellation) => BeginAsync(deed, input, cancellation), cancellation)).Is(out var begun, out wrong))
            return wrong;
        var (scope, plan, deedId) = begun;
        var (done, left) = (0, plan.Conflicts.Count);
        foreach (var thing in plan.Things)
        {
            var result = await rolling.BackAsync(actor, scope, thing, deedId, done + 1, why, cancellation);
            if (result.Refusal is { Kind: RefusalKind.Forbidden or RefusalKind.SignIn or RefusalKind.Unavailable } mayNot)
                return mayNot;
            if (result.Value)
                done++;
            else
                left++;
        }
        if (deedId > 0)
            _ = (await writer.RunAsync<Done>(actor, (deed, cancellation) => EndAsync(deed, scope, deedId, done, why, cancellation), cancellation)).Required;
        return (done, left);
    }

    private static async Task<Result<(RollBackScope Scope, RollBackPlan Plan, long DeedId)>> BeginAsync(Deed deed, RollBackInput input, CancellationToken cancellation)
    {
        var db = deed.Db;
        var rights = await db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        if (rights.CannotSanction() is { } mayNot)
            return mayNot;
        if (rights.MemberId is not { } me)
            return Refusal.SignInFirst;
        if (!(await db.MemberIdAsync(input.Handle, cancellation)).Is(out var id, out var refusal))
            return refusal;
        if (await db.CannotRollBackAsync(rights, id, cancellation) is { } stays)
            return stays;
        var scope = RollBackScope.Of(id, input.Span);
        var plan = await db.FindAsync(scope, deed.Now, cancellation);
        if (plan.TooMany)
            return RollBackPlan.Refused;
        if (plan.Things.Count == 0)
            return (scope, plan, 0);
        var done = new UndoableDeed { Kind = UndoableKind.RollBack, ById = me, MemberId = id, At = deed.Now };
        db.UndoableDeeds.Add(done);
        await db.SaveChangesAsync(cancellation);
        return (scope, plan, done.Id);
    }

    private static async Task<Result<Done>> EndAsync(Deed deed, RollBackScope scope, long deedId, int done, string why, CancellationToken cancellation)
    {
        if (done == 0)
        {
            await deed.Db.UndoableDeeds.Where(d => d.Id == deedId).ExecuteDeleteAsync(cancellation);
            return new Done();
        }
        deed.Audit("member.rolled-back", memberId: scope.MemberId, note: why, before: $"{Sanctioning.Day(scope.From)} – {Sanctioning.Day(scope.To)}", after: done.ToString(CultureInfo.InvariantCulture));
        deed.TellOfAccount(scope.MemberId, "member.rolled-back", why);
        return new Done();
    }
}
