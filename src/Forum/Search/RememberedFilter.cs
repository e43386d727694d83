using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Forum.Search;

/// <summary>A filter that many searches share: worked out once per segment, one bit a document, and asked at random places.</summary>
internal sealed class RememberedFilter(Filter filter) : CachingWrapperFilter(filter)
{
    protected override DocIdSet DocIdSetToCache(DocIdSet? docIdSet, AtomicReader reader)
    {
        var bits = new FixedBitSet(reader.MaxDoc);
        if (docIdSet?.GetIterator() is { } documents)
            bits.Or(documents);
        return bits;
    }
}
