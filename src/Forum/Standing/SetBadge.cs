using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Standing;

/// <summary>Makes a badge, or changes one that a manager made. Its rule is tried on every member at once.</summary>
public sealed class SetBadge(ForumWriter writer)
{
    /// <param name="badgeId">The badge that is changed; null for a new one.</param>
    /// <returns>The badge's id.</returns>
    public Task<Result<long>> RunAsync(Actor actor, long? badgeId, BadgeInput input, CancellationToken cancellation)
    {
        var (name, description) = (Typed.Line(input.Name), Typed.Line(input.Description));
        return writer.RunAsync<long>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            if ((await db.RightsOfAsync(actor, deed.Now, cancellation)).CannotChangeBadges() is { } mayNot)
                return mayNot;
            if (BadgeRules.Refusal(input, name, description) is { } refusal)
                return refusal;
            var badges = await db.Badges.ToListAsync(cancellation);
            var badge = badges.Find(b => b.Id == badgeId);
            if (badgeId is not null && badge is null)
                return Refusal.NotFound;
            if (badge is { BuiltIn: true })
                return Refusal.Forbidden("This badge comes with the forum and stays as it is.");
            if (badges.Exists(b => b.Id != badgeId && string.Equals(b.Name, name, StringComparison.OrdinalIgnoreCase)))
                return new Refusal(RefusalKind.Conflict, "There is a badge of this name already.", "Name");
            if (badge is not null && badge.Fact == BadgeFact.ByHand != (input.Fact == BadgeFact.ByHand) && badge.Holders > 0)
                return Refusal.Invalid("Members hold this badge by what it was given for. Make another badge instead.", "Fact");
            if (badge is null && badges.Count >= Badge.MaxBadges)
                return Refusal.Invalid("There are {0} badges, which is all there may be. Take one away first.", "Name", Badge.MaxBadges);
            var threshold = input.Fact == BadgeFact.ByHand ? 0 : input.Threshold;
            if (badge is null)
                db.Badges.Add(badge = new Badge { Name = name, Description = description, Fact = input.Fact, Threshold = threshold, Grade = input.Grade });
            if (badge.Fact != input.Fact || badge.Threshold != threshold)
                badge.Judged = null;
            (badge.Name, badge.Description, badge.Fact, badge.Threshold, badge.Grade) = (name, description, input.Fact, threshold, input.Grade);
            await db.SaveChangesAsync(cancellation);
            deed.Audit("badge.set", note: input.Fact == BadgeFact.ByHand ? $"{name}: {input.Fact}" : $"{name}: {input.Fact} ≥ {threshold}");
            deed.Tell(new BadgeChanged(badge.Id));
            return badge.Id;
        }, cancellation);
    }
}

/// <summary>Takes a badge that a manager made away from everybody who holds it, and off the list.</summary>
public sealed class RemoveBadge(ForumWriter writer)
{
    /// <summary>Holders in one transaction, so that others who write need not wait long.</summary>
    private const int BatchSize = 200;

    public async Task<Result<Done>> RunAsync(Actor actor, long badgeId, CancellationToken cancellation)
    {
        while (true)
        {
            var result = await writer.RunAsync<int>(actor, (deed, cancellation) => RemoveAsync(deed, badgeId, cancellation), cancellation);
            if (!result.Is(out var left, out var refusal))
                return refusal;
            if (left == 0)
                return new Done();
        }
    }

    /// <summary>How many may be left.</summary>
    private static async Task<Result<int>> RemoveAsync(Deed deed, long badgeId, CancellationToken cancellation)
    {
        var db = deed.Db;
        if ((await db.RightsOfAsync(deed.Actor, deed.Now, cancellation)).CannotChangeBadges() is { } mayNot)
            return mayNot;
        // Gone already: a second click.
        if (await db.Badges.SingleOrDefaultAsync(b => b.Id == badgeId, cancellation) is not { } badge)
            return 0;
        if (badge.BuiltIn)
            return Refusal.Forbidden("This badge comes with the forum and stays as it is.");
        // From here on nobody earns it.
        await db.Badges.Where(b => b.Id == badgeId).ExecuteUpdateAsync(set => set.SetProperty(b => b.Fact, BadgeFact.ByHand), cancellation);
        var holders = await db.MemberBadges.Where(h => h.BadgeId == badgeId).Select(h => h.MemberId).Take(BatchSize).ToListAsync(cancellation);
        foreach (var memberId in holders)
            await deed.RevokeAsync(badgeId, memberId, cancellation);
        if (holders.Count == BatchSize)
            return holders.Count;
        await db.Badges.Where(b => b.Id == badgeId).ExecuteDeleteAsync(cancellation);
        deed.Audit("badge.removed", note: badge.Name);
        deed.Tell(new BadgeChanged(badgeId));
        return 0;
    }
}
