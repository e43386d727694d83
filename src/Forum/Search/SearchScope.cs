using System.Collections.Concurrent;
using Forum.Boards;
using Forum.Data;
using Lucene.Net.Search;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>A board that the reader may read.</summary>
internal sealed record ScopeBoard(long Id, long? ParentId, string Slug, string Name, BoardKind Kind, Language Language);

/// <summary>The boards a search may look into. They are part of each query, so that nothing else is ever counted, ranked or shown.</summary>
internal sealed class SearchScope(IReadOnlyList<ScopeBoard> boards)
{
    /// <summary>Sets of boards whose filter is remembered: one per kind of reader and board page.</summary>
    private const int MaxRemembered = 64;

    private static readonly ConcurrentDictionary<string, RememberedFilter> remembered = new();

    public IReadOnlyList<ScopeBoard> Boards { get; } = boards;

    public static async Task<SearchScope> OfAsync(ForumDbContext db, Rights rights, Language site, CancellationToken cancellation)
    {
        var boards = await db.Boards.AsNoTracking().ReadableBy(rights).Select(b => new { b.Id, b.ParentId, b.Slug, b.Name, b.Kind, b.Language }).ToListAsync(cancellation);
        return new([.. boards.Select(b => new ScopeBoard(b.Id, b.ParentId, b.Slug, b.Name, b.Kind, b.Language is null ? site : Language.Of(b.Language)))]) { Site = site };
    }

    /// <summary>The language of boards that have none of their own.</summary>
    public required Language Site { get; init; }

    /// <summary>The languages that somebody may ask in who looks into these boards.</summary>
    public IReadOnlyList<Language> Languages => Boards.Count == 0 ? [Site] : [.. Boards.Select(b => b.Language).Distinct().OrderByDescending(l => l == Site)];

    /// <summary>Tells this set of boards from others.</summary>
    public string Key { get; } = string.Join(',', boards.Select(b => b.Id).Order());

    /// <summary>The board of this id; null when it may not be read, or was not there yet.</summary>
    public ScopeBoard? this[long id] => Boards.FirstOrDefault(b => b.Id == id);

    /// <summary>The board of this slug and all below it.</summary>
    public SearchScope Below(string slug)
    {
        var found = Boards.Where(b => string.Equals(b.Slug, slug, StringComparison.OrdinalIgnoreCase)).ToList();
        for (var i = 0; i < found.Count; i++)
            found.AddRange(Boards.Where(b => b.ParentId == found[i].Id && !found.Contains(b)));
        return new(found) { Site = Site };
    }

    /// <summary>The boards that are in another one too.</summary>
    public SearchScope Both(SearchScope other) => new([.. Boards.Intersect(other.Boards)]) { Site = Site };

    /// <summary>Only boards where questions are solved.</summary>
    public SearchScope OfQuestions() => new([.. Boards.Where(b => b.Kind == BoardKind.Questions)]) { Site = Site };

    /// <summary>The mandatory clause: documents of these boards.</summary>
    public Filter ToFilter() => Remembered(Key, () => LuceneQueries.AnyOf(SearchFields.Board, Boards.Select(b => SearchDocument.Key(b.Id))));

    /// <summary>Topics of these boards, without the documents of single replies.</summary>
    public Filter ToTopicFilter() => Remembered($"{Key} {SearchFields.IsTopic}", () => LuceneQueries.All([(LuceneQueries.Is(SearchFields.IsTopic), true), (ToFilter(), true)]));

    private static RememberedFilter Remembered(string key, Func<Filter> filter)
    {
        if (remembered.Count >= MaxRemembered)
            remembered.Clear();
        return remembered.GetOrAdd(key, _ => new RememberedFilter(filter()));
    }
}
