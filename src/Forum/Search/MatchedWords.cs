using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Forum.Search;

/// <summary>Tells which words the documents of the topics shown have. They are few, and each word is looked up in them alone.</summary>
internal static class MatchedWords
{
    /// <param name="documents">The documents of a topic, by its id.</param>
    /// <returns>By topic, the words of which one of its documents has at least one.</returns>
    public static ILookup<long, string> Of(IndexSearcher searcher, IEnumerable<(long TopicId, int Document)> documents, string field, IReadOnlyCollection<string> stems)
    {
        var wanted = documents.OrderBy(d => d.Document).ToList();
        var matched = new HashSet<(long TopicId, string Stem)>();
        foreach (var leaf in searcher.IndexReader.Leaves)
        {
            var here = wanted.FindAll(d => d.Document >= leaf.DocBase && d.Document < leaf.DocBase + leaf.Reader.MaxDoc);
            if (here.Count == 0)
                continue;
            foreach (var stem in stems)
            {
                if (leaf.AtomicReader.GetTermDocsEnum(new Term(field, stem)) is not { } holders)
                    continue;
                foreach (var (topic, document) in here)
                {
                    var own = document - leaf.DocBase;
                    if (holders.DocID < own)
                        holders.Advance(own);
                    if (holders.DocID == own)
                        matched.Add((topic, stem));
                }
            }
        }
        return matched.ToLookup(m => m.TopicId, m => m.Stem);
    }
}
