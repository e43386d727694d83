using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Forum.Search;

/// <summary>
/// A second, closer look at the best topics: words that stand in the title, and words that stand together as they do in what was asked, lift a topic.
/// It costs too much for all that is found and changes the order of the best only. Its weights were measured: see docs/search.md.
/// </summary>
internal sealed class Refinement
{
    /// <summary>Topics that are looked at again: three pages of results.</summary>
    public const int Topics = 60;

    /// <summary>How much a word in the title, or a pair of words, counts beside a word anywhere.</summary>
    private const double TitleWeight = 0.2, PairWeight = 0.2;

    /// <summary>Words that may stand between two that belong together; the other way round counts as two more.</summary>
    private const int Slop = 4, Reversed = 2;

    private readonly IndexReader reader;
    private readonly (Term[] Titles, double TitleMost, Term Exact, double ExactMost)[] words;

    public Refinement(ParsedQuery query, IndexReader reader)
    {
        this.reader = reader;
        words = [.. query.Words.Select(w => (Titles: w.Stems.Select(s => new Term(SearchFields.Title, s)).ToArray(), Exact: new Term(SearchFields.Exact, w.Text)))
            .Select(t => (t.Titles, (double)t.Titles.Max(s => BoundedSimilarity.Instance.MostOf(s, reader)), t.Exact, (double)BoundedSimilarity.Instance.MostOf(t.Exact, reader)))];
    }

    /// <summary>What the topics gain, in the order of their documents, which rise.</summary>
    public double[] Of(IReadOnlyList<int> documents)
    {
        var gains = new double[documents.Count];
        var at = 0;
        foreach (var leaf in reader.Leaves)
        {
            var first = at;
            while (at < documents.Count && documents[at] < leaf.DocBase + leaf.Reader.MaxDoc)
                at++;
            if (at > first)
                Look(leaf, documents, gains, first, at);
        }
        return gains;
    }

    private void Look(AtomicReaderContext leaf, IReadOnlyList<int> documents, double[] gains, int first, int end)
    {
        var titles = words.Select(w => w.Titles.Select(t => leaf.AtomicReader.GetTermDocsEnum(t)).OfType<DocsEnum>().ToList()).ToList();
        var places = words.Select(w => leaf.AtomicReader.GetTermPositionsEnum(w.Exact)).ToList();
        var there = new bool[words.Length];
        var positions = new int[words.Length][];
        for (var i = first; i < end; i++)
        {
            var document = documents[i] - leaf.DocBase;
            for (var w = 0; w < words.Length; w++)
            {
                (there[w], positions[w]) = (IsAt(places[w], document), []);
                if (titles[w].Exists(t => IsAt(t, document)))
                    gains[i] += TitleWeight * words[w].TitleMost * Saturated(1);
            }
            for (var w = 1; w < words.Length; w++)
            {
                if (!there[w - 1] || !there[w])
                    continue;
                if (positions[w - 1].Length == 0)
                    positions[w - 1] = Positions(places[w - 1]!);
                positions[w] = Positions(places[w]!);
                gains[i] += PairWeight * (words[w - 1].ExactMost + words[w].ExactMost) * Saturated(Together(positions[w - 1], positions[w]));
            }
        }
    }

    private static bool IsAt(DocIdSetIterator? documents, int document) =>
        documents is not null && (documents.DocID >= document ? documents.DocID : documents.Advance(document)) == document;

    private static int[] Positions(DocsAndPositionsEnum places)
    {
        var positions = new int[places.Freq];
        for (var i = 0; i < positions.Length; i++)
            positions[i] = places.NextPosition();
        return positions;
    }

    /// <summary>How often one stands by the other; the farther apart, the less each time counts.</summary>
    private static double Together(int[] one, int[] other)
    {
        var times = 0.0;
        for (int i = 0, j = 0; i < one.Length; i++)
        {
            while (j < other.Length && other[j] < one[i])
                j++;
            var between = Math.Min(j < other.Length ? Math.Abs(other[j] - one[i] - 1) : int.MaxValue, j > 0 ? one[i] - other[j - 1] - 1 + Reversed : int.MaxValue);
            if (between <= Slop)
                times += 1.0 / (1 + between);
        }
        return times;
    }

    private static double Saturated(double times) => times / (times + BoundedSimilarity.Saturation);
}
