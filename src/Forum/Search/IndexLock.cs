namespace Forum.Search;

/// <summary>That this process, and no other, writes the index of the node's folder. Lucene's own lock does not keep a second process out on Linux.</summary>
internal sealed class IndexLock(FileStream file) : IDisposable
{
    /// <summary>The lock; null when another process has it.</summary>
    public static IndexLock? TryTake(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether the file still is where others look for it; a lock on a deleted file keeps nobody out.</summary>
    public bool Holds => File.Exists(file.Name);

    public void Dispose() => file.Dispose();
}
