using System.Collections.Concurrent;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Standing;

/// <summary>How far back a leaderboard looks, in whole UTC days up to today.</summary>
public enum LeaderboardPeriod
{
    /// <summary>The last 7 days.</summary>
    Week,

    /// <summary>The last 30 days.</summary>
    Month,

    /// <summary>The last 365 days.</summary>
    Year,
    All,
}

/// <param name="Place">From 1; ties go to who has more solutions, then to who has been here longer.</param>
/// <param name="Upvotes">Received in the period.</param>
public sealed record LeaderboardRow(int Place, Byline Member, int Upvotes);

/// <summary>
/// Reads "Top upvoted members" from daily buckets; staff are left out, and upvotes by accounts too young to count never came in. What was summed is kept in memory for a minute at most and
/// forgotten with the next vote, so that a page that shows it costs nothing.
/// </summary>
public sealed class LeaderboardQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    /// <summary>Places that are given.</summary>
    public const int Places = 100;

    /// <summary>Bounds what no event tells: ranks that come with age.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Summing that takes less is done anew after every vote.</summary>
    private static readonly TimeSpan Cheap = TimeSpan.FromMilliseconds(250);

    /// <summary>A costly sum is kept for that many times its cost, whatever happens meanwhile: it may take a twentieth of a processor.</summary>
    private const int Patience = 20;

    /// <summary>One per period and kind of reader, and per board that somebody looks at.</summary>
    private const int MaxKept = 500;

    private readonly ConcurrentDictionary<string, Sum> kept = new();
    private long generation;

    /// <summary>The most upvoted members of the period: of all boards the reader may read, or of one with those below it; refused with NotFound where that one may not be read.</summary>
    public async Task<Result<IReadOnlyList<LeaderboardRow>>> TopAsync(Rights rights, LeaderboardPeriod period, string? board, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var from = period switch
        {
            LeaderboardPeriod.Week => today.AddDays(-6),
            LeaderboardPeriod.Month => today.AddDays(-29),
            LeaderboardPeriod.Year => today.AddDays(-364),
            _ => DateOnly.MinValue,
        };
        var slug = string.IsNullOrWhiteSpace(board) ? null : board.Trim().ToLowerInvariant();
        var key = $"{from:O} {rights.Access} {string.Join(',', rights.ModeratedBoards.Order())} {slug}";
        if (kept.TryGetValue(key, out var sum) && !sum.IsOver(clock, Volatile.Read(ref generation)))
            return Result<IReadOnlyList<LeaderboardRow>>.Of(sum.Rows);

        var begun = clock.GetTimestamp();
        var begunIn = Volatile.Read(ref generation);
        if (await SumAsync(rights, from, slug, cancellation) is not { } rows)
            return Refusal.NotFound;
        // The first sum of its kind is not measured: it pays for the making of the query.
        var cost = sum is null ? TimeSpan.Zero : clock.GetElapsedTime(begun);
        if (kept.Count >= MaxKept)
            kept.Clear();
        kept[key] = new(rows, begunIn, clock.GetTimestamp(), cost);
        return Result<IReadOnlyList<LeaderboardRow>>.Of(rows);
    }

    /// <summary>Something happened that leaderboards are made of.</summary>
    public void Forget() => Interlocked.Increment(ref generation);

    private async Task<IReadOnlyList<LeaderboardRow>?> SumAsync(Rights rights, DateOnly from, string? slug, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var boards = await db.Boards.AsNoTracking().Select(b => new { b.Id, b.ParentId, b.Slug }).ToListAsync(cancellation);
        var readable = (await db.Boards.ReadableBy(rights).Select(b => b.Id).ToListAsync(cancellation)).ToHashSet();
        var days = db.UpvoteDays.AsNoTracking();
        if (from > DateOnly.MinValue)
            days = days.Where(d => d.Day >= from);
        if (slug is not null)
        {
            var within = boards.Where(b => b.Slug == slug && readable.Contains(b.Id)).Select(b => b.Id).ToList();
            if (within.Count == 0)
                return null;
            for (var i = 0; i < within.Count; i++)
                within.AddRange(boards.Where(b => b.ParentId == within[i] && readable.Contains(b.Id)).Select(b => b.Id));
            days = days.Where(d => within.Contains(d.BoardId));
        }
        else if (readable.Count < boards.Count)
        {
            var within = readable.ToList();
            days = days.Where(d => within.Contains(d.BoardId));
        }
        var rows = await (
            from sum in days.GroupBy(d => d.MemberId).Select(g => new { MemberId = g.Key, Upvotes = g.Sum(d => d.Upvotes) })
            join member in db.Users on sum.MemberId equals member.Id
            where sum.Upvotes > 0 && member.Roles == SiteRole.None
            orderby sum.Upvotes descending, member.Solutions descending, member.Created, member.Id
            select new
            {
                sum.Upvotes,
                Member = new BylineRow(member.Id, member.UserName, member.Name, member.Points, member.Solutions, member.Created, member.Roles, member.StaffTitle, member.Signature, member.Badges),
            }).Take(Places).ToListAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        return [.. rows.Select((r, index) => new LeaderboardRow(index + 1, r.Member.Show(options.Site.DisplayNames, now), r.Upvotes))];
    }

    private sealed record Sum(IReadOnlyList<LeaderboardRow> Rows, long Generation, long At, TimeSpan Cost)
    {
        public bool IsOver(TimeProvider clock, long generation)
        {
            var age = clock.GetElapsedTime(At);
            return age > Lifetime || Generation != generation && (Cost <= Cheap || age > Patience * Cost);
        }
    }
}
