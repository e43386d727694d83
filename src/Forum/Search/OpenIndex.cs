using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace Forum.Search;

/// <summary>An index that is open for writing, and the newest view of it for searching.</summary>
internal sealed class OpenIndex : IDisposable
{
    /// <summary>Segments of the last seconds stay in memory up to these sizes, in MB, so that showing a new post costs no file.</summary>
    private const double MaxCachedSegment = 5, MaxCached = 48;

    /// <summary>Segments of about one size before they are merged: each costs every search a look into it, and merging costs who writes.</summary>
    private const int SegmentsOfASize = 4;

    /// <summary>Words that a rebuild gathers before it writes a segment, in MB.</summary>
    private const double Buffered = 64;

    private readonly LuceneDirectory directory;
    private readonly string folder;
    private Dictionary<string, (long Length, DateTime Written)> committed = [];

    private OpenIndex(string folder)
    {
        this.folder = folder;
        // Files are read, not mapped: reading a mapped file that somebody truncates kills the process.
        directory = new NRTCachingDirectory(new NIOFSDirectory(folder, NoLockFactory.GetNoLockFactory()), MaxCachedSegment, MaxCached);
        Writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, new PostAnalyzer())
        {
            Similarity = BoundedSimilarity.Instance,
            OpenMode = OpenMode.CREATE_OR_APPEND,
            MergePolicy = new TieredMergePolicy { SegmentsPerTier = SegmentsOfASize, MaxMergeAtOnce = SegmentsOfASize },
            RAMBufferSizeMB = Buffered,
        });
        Views = new SearcherManager(Writer, applyAllDeletes: true, new WithSimilarity());
        Remember();
    }

    public IndexWriter Writer { get; }

    public SearcherManager Views { get; }

    /// <summary>Opens the index in a folder, or an empty one where there is none. Reads all of it once, for damage shows only then.</summary>
    public static OpenIndex Open(string folder)
    {
        var index = new OpenIndex(folder);
        try
        {
            index.Search(searcher =>
            {
                foreach (var leaf in searcher.IndexReader.Leaves)
                    leaf.AtomicReader.CheckIntegrity();
                return 0;
            });
            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    public IDictionary<string, string>? CommitData => Writer.CommitData;

    /// <summary>Makes all that was written visible to searches.</summary>
    public void Refresh() => Views.MaybeRefreshBlocking();

    public void Commit(IDictionary<string, string> data)
    {
        Writer.SetCommitData(data);
        Writer.Commit();
        Remember();
    }

    /// <summary>Whether the files of the last commit are on disk as they were written. None of them ever changes.</summary>
    public bool IsWhole
    {
        get
        {
            foreach (var (name, state) in committed)
                if (StateOf(name) != state)
                    return false;
            return System.IO.Directory.Exists(folder);
        }
    }

    public T Search<T>(Func<IndexSearcher, T> search)
    {
        var searcher = Views.Acquire();
        try
        {
            return search(searcher);
        }
        finally
        {
            Views.Release(searcher);
        }
    }

    /// <summary>Closes without a commit: what is not committed yet is read from the outbox again.</summary>
    public void Dispose()
    {
        Quietly(Views.Dispose);
        Quietly(Writer.Rollback);
        Quietly(directory.Dispose);
    }

    private void Remember()
    {
        committed = [];
        if (!DirectoryReader.IndexExists(directory))
            return;
        var last = new SegmentInfos();
        last.Read(directory);
        foreach (var name in last.GetFiles(directory, includeSegmentsFile: true))
            committed[name] = StateOf(name);
    }

    private (long Length, DateTime Written) StateOf(string name)
    {
        var file = new FileInfo(Path.Combine(folder, name));
        return file.Exists ? (file.Length, file.LastWriteTimeUtc) : (-1, default);
    }

    private static void Quietly(Action close)
    {
        try
        {
            close();
        }
        catch (Exception)
        {
            // An index is closed because it is damaged or goes anyway; nothing depends on how.
        }
    }

    private sealed class WithSimilarity : SearcherFactory
    {
        public override IndexSearcher NewSearcher(IndexReader reader)
        {
            // A segment that was merged just now is read before anybody searches it, not by the first who does.
            foreach (var leaf in reader.Leaves)
                SegmentValues.Of(leaf.AtomicReader);
            return new(reader) { Similarity = BoundedSimilarity.Instance };
        }
    }

    /// <summary>Words are cut before they come here; this keeps the posts of a topic apart, so that no phrase reaches from one into the next.</summary>
    private sealed class PostAnalyzer : Analyzer
    {
        private const int Gap = 100;

        public override int GetPositionIncrementGap(string fieldName) => Gap;

        protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) => new(new KeywordTokenizer(reader));
    }
}
