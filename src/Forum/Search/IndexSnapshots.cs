using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Forum.Data;
using Forum.Settings;
using Forum.Uploads;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Forum.Search;

/// <summary>What describes a snapshot: the files of an index, one after the other, cut into parts.</summary>
internal sealed record IndexSnapshot(DateTime Made, IndexStamp Stamp, int Documents, IReadOnlyList<SnapshotFile> Files, IReadOnlyList<SnapshotPart> Parts)
{
    /// <summary>What the names of all that belongs to it begin with in the store.</summary>
    [JsonIgnore]
    public string Name { get; init; } = "";

    [JsonIgnore]
    public long Length => Files.Sum(f => f.Length);

    public string PartName(int part) => string.Create(CultureInfo.InvariantCulture, $"{Name}.{part:00000}");
}

internal sealed record SnapshotFile(string Name, long Length);

internal sealed record SnapshotPart(int Length, string Sha256);

/// <summary>
/// Copies of search indexes in the store of uploads, for nodes that have none of their own. The files of an index lie there
/// one after the other, cut into parts that any server takes. The description comes last: without it, parts are no snapshot.
/// </summary>
public sealed partial class IndexSnapshots(IUploadStore store, ForumOptions options, TimeProvider clock, ILogger<IndexSnapshots> logger)
{
    /// <summary>Most bytes of a part: it is held in memory, and goes through one request.</summary>
    private const int MaxPart = 16 * 1024 * 1024;

    /// <summary>Snapshots of the present form that are kept: the newest, and one more for whoever reads it just now.</summary>
    internal const int Kept = 2;

    internal const string Prefix = IUploadStore.Reserved + "search-";
    private const string Description = ".json", Time = "yyyyMMddHHmmss";
    private const int RandomLength = 8;

    /// <summary>How long an unfinished snapshot may be in the making, and one of another version of use to its nodes.</summary>
    internal static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    /// <summary>How long one file of the store may take to arrive.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(1);

    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>Bytes of a part, all but the last.</summary>
    internal int PartSize { get; init; } = MaxPart;

    /// <summary>Stores a copy; what a failure leaves half done is no snapshot, and goes with the old ones.</summary>
    internal async Task<IndexSnapshot> SaveAsync(CommittedIndex index, IndexStamp stamp, IProgress<double>? progress, CancellationToken cancellation)
    {
        var made = clock.GetUtcNow().UtcDateTime;
        var parts = new List<SnapshotPart>();
        var snapshot = new IndexSnapshot(made, stamp, index.Documents, [.. index.Files.Select(f => new SnapshotFile(Path.GetFileName(f.Name), f.Length))], parts)
        {
            Name = $"{Prefix}{made.ToString(Time, CultureInfo.InvariantCulture)}-{RandomNumberGenerator.GetHexString(RandomLength, lowercase: true)}",
        };
        var part = new byte[Math.Min(PartSize, snapshot.Length)];
        var filled = 0;
        var saved = 0L;
        foreach (var file in index.Files)
            while (await file.ReadAsync(part.AsMemory(filled), cancellation) is > 0 and var read)
            {
                filled += read;
                if (filled < part.Length && saved + filled < snapshot.Length)
                    continue;
                var content = part.AsMemory(0, filled);
                await store.SaveAsync(snapshot.PartName(parts.Count), "application/octet-stream", content, cancellation);
                parts.Add(new(filled, Sum(content.Span)));
                saved += filled;
                filled = 0;
                progress?.Report((double)saved / snapshot.Length);
            }
        await store.SaveAsync(snapshot.Name + Description, "application/json", JsonSerializer.SerializeToUtf8Bytes(snapshot, json), cancellation);
        Saved(logger, snapshot.Name, snapshot.Length, stamp.Cursor);
        return snapshot;
    }

    /// <summary>When the newest snapshot was made that the outbox continues; null where there is none.</summary>
    internal async Task<DateTime?> NewestAsync(OutboxSpan outbox, CancellationToken cancellation)
    {
        await foreach (var snapshot in ListAsync(cancellation))
            if (outbox.Continues(snapshot.Stamp))
                return snapshot.Made;
        return null;
    }

    /// <summary>Puts the newest snapshot that the outbox continues into the folder; null where none can be used, for whatever reason.</summary>
    internal async Task<IndexSnapshot?> FetchAsync(ForumDbContext db, OutboxSpan outbox, string folder, CancellationToken cancellation)
    {
        try
        {
            await foreach (var snapshot in ListAsync(cancellation))
            {
                if (!outbox.Continues(snapshot.Stamp) || await IsOfLostTimeAsync(db, snapshot, cancellation))
                    Unfit(logger, snapshot.Name);
                else if (await TryReadAsync(snapshot, folder, cancellation))
                    return snapshot;
            }
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            Unreachable(logger, exception);
        }
        return null;
    }

    /// <summary>Deletes snapshots that newer ones have taken the place of, and what was never finished.</summary>
    internal async Task PruneAsync(ForumDbContext db, CancellationToken cancellation)
    {
        var snapshots = await ListAsync(cancellation).ToListAsync(cancellation);
        var files = await store.ListAsync(Prefix, cancellation).ToListAsync(cancellation);
        // After the snapshots: none of them knows an event that is not in there.
        var outbox = await OutboxSpan.ReadAsync(db, Language.Of(options.Site.Language), cancellation);
        var ours = snapshots.Where(s => outbox.IsOf(s.Stamp)).ToList();
        var kept = ours.Where(s => outbox.Continues(s.Stamp)).Take(Kept).ToList();
        var old = clock.GetUtcNow().UtcDateTime - Abandoned;
        // Descriptions first: what has lost a part must not look whole.
        foreach (var file in files.OrderByDescending(f => f.Name.EndsWith(Description, StringComparison.Ordinal)))
        {
            bool Has(IndexSnapshot snapshot) => file.Name.StartsWith(snapshot.Name, StringComparison.Ordinal);
            if (!kept.Exists(Has) && (ours.Exists(Has) || file.Saved < old))
                await store.DeleteAsync(file.Name, cancellation);
        }
    }

    /// <summary>A database that was brought back from a backup counts its events anew, and others stand where those were that the snapshot knows.</summary>
    private static Task<bool> IsOfLostTimeAsync(ForumDbContext db, IndexSnapshot snapshot, CancellationToken cancellation) =>
        db.OutboxEvents.AnyAsync(e => e.Sequence == snapshot.Stamp.Cursor && e.At > snapshot.Made, cancellation);

    /// <summary>All that are finished, the newest first.</summary>
    private async IAsyncEnumerable<IndexSnapshot> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var files = await store.ListAsync(Prefix, cancellation).ToListAsync(cancellation);
        foreach (var name in files.Select(f => f.Name).Where(n => n.EndsWith(Description, StringComparison.Ordinal)).OrderDescending(StringComparer.Ordinal))
            if (await DescribedAsync(name, cancellation) is { } snapshot)
                yield return snapshot with { Name = name[..^Description.Length] };
    }

    private async Task<IndexSnapshot?> DescribedAsync(string name, CancellationToken cancellation)
    {
        try
        {
            using var limit = Limit(cancellation);
            await using var file = await store.OpenAsync(name, limit.Token);
            return file is null ? null : await JsonSerializer.DeserializeAsync<IndexSnapshot>(file, json, limit.Token);
        }
        catch (JsonException exception)
        {
            Unusable(logger, exception, name);
            return null;
        }
    }

    private async Task<bool> TryReadAsync(IndexSnapshot snapshot, string folder, CancellationToken cancellation)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            await ReadAsync(snapshot, folder, cancellation);
            return true;
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            Unusable(logger, exception, snapshot.Name);
            return false;
        }
    }

    private async Task ReadAsync(IndexSnapshot snapshot, string folder, CancellationToken cancellation)
    {
        Fetching(logger, snapshot.Name, snapshot.Length);
        var part = 0;
        var rest = ReadOnlyMemory<byte>.Empty;
        foreach (var file in snapshot.Files)
        {
            if (!file.Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') || file.Name.StartsWith('.'))
                throw new InvalidDataException($"\"{file.Name}\" is no name of an index's file.");
            await using var copy = new FileStream(Path.Combine(folder, file.Name), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
            for (var missing = file.Length; missing > 0;)
            {
                if (rest.IsEmpty)
                    rest = await ReadAsync(snapshot, part++, cancellation);
                var some = rest[..(int)Math.Min(rest.Length, missing)];
                await copy.WriteAsync(some, cancellation);
                rest = rest[some.Length..];
                missing -= some.Length;
            }
        }
    }

    /// <summary>A part as it was stored, to the last bit.</summary>
    private async Task<ReadOnlyMemory<byte>> ReadAsync(IndexSnapshot snapshot, int index, CancellationToken cancellation)
    {
        var part = snapshot.Parts.ElementAtOrDefault(index);
        if (part is not { Length: > 0 and <= MaxPart })
            throw new InvalidDataException($"Part {index} is not described.");
        using var limit = Limit(cancellation);
        await using var file = await store.OpenAsync(snapshot.PartName(index), limit.Token) ?? throw new InvalidDataException($"Part {index} is missing.");
        var content = new byte[part.Length];
        await file.ReadExactlyAsync(content, limit.Token);
        return Sum(content) == part.Sha256 ? content : throw new InvalidDataException($"Part {index} is not what was stored.");
    }

    private static CancellationTokenSource Limit(CancellationToken cancellation)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        return limit;
    }

    private static string Sum(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    [LoggerMessage(Level = LogLevel.Information, Message = "Stored {Snapshot} of the search index, {Bytes} bytes, up to the event {Cursor}")]
    private static partial void Saved(ILogger logger, string snapshot, long bytes, long cursor);

    [LoggerMessage(Level = LogLevel.Information, Message = "Fetching the search index from {Snapshot}, {Bytes} bytes")]
    private static partial void Fetching(ILogger logger, string snapshot, long bytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Snapshot} of the search index is of another version or database, or too old, and is not used")]
    private static partial void Unfit(ILogger logger, string snapshot);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Snapshot} of the search index cannot be used")]
    private static partial void Unusable(ILogger logger, Exception exception, string snapshot);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Snapshots of the search index cannot be read")]
    private static partial void Unreachable(ILogger logger, Exception exception);
}
