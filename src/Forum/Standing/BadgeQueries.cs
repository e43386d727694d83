using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Standing;

/// <summary>A badge of the list.</summary>
/// <param name="Holders">Members who hold it.</param>
public sealed record BadgeView(long Id, string Name, string Description, BadgeFact Fact, int Threshold, BadgeGrade Grade, bool BuiltIn, int Holders);

/// <summary>A badge that a member holds.</summary>
/// <param name="For">The post that it was given for; null where there is none, and for whoever may not read it.</param>
/// <param name="Reason">In the words of whoever gave it by hand.</param>
public sealed record HeldBadge(long Id, string Name, string Description, BadgeGrade Grade, DateTime Since, BadgePost? For, string? Reason);

/// <summary>The post that a badge was given for.</summary>
public sealed record BadgePost(long TopicId, string Slug, string Title, int Number);

/// <summary>Somebody who holds a badge.</summary>
public sealed record BadgeHolder(Byline Member, DateTime Since);

/// <summary>Reads badges and who holds them.</summary>
public sealed class BadgeQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    /// <summary>All badges, those for the same thing together.</summary>
    public async Task<IReadOnlyList<BadgeView>> AllAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await Views(db.Badges.OrderBy(b => b.Fact == BadgeFact.ByHand).ThenBy(b => b.Fact).ThenBy(b => b.Threshold).ThenBy(b => b.Id)).ToListAsync(cancellation);
    }

    /// <summary>One badge; null where there is none.</summary>
    public async Task<BadgeView?> FindAsync(long badgeId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await Views(db.Badges.Where(b => b.Id == badgeId)).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>The badges of a member, the newest first.</summary>
    public async Task<IReadOnlyList<HeldBadge>> OfMemberAsync(Rights rights, long memberId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var readable = db.Posts.ReadableBy(rights);
        var rows = await db.MemberBadges.AsNoTracking().Where(h => h.MemberId == memberId).OrderByDescending(h => h.At).ThenByDescending(h => h.BadgeId).Select(h => new
        {
            h.BadgeId,
            h.Badge.Name,
            h.Badge.Description,
            h.Badge.Grade,
            h.At,
            h.Reason,
            For = readable.Where(p => p.Id == h.PostId).Select(p => new BadgePost(p.TopicId, p.Topic.Slug, p.Topic.Title, p.Number)).FirstOrDefault(),
        }).ToListAsync(cancellation);
        return [.. rows.Select(r => new HeldBadge(r.BadgeId, r.Name, r.Description, r.Grade, r.At, r.For, r.Reason))];
    }

    /// <summary>Who holds a badge, those who came to it last first.</summary>
    public async Task<Page<BadgeHolder>> HoldersAsync(long badgeId, string? after, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var held = db.MemberBadges.AsNoTracking().Where(h => h.BadgeId == badgeId);
        if (PageKey.Parse(after) is { } key)
        {
            var (at, id) = (key.Instant, key.Id);
            held = held.Where(h => h.At < at || h.At == at && h.MemberId < id);
        }
        var rows = await held.OrderByDescending(h => h.At).ThenByDescending(h => h.MemberId).Take(Paging.PageSize + 1).Select(h => new
        {
            h.At,
            Member = new BylineRow(h.Member.Id, h.Member.UserName, h.Member.Name, h.Member.Points, h.Member.Solutions, h.Member.Created, h.Member.Roles, h.Member.StaffTitle, h.Member.Signature, h.Member.Badges, h.Member.Avatar),
        }).ToListAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var shown = rows.Take(Paging.PageSize).Select(r => new BadgeHolder(r.Member.Show(options.Site, now), r.At)).ToList();
        return new(shown, rows.Count > shown.Count ? new PageKey(shown[^1].Since.Ticks, shown[^1].Member.Id).ToString() : null);
    }

    private static IQueryable<BadgeView> Views(IQueryable<Badge> badges) =>
        badges.AsNoTracking().Select(b => new BadgeView(b.Id, b.Name, b.Description, b.Fact, b.Threshold, b.Grade, b.BuiltIn, b.Holders));
}
