using Forum.Boards;
using Forum.Data;
using Forum.Settings;
using Forum.Uploads;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>A file that its reader may have.</summary>
/// <param name="Width">In pixels; null for what is not an image.</param>
public sealed record FileView(string Key, string Name, string ContentType, int? Width, DateTime Created)
{
    /// <summary>What the store calls it, or the smaller picture of that width where there is one.</summary>
    public string StoredAs(int? width) => width is { } small && Upload.SmallerThan(Width).Contains(small) ? Upload.FileOf(Key, small) : Key;

    /// <summary>What <see cref="StoredAs"/> is served as.</summary>
    public string TypeOf(string storedAs) => storedAs == Key ? ContentType : FileKind.Webp.ContentType;
}

/// <summary>Finds files for those who may read them.</summary>
public sealed class FileQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options)
{
    /// <summary>The file with that key; null where there is none, and for everybody but its owner and the readers of a post that uses it. The logo is for all, and so are pictures beside names.</summary>
    public async Task<FileView?> FindAsync(Rights rights, string fileKey, CancellationToken cancellation)
    {
        if (fileKey.Length != Upload.KeyLength)
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var files = options.Site.Logo.Contains(fileKey, StringComparison.Ordinal) ? db.Uploads : db.FilesFor(rights).Concat(db.Uploads.Where(u => db.Users.Any(m => m.Id == u.MemberId && m.Avatar == u.Key)));
        return await files.Where(u => u.Key == fileKey).Select(u => new FileView(u.Key, u.Name, u.ContentType, u.Width, u.Created)).FirstOrDefaultAsync(cancellation);
    }
}
