using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Forum.Search;

/// <summary>Posts with a score between these two, both included. Looks at every document, since votes change without a new one; a quick look each.</summary>
internal sealed class ScoreFilter(int least, int most) : Filter
{
    public override DocIdSet GetDocIdSet(AtomicReaderContext context, IBits? acceptDocs)
    {
        var reader = context.AtomicReader;
        var scores = SegmentValues.On(reader, SearchFields.ScoreValue);
        var within = new FixedBitSet(reader.MaxDoc);
        for (var doc = 0; doc < reader.MaxDoc; doc++)
            if (acceptDocs?.Get(doc) != false && scores.Get(doc) is var score && score >= least && score <= most)
                within.Set(doc);
        return within;
    }
}
