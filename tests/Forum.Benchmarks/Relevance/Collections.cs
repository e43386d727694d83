using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Forum.Search;

namespace Forum.Benchmarks.Relevance;

/// <summary>Topics, what is asked, and what people have judged to be right.</summary>
internal sealed record Collection(string Name, IReadOnlyList<JudgedTopic> Topics, IReadOnlyList<(string Id, string Text)> Queries, string Judgements, bool IsSimilar)
{
    /// <summary>The search as it is.</summary>
    public SearchQuality Measure()
    {
        using var evaluation = SearchEvaluation.Over(Topics);
        return evaluation.Measure(Queries, Judgements, IsSimilar ? SearchEvaluation.Similar : (searcher, _, text) => SearchEvaluation.Answer(searcher, text));
    }
}

/// <summary>Reads the judged collections that lie in the folder of test data.</summary>
internal static partial class Collections
{
    /// <summary>Those that are there.</summary>
    public static IEnumerable<Collection> In(string data)
    {
        foreach (var folder in (Directory.Exists(data) ? Directory.EnumerateDirectories(data) : []).Order(StringComparer.Ordinal))
        {
            if (File.Exists(Path.Combine(folder, "corpus.jsonl")))
                foreach (var split in Directory.EnumerateFiles(Path.Combine(folder, "qrels"), "*.tsv").Order(StringComparer.Ordinal))
                    yield return Beir(folder, Path.GetFileNameWithoutExtension(split));
            if (File.Exists(Path.Combine(folder, "Posts.xml")))
                foreach (var judgements in Directory.EnumerateFiles(folder, "qrels_*.tsv").Order(StringComparer.Ordinal))
                    yield return StackExchange(folder, Path.GetFileNameWithoutExtension(judgements));
        }
    }

    public static Collection Beir(string folder, string split) => new($"{Path.GetFileName(folder)} {split}",
        [.. SearchEvaluation.Corpus(Path.Combine(folder, "corpus.jsonl"))], [.. SearchEvaluation.Queries(Path.Combine(folder, "queries.jsonl"))], Path.Combine(folder, "qrels", split + ".tsv"), false);

    /// <summary>Questions of a Stack Exchange site that are asked by their titles and should find those that members have linked.</summary>
    public static Collection StackExchange(string folder, string judgements)
    {
        var posts = XDocument.Load(Path.Combine(folder, "Posts.xml")).Root!.Elements("row").ToList();
        var answers = posts.Where(p => (string?)p.Attribute("PostTypeId") == "2").ToLookup(p => (string)p.Attribute("ParentId")!, Text);
        var topics = posts.Where(p => (string?)p.Attribute("PostTypeId") == "1").Select(p => new JudgedTopic((string)p.Attribute("Id")!, (string)p.Attribute("Title")!, Text(p), [.. answers[(string)p.Attribute("Id")!]],
            p.Attribute("AcceptedAnswerId") is not null, p.Attribute("ClosedDate") is not null, (int)p.Attribute("Score")!, (DateTime)p.Attribute("CreationDate")!)).ToList();
        return new($"{Path.GetFileName(folder)} {judgements}", topics, [.. topics.Select(t => (t.Id, t.Title))], Path.Combine(folder, judgements + ".tsv"), true);
    }

    private static string Text(XElement post) => WebUtility.HtmlDecode(Tags().Replace((string)post.Attribute("Body")!, " "));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
