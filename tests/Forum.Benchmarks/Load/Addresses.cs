using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Forum.Benchmarks.Load;

/// <summary>What there is to ask of a community.</summary>
/// <param name="Topics">Topics whose first page is full.</param>
/// <param name="Long">A topic of ten thousand replies, where there is one.</param>
/// <param name="Queries">Questions as people type them.</param>
internal sealed record Addresses(IReadOnlyList<string> Topics, string? Long, IReadOnlyList<string> Boards, IReadOnlyList<string> Queries)
{
    /// <summary>Posts of the long topic.</summary>
    public const int LongPosts = 10_001;

    private const int MostTopics = 500, MostQueries = 1000;

    private static int unique;

    public static async Task<Addresses> OfAsync(Community community, CancellationToken cancellation)
    {
        await using var db = community.Db();
        var full = await db.Topics.Where(t => t.LastNumber >= Paging.PageSize && t.LastNumber < LongPosts).OrderBy(t => t.Id).Take(MostTopics).Select(t => new { t.Id, t.Slug }).ToListAsync(cancellation);
        var longest = await db.Topics.Where(t => t.LastNumber >= LongPosts).OrderBy(t => t.Id).Select(t => new { t.Id, t.Slug }).FirstOrDefaultAsync(cancellation);
        var titles = await db.Topics.OrderByDescending(t => t.Id).Take(MostQueries).Select(t => t.Title).ToListAsync(cancellation);
        var boards = await db.Boards.OrderBy(b => b.Id).Select(b => b.Slug).ToListAsync(cancellation);
        return new([.. full.Select(t => Topic(t.Id, t.Slug))], longest is null ? null : Topic(longest.Id, longest.Slug), [.. boards.Select(b => $"/forums/{b}")], [.. titles.Select(Uri.EscapeDataString)]);
    }

    /// <summary>An address that was never asked for before, so that no cache knows it; the page is the same.</summary>
    public static string Fresh(string address) =>
        string.Create(CultureInfo.InvariantCulture, $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}returnUrl={Interlocked.Increment(ref unique)}");

    private static string Topic(long id, string slug) => string.Create(CultureInfo.InvariantCulture, $"/t/{id}/{slug}");
}
