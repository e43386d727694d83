using Forum.Search;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Forum.Benchmarks.Relevance;

/// <summary>A way to rank that was tried.</summary>
internal sealed record Variant(string Name, Func<IndexSearcher, ParsedQuery, Collection, Query> Query);

/// <summary>What was tried beside the ranking that is in use, each as a query of Lucene, so that the table can be made again on other collections.</summary>
internal static class Variants
{
    private const string Question = "question", Stem = "stem", Passage = SearchFields.Exact;

    public static readonly IReadOnlyList<Variant> All =
    [
        new("any of the words, by BM25", (_, q, _) => Words(q)),
        new("all of the words", (_, q, _) => Words(q, SearchFields.Text, 1, Occur.MUST)),
        new("without the words of the answers", (_, q, _) => Words(q, Question)),
        new("question × 0.5 beside all", (_, q, _) => Sum(Words(q), Words(q, Question, 0.5f))),
        .. new[] { 0.1f, 0.2f, 0.5f, 1f, 3f }.Select(w => new Variant($"title × {w}", (_, q, _) => Sum(Words(q), Words(q, SearchFields.Title, w)))),
        new("words as spelled × 0.2", (_, q, _) => Sum(Words(q), Words(q, Passage, 0.2f))),
        .. new[] { (0.1f, 0), (0.2f, 0), (0.2f, 4), (0.3f, 4) }.Select(p => new Variant($"pairs within {p.Item2} × {p.Item1}", (_, q, _) => Sum(Words(q), Pairs(q, Passage, p.Item1, p.Item2)))),
        new("pairs of stems within 4 × 0.2", (_, q, _) => Sum(Words(q), Pairs(q, Stem, 0.2f, 4))),
        new("pairs in the title × 0.3", (_, q, _) => Sum(Words(q), Pairs(q, SearchFields.Title, 0.3f, 0))),
        new("title × 0.2, pairs within 4 × 0.2", (_, q, _) => Sum(Words(q), Words(q, SearchFields.Title, 0.2f), Pairs(q, Passage, 0.2f, 4))),
        new("the same and words as spelled × 0.2", (_, q, _) => Sum(Words(q), Words(q, SearchFields.Title, 0.2f), Words(q, Passage, 0.2f), Pairs(q, Passage, 0.2f, 4))),
        .. new[] { 0.2f, 0.5f, 1f }.Select(w => new Variant($"each further word + {w}", (_, q, _) => Sum(Words(q), Further(q, w)))),
        .. new[] { (3, 5, 0.2f), (5, 10, 0.2f), (5, 20, 0.3f), (10, 10, 0.3f) }.Select(f => new Variant($"feedback: {f.Item2} words of {f.Item1} topics × {f.Item3}", (s, q, c) => WithFeedback(s, q, c, f.Item1, f.Item2, f.Item3))),
    ];

    /// <summary>Fields that only variants look into.</summary>
    public static void AddFields(JudgedTopic topic, Document document)
    {
        document.Add(new Field(Question, new WordStream(Search.Words.Of($"{topic.Title}\n{topic.Text}", Language.English), stems: true), SearchFields.Stems));
        foreach (var text in new[] { topic.Title, topic.Text }.Concat(topic.Replies))
            document.Add(new Field(Stem, new WordStream(Search.Words.Of(text, Language.English), stems: true), SearchFields.Spelled));
    }

    private static BooleanQuery Words(ParsedQuery query, string field = SearchFields.Text, float weight = 1, Occur occur = Occur.SHOULD)
    {
        var all = new BooleanQuery { Boost = weight };
        foreach (var word in query.Words)
            all.Add(new TermQuery(new(field, field == Passage ? word.Text : word.Stem)), occur);
        return all;
    }

    private static BooleanQuery Pairs(ParsedQuery query, string field, float weight, int slop)
    {
        var all = new BooleanQuery { Boost = weight };
        foreach (var (one, other) in query.Words.Zip(query.Words.Skip(1)))
            all.Add(new PhraseQuery { new Term(field, field == Passage ? one.Text : one.Stem), new Term(field, field == Passage ? other.Text : other.Stem) }.Within(slop), Occur.SHOULD);
        return all;
    }

    private static PhraseQuery Within(this PhraseQuery phrase, int slop)
    {
        phrase.Slop = slop;
        return phrase;
    }

    private static BooleanQuery Further(ParsedQuery query, float bonus)
    {
        var all = new BooleanQuery();
        foreach (var word in query.Words)
            all.Add(new ConstantScoreQuery(new TermQuery(new(SearchFields.Text, word.Stem))) { Boost = bonus }, Occur.SHOULD);
        return all;
    }

    /// <summary>Looks for telling words of the first topics found, too.</summary>
    private static BooleanQuery WithFeedback(IndexSearcher searcher, ParsedQuery query, Collection collection, int topics, int words, float weight)
    {
        var weights = new Dictionary<string, double>();
        foreach (var number in SearchEvaluation.Ranked(searcher, Words(query)).Take(topics))
        {
            var topic = collection.Topics[(int)number - 1];
            var text = Search.Words.Of($"{topic.Title}\n{topic.Text}", Language.English);
            foreach (var group in text.GroupBy(w => w.Stem))
                weights[group.Key] = weights.GetValueOrDefault(group.Key) + (double)group.Count() / text.Count;
        }
        var count = searcher.IndexReader.NumDocs;
        var best = weights.Select(w => (Stem: w.Key, Weight: w.Value, Documents: searcher.IndexReader.DocFreq(new(SearchFields.Text, w.Key))))
            .Where(w => w.Documents > 0 && w.Documents < count / 10 && w.Stem.Length > 2)
            .Select(w => (w.Stem, Weight: w.Weight * Math.Log((double)count / w.Documents))).OrderByDescending(w => w.Weight).Take(words).ToList();
        var all = Sum(Words(query));
        foreach (var (stem, share) in best)
            all.Add(new TermQuery(new(SearchFields.Text, stem)) { Boost = (float)(weight * share / best[0].Weight) }, Occur.SHOULD);
        return all;
    }

    private static BooleanQuery Sum(params BooleanQuery[] queries)
    {
        var all = new BooleanQuery();
        foreach (var query in queries.Where(q => q.Clauses.Count > 0))
            all.Add(query, Occur.SHOULD);
        return all;
    }
}
