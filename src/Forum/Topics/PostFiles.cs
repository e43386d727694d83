using System.Text.RegularExpressions;
using Forum.Boards;
using Forum.Data;
using Forum.Uploads;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Which files a post uses, and so who may read them.</summary>
internal static partial class PostFiles
{
    /// <summary>Keys of the uploads that a post's HTML shows or links, each once.</summary>
    public static IReadOnlyList<string> KeysIn(string html) => [.. Address().Matches(html).Select(m => m.Groups[1].Value).Distinct()];

    /// <summary>Files that their reader may have: their own, and those that a post uses which they may read.</summary>
    public static IQueryable<Upload> FilesFor(this ForumDbContext db, Rights rights)
    {
        var used = db.PostUploads.Join(db.Posts.ReadableBy(rights), u => u.PostId, p => p.Id, (u, p) => u.UploadId);
        return db.Uploads.AsNoTracking().Where(u => u.MemberId == rights.MemberId || used.Contains(u.Id));
    }

    /// <summary>Notes that a post uses files. One that its writer may not read stays out: whoever guesses an address gains nothing by writing it down.</summary>
    public static async Task UseFilesAsync(this Deed deed, Rights rights, long postId, IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        if (keys.Count == 0)
            return;
        var files = await deed.Db.FilesFor(rights).Where(u => keys.Contains(u.Key) && !deed.Db.PostUploads.Any(p => p.UploadId == u.Id && p.PostId == postId))
            .Select(u => u.Id).ToListAsync(cancellation);
        deed.Db.PostUploads.AddRange(files.Select(id => new PostUpload { UploadId = id, PostId = postId }));
    }

    /// <summary>Notes that a post no longer uses other files than these, unless one of its revisions on record does.</summary>
    public static Task LeaveFilesAsync(this Deed deed, long postId, IReadOnlyList<string> keys, CancellationToken cancellation)
    {
        var db = deed.Db;
        var left = db.Uploads.Where(u => !keys.Contains(u.Key) && !db.Revisions.Any(r => r.PostId == postId && r.Markdown.Contains(u.Key))).Select(u => u.Id);
        return db.PostUploads.Where(p => p.PostId == postId && left.Contains(p.UploadId)).ExecuteDeleteAsync(cancellation);
    }

    [GeneratedRegex("\"/uploads/([a-z2-7]{22})/")]
    private static partial Regex Address();
}
