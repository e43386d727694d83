using System.Buffers;
using Lucene.Net.Search;

namespace Forum.Search;

/// <summary>
/// Counts topics while they are found, each once however many of its posts are: all of them, those of each board and tag, and those with a post that is
/// not older than a week, a month or a year. One quick look at each document that is found.
/// </summary>
internal sealed class TopicCounter : IDisposable
{
    private const long Day = 86_400;

    /// <summary>The shortest first.</summary>
    private static readonly (SearchPeriod Period, long Seconds)[] ages = [(SearchPeriod.Week, 7 * Day), (SearchPeriod.Month, 30 * Day), (SearchPeriod.Year, 365 * Day)];

    /// <summary>A sample has as many parts at least, each of documents that stand together, so that a topic is in it with its first replies or not at all.</summary>
    private const int Parts = 16, MaxPartSize = 1_024;

    private readonly Dictionary<TopicGroup, int> groups = [];

    /// <summary>By the topic's id, the shortest period that a post of it was found in: 0 for not found, 1 for any, 4 for a week.</summary>
    private readonly byte[] found;

    private readonly int[] topics = new int[ages.Length + 2];
    private readonly long week, month, year;
    private SegmentValues values = null!;
    private int[] counts = [];
    private double scale = 1;

    /// <param name="lastTopic">No topic in the index has a higher id.</param>
    public TopicCounter(long lastTopic, double nowSeconds)
    {
        found = ArrayPool<byte>.Shared.Rent(checked((int)lastTopic + 1));
        found.AsSpan(0, (int)lastTopic + 1).Clear();
        (week, month, year) = (Since(SearchPeriod.Week, nowSeconds), Since(SearchPeriod.Month, nowSeconds), Since(SearchPeriod.Year, nowSeconds));
    }

    /// <summary>All that were found.</summary>
    public int Total => About(topics[1]);

    /// <summary>Only a part was looked at: the numbers are about right.</summary>
    public bool IsSampled => scale > 1;

    /// <summary>Those of the boards and with the tags, by their ids in the index.</summary>
    public IReadOnlyDictionary<TopicGroup, int> Groups => !IsSampled ? groups : groups.ToDictionary(g => g.Key, g => About(g.Value));

    /// <summary>Those with a post of that period.</summary>
    public int Of(SearchPeriod period) => About(topics[ages.Length + 1 - Array.FindIndex(ages, a => a.Period == period)]);

    /// <summary>The shortest first.</summary>
    public static IEnumerable<SearchPeriod> Periods => ages.Select(a => a.Period);

    /// <summary>When a period begins, in Unix seconds.</summary>
    public static long Since(SearchPeriod period, double nowSeconds) => (long)nowSeconds - Array.Find(ages, a => a.Period == period).Seconds;

    /// <summary>Counts in one of so many parts of the index, evenly spread.</summary>
    /// <param name="every">At least 2.</param>
    public void Sample(IndexSearcher searcher, Query query, int every, IReadOnlySet<long>? without)
    {
        var documents = searcher.IndexReader.MaxDoc;
        var size = Math.Clamp(documents / (every * Parts), 1, MaxPartSize);
        var round = size * every;
        scale = documents / ((double)(documents / round) * size + Math.Min(documents % round, size));
        var weight = searcher.CreateNormalizedWeight(query);
        foreach (var leaf in searcher.IndexReader.Leaves)
        {
            Next(SegmentValues.Of(leaf.AtomicReader));
            var found = weight.GetScorer(leaf, leaf.AtomicReader.LiveDocs);
            for (var doc = found?.NextDoc() ?? DocIdSetIterator.NO_MORE_DOCS; doc != DocIdSetIterator.NO_MORE_DOCS;)
            {
                var at = leaf.DocBase + doc;
                if (at % round >= size)
                {
                    doc = found!.Advance(at / round * round + round - leaf.DocBase);
                    continue;
                }
                if (without is null || !without.Contains(values.Topic(doc)))
                    Add(doc);
                doc = found!.NextDoc();
            }
        }
        Next(null);
    }

    /// <summary>Of a sample, what it stands for, with the two digits that it is good for.</summary>
    private int About(int counted)
    {
        var all = (long)(counted * scale);
        var unit = 1L;
        while (IsSampled && all / unit >= 100)
            unit *= 10;
        return (int)((all + unit / 2) / unit * unit);
    }

    /// <summary>Goes on with another segment, or ends with none.</summary>
    public void Next(SegmentValues? segment)
    {
        for (var group = 0; group < counts.Length; group++)
            if (counts[group] > 0)
                groups[values.Groups[group]] = groups.GetValueOrDefault(values.Groups[group]) + counts[group];
        values = segment!;
        counts = segment is null ? [] : new int[segment.Groups.Count];
    }

    public void Add(int doc)
    {
        var created = values.Created(doc);
        var age = created < year ? 1 : created < month ? 2 : created < week ? 3 : 4;
        ref var known = ref found[values.Topic(doc)];
        if (known == 0)
            values.Groups.Add(doc, counts);
        while (known < age)
            topics[++known]++;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(found);
}
