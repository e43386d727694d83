using Forum.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>Tells what a search can be narrowed to, from what was counted while it ran.</summary>
internal static class SearchCounting
{
    /// <summary>Boards and tags to choose from: a glance.</summary>
    private const int MaxShown = 10;

    /// <param name="scope">The boards that were looked into.</param>
    /// <param name="all">The boards that the reader may read.</param>
    public static async Task<SearchCounts> OfAsync(ForumDbContext db, SearchScope all, SearchScope scope, bool? solved, SearchRequest request, TopicCounter found, CancellationToken cancellation)
    {
        var boards = found.Groups.Where(g => !g.Key.IsTag).ToLookup(g => g.Key.Id, g => (g.Key.Solved, Topics: g.Value));
        var questions = scope.OfQuestions().Boards.SelectMany(b => boards[b.Id]).ToList();
        return new(
            [.. scope.Boards.Where(b => !string.Equals(b.Slug, request.Board, StringComparison.OrdinalIgnoreCase))
                .Select(b => new SearchNarrowing(b.Slug, b.Name, all.Below(b.Slug).Boards.Sum(x => boards[x.Id].Sum(g => g.Topics))))
                .Where(b => b.Topics > 0).OrderByDescending(b => b.Topics).ThenBy(b => b.Name, StringComparer.Ordinal).Take(MaxShown)],
            await TagsAsync(db, [.. request.Tags.Select(TagNames.Normal)], found.Groups.Where(g => g.Key.IsTag).ToDictionary(g => g.Key.Id, g => g.Value), cancellation),
            solved is null ? questions.Where(q => q.Solved).Sum(q => q.Topics) : null,
            solved is null ? questions.Where(q => !q.Solved).Sum(q => q.Topics) : null,
            [.. TopicCounter.Periods.TakeWhile(p => p != request.Period).Select(p => (p, found.Of(p)))]);
    }

    /// <summary>A topic that is still in the index under a name that was merged meanwhile counts for the tag that this is a synonym of.</summary>
    private static async Task<IReadOnlyList<SearchNarrowing>> TagsAsync(ForumDbContext db, IReadOnlyList<string> chosen, Dictionary<long, int> found, CancellationToken cancellation)
    {
        if (found.Count == 0)
            return [];
        foreach (var synonym in await db.Tags.AsNoTracking().Where(t => t.SynonymOfId != null).Select(t => new { t.Id, RealId = t.SynonymOfId!.Value }).ToListAsync(cancellation))
            if (found.Remove(synonym.Id, out var topics))
                found[synonym.RealId] = found.GetValueOrDefault(synonym.RealId) + topics;
        var most = found.OrderByDescending(t => t.Value).ThenBy(t => t.Key).Take(MaxShown + chosen.Count).Select(t => t.Key).ToList();
        var names = await db.Tags.AsNoTracking().Where(t => most.Contains(t.Id)).Select(t => new
        {
            t.Id,
            t.Name,
            Chosen = chosen.Contains(t.Name) || db.Tags.Any(s => s.SynonymOfId == t.Id && chosen.Contains(s.Name)),
        }).ToListAsync(cancellation);
        return [.. names.Where(t => !t.Chosen).Select(t => new SearchNarrowing(t.Name, t.Name, found[t.Id]))
            .OrderByDescending(t => t.Topics).ThenBy(t => t.Name, StringComparer.Ordinal).Take(MaxShown)];
    }
}
