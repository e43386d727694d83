using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Forum.Search;

/// <summary>A topic that was found, by its best document.</summary>
internal readonly record struct Found(long TopicId, long PostId, double Rank);

/// <summary>
/// Collects the best topics, each once however many of its posts were found. Holds no more topics than are asked for:
/// one that was pushed out comes back when a better post of it turns up.
/// </summary>
/// <param name="most">Documents that are looked at.</param>
internal sealed class TopicCollector(int capacity, SearchSort sort, double nowSeconds, IReadOnlySet<long>? without = null, TopicCounter? counter = null, int most = int.MaxValue) : ICollector
{
    private readonly Dictionary<long, Found> best = [];
    private readonly PriorityQueue<long, double> order = new();
    private Scorer scorer = null!;
    private SegmentValues values = null!;
    private NumericDocValues scores = null!;
    private int looked;
    private double bar = double.NegativeInfinity;

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
            if (score * Ranking.Most > bar)
                Offer(doc, score * Ranking.Factor(values.Flags(doc), scores.Get(doc), nowSeconds - values.Created(doc)));
        }
        else
        {
            Offer(doc, sort == SearchSort.Newest ? values.Created(doc) : scores.Get(doc));
        }
    }

    private void Offer(int doc, double rank)
    {
        if (rank <= bar)
            return;
        var topic = values.Topic(doc);
        if (best.TryGetValue(topic, out var known))
        {
            if (rank <= known.Rank)
                return;
        }
        else if (best.Count == capacity)
        {
            best.Remove(order.Dequeue());
        }
        best[topic] = new(topic, values.Post(doc), rank);
        order.Enqueue(topic, rank);
        if (best.Count == capacity)
            bar = Lowest();
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
