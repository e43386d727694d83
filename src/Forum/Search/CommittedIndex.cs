using Lucene.Net.Index;
using Lucene.Net.Store;
using Directory = System.IO.Directory;

namespace Forum.Search;

/// <summary>
/// The newest commit of an index on disk, read beside whoever writes the index. Its files never change and are open from the start,
/// so that they stay readable when a merge deletes them.
/// </summary>
internal sealed class CommittedIndex : IDisposable
{
    /// <summary>Commits that may take each other's files away while they are being opened.</summary>
    private const int Tries = 10;

    private CommittedIndex(DirectoryReader reader, string folder)
    {
        (Stamp, Documents) = (IndexStamp.Of(reader.IndexCommit.UserData), reader.NumDocs);
        var files = new List<FileStream>();
        Files = files;
        try
        {
            foreach (var name in reader.IndexCommit.FileNames)
                files.Add(new FileStream(Path.Combine(folder, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What it is a copy of; null where it does not say.</summary>
    public IndexStamp? Stamp { get; }

    public int Documents { get; }

    public IReadOnlyList<FileStream> Files { get; }

    /// <summary>Opens the newest commit and reads all of it once, for damage shows only then; null where there is none.</summary>
    public static CommittedIndex? Open(string folder)
    {
        if (!Directory.Exists(folder))
            return null;
        using var directory = new NIOFSDirectory(folder, NoLockFactory.GetNoLockFactory());
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (!DirectoryReader.IndexExists(directory))
                    return null;
                using var reader = DirectoryReader.Open(directory);
                foreach (var leaf in reader.Leaves)
                    leaf.AtomicReader.CheckIntegrity();
                return new(reader, folder);
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException && attempt < Tries)
            {
                // A newer commit has taken its place.
            }
        }
    }

    public void Dispose()
    {
        foreach (var file in Files)
            file.Dispose();
    }
}
