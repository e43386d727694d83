using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>What managers want to know of what is searched for.</summary>
public enum SearchReport
{
    /// <summary>Searched for most often.</summary>
    Most,

    /// <summary>Found nothing most often.</summary>
    Empty,

    /// <summary>Found something that nobody followed, most often.</summary>
    Passed,
}

/// <summary>Words that were searched for in a period.</summary>
/// <param name="Empty">Searches that found nothing.</param>
/// <param name="Clicks">Results that were followed.</param>
public sealed record SearchedRow(string Words, int Searches, int Empty, int Clicks);

/// <summary>Tells managers what is searched for; refused to others. Words of fewer than <see cref="SearchedWords.MinSearchers"/> searchers are not told.</summary>
public sealed class SearchReports(IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Rows of a report: what a person looks through.</summary>
    public const int MaxRows = 50;

    /// <param name="period">Any is as long as searches are kept.</param>
    public async Task<Result<IReadOnlyList<SearchedRow>>> TopAsync(Rights rights, SearchReport report, SearchPeriod period, CancellationToken cancellation)
    {
        if (rights.CannotSeeReports() is { } mayNot)
            return mayNot;
        var days = period switch { SearchPeriod.Week => 7, SearchPeriod.Month => 30, _ => ForgetSearches.KeptDays };
        var first = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1 - days);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rows = db.SearchedDays.AsNoTracking().Where(d => d.Day >= first && d.Of.Searchers >= SearchedWords.MinSearchers).GroupBy(d => d.Of.Words)
            .Select(g => new { Words = g.Key, Searches = g.Sum(d => d.Searches), Empty = g.Sum(d => d.Empty), Clicks = g.Sum(d => d.Clicks) });
        var most = report switch
        {
            SearchReport.Empty => rows.Where(r => r.Empty > 0).OrderByDescending(r => r.Empty),
            SearchReport.Passed => rows.Where(r => r.Searches - r.Empty - r.Clicks > 0).OrderByDescending(r => r.Searches - r.Empty - r.Clicks),
            _ => rows.Where(r => r.Searches > 0).OrderByDescending(r => r.Searches),
        };
        return Result<IReadOnlyList<SearchedRow>>.Of([.. (await most.ThenBy(r => r.Words).Take(MaxRows).ToListAsync(cancellation)).Select(r => new SearchedRow(r.Words, r.Searches, r.Empty, r.Clicks))]);
    }
}
