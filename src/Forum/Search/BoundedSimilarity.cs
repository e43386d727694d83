using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;

namespace Forum.Search;

/// <summary>BM25 that also tells what a query can score at most, so that documents that cannot come among the best are never looked at.</summary>
internal sealed class BoundedSimilarity : BM25Similarity
{
    /// <summary>How soon a word that stands more often adds less. This and the next are the values published for passages of mixed length (Anserini's defaults), not tuned to any collection of ours.</summary>
    public const float Saturation = 0.9f;

    /// <summary>How much longer documents count less.</summary>
    private const float Length = 0.4f;

    /// <summary>More than what is lost by adding up in single precision.</summary>
    private const float Rounding = 1.0001f;

    public static readonly BoundedSimilarity Instance = new();

    private BoundedSimilarity() : base(Saturation, Length) { }

    /// <summary>No document scores more, whatever its length and however often it has the words; without an end where nothing is known about the kind of query.</summary>
    public float Most(Query query, IndexReader reader) => Rounding * query.Boost * query switch
    {
        TermQuery word => MostOf(word.Term, reader),
        DisjunctionMaxQuery any => any.Max(q => Most(q, reader)),
        MultiPhraseQuery phrase => phrase.GetTermArrays().SelectMany(t => t).Sum(t => MostOf(t, reader)),
        _ => float.PositiveInfinity,
    };

    /// <summary>What a word adds where it stands very often.</summary>
    public float MostOf(Term term, IndexReader reader) => Idf(reader.DocFreq(term), reader.MaxDoc) * (Saturation + 1);
}
