using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Admin;

/// <summary>Adds up what browsers reported of broken rules, as it was counted in memory, and forgets what was not reported for long.</summary>
public sealed class CountViolations(ForumWriter writer)
{
    public async Task<Result<Done>> RunAsync(Actor actor, IReadOnlyDictionary<Violation, int> counted, CancellationToken cancellation) => !actor.IsOperator
        ? Refusal.Forbidden("Only the operator counts what browsers report.")
        : await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var (db, forgotten) = (deed.Db, deed.Now - PolicyViolation.Kept);
            await db.PolicyViolations.Where(v => v.Last < forgotten).ExecuteDeleteAsync(cancellation);
            var known = await db.PolicyViolations.ToDictionaryAsync(v => v.Id, cancellation);
            foreach (var (what, count) in counted)
            {
                var id = PolicyViolation.IdOf(what);
                if (!known.TryGetValue(id, out var violation) && known.Count >= PolicyViolation.Max)
                    continue;
                if (violation is null)
                    db.PolicyViolations.Add(known[id] = violation = new() { Id = id, Directive = what.Directive, Blocked = what.Blocked, Page = what.Page, Source = what.Source });
                violation.Add(count, deed.Now);
            }
            return new Done();
        }, cancellation);
}

/// <summary>Reads what browsers reported; for managers.</summary>
public sealed class ViolationQueries(IDbContextFactory<ForumDbContext> contexts)
{
    /// <summary>The last reported ones first.</summary>
    public async Task<Result<IReadOnlyList<PolicyViolation>>> AllAsync(Rights rights, CancellationToken cancellation)
    {
        if (rights.CannotSeeReports() is { } mayNot)
            return mayNot;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return Result<IReadOnlyList<PolicyViolation>>.Of(await db.PolicyViolations.AsNoTracking().OrderByDescending(v => v.Last).ThenBy(v => v.Id).Take(PolicyViolation.Max).ToListAsync(cancellation));
    }
}
