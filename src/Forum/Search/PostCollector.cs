using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Forum.Search;

/// <summary>What was found of one topic.</summary>
/// <param name="Best">The reply that fits best; null where no reply was found.</param>
/// <param name="Document">The number of that reply's document.</param>
/// <param name="Replies">Replies that were found.</param>
/// <param name="Own">The number of the topic's own document where it was found: the question may be among what was found.</param>
internal sealed record FoundPosts(long? Best, double Rank, int? Document, int Replies, int? Own)
{
    public static readonly FoundPosts None = new(null, double.NegativeInfinity, null, 0, null);

    public IEnumerable<int> Documents => new[] { Own, Document }.OfType<int>();
}

/// <summary>Collects, of few topics, what was found of each.</summary>
internal sealed class PostCollector(double nowSeconds) : ICollector
{
    private Scorer scorer = null!;
    private SegmentValues values = null!;
    private NumericDocValues scores = null!;
    private int first;

    public Dictionary<long, FoundPosts> Found { get; } = [];

    public bool AcceptsDocsOutOfOrder => true;

    public void SetScorer(Scorer scorer) => this.scorer = scorer;

    public void SetNextReader(AtomicReaderContext context)
    {
        values = SegmentValues.Of(context.AtomicReader);
        scores = SegmentValues.On(context.AtomicReader, SearchFields.ScoreValue);
        first = context.DocBase;
    }

    public void Collect(int doc)
    {
        var topic = values.Topic(doc);
        var found = Found.GetValueOrDefault(topic, FoundPosts.None);
        if ((values.Flags(doc) & SearchFields.TopicFlag) != 0)
        {
            Found[topic] = found with { Own = first + doc };
            return;
        }
        var rank = scorer.GetScore() * Ranking.Factor(values.Flags(doc), scores.Get(doc), nowSeconds - values.Created(doc));
        Found[topic] = rank > found.Rank ? found with { Best = values.Post(doc), Rank = rank, Document = first + doc, Replies = found.Replies + 1 } : found with { Replies = found.Replies + 1 };
    }
}
