using System.Globalization;
using System.Text.Json;
using Lucene.Net.Search;

namespace Forum.Search;

/// <summary>How well the search finds what people have judged to be right, as means over all queries.</summary>
/// <param name="Ndcg10">Whether the right ones come first among the first ten (nDCG@10).</param>
/// <param name="Recall10">Which part of the right ones is among the first ten.</param>
/// <param name="Recall100">Which part of the right ones is among the first hundred.</param>
/// <param name="Map">Mean average precision over the first thousand.</param>
public sealed record SearchQuality(int Documents, int Queries, double Ndcg10, double Recall10, double Recall100, double Map);

/// <summary>Measures the search on a collection in BEIR's form: the words, the ranking and the index are those of the forum.</summary>
public sealed class SearchEvaluation : IDisposable
{
    /// <summary>How deep the average precision looks, as such collections are measured by custom.</summary>
    private const int Depth = 1000;

    private readonly string folder = Directory.CreateTempSubdirectory("forum-evaluation-").FullName;
    private readonly OpenIndex index;
    private readonly List<string> ids = [];

    private SearchEvaluation() => index = OpenIndex.Open(folder);

    /// <summary>Indexes a corpus (JSON lines with _id, title, text), answers its queries (JSON lines with _id, text) and compares with the judgements (query, document, grade; separated by tabs, with a heading).</summary>
    public static SearchQuality Run(string corpus, string queries, string qrels, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        using var evaluation = new SearchEvaluation();
        evaluation.Index(Rows(corpus).Select(d => (Id(d), Text(d, "title"), Text(d, "text"), (IReadOnlyList<string>)[])), cancellation);
        return evaluation.Measure(Rows(queries).Select(q => (Id(q), Text(q, "text"))), qrels, evaluation.Answer, progress, cancellation);
    }

    /// <summary>The same for pairs of similar questions: topics of the forum's form, asked by their own titles, none of which finds itself.</summary>
    internal static SearchQuality RunSimilar(IReadOnlyCollection<(string Id, string Title, string Text, IReadOnlyList<string> Replies)> topics, string qrels)
    {
        using var evaluation = new SearchEvaluation();
        evaluation.Index(topics, default);
        return evaluation.Measure(topics.Select(t => (t.Id, t.Title)), qrels, evaluation.Resembling, null, default);
    }

    private void Index(IEnumerable<(string Id, string Title, string Text, IReadOnlyList<string> Replies)> documents, CancellationToken cancellation)
    {
        foreach (var (id, title, text, replies) in documents)
        {
            cancellation.ThrowIfCancellationRequested();
            ids.Add(id);
            var topic = new SearchTopic(ids.Count, 1, title, false, false, replies.Count, [], []);
            var document = new SearchDocument(topic);
            document.Add(new(ids.Count, topic.Id, 1, 1, DateTime.UnixEpoch, 0, text));
            for (var i = 0; i < replies.Count; i++)
                document.Add(new(-ids.Count, topic.Id, i + 2, 1, DateTime.UnixEpoch, 0, replies[i]));
            index.Writer.AddDocument(document.ToDocument());
        }
        index.Refresh();
    }

    private List<string> Answer(string id, string text) => index.Search(searcher =>
    {
        var collector = new TopicCollector(Depth, SearchSort.Relevance, 0);
        searcher.Search(LuceneQueries.Words(ParsedQuery.Of(text)), collector);
        return collector.Ranked().ConvertAll(f => ids[(int)f.TopicId - 1]);
    });

    private List<string> Resembling(string id, string title) => index.Search(searcher =>
        SimilarQuestions.Rank(searcher, title, new QueryWrapperFilter(new MatchAllDocsQuery()), ids.IndexOf(id) + 1, Depth, 0).ConvertAll(f => ids[(int)f - 1]));

    private SearchQuality Measure(IEnumerable<(string Id, string Text)> queries, string qrels, Func<string, string, List<string>> answer, IProgress<double>? progress, CancellationToken cancellation)
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
            var found = answer(id, text);
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
