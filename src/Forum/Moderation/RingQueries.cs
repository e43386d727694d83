using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>Two members who upvote each other, in the days that are looked at.</summary>
/// <param name="ByFirst">Upvotes that the first gave the second.</param>
/// <param name="Expected">How many they would have given each other if each had spread their upvotes as everybody else did.</param>
public sealed record VotingPair(MemberLink First, MemberLink Second, int ByFirst, int BySecond, double Expected)
{
    public int Votes => ByFirst + BySecond;

    /// <summary>So many times more than expected.</summary>
    public double Times => Votes / Expected;
}

/// <summary>Pairs that hang together, for they share members.</summary>
/// <param name="Members">In the order of their handles.</param>
public sealed record VotingRing(IReadOnlyList<MemberLink> Members, IReadOnlyList<VotingPair> Pairs);

/// <summary>What would go if the upvotes among some members were taken back.</summary>
/// <param name="Given">Who gave whom how many, the most first.</param>
/// <param name="Points">That would be taken from them together.</param>
public sealed record RingPreview(IReadOnlyList<(MemberLink From, MemberLink To, int Votes)> Given, int Votes, int Posts, int Points);

/// <summary>Finds members who upvote each other far more than chance would have it. For managers.</summary>
public sealed class RingQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    /// <summary>How far back is looked: rings work for a leaderboard, and those of last year have had their time.</summary>
    public const int Days = 90;

    /// <summary>Upvotes in each direction below which nothing is said: friends read each other.</summary>
    public const int MinEach = 5;

    /// <summary>So many times more than expected is far above chance: two who share an interest reach two or three.</summary>
    public const double MinTimes = 4;

    /// <summary>For so many days an account is new.</summary>
    public const int NewDays = 30;

    /// <summary>Members who upvoted another one often that are looked at: those who did so most.</summary>
    private const int Given = 20_000;

    /// <summary>Pairs that are compared with chance: those of the most upvotes.</summary>
    private const int Compared = 200;

    /// <summary>
    /// Pairs of members each of whom gave the other at least <see cref="MinEach"/> upvotes in the last <see cref="Days"/> days, and both together at least
    /// <see cref="MinTimes"/> times what is expected: the upvotes that the one gave, times the share that the other has in the upvotes of everybody else, and the
    /// other way round. One upvote more is added to that share, so that who got none from anybody else is compared with something.
    /// Each upvote of these days is read once. Refused to whoever sees no reports.
    /// </summary>
    public async Task<Result<IReadOnlyList<VotingRing>>> SuspectsAsync(Rights rights, CancellationToken cancellation)
    {
        if (rights.CannotSeeReports() is { } mayNot)
            return mayNot;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-Days);
        var recent = db.Votes.AsNoTracking().Where(v => v.Cast >= since);
        var given = await recent.Join(db.Posts, v => v.PostId, p => p.Id, (v, p) => new { From = v.MemberId, To = p.AuthorId })
            .GroupBy(v => new { v.From, v.To }).Where(g => g.Count() >= MinEach).Select(g => new { g.Key.From, g.Key.To, Count = g.Count() })
            .OrderByDescending(g => g.Count).ThenBy(g => g.From).ThenBy(g => g.To).Take(Given).ToDictionaryAsync(g => (g.From, g.To), g => g.Count, cancellation);
        var mutual = given.Where(g => g.Key.From < g.Key.To && given.ContainsKey((g.Key.To, g.Key.From)))
            .Select(g => (g.Key.From, g.Key.To, ByFirst: g.Value, BySecond: given[(g.Key.To, g.Key.From)])).OrderByDescending(m => m.ByFirst + m.BySecond).Take(Compared).ToList();
        if (mutual.Count == 0)
            return Result<IReadOnlyList<VotingRing>>.Of([]);

        var ids = mutual.SelectMany(m => new[] { m.From, m.To }).Distinct().ToList();
        var all = await recent.CountAsync(cancellation);
        var gave = await recent.Where(v => ids.Contains(v.MemberId)).GroupBy(v => v.MemberId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var got = await recent.Join(db.Posts.Where(p => ids.Contains(p.AuthorId)), v => v.PostId, p => p.Id, (v, p) => p.AuthorId).GroupBy(id => id).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        var links = await LinksAsync(db, ids, cancellation);
        var pairs = mutual
            .Select(m => (m.From, m.To, Pair: new VotingPair(links[m.From], links[m.To], m.ByFirst, m.BySecond, Expected(m.From, m.To, m.ByFirst) + Expected(m.To, m.From, m.BySecond))))
            .Where(m => m.Pair.Times >= MinTimes).ToList();
        return Result<IReadOnlyList<VotingRing>>.Of([.. Joined(pairs.ConvertAll(p => (p.From, p.To)))
            .Select(ring => new VotingRing(
                [.. ring.Select(id => links[id]).OrderBy(m => m.Handle, StringComparer.Ordinal)],
                [.. pairs.Where(p => ring.Contains(p.From)).Select(p => p.Pair).OrderByDescending(p => p.Times)]))
            .OrderByDescending(r => r.Pairs.Sum(p => p.Votes - p.Expected))]);

        double Expected(long from, long to, int count) => (double)gave[from] * (got[to] - count + 1) / (all - gave[from] + 1);
    }

    /// <summary>
    /// Accounts of less than <see cref="NewDays"/> days that upvoted a member who signed in from the same address, with how often: the most first, at most <see cref="Compared"/>.
    /// Households and offices do so, too: it is a reason to look, not a proof. Refused to whoever sees no reports.
    /// </summary>
    public async Task<Result<IReadOnlyList<(MemberLink From, MemberLink To, int Votes)>>> NewFromOneNetworkAsync(Rights rights, CancellationToken cancellation)
    {
        if (rights.CannotSeeReports() is { } mayNot)
            return mayNot;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-NewDays);
        var given = await db.Votes.AsNoTracking().Where(v => v.Cast >= since && db.Users.Any(m => m.Id == v.MemberId && m.Created >= since))
            .Join(db.Posts, v => v.PostId, p => p.Id, (v, p) => new { From = v.MemberId, To = p.AuthorId })
            .Where(v => db.Sessions.Any(s => s.MemberId == v.From && s.Network != null && db.Sessions.Any(o => o.MemberId == v.To && o.Network == s.Network)))
            .GroupBy(v => new { v.From, v.To }).Select(g => new { g.Key.From, g.Key.To, Count = g.Count() }).OrderByDescending(g => g.Count).ThenBy(g => g.From).Take(Compared).ToListAsync(cancellation);
        var links = await LinksAsync(db, [.. given.SelectMany(g => new[] { g.From, g.To }).Distinct()], cancellation);
        return Result<IReadOnlyList<(MemberLink From, MemberLink To, int Votes)>>.Of([.. given.Select(g => (links[g.From], links[g.To], g.Count))]);
    }

    /// <summary>What the upvotes among these members are and what hangs on them, whenever they were cast; refused as the deed is.</summary>
    public async Task<Result<RingPreview>> PreviewAsync(Rights rights, IReadOnlyList<string> handles, CancellationToken cancellation)
    {
        if (rights.CannotSeeReports() is { } mayNot)
            return mayNot;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (!(await db.RingOfAsync(handles, cancellation)).Is(out var ring, out var refusal))
            return refusal;
        var ids = ring.Keys.ToList();
        var given = await db.Among(ids).Join(db.Posts, v => v.PostId, p => p.Id, (v, p) => new { v.MemberId, p.AuthorId }).GroupBy(v => new { v.MemberId, v.AuthorId })
            .Select(g => new { g.Key.MemberId, g.Key.AuthorId, Count = g.Count() }).ToListAsync(cancellation);
        var posts = await db.Among(ids).Select(v => v.PostId).Distinct().CountAsync(cancellation);
        var points = await db.PointEntries.Where(e => e.Reason == PointReason.Upvote && ids.Contains(e.MemberId) && ids.Contains(e.ActorId!.Value)).SumAsync(e => e.Delta, cancellation);
        var links = await LinksAsync(db, ids, cancellation);
        return new RingPreview([.. given.OrderByDescending(g => g.Count).ThenBy(g => g.MemberId).ThenBy(g => g.AuthorId).Select(g => (links[g.MemberId], links[g.AuthorId], g.Count))], given.Sum(g => g.Count), posts, points);
    }

    private async Task<Dictionary<long, MemberLink>> LinksAsync(ForumDbContext db, List<long> ids, CancellationToken cancellation) =>
        await db.Users.Where(m => ids.Contains(m.Id)).Select(m => new { m.Id, m.UserName, m.Name }).ToDictionaryAsync(m => m.Id, m => new MemberLink(m.UserName!, options.Site.Show(m.Name, m.UserName!)), cancellation);

    /// <summary>Those who are joined by pairs, over however many others.</summary>
    private static List<HashSet<long>> Joined(List<(long From, long To)> pairs)
    {
        var rings = new List<HashSet<long>>();
        foreach (var (from, to) in pairs)
        {
            var touched = rings.FindAll(r => r.Contains(from) || r.Contains(to));
            rings.RemoveAll(touched.Contains);
            rings.Add([from, to, .. touched.SelectMany(r => r)]);
        }
        return rings;
    }
}
