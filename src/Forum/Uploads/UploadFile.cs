using System.Security.Cryptography;
using Forum.Boards;
using Forum.Data;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Uploads;

/// <summary>A file that is there now.</summary>
/// <param name="Url">Its address from the root.</param>
/// <param name="Markdown">What shows an image, or links another file, in a post.</param>
/// <param name="Width">In pixels; null for what is not an image.</param>
public sealed record UploadedFile(string Key, string Name, string Url, string Markdown, int? Width, int? Height);

/// <summary>Takes a file that a member brings: images are made anew, a few other kinds are kept as they are, everything else is refused.</summary>
public sealed class UploadFile(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, IUploadStore store, ForumOptions options, TimeProvider clock)
{
    /// <summary>New members have this part of the quota.</summary>
    private const int NewMembersPart = 10;

    /// <summary>How long a file waits for its turn; longer, and whoever sends it has given up.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    /// <summary>A picture of 40 megapixels can take 200 MB and some seconds while it is made anew, so that the whole program works on few at once.</summary>
    private static readonly SemaphoreSlim turns = new(Math.Clamp(Environment.ProcessorCount / 2, 1, 4));

    /// <summary>Pictures of one member wait for each other before they wait for others, so that nobody keeps all turns. Members share some of these.</summary>
    private static readonly SemaphoreSlim[] own = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    /// <param name="content">Read to its end once, and not closed.</param>
    /// <param name="name">The name it comes with; its extension must agree with what is in it.</param>
    /// <param name="face">It is to stand beside a name: an image, of which a small square is kept.</param>
    public async Task<Result<UploadedFile>> RunAsync(Actor actor, Stream content, string? name, bool face, CancellationToken cancellation)
    {
        // Asked here so that nobody's file is worked on in vain, and again where it counts.
        await using (var db = await contexts.CreateDbContextAsync(cancellation))
            if (await RefusalAsync(db, actor, clock.GetUtcNow().UtcDateTime, 0, cancellation) is { } refusal)
                return refusal;
        try
        {
            return await TakeAsync(actor, content, name, face, cancellation);
        }
        catch (UploadStoreException)
        {
            return FileRules.Unavailable;
        }
    }

    /// <summary>The picture made anew, when it is its turn.</summary>
    private static async Task<Result<Picture>> MakeAsync(long memberId, FileKind kind, byte[] bytes, bool face, CancellationToken cancellation)
    {
        var mine = own[memberId % own.Length];
        if (!await mine.WaitAsync(patience, cancellation))
            return FileRules.Unavailable;
        try
        {
            if (!await turns.WaitAsync(patience, cancellation))
                return FileRules.Unavailable;
            try
            {
                return face ? Pictures.MakeFace(kind, bytes) : Pictures.Make(kind, bytes);
            }
            finally
            {
                turns.Release();
            }
        }
        finally
        {
            mine.Release();
        }
    }

    private async Task<Result<UploadedFile>> TakeAsync(Actor actor, Stream content, string? name, bool face, CancellationToken cancellation)
    {
        if (await ReadAsync(content, cancellation) is not { } bytes)
            return FileRules.TooLarge;
        if (bytes.Length == 0)
            return FileRules.Missing;
        if (!FileKind.Of(bytes, FileNames.Extension(name)).Is(out var kind, out var refusal))
            return refusal;
        Picture? picture = null;
        if (face && !kind.IsImage)
            return Refusal.Invalid("Please choose an image.", "file");
        if (kind.IsImage && !(await MakeAsync(actor.MemberId!.Value, kind, bytes, face, cancellation)).Is(out picture, out refusal))
            return refusal;
        kind = picture?.Kind ?? kind;
        var extension = picture is null ? FileNames.Extension(name) : kind.Names[0];
        var upload = new Upload
        {
            Key = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz234567", Upload.KeyLength),
            MemberId = actor.MemberId!.Value,
            Name = FileNames.Clean(name, extension),
            ContentType = kind.ContentType,
            Bytes = picture is null ? bytes.Length : picture.Content.Length + picture.Smaller.Values.Sum(s => s.Length),
            Width = picture?.Width,
            Height = picture?.Height,
            Created = clock.GetUtcNow().UtcDateTime,
        };

        // Files first: should this end in between, no row speaks of what is not there, and the collector finds what is left.
        await store.SaveAsync(upload.Key, upload.ContentType, picture?.Content ?? bytes, cancellation);
        foreach (var (width, smaller) in picture?.Smaller ?? new Dictionary<int, byte[]>())
            await store.SaveAsync(Upload.FileOf(upload.Key, width), FileKind.Webp.ContentType, smaller, cancellation);
        var added = await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (await RefusalAsync(deed.Db, actor, deed.Now, upload.Bytes, cancellation) is { } mayNot)
                return mayNot;
            deed.Db.Uploads.Add(upload);
            return new Done();
        }, cancellation);
        if (added.Is(out _, out refusal))
            return new UploadedFile(upload.Key, upload.Name, upload.Url, upload.Markdown, upload.Width, upload.Height);
        foreach (var file in upload.Files)
            await store.DeleteAsync(file, CancellationToken.None);
        return refusal;
    }

    /// <summary>Why this actor may bring no more; null when they may.</summary>
    private async Task<Refusal?> RefusalAsync(ForumDbContext db, Actor actor, DateTime now, long bytes, CancellationToken cancellation)
    {
        var rights = await db.RightsOfAsync(actor, now, cancellation);
        if (rights.CannotPost() is { } refusal)
            return refusal;
        var quota = rights.Trust > 0 || rights.IsStaff ? options.Uploads.QuotaPerMember : Math.Max(1, options.Uploads.QuotaPerMember / NewMembersPart);
        var used = await db.Uploads.Where(u => u.MemberId == rights.MemberId).SumAsync(u => u.Bytes, cancellation);
        return used + bytes > (long)quota * FileRules.Megabyte
            ? Refusal.Forbidden("Your files would take up more than the {0} MB that are yours. Please attach a smaller one; what no post uses is cleared away after two days.", quota)
            : null;
    }

    /// <summary>All bytes; null when there are more than are taken.</summary>
    private static async Task<byte[]?> ReadAsync(Stream content, CancellationToken cancellation)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        while (await content.ReadAsync(chunk, cancellation) is > 0 and var read)
        {
            if (buffer.Length + read > Upload.MaxBytes)
                return null;
            buffer.Write(chunk, 0, read);
        }
        return buffer.ToArray();
    }
}
