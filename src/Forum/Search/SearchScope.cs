using System.Collections.Concurrent;
using Forum.Boards;
using Forum.Data;
using Lucene.Net.Search;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>A board that the reader may read.</summary>
internal sealed record ScopeBoard(long Id, long? ParentId, string Slug, string Name, BoardKind Kind);

/// <summary>The boards a search may look into. They are part of each query, so that nothing else is ever counted, ranked or shown.</summary>
internal sealed class SearchScope(IReadOnlyList<ScopeBoard> boards)
{
    /// <summary>Sets of boards whose filter is remembered: one per kind of reader and board page.</summary>
    private const int MaxRemembered = 64;

    private static readonly ConcurrentDictionary<string, RememberedFilter> remembered = new();

    public IReadOnlyList<ScopeBoard> Boards { get; } = boards;

    public static async Task<SearchScope> OfAsync(ForumDbContext db, Rights rights, CancellationToken cancellation) =>
        new(await db.Boards.AsNoTracking().ReadableBy(rights).Select(b => new ScopeBoard(b.Id, b.ParentId, b.Slug, b.Name, b.Kind)).ToListAsync(cancellation));

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
        return new(found);
    }

    /// <summary>The boards that are in another one too.</summary>
    public SearchScope Both(SearchScope other) => new([.. Boards.Intersect(other.Boards)]);

    /// <summary>Only boards where questions are solved.</summary>
    public SearchScope OfQuestions() => new([.. Boards.Where(b => b.Kind == BoardKind.Questions)]);

    /// <summary>The mandatory clause: documents of these boards.</summary>
    public Filter ToFilter()
    {
        if (remembered.Count >= MaxRemembered)
            remembered.Clear();
        return remembered.GetOrAdd(Key, _ => new RememberedFilter(LuceneQueries.AnyOf(SearchFields.Board, Boards.Select(b => SearchDocument.Key(b.Id)))));
    }
}
