using System.Buffers;

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

    private readonly Dictionary<TopicGroup, int> groups = [];

    /// <summary>By the topic's id, the shortest period that a post of it was found in: 0 for not found, 1 for any, 4 for a week.</summary>
    private readonly byte[] found;

    private readonly int[] topics = new int[ages.Length + 2];
    private readonly long week, month, year;
    private SegmentValues values = null!;
    private int[] counts = [];

    /// <param name="lastTopic">No topic in the index has a higher id.</param>
    public TopicCounter(long lastTopic, double nowSeconds)
    {
        found = ArrayPool<byte>.Shared.Rent(checked((int)lastTopic + 1));
        found.AsSpan(0, (int)lastTopic + 1).Clear();
        (week, month, year) = (Since(SearchPeriod.Week, nowSeconds), Since(SearchPeriod.Month, nowSeconds), Since(SearchPeriod.Year, nowSeconds));
    }

    /// <summary>All that were found.</summary>
    public int Total => topics[1];

    /// <summary>Those of the boards and with the tags, by their ids in the index.</summary>
    public IReadOnlyDictionary<TopicGroup, int> Groups => groups;

    /// <summary>Those with a post of that period.</summary>
    public int Of(SearchPeriod period) => topics[ages.Length + 1 - Array.FindIndex(ages, a => a.Period == period)];

    /// <summary>The shortest first.</summary>
    public static IEnumerable<SearchPeriod> Periods => ages.Select(a => a.Period);

    /// <summary>When a period begins, in Unix seconds.</summary>
    public static long Since(SearchPeriod period, double nowSeconds) => (long)nowSeconds - Array.Find(ages, a => a.Period == period).Seconds;

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
