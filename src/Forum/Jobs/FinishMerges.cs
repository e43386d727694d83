using Forum.Data;
using Forum.Moderation;
using Microsoft.EntityFrameworkCore;

namespace Forum.Jobs;

/// <summary>
/// Moves what merged accounts had to those that are kept: posts and topics, upvotes, points, and all the rest, some rows in one transaction, and after each the counters are right.
/// What a stopped node left undone the next run does. Several nodes may do it at once.
/// </summary>
public sealed class FinishMerges(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts)
{
    /// <summary>Posts and upvotes in one transaction, so that others who write need not wait long.</summary>
    internal const int BatchSize = 50;

    /// <returns>How many accounts were merged to the end.</returns>
    public async Task<Result<int>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator finishes merges.");
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var merges = await db.MemberMerges.AsNoTracking().Where(m => m.Finished == null).OrderBy(m => m.At).ToListAsync(cancellation);
        foreach (var merge in merges)
        {
            foreach (Func<Deed, MemberMerge, CancellationToken, Task<int>> step in (Func<Deed, MemberMerge, CancellationToken, Task<int>>[])[MergeSteps.MovePostsAsync, MergeSteps.MoveVotesAsync, MergeSteps.MovePointsAsync, MergeSteps.MoveReadMarksAsync])
                while (await StepAsync(actor, merge, step, cancellation) > 0)
                {
                }
            await StepAsync(actor, merge, MergeRest.FinishAsync, cancellation);
        }
        return merges.Count;
    }

    private async Task<int> StepAsync(Actor actor, MemberMerge merge, Func<Deed, MemberMerge, CancellationToken, Task<int>> step, CancellationToken cancellation) => (await writer.RunAsync<int>(actor, async (deed, cancellation) =>
    {
        // Written without a change, so that two nodes come one after the other.
        return await deed.Db.MemberMerges.Where(m => m.FromId == merge.FromId && m.Finished == null).ExecuteUpdateAsync(set => set.SetProperty(m => m.IntoId, m => m.IntoId), cancellation) == 0
            ? 0 : await step(deed, merge, cancellation);
    }, cancellation)).Required;
}
