using System.Runtime.CompilerServices;
using Forum.Settings;

namespace Forum.Uploads;

/// <summary>Uploads as files in the data folder, in subfolders by the first letters of their names.</summary>
public sealed class DiskStore(ForumOptions options) : IUploadStore
{
    /// <summary>Letters of the subfolder: 1,024 of them keep a million files apart.</summary>
    private const int Shard = 2;

    private const int BufferSize = 64 * 1024;

    private readonly string folder = Path.Combine(options.DataPath, "uploads");

    public Task SaveAsync(string name, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellation) => GuardAsync(async () =>
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, useAsync: true))
            {
                await file.WriteAsync(content, cancellation);
                // The row that speaks of the file survives a power cut, so the file must as well.
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
        return true;
    });

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation) => GuardAsync(() =>
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, useAsync: true));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    });

    public Task DeleteAsync(string name, CancellationToken cancellation) => GuardAsync(() =>
    {
        if (Directory.Exists(Path.GetDirectoryName(PathOf(name))))
            File.Delete(PathOf(name));
        return Task.FromResult(true);
    });

    public async IAsyncEnumerable<StoredFile> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var place = new DirectoryInfo(prefix.Length < Shard ? folder : Path.Combine(folder, prefix[..Shard]));
        if (!place.Exists)
            yield break;
        foreach (var file in place.EnumerateFiles(prefix + "*", SearchOption.AllDirectories))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new(file.Name, file.LastWriteTimeUtc);
        }
        await Task.CompletedTask;
    }

    private string PathOf(string name)
    {
        if (name.Length <= Shard || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.'))
            throw new ArgumentException($"\"{name}\" is no name of a stored file.", nameof(name));
        return Path.Combine(folder, name[..Shard], name);
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UploadStoreException("The folder of uploads cannot be used.", exception);
        }
    }
}
