using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>A new account as moderators look at it.</summary>
/// <param name="Reported">Posts of theirs with reports that nobody has decided about, and <paramref name="Held"/> such that wait.</param>
/// <param name="Together">Other new accounts that signed in at the same address.</param>
/// <param name="Suspect">They signed up as programs do.</param>
/// <param name="Last">The beginning of what they wrote last; null where it is nothing that stands or waits.</param>
public sealed record Newcomer(Byline Who, DateTime Joined, int Posts, int Reported, int Held, int Together, string? Last, bool Suspect = false);

/// <summary>Reads new accounts, to find waves of spam; for moderators of the site.</summary>
public sealed class NewcomerQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    /// <summary>So many are shown at once: as many as are removed at once.</summary>
    public const int Max = RemoveSpammers.Max;

    /// <summary>So long an account is new.</summary>
    public static readonly IReadOnlyList<int> Days = [1, 7, 30];

    private const int LastLength = 160;

    /// <summary>Accounts of these days that are neither staff nor removed already, the newest first. NotFound for whoever does not moderate the site.</summary>
    /// <param name="writing">Those alone who wrote something.</param>
    public async Task<Result<Page<Newcomer>>> ListAsync(Rights rights, int days, bool writing, string? after, CancellationToken cancellation)
    {
        if (rights.CannotSanction() is not null)
            return Refusal.NotFound;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var since = now.AddDays(-days);
        var members = db.Users.AsNoTracking().Where(m => m.Created > since && m.Roles == SiteRole.None && m.Trust <= 1 && !(m.SuspendedUntil > now));
        if (writing)
            members = members.Where(m => m.Posts > 0 || db.HeldPosts.Any(h => h.Post.AuthorId == m.Id));
        if (PageKey.Parse(after) is { } key)
        {
            var instant = key.Instant;
            members = members.Where(m => m.Created < instant || m.Created == instant && m.Id < key.Id);
        }
        var rows = await members.OrderByDescending(m => m.Created).ThenByDescending(m => m.Id).Take(Max + 1).Select(m => new { Who = db.Users.Where(u => u.Id == m.Id).Select(BylineRow.Of).Single(), m.Created, m.Posts, m.Suspect }).ToListAsync(cancellation);
        var shown = rows.Take(Max).ToList();
        var ids = shown.Select(r => r.Who.Id).ToList();
        var reported = await db.Reviews.Where(r => r.Decided == null && ids.Contains(r.Post.AuthorId)).GroupBy(r => r.Post.AuthorId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var held = await db.HeldPosts.Where(h => ids.Contains(h.Post.AuthorId)).GroupBy(h => h.Post.AuthorId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var lastIds = db.Posts.Where(p => ids.Contains(p.AuthorId) && p.Number > 0 && (p.Visibility == Visibility.Visible || p.Visibility == Visibility.Held)).GroupBy(p => p.AuthorId).Select(g => g.Max(p => p.Id));
        var last = await db.Posts.Where(p => lastIds.Contains(p.Id)).Select(p => new { p.AuthorId, Text = p.Text.Substring(0, LastLength) }).ToDictionaryAsync(p => p.AuthorId, p => p.Text, cancellation);
        var networks = (await db.Sessions.Where(s => s.Network != null && ids.Contains(s.MemberId)).Select(s => new { s.MemberId, s.Network }).Distinct().ToListAsync(cancellation)).ToLookup(s => s.Network, s => s.MemberId);
        var together = ids.ToDictionary(id => id, id => networks.Where(n => n.Contains(id)).SelectMany(n => n).Distinct().Count(other => other != id));
        return new Page<Newcomer>(
            [.. shown.Select(r => new Newcomer(r.Who.Show(options.Site, now), r.Created, r.Posts, reported.GetValueOrDefault(r.Who.Id), held.GetValueOrDefault(r.Who.Id), together[r.Who.Id], last.GetValueOrDefault(r.Who.Id) is { } text ? Typed.Line(text) : null, r.Suspect))],
            rows.Count > shown.Count ? new PageKey(shown[^1].Created.Ticks, shown[^1].Who.Id).ToString() : null);
    }
}
