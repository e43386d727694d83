namespace Forum.Uploads;

/// <summary>A file as it lies in the store.</summary>
/// <param name="Saved">When it came there, UTC.</param>
public sealed record StoredFile(string Name, DateTime Saved);

/// <summary>Where the bytes of uploads lie. Names are ours, never a member's; every failure of the store itself is an <see cref="UploadStoreException"/>.</summary>
public interface IUploadStore
{
    /// <summary>What names of files begin with that belong to no upload; no key of an upload has a hyphen. Who keeps such files looks after them.</summary>
    public const string Reserved = "system-";

    /// <summary>Stores a file whole or not at all; there until it is deleted.</summary>
    Task SaveAsync(string name, string contentType, ReadOnlyMemory<byte> content, CancellationToken cancellation);

    /// <summary>A stream that knows its length and can seek; null when there is no such file.</summary>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellation);

    /// <summary>Deletes a file, or nothing where there is none.</summary>
    Task DeleteAsync(string name, CancellationToken cancellation);

    /// <summary>Everything whose name begins so, in any order, what was left half-written included.</summary>
    IAsyncEnumerable<StoredFile> ListAsync(string prefix, CancellationToken cancellation);
}

/// <summary>The store did not do what it was asked: it is full, away, or refuses.</summary>
public sealed class UploadStoreException(string message, Exception inner) : Exception(message, inner);
