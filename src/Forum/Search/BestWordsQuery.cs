using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Forum.Search;

/// <summary>The score that a document must exceed to be of use. It rises while the best are collected.</summary>
internal sealed class Bar
{
    public float Score { get; set; } = float.NegativeInfinity;
}

/// <summary>
/// Documents with any of some words, as many as can still come among the best (MaxScore, by Turtle and Flood): a word that cannot lift a document over the bar
/// by itself is only looked up in documents that have a rarer one. What is found and its scores are those of a disjunction.
/// </summary>
internal sealed class BestWordsQuery(IReadOnlyList<Query> words, Bar bar) : Query
{
    private readonly IReadOnlyList<Query> words = words;

    public override Query Rewrite(IndexReader reader)
    {
        var rewritten = words.Select(w => w.Rewrite(reader)).ToList();
        return rewritten.SequenceEqual(words, ReferenceEqualityComparer.Instance) ? this : new BestWordsQuery(rewritten, bar) { Boost = Boost };
    }

    public override void ExtractTerms(ISet<Term> terms)
    {
        foreach (var word in words)
            word.ExtractTerms(terms);
    }

    public override Weight CreateWeight(IndexSearcher searcher) => new WordsWeight(this, searcher, bar);

    public override string ToString(string field) => string.Join(' ', words.Select(w => w.ToString(field)));

    private sealed class WordsWeight(BestWordsQuery query, IndexSearcher searcher, Bar bar) : Weight
    {
        private readonly List<(Weight Weight, float Most)> words = [.. query.words.Select(w => (w.CreateWeight(searcher), BoundedSimilarity.Instance.Most(w, searcher.IndexReader)))];

        public override Query Query => query;

        public override float GetValueForNormalization() => words.Sum(w => w.Weight.GetValueForNormalization());

        public override void Normalize(float norm, float topLevelBoost)
        {
            foreach (var (weight, _) in words)
                weight.Normalize(norm, topLevelBoost);
        }

        public override Explanation Explain(AtomicReaderContext context, int doc)
        {
            var all = new Explanation(0, "sum of:");
            foreach (var (weight, _) in words)
                if (weight.Explain(context, doc) is { IsMatch: true } one)
                {
                    all.AddDetail(one);
                    all.Value += one.Value;
                }
            return all;
        }

        public override Scorer? GetScorer(AtomicReaderContext context, IBits? acceptDocs)
        {
            var scorers = words.Select(w => (Scorer: w.Weight.GetScorer(context, acceptDocs), w.Most)).Where(w => w.Scorer is not null).OrderBy(w => w.Most).ToList();
            return scorers.Count == 0 ? null : new BestScorer(this, [.. scorers.Select(s => s.Scorer)], [.. scorers.Select(s => s.Most)], bar);
        }
    }

    private sealed class BestScorer : Scorer
    {
        /// <summary>Those that can add least first.</summary>
        private readonly Scorer[] words;

        /// <summary>What a document scores at most that has none but the words up to this one.</summary>
        private readonly float[] together;

        /// <summary>The document that each word stands at.</summary>
        private readonly int[] at;

        private readonly Bar bar;

        /// <summary>Words before this one cannot lift a document over the bar, not even all of them together.</summary>
        private int needed;

        private int doc = -1;
        private float score;
        private int found;

        public BestScorer(Weight weight, Scorer[] words, float[] most, Bar bar) : base(weight)
        {
            (this.words, this.bar, together, at) = (words, bar, new float[most.Length], new int[most.Length]);
            Array.Fill(at, -1);
            for (var i = 0; i < most.Length; i++)
                together[i] = (i == 0 ? 0 : together[i - 1]) + most[i];
        }

        public override int DocID => doc;

        public override int Freq => found;

        public override float GetScore() => score;

        public override long GetCost() => words.Sum(w => w.GetCost());

        public override int NextDoc() => Advance(doc + 1);

        public override int Advance(int target)
        {
            while (true)
            {
                while (needed < words.Length && together[needed] <= bar.Score)
                    needed++;
                var next = NO_MORE_DOCS;
                for (var i = needed; i < words.Length; i++)
                {
                    if (at[i] < target)
                        at[i] = at[i] == target - 1 ? words[i].NextDoc() : words[i].Advance(target);
                    next = Math.Min(next, at[i]);
                }
                doc = next;
                if (next == NO_MORE_DOCS || Reaches())
                    return doc;
                target = doc + 1;
            }
        }

        /// <summary>Adds up the score of the document, the rare words first, and gives up as soon as the rest cannot lift it over the bar.</summary>
        private bool Reaches()
        {
            (score, found) = (0, 0);
            for (var i = words.Length - 1; i >= 0; i--)
            {
                if (i < needed)
                {
                    if (score + together[i] <= bar.Score)
                        return false;
                    if (at[i] < doc)
                        at[i] = words[i].Advance(doc);
                }
                if (at[i] == doc)
                {
                    score += words[i].GetScore();
                    found++;
                }
            }
            return true;
        }
    }
}
