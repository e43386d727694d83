using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Forum.Search;

/// <summary>A topic that was found, by its best document.</summary>
/// <param name="Factor">What its state made of the score, within the rank.</param>
/// <param name="Own">The number of the topic's own document, where it was looked at.</param>
internal readonly record struct Found(long TopicId, long PostId, double Rank, double Factor = 1, int? Own = null);

/// <summary>
/// Collects the best topics, each once however many of its posts were found. Holds no more topics than are asked for:
/// one that was pushed out comes back when a better post of it turns up.
/// </summary>
/// <param name="most">Documents that are looked at.</param>
/// <param name="bar">Rises with what a document must score to come among the best.</param>
internal sealed class TopicCollector(
    int capacity, SearchSort sort, double nowSeconds, IReadOnlySet<long>? without = null, TopicCounter? counter = null, int most = int.MaxValue, Bar? bar = null) : ICollector
{
    private readonly Dictionary<long, Found> best = [];
    private readonly PriorityQueue<long, double> order = new();
    private Scorer scorer = null!;
    private SegmentValues values = null!;
    private NumericDocValues scores = null!;
    private int looked;
    private double lowest = double.NegativeInfinity;
    private int first;

    public bool AcceptsDocsOutOfOrder => true;

    /// <summary>How many documents were looked at.</summary>
    public int Looked => looked;

    /// <summary>The best first.</summary>
    public List<Found> Ranked() => [.. best.Values.OrderByDescending(f => f.Rank).ThenByDescending(f => f.TopicId)];

    public void SetScorer(Scorer scorer) => this.scorer = scorer;

    public void SetNextReader(AtomicReaderContext context)
    {
        values = SegmentValues.Of(context.AtomicReader);
        // Votes change without a new document.
        scores = SegmentValues.On(context.AtomicReader, SearchFields.ScoreValue);
        counter?.Next(values);
        first = context.DocBase;
    }

    public void Collect(int doc)
    {
        // Ends the segment at hand only; each of those behind it ends with its first document.
        if (looked >= most)
            throw new CollectionTerminatedException();
        looked++;
        if (without is not null && without.Contains(values.Topic(doc)))
            return;
        counter?.Add(doc);
        if (sort == SearchSort.Relevance)
        {
            // The factor costs more than the score, so it is asked only of documents that can still come among the best.
            var score = scorer.GetScore();
            if (score * Ranking.Most <= lowest)
                return;
            var factor = Ranking.Factor(values.Flags(doc), scores.Get(doc), nowSeconds - values.Created(doc));
            Offer(doc, score * factor, factor);
        }
        else
        {
            Offer(doc, sort == SearchSort.Newest ? values.Created(doc) : scores.Get(doc), 1);
        }
    }

    private void Offer(int doc, double rank, double factor)
    {
        var topic = values.Topic(doc);
        int? own = (values.Flags(doc) & SearchFields.TopicFlag) != 0 ? first + doc : null;
        if (best.TryGetValue(topic, out var known))
        {
            if (own is not null)
                best[topic] = known with { Own = own };
            if (rank <= known.Rank)
                return;
        }
        else if (rank <= lowest)
        {
            return;
        }
        else if (best.Count == capacity)
        {
            best.Remove(order.Dequeue());
        }
        best[topic] = new(topic, values.Post(doc), rank, factor, own ?? known.Own);
        order.Enqueue(topic, rank);
        if (best.Count < capacity)
            return;
        lowest = Lowest();
        bar?.Score = (float)(lowest / Ranking.Most);
    }

    /// <summary>The lowest rank that is held. Places in the queue that a better post has overtaken are dropped on the way.</summary>
    private double Lowest()
    {
        while (order.TryPeek(out var topic, out var rank))
        {
            if (best.TryGetValue(topic, out var held) && held.Rank == rank)
                return rank;
            order.Dequeue();
        }
        return double.NegativeInfinity;
    }
}
