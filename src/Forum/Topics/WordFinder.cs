namespace Forum.Topics;

/// <summary>Finds many words in a text in one pass, however many they are (Aho and Corasick, 1975).</summary>
internal sealed class WordFinder
{
    private const int None = -1, Root = 0;

    private readonly Dictionary<(int Node, char Next), int> steps = [];

    /// <summary>Where to go on from a node that nothing follows: the longest end of what was read that begins a word.</summary>
    private readonly int[] falls;

    /// <summary>The word that ends at a node.</summary>
    private readonly List<int> ends = [None];

    /// <summary>The next node, falling, at which a word ends.</summary>
    private readonly int[] shorter;

    public WordFinder(IReadOnlyList<string> words)
    {
        var nodes = new List<(int Parent, char By, int Depth)> { (Root, '\0', 0) };
        for (var i = 0; i < words.Count; i++)
        {
            var node = Root;
            foreach (var c in words[i])
            {
                if (!steps.TryGetValue((node, c), out var to))
                {
                    steps[(node, c)] = to = nodes.Count;
                    nodes.Add((node, c, nodes[node].Depth + 1));
                    ends.Add(None);
                }
                node = to;
            }
            ends[node] = i;
        }
        (falls, shorter) = (new int[nodes.Count], new int[nodes.Count]);
        foreach (var node in Enumerable.Range(1, nodes.Count - 1).OrderBy(n => nodes[n].Depth))
        {
            var (parent, by, _) = nodes[node];
            var fall = parent == Root ? Root : Step(falls[parent], by);
            (falls[node], shorter[node]) = (fall, ends[fall] == None ? shorter[fall] : fall);
        }
    }

    /// <summary>Each word that stands in the text, by its place in the list, with the place in the text where it ends, in their order there.</summary>
    public IEnumerable<(int End, int Word)> In(string text)
    {
        var node = Root;
        for (var i = 0; i < text.Length; i++)
        {
            node = Step(node, text[i]);
            for (var at = ends[node] == None ? shorter[node] : node; at != Root; at = shorter[at])
                yield return (i + 1, ends[at]);
        }
    }

    private int Step(int node, char next)
    {
        int to;
        while (!steps.TryGetValue((node, next), out to))
        {
            if (node == Root)
                return Root;
            node = falls[node];
        }
        return to;
    }
}
