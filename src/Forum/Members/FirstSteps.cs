using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>What somebody new has done of what makes one at home here.</summary>
/// <param name="Read">As many topics as it takes to be trusted a little.</param>
/// <param name="Introduced">Has a picture or some words about themselves.</param>
/// <param name="Protected">Has a passkey, codes from an app, or comes by a provider.</param>
public sealed record FirstSteps(bool Read, bool Voted, bool Wrote, bool Introduced, bool Protected);

/// <summary>Reads what somebody new has done.</summary>
public sealed class FirstStepQueries(IDbContextFactory<ForumDbContext> contexts)
{
    /// <summary>Topics to read [Discourse's first step of trust].</summary>
    public const int Topics = 5;

    /// <summary>Null for whoever is at home here, or said that they need no advice.</summary>
    public async Task<FirstSteps?> OfAsync(long memberId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var steps = await db.Users.Where(m => m.Id == memberId && m.Trust == 0 && !m.NeedsNoAdvice).Select(m => new FirstSteps(
            m.TopicsRead >= Topics,
            db.Votes.Any(v => v.MemberId == m.Id),
            m.Posts > 0,
            m.Avatar != null || db.Profiles.Any(p => p.MemberId == m.Id && p.Bio != ""),
            db.UserPasskeys.Any(p => p.UserId == m.Id) || db.SecondFactors.Any(f => f.MemberId == m.Id && f.Since != null) || db.UserLogins.Any(l => l.UserId == m.Id))).SingleOrDefaultAsync(cancellation);
        return steps is { Read: true, Voted: true, Wrote: true, Introduced: true, Protected: true } ? null : steps;
    }
}

/// <summary>Shows a member the first steps no more.</summary>
public sealed class HideFirstSteps(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (actor.MemberId is not { } me)
                return Refusal.SignInFirst;
            await deed.Db.Users.Where(m => m.Id == me).ExecuteUpdateAsync(set => set.SetProperty(m => m.NeedsNoAdvice, true), cancellation);
            return new Done();
        }, cancellation);
}
