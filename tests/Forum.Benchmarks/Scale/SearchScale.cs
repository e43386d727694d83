using System.Diagnostics;
using Forum.Search;
using Lucene.Net.Search;

namespace Forum.Benchmarks.Scale;

/// <summary>Milliseconds of CPU that one kind of search takes, and what it allocates.</summary>
internal sealed record Cost(string Name, double Median, double P95, double P99, long Bytes);

/// <summary>An index of so many made-up posts, and what it costs to build and to ask.</summary>
internal sealed class SearchScale(int posts, string? kept) : IDisposable
{
    private const int Boards = 20, Tags = 500, MaxReplies = 40, Warmup = 200, Queries = 1_000;

    private static readonly Language[] english = [Language.English];

    private readonly string folder = kept is null ? Directory.CreateTempSubdirectory("forum-scale-").FullName : Path.Combine(kept, $"{posts}");
    private readonly ZipfText text = new(1);
    private readonly Random random = new(1);
    private OpenIndex index = null!;
    private long topics;

    /// <summary>Bytes on the disk.</summary>
    public long Size => Directory.EnumerateFiles(folder).Sum(f => new FileInfo(f).Length);

    /// <summary>Posts a second; null where it was there.</summary>
    public double? Build()
    {
        index = OpenIndex.Open(folder);
        topics = index.Search(SegmentValues.LastTopicOf);
        if (topics > 0)
            return null;
        var watch = Stopwatch.StartNew();
        for (var written = 0; written < posts; topics++)
        {
            var replies = Math.Min(MaxReplies, (int)(-3 * Math.Log(1 - random.NextDouble())));
            var id = topics + 1;
            var topic = new SearchDocument(new(id, random.Next(Boards) + 1, Language.English, text.Asked(7), random.Next(2) == 0, random.Next(40) == 0, replies, [(long)(Tags * Math.Pow(random.NextDouble(), 3)) + 1], []));
            for (var number = 1; number <= replies + 1; number++, written++)
            {
                var post = new SearchPost(id * 100 + number, id, number, random.Next(1000), DateTime.UnixEpoch.AddMinutes(id), random.Next(10), text.Of((int)(20 * Math.Exp(random.NextDouble() * 2))));
                topic.Add(post);
                if (number > 1)
                    index.Writer.AddDocument(topic.ToDocument(post));
            }
            index.Writer.AddDocument(topic.ToDocument()!);
        }
        index.Refresh();
        index.Commit(new Dictionary<string, string>());
        return posts / watch.Elapsed.TotalSeconds;
    }

    public int Segments => index.Search(s => s.IndexReader.Leaves.Count);

    public IEnumerable<Cost> Measure(string only) => Searches().Where(s => s.Name.Contains(only, StringComparison.Ordinal)).Select(s => Time(s.Name, s.Search));

    private IEnumerable<(string Name, Action<IndexSearcher> Search)> Searches()
    {
        var all = LuceneQueries.AnyOf(SearchFields.Board, Enumerable.Range(1, Boards).Select(b => SearchDocument.Key(b)));
        var readable = new RememberedFilter(all);
        var topicsOnly = new RememberedFilter(LuceneQueries.All([(LuceneQueries.Is(SearchFields.IsTopic), true), (readable, true)]));
        var one = new RememberedFilter(LuceneQueries.AnyOf(SearchFields.Board, ["7"]));
        foreach (var words in new[] { 1, 3, 9 })
        {
            yield return ($"{words} words: any of them, all looked at", searcher => searcher.Search(LuceneQueries.Words(ParsedQuery.Of(text.Asked(words), english)), readable, new TopicCollector(20, SearchSort.Relevance, Now)));
            yield return ($"{words} words: the best 20 topics", searcher => TopicSearch.Best(searcher, ParsedQuery.Of(text.Asked(words), english), readable, 20, Now));
            yield return ($"{words} words: and counted for the filters", searcher => Counted(searcher, text.Asked(words), readable, SearchSort.Relevance));
        }
        yield return ("3 frequent words: any of them, all looked at", searcher => searcher.Search(LuceneQueries.Words(ParsedQuery.Of(text.Frequent(3), english)), readable, new TopicCollector(20, SearchSort.Relevance, Now)));
        yield return ("3 frequent words: the best 20 topics", searcher => TopicSearch.Best(searcher, ParsedQuery.Of(text.Frequent(3), english), readable, 20, Now));
        yield return ("3 frequent words: and counted for the filters", searcher => Counted(searcher, text.Frequent(3), readable, SearchSort.Relevance));
        yield return ("3 words in one board of 20, counted", searcher => Counted(searcher, text.Asked(3), one, SearchSort.Relevance));
        yield return ("3 words, the newest first, counted", searcher => Counted(searcher, text.Asked(3), readable, SearchSort.Newest));
        yield return ("similar questions", searcher => SimilarQuestions.Rank(searcher, text.Asked(6), english, topicsOnly, null, 5, Now));
        yield return ("suggestions for three letters", searcher => searcher.Search(LuceneQueries.Beginnings(text.Asked(1)[..3], english)!, readable, new TopicCollector(5, SearchSort.Relevance, Now, most: 100_000)));
    }

    private double Now => topics * 60;

    private void Counted(IndexSearcher searcher, string asked, Filter filter, SearchSort sort)
    {
        using var counter = new TopicCounter(SegmentValues.LastTopicOf(searcher), Now);
        TopicSearch.Find(searcher, ParsedQuery.Of(asked, english), filter, sort, 21, Now, counter, null);
        counter.Next(null);
    }

    private Cost Time(string name, Action<IndexSearcher> search) => index.Search(searcher =>
    {
        for (var i = 0; i < Warmup; i++)
            search(searcher);
        var times = new double[Queries];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Queries; i++)
        {
            var begun = ThreadClock.Milliseconds();
            search(searcher);
            times[i] = ThreadClock.Milliseconds() - begun;
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(times);
        return new Cost(name, times[Queries / 2], times[Queries * 95 / 100], times[Queries * 99 / 100], allocated / Queries);
    });

    public void Dispose()
    {
        index.Dispose();
        if (kept is null)
            Directory.Delete(folder, recursive: true);
    }
}
