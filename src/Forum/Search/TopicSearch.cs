using Lucene.Net.Search;

namespace Forum.Search;

/// <summary>The one way in which topics are found and ranked by their words: for the search, for similar questions, and where both are measured.</summary>
internal static class TopicSearch
{
    /// <summary>Occurrences of the words up to which all that is found is looked at and counted. Two milliseconds or so.</summary>
    public const int MaxCounted = 30_000;

    /// <summary>Occurrences of the words that are looked at to tell about how many there are.</summary>
    private const int Sampled = 8_000;

    /// <summary>Occurrences of the words from which on it is quicker to find out what can be skipped than to look at all.</summary>
    private const int LeastToSkip = 100_000;

    /// <summary>The first topics in some order, and a count of all. Words that are everywhere are counted in a sample, and what cannot come among the best is not looked at.</summary>
    public static List<Found> Find(IndexSearcher searcher, ParsedQuery query, Filter filter, SearchSort sort, int count, double nowSeconds, TopicCounter counter, IReadOnlySet<long>? without, int maxCounted = MaxCounted)
    {
        if (sort != SearchSort.Relevance || !query.HasWords)
            return Ordered(searcher, query, filter, sort == SearchSort.Relevance ? SearchSort.Newest : sort, count, nowSeconds, counter, without);
        var occurrences = LuceneQueries.OccurrencesOf(query, searcher.IndexReader);
        if (query.Phrases.Count > 0 || occurrences <= maxCounted)
            return Rank(searcher, query, filter, count, nowSeconds, without, counter, skip: false);
        counter.Sample(searcher, new FilteredQuery(LuceneQueries.Words(query), filter), (int)(occurrences / Math.Min(Sampled, maxCounted)) + 1, without);
        return Rank(searcher, query, filter, count, nowSeconds, without, null, occurrences > LeastToSkip);
    }

    /// <summary>Topics by their age or votes: where it is not the best that come first, all of them should have all of the words, or most where none has all.</summary>
    private static List<Found> Ordered(IndexSearcher searcher, ParsedQuery query, Filter filter, SearchSort sort, int count, double nowSeconds, TopicCounter counter, IReadOnlySet<long>? without)
    {
        var words = query.Words.Count;
        foreach (var least in query.Phrases.Count > 0 ? [1] : new[] { words, (words + 2) / 2, 1 }.Distinct())
        {
            var collector = new TopicCollector(count, sort, nowSeconds, without, counter);
            searcher.Search(LuceneQueries.Words(query, least: least), filter, collector);
            if (collector.Ranked() is { Count: > 0 } found)
                return found;
        }
        return [];
    }

    /// <summary>The best topics, the best first.</summary>
    public static List<Found> Best(IndexSearcher searcher, ParsedQuery query, Filter? filter, int count, double nowSeconds, IReadOnlySet<long>? without = null) =>
        Rank(searcher, query, filter, count, nowSeconds, without, null, query.Phrases.Count == 0 && LuceneQueries.OccurrencesOf(query, searcher.IndexReader) > LeastToSkip);

    /// <param name="counter">Counts all that is found; then nothing is skipped.</param>
    private static List<Found> Rank(IndexSearcher searcher, ParsedQuery query, Filter? filter, int count, double nowSeconds, IReadOnlySet<long>? without, TopicCounter? counter, bool skip)
    {
        var bar = skip ? new Bar() : null;
        var collector = new TopicCollector(Math.Max(count, Refinement.Topics), SearchSort.Relevance, nowSeconds, without, counter, bar: bar);
        searcher.Search(LuceneQueries.Words(query, bar), filter, collector);
        var ranked = collector.Ranked();
        if (!query.InTitle)
            Refine(searcher, query, ranked, nowSeconds);
        return ranked.Count > count ? ranked[..count] : ranked;
    }

    private static void Refine(IndexSearcher searcher, ParsedQuery query, List<Found> ranked, double nowSeconds)
    {
        var looked = Math.Min(ranked.Count, Refinement.Topics);
        var documents = ranked.Take(looked).Select(f => f.Own).OfType<int>().Order().ToList();
        var gains = new Refinement(query, searcher.IndexReader).Of(documents);
        for (var i = 0; i < looked; i++)
            if (ranked[i].Own is { } own)
                ranked[i] = ranked[i] with { Rank = ranked[i].Rank + gains[documents.BinarySearch(own)] * ranked[i].Factor };
        ranked.Sort(0, looked, Comparer<Found>.Create((a, b) => (b.Rank, b.TopicId).CompareTo((a.Rank, a.TopicId))));
    }
}
