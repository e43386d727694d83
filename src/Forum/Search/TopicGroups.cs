using System.Globalization;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Forum.Search;

/// <summary>What topics are counted by: a board, and whether its topics are solved; or a tag.</summary>
internal readonly record struct TopicGroup(bool IsTag, long Id, bool Solved);

/// <summary>
/// Which groups each document of a segment belongs to, for counting. What documents have in common is stored once: a document holds the end of
/// a chain of groups, each with the one before it, so that counting a document is a few steps along its chain. Four bytes a document.
/// </summary>
internal sealed class TopicGroups
{
    /// <summary>The chain without a group.</summary>
    private const int None = 0;

    private readonly int[] ends;
    private readonly List<(int Before, int Group)> links = [(None, 0)];
    private readonly List<TopicGroup> groups = [];

    public TopicGroups(AtomicReader reader, Func<int, bool> isSolved)
    {
        ends = new int[reader.MaxDoc];
        Read(reader, SearchFields.Board, (id, doc) => new(false, id, isSolved(doc)));
        Read(reader, SearchFields.Tag, (id, _) => new(true, id, false));
    }

    /// <summary>How many groups there are.</summary>
    public int Count => groups.Count;

    public TopicGroup this[int group] => groups[group];

    /// <summary>Adds one to each group of a document.</summary>
    public void Add(int doc, int[] counts)
    {
        for (var end = ends[doc]; end != None; end = links[end].Before)
            counts[links[end].Group]++;
    }

    private void Read(AtomicReader reader, string field, Func<long, int, TopicGroup> groupOf)
    {
        if (reader.GetTerms(field) is not { } terms)
            return;
        var known = new Dictionary<(int Before, TopicGroup Group), int>();
        var numbers = new Dictionary<TopicGroup, int>();
        var each = terms.GetEnumerator();
        while (each.MoveNext())
        {
            var id = long.Parse(each.Term.Utf8ToString(), CultureInfo.InvariantCulture);
            var documents = each.Docs(null, null, DocsFlags.NONE);
            known.Clear();
            for (var doc = documents.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.NextDoc())
            {
                var group = groupOf(id, doc);
                if (!known.TryGetValue((ends[doc], group), out var end))
                {
                    if (!numbers.TryGetValue(group, out var number))
                    {
                        numbers[group] = number = groups.Count;
                        groups.Add(group);
                    }
                    known[(ends[doc], group)] = end = links.Count;
                    links.Add((ends[doc], number));
                }
                ends[doc] = end;
            }
        }
    }
}
