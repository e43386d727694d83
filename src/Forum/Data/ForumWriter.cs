using Forum.Data.Providers;
using Forum.Outbox;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Data;

/// <summary>The only place that opens a transaction: runs a deed and its events whole or not at all.</summary>
public sealed class ForumWriter(IDbContextFactory<ForumDbContext> contexts, WriteGate gate, Signal signal, SecurityLog security, ForumOptions options, TimeProvider clock)
{
    /// <summary>How often a deed is tried again after it lost a race for a key. By then the winner's row is there to be seen.</summary>
    private const int Attempts = 5;

    private static readonly Refusal readOnly = new(RefusalKind.Unavailable, "The forum is read-only at the moment: everything can be read and nothing written. What you typed is kept; please try again later.");

    /// <summary>
    /// Runs <paramref name="deed"/> in a transaction. It may run several times, so it holds no effect outside its context.
    /// A refusal rolls everything back. Events get the next sequences as the transaction's last act.
    /// While the forum is read-only, it is refused to everybody but the operator.
    /// </summary>
    public Task<Result<T>> RunAsync<T>(Actor actor, Func<Deed, CancellationToken, Task<Result<T>>> deed, CancellationToken cancellation) =>
        options.Site.ReadOnly && !actor.IsOperator ? Task.FromResult<Result<T>>(readOnly) : RunEvenReadOnlyAsync(actor, deed, cancellation);

    /// <summary>The same for what must go on while the forum is read-only: coming and going, and ending that state.</summary>
    public async Task<Result<T>> RunEvenReadOnlyAsync<T>(Actor actor, Func<Deed, CancellationToken, Task<Result<T>>> deed, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunOnceAsync(actor, deed, cancellation);
            }
            catch (DbUpdateException exception) when (attempt < Attempts && Database.IsUniqueViolation(exception))
            {
            }
        }
    }

    private async Task<Result<T>> RunOnceAsync<T>(Actor actor, Func<Deed, CancellationToken, Task<Result<T>>> deed, CancellationToken cancellation)
    {
        await using var strategist = await contexts.CreateDbContextAsync(cancellation);
        return await strategist.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            using var turn = await gate.EnterAsync(cancellation);
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            db.WaitForLock(turn.Left);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var work = new Deed(db, actor, clock.GetUtcNow().UtcDateTime);
            var result = await deed(work, cancellation);
            if (result.Refusal is not null)
                return result;
            await db.SaveChangesAsync(cancellation);
            if (work.Events.Count > 0)
                await AppendAsync(db, work, cancellation);
            await transaction.CommitAsync(CancellationToken.None);
            security.Write(db.ChangeTracker, actor.MemberId);
            if (work.Events.Count > 0)
                signal.Raise();
            return result;
        });
    }

    private static async Task AppendAsync(ForumDbContext db, Deed work, CancellationToken cancellation)
    {
        var count = work.Events.Count;
        await db.OutboxCounters.ExecuteUpdateAsync(set => set.SetProperty(c => c.Value, c => c.Value + count), cancellation);
        var last = await db.OutboxCounters.Select(c => c.Value).SingleAsync(cancellation);
        for (var i = 0; i < count; i++)
        {
            var row = work.Events[i].ToRow(work.Now);
            row.Sequence = last - count + 1 + i;
            db.OutboxEvents.Add(row);
        }
        await db.SaveChangesAsync(cancellation);
    }
}
