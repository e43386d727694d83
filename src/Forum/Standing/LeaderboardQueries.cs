using System.Collections.Concurrent;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
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

/// <summary>What a leaderboard counts.</summary>
public enum LeaderboardKind
{
    /// <summary>Upvotes received.</summary>
    Upvotes,

    /// <summary>Solutions to the questions of others that were accepted in the period and still are.</summary>
    Solutions,
}

/// <param name="Place">From 1; ties go to who has more solutions, then to who has been here longer.</param>
/// <param name="Count">Upvotes or solutions in the period.</param>
/// <param name="Before">The place in the period of the same length before it; null where the member had none, or nobody asked.</param>
public sealed record LeaderboardRow(int Place, Byline Member, int Count, int? Before = null);

/// <summary>
/// Reads "Top upvoted members" from daily buckets, and "Top solvers" from the solutions; staff are left out, and upvotes by accounts too young to count never came in. What was summed is kept in memory for a minute at most and
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
    public Task<Result<IReadOnlyList<LeaderboardRow>>> TopAsync(Rights rights, LeaderboardPeriod period, string? board, CancellationToken cancellation)
    {
        var (from, to, _) = DaysOf(period);
        return KeptAsync(rights, LeaderboardKind.Upvotes, from, to, board, cancellation);
    }

    /// <summary>The same for either kind, and how each has moved since the period before; refused as <see cref="TopAsync"/> is.</summary>
    public async Task<Result<IReadOnlyList<LeaderboardRow>>> MovedAsync(Rights rights, LeaderboardKind kind, LeaderboardPeriod period, string? board, CancellationToken cancellation)
    {
        var (from, to, days) = DaysOf(period);
        if (!(await KeptAsync(rights, kind, from, to, board, cancellation)).Is(out var rows, out var refusal))
            return refusal;
        if (days is not { } length || rows.Count == 0)
            return Result<IReadOnlyList<LeaderboardRow>>.Of(rows);
        var before = (await KeptAsync(rights, kind, from.AddDays(-length), from.AddDays(-1), board, cancellation)).Required.ToDictionary(r => r.Member.Id, r => r.Place);
        return Result<IReadOnlyList<LeaderboardRow>>.Of([.. rows.Select(r => before.TryGetValue(r.Member.Id, out var place) ? r with { Before = place } : r)]);
    }

    /// <summary>The first and the last day of a period and how many there are; no number where it has no beginning.</summary>
    private (DateOnly From, DateOnly To, int? Days) DaysOf(LeaderboardPeriod period)
    {
        var today = options.Site.DayOf(clock.GetUtcNow().UtcDateTime);
        int? days = period switch { LeaderboardPeriod.Week => 7, LeaderboardPeriod.Month => 30, LeaderboardPeriod.Year => 365, _ => null };
        return (days is { } length ? today.AddDays(1 - length) : DateOnly.MinValue, today, days);
    }

    private async Task<Result<IReadOnlyList<LeaderboardRow>>> KeptAsync(Rights rights, LeaderboardKind kind, DateOnly from, DateOnly to, string? board, CancellationToken cancellation)
    {
        var slug = string.IsNullOrWhiteSpace(board) ? null : board.Trim().ToLowerInvariant();
        var key = $"{kind} {from:O} {to:O} {rights.ReadKey} {slug}";
        if (kept.TryGetValue(key, out var sum) && !sum.IsOver(clock, Volatile.Read(ref generation)))
            return Result<IReadOnlyList<LeaderboardRow>>.Of(sum.Rows);

        var begun = clock.GetTimestamp();
        var begunIn = Volatile.Read(ref generation);
        if (await SumAsync(rights, kind, from, to, slug, cancellation) is not { } rows)
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

    private async Task<IReadOnlyList<LeaderboardRow>?> SumAsync(Rights rights, LeaderboardKind kind, DateOnly from, DateOnly to, string? slug, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var boards = await db.Boards.AsNoTracking().Select(b => new { b.Id, b.ParentId, b.Slug }).ToListAsync(cancellation);
        var readable = (await db.Boards.ReadableBy(rights).Select(b => b.Id).ToListAsync(cancellation)).ToHashSet();
        List<long>? within = null;
        if (slug is not null)
        {
            within = boards.Where(b => b.Slug == slug && readable.Contains(b.Id)).Select(b => b.Id).ToList();
            if (within.Count == 0)
                return null;
            for (var i = 0; i < within.Count; i++)
                within.AddRange(boards.Where(b => b.ParentId == within[i] && readable.Contains(b.Id)).Select(b => b.Id));
        }
        else if (readable.Count < boards.Count)
        {
            within = [.. readable];
        }
        var sums = kind == LeaderboardKind.Upvotes ? Upvotes(db, from, to, within) : Solved(db, options.Site, from, to, within);
        var rows = await (
            from sum in sums
            join member in db.Users on sum.MemberId equals member.Id
            where sum.Count > 0 && member.Roles == SiteRole.None
            orderby sum.Count descending, member.Solutions descending, member.Created, member.Id
            select new
            {
                sum.Count,
                Member = new BylineRow(member.Id, member.UserName, member.Name, member.Points, member.Solutions, member.Created, member.Roles, member.StaffTitle, member.Signature, member.Badges, member.Avatar),
            }).Take(Places).ToListAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        return [.. rows.Select((r, index) => new LeaderboardRow(index + 1, r.Member.Show(options.Site, now), r.Count))];
    }

    private static IQueryable<MemberSum> Upvotes(ForumDbContext db, DateOnly from, DateOnly to, List<long>? boards)
    {
        var days = db.UpvoteDays.AsNoTracking();
        if (from > DateOnly.MinValue)
            days = days.Where(d => d.Day >= from && d.Day <= to);
        if (boards is not null)
            days = days.Where(d => boards.Contains(d.BoardId));
        return days.GroupBy(d => d.MemberId).Select(g => new MemberSum { MemberId = g.Key, Count = g.Sum(d => d.Upvotes) });
    }

    /// <summary>What is out of sight, and what askers solved themselves, does not count.</summary>
    private static IQueryable<MemberSum> Solved(ForumDbContext db, SiteOptions site, DateOnly from, DateOnly to, List<long>? boards)
    {
        var solutions = db.Solutions.AsNoTracking().Where(s => s.Post.Visibility == Visibility.Visible && s.Post.Topic.Visibility == Visibility.Visible && s.Post.AuthorId != s.Post.Topic.AuthorId
            && s.Post.Topic.Board.Kind == BoardKind.Questions);
        if (from > DateOnly.MinValue)
        {
            var (first, end) = (site.StartOf(from), site.StartOf(to.AddDays(1)));
            solutions = solutions.Where(s => s.Marked >= first && s.Marked < end);
        }
        if (boards is not null)
            solutions = solutions.Where(s => boards.Contains(s.Post.Topic.BoardId));
        return solutions.GroupBy(s => s.Post.AuthorId).Select(g => new MemberSum { MemberId = g.Key, Count = g.Count() });
    }

    private sealed class MemberSum
    {
        public long MemberId { get; init; }

        public int Count { get; init; }
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
