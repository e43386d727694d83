using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Search;
using static Forum.Search.SearchFields;

namespace Forum.Search;

/// <summary>
/// What ranking asks of each document and never changes, read from a segment once and held in memory for as long as the segment is open: 29 bytes a document.
/// Each value would be a read of the file otherwise.
/// </summary>
internal sealed class SegmentValues
{
    private static readonly ConditionalWeakTable<object, SegmentValues> remembered = [];

    private readonly long[] topics, posts, created;
    private readonly byte[] flags;

    private SegmentValues(AtomicReader reader)
    {
        topics = Read(TopicValue, v => v);
        posts = Read(PostValue, v => v);
        created = Read(CreatedValue, v => v);
        flags = Read(FlagsValue, v => (byte)v);
        Groups = new(reader, doc => (flags[doc] & SolvedFlag) != 0);
        LastTopic = topics.Length == 0 ? 0 : topics.Max();

        T[] Read<T>(string field, Func<long, T> convert)
        {
            var values = On(reader, field);
            var read = new T[reader.MaxDoc];
            for (var doc = 0; doc < read.Length; doc++)
                read[doc] = convert(values.Get(doc));
            return read;
        }
    }

    /// <summary>The values of a field as the segment has them now.</summary>
    public static NumericDocValues On(AtomicReader reader, string field) => reader.GetNumericDocValues(field) ?? throw new InvalidOperationException($"The index has no {field}.");

    public static SegmentValues Of(AtomicReader reader) => remembered.GetValue(reader.CoreCacheKey, _ => new(reader));

    /// <summary>The highest id of a topic in the whole index.</summary>
    public static long LastTopicOf(IndexSearcher searcher) => searcher.IndexReader.Leaves.Select(l => Of(l.AtomicReader).LastTopic).DefaultIfEmpty().Max();

    /// <summary>Boards and tags of the documents.</summary>
    public TopicGroups Groups { get; }

    /// <summary>The highest id of a topic.</summary>
    public long LastTopic { get; }

    public long Topic(int doc) => topics[doc];

    public long Post(int doc) => posts[doc];

    /// <summary>Unix seconds.</summary>
    public long Created(int doc) => created[doc];

    public int Flags(int doc) => flags[doc];
}
