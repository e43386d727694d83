using System.Globalization;
using System.Text.Json;
using Lucene.Net.Documents;
using Lucene.Net.Search;

namespace Forum.Search;

/// <summary>How well the search finds what people have judged to be right, as means over all queries.</summary>
/// <param name="Ndcg10">Whether the right ones come first among the first ten (nDCG@10).</param>
/// <param name="Recall10">Which part of the right ones is among the first ten.</param>
/// <param name="Recall100">Which part of the right ones is among the first hundred.</param>
/// <param name="Map">Mean average precision over the first thousand.</param>
public sealed record SearchQuality(int Documents, int Queries, double Ndcg10, double Recall10, double Recall100, double Map);

/// <summary>A text to be found, and what the forum would know about it.</summary>
internal sealed record JudgedTopic(string Id, string Title, string Text, IReadOnlyList<string> Replies, bool Solved = false, bool Closed = false, int Score = 0, DateTime Created = default);

/// <summary>Measures the search on judged collections: the words, the ranking and the index are those of the forum.</summary>
public sealed class SearchEvaluation : IDisposable
{
    /// <summary>How deep the average precision looks, as such collections are measured by custom.</summary>
    internal const int Depth = 1000;

    private readonly string folder = Directory.CreateTempSubdirectory("forum-evaluation-").FullName;
    private readonly OpenIndex index;
    private readonly List<string> ids = [];
    private readonly Dictionary<string, long> numbers = [];

    private SearchEvaluation() => index = OpenIndex.Open(folder);

    /// <summary>Indexes a corpus (JSON lines with _id, title, text), answers its queries (JSON lines with _id, text) and compares with the judgements (query, document, grade; separated by tabs, with a heading).</summary>
    public static SearchQuality Run(string corpus, string queries, string qrels, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        using var evaluation = Over(Corpus(corpus), cancellation: cancellation);
        return evaluation.Measure(Queries(queries), qrels, (searcher, _, text) => Answer(searcher, text), progress, cancellation);
    }

    /// <summary>The documents of a corpus in BEIR's form.</summary>
    internal static IEnumerable<JudgedTopic> Corpus(string file) => Rows(file).Select(d => new JudgedTopic(Id(d), Text(d, "title"), Text(d, "text"), []));

    /// <summary>The queries of a collection in BEIR's form.</summary>
    internal static IEnumerable<(string Id, string Text)> Queries(string file) => Rows(file).Select(q => (Id(q), Text(q, "text")));

    /// <summary>An index of its own over these topics; <paramref name="more"/> may add to their documents.</summary>
    internal static SearchEvaluation Over(IEnumerable<JudgedTopic> topics, Action<JudgedTopic, Document>? more = null, CancellationToken cancellation = default)
    {
        var evaluation = new SearchEvaluation();
        foreach (var topic in topics)
        {
            cancellation.ThrowIfCancellationRequested();
            evaluation.ids.Add(topic.Id);
            var id = evaluation.numbers[topic.Id] = evaluation.ids.Count;
            var document = new SearchDocument(new(id, 1, Language.English, topic.Title, topic.Solved, topic.Closed, topic.Replies.Count, [], []));
            document.Add(new(id, id, 1, 1, Utc(topic.Created), topic.Score, topic.Text));
            for (var i = 0; i < topic.Replies.Count; i++)
                document.Add(new(-id, id, i + 2, 1, Utc(topic.Created), 0, topic.Replies[i]));
            var written = document.ToDocument()!;
            more?.Invoke(topic, written);
            evaluation.index.Writer.AddDocument(written);
        }
        evaluation.index.Refresh();
        return evaluation;
    }

    private static DateTime Utc(DateTime time) => time == default ? DateTime.UnixEpoch : DateTime.SpecifyKind(time, DateTimeKind.Utc);

    /// <summary>What the search page finds.</summary>
    internal static IEnumerable<long> Answer(IndexSearcher searcher, string text) => TopicSearch.Best(searcher, ParsedQuery.Of(text, [Language.English]), null, Depth, 0).ConvertAll(f => f.TopicId);

    /// <summary>The topics that a query finds, in the forum's order.</summary>
    internal static IEnumerable<long> Ranked(IndexSearcher searcher, Query query)
    {
        var collector = new TopicCollector(Depth, SearchSort.Relevance, 0);
        searcher.Search(query, collector);
        return collector.Ranked().ConvertAll(f => f.TopicId);
    }

    /// <summary>What stands beside a topic as similar, asked by its title; it does not find itself.</summary>
    internal static IEnumerable<long> Similar(IndexSearcher searcher, long self, string title) =>
        SimilarQuestions.Rank(searcher, title, [Language.English], LuceneQueries.Is(SearchFields.IsTopic), self, Depth, 0);

    /// <param name="answer">Ranks the numbers of topics for a query; its second argument is the number of the topic that the query is, or 0.</param>
    internal SearchQuality Measure(IEnumerable<(string Id, string Text)> queries, string qrels, Func<IndexSearcher, long, string, IEnumerable<long>> answer, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var right = File.ReadLines(qrels).Skip(1).Select(l => l.Split('\t')).Where(c => c.Length == 3)
            .Select(c => (Query: c[0], Document: c[1], Grade: int.Parse(c[2], CultureInfo.InvariantCulture))).Where(c => c.Grade > 0)
            .GroupBy(c => c.Query).ToDictionary(g => g.Key, g => g.ToDictionary(c => c.Document, c => c.Grade));
        var (ndcg, recall10, recall100, precision, done) = (0.0, 0.0, 0.0, 0.0, 0);
        foreach (var (id, text) in queries)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!right.TryGetValue(id, out var grades))
                continue;
            var found = index.Search(searcher => answer(searcher, numbers.GetValueOrDefault(id), text).Select(n => ids[(int)n - 1]).ToList());
            ndcg += Gain(found.Take(10).Select(d => grades.GetValueOrDefault(d))) / Gain(grades.Values.OrderDescending().Take(10));
            recall10 += (double)found.Take(10).Count(grades.ContainsKey) / grades.Count;
            recall100 += (double)found.Take(100).Count(grades.ContainsKey) / grades.Count;
            precision += Precision(found, grades);
            progress?.Report((double)++done / right.Count);
        }
        var count = Math.Max(1, done = right.Count);
        return new(ids.Count, done, ndcg / count, recall10 / count, recall100 / count, precision / count);
    }

    private static double Gain(IEnumerable<int> grades) => grades.Select((grade, place) => grade / Math.Log2(place + 2)).Sum();

    private static double Precision(List<string> found, Dictionary<string, int> grades)
    {
        var (hits, sum) = (0, 0.0);
        for (var i = 0; i < found.Count; i++)
            if (grades.ContainsKey(found[i]))
                sum += (double)++hits / (i + 1);
        return sum / grades.Count;
    }

    private static IEnumerable<JsonElement> Rows(string file) =>
        File.ReadLines(file).Where(l => l.Length > 0).Select(l => JsonDocument.Parse(l).RootElement);

    private static string Id(JsonElement row) => row.GetProperty("_id").ToString();

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.ToString() : "";

    public void Dispose()
    {
        index.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
