using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Transfer;
using Microsoft.EntityFrameworkCore;

namespace Forum.Jobs;

/// <summary>One kind of disagreement between what is counted and what is there.</summary>
/// <param name="What">What disagrees, as an English key.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Examples">The first of their ids.</param>
/// <param name="Repaired">True when all of them were mended.</param>
public sealed record Finding(string What, long Count, IReadOnlyList<long> Examples, bool Repaired);

/// <summary>What the doctor found, in the order of the checks; healthy when nothing.</summary>
public sealed record Diagnosis(IReadOnlyList<Finding> Findings)
{
    public bool Healthy => Findings.Count == 0;
}

/// <summary>Recounts every counter from the facts and, where asked, mends those that disagree. May run while the forum is in use.</summary>
public sealed class Doctor(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Ids that a finding names.</summary>
    internal const int Examples = 5;

    /// <summary>Rows mended in one transaction: below the 2,100 parameters that SQL Server takes, and others who write need not wait long.</summary>
    internal const int BatchSize = 500;

    public async Task<Result<Diagnosis>> RunAsync(Actor actor, bool repair, IProgress<TransferProgress>? progress, CancellationToken cancellation)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellation))
            if (!(await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation)).IsAdmin)
                return Refusal.Forbidden("Only administrators recount.");

        // Facts before what is counted from them: each check sees what the ones before have mended.
        IReadOnlyList<Check> checks = [new SolutionsCheck(), .. Counters.All, new RolesCheck(), new BadgesCheck(), new BucketsCheck(), new OutboxCheck(), new ParkedCheck()];
        var findings = new List<Finding>();
        for (var i = 0; i < checks.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new("Recounting", i, checks.Count));
            if (await checks[i].RunAsync(contexts, repair ? writer : null, actor, cancellation) is { } finding)
                findings.Add(finding);
        }
        progress?.Report(new("Recounting", checks.Count, checks.Count));
        if (repair && findings.Count > 0)
            await TellAsync(actor, findings, cancellation);
        return new Diagnosis(findings);
    }

    /// <summary>Pages that showed the wrong numbers are made anew.</summary>
    private Task<Result<Done>> TellAsync(Actor actor, List<Finding> findings, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            foreach (var finding in findings)
                deed.Audit("doctor.repaired", note: $"{finding.What} ({finding.Count})");
            foreach (var id in await deed.Db.Boards.Select(b => b.Id).ToListAsync(cancellation))
                deed.Tell(new BoardChanged(id));
            return new Done();
        }, cancellation);
}

/// <summary>One thing to look after.</summary>
internal abstract class Check
{
    /// <summary>Looks, and mends where a writer is given; null when all is well.</summary>
    public abstract Task<Finding?> RunAsync(IDbContextFactory<ForumDbContext> contexts, ForumWriter? writer, Actor actor, CancellationToken cancellation);

    /// <summary>Mends <paramref name="wrong"/> batch by batch and makes the finding of it.</summary>
    protected static async Task<Finding?> FinishAsync<T>(
        string what, IReadOnlyList<T> wrong, Func<T, long> id, ForumWriter? writer, Actor actor, Func<Deed, T[], CancellationToken, Task> mend, CancellationToken cancellation)
    {
        if (wrong.Count == 0)
            return null;
        if (writer is not null)
            foreach (var batch in wrong.Chunk(Doctor.BatchSize))
            {
                cancellation.ThrowIfCancellationRequested();
                await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
                {
                    await mend(deed, batch, cancellation);
                    return new Done();
                }, cancellation);
            }
        return new(what, wrong.Count, [.. wrong.Take(Doctor.Examples).Select(id)], writer is not null);
    }
}
