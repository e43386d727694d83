using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Forum.Data;
using Forum.Topics;
using Forum.Uploads;
using Microsoft.EntityFrameworkCore;

namespace Forum.Transfer;

/// <summary>Everything that a member wrote and did, as a .zip: data.json, each post as Markdown in posts, their files in uploads. What staff noted about them, or wrote among themselves, is not theirs.</summary>
public sealed class MemberExport(IDbContextFactory<ForumDbContext> contexts, IUploadStore store)
{
    private static readonly JsonSerializerOptions readable = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private const int BufferSize = 1 << 16;

    /// <summary>The file, from its beginning; it lies on disk as long as it is open, so that many posts take no more memory than few.</summary>
    public async Task<Stream> OpenAsync(long memberId, CancellationToken cancellation)
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = BufferSize, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous };
        // The folder is everybody's.
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), how);
        try
        {
            await WriteAsync(memberId, file, cancellation);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task WriteAsync(long memberId, Stream to, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        await AddAsync(zip, "data.json", async (file, cancellation) => await JsonSerializer.SerializeAsync(file, await DataAsync(db, memberId, cancellation), readable, cancellation), cancellation);
        await foreach (var post in Posts(db, memberId).Select(p => new { p.Id, p.Number, p.Markdown, p.Topic.Title }).AsAsyncEnumerable().WithCancellation(cancellation))
            await AddAsync(zip, string.Create(CultureInfo.InvariantCulture, $"posts/{post.Id}.md"), async (file, cancellation) =>
                await file.WriteAsync(Encoding.UTF8.GetBytes(post.Number == 1 ? $"# {post.Title}\n\n{post.Markdown}\n" : $"{post.Markdown}\n"), cancellation), cancellation);
        foreach (var upload in await db.Uploads.AsNoTracking().Where(u => u.MemberId == memberId).OrderBy(u => u.Id).ToListAsync(cancellation))
            if (await store.OpenAsync(upload.Files.First(), cancellation) is { } content)
                await using (content)
                    await AddAsync(zip, $"uploads/{upload.Key}/{upload.Name}", content.CopyToAsync, cancellation);
    }

    private static IQueryable<Post> Posts(ForumDbContext db, long memberId) => db.Posts.AsNoTracking().Where(p => p.AuthorId == memberId && p.Number > 0 && p.Visibility != Visibility.Deleted && p.Visibility != Visibility.StaffNote).OrderBy(p => p.Id);

    private static async Task<object> DataAsync(ForumDbContext db, long id, CancellationToken cancellation) => new
    {
        Account = await db.Users.Where(m => m.Id == id).Select(m => new { Handle = m.UserName, m.Name, m.Email, m.Created, m.Points, m.Solutions, m.Posts, m.Trust, m.Signature, m.Avatar, m.HidesProfile, m.StaffTitle, m.DaysVisited, m.TopicsRead, m.PostsRead }).SingleAsync(cancellation),
        Profile = db.Profiles.Where(p => p.MemberId == id).Select(p => new { p.Bio, p.TimeZone, p.HidesVisits, p.WatchesAsked, p.TracksAnswered, p.Answers }).AsAsyncEnumerable(),
        Ignored = db.Ignorings.Where(i => i.MemberId == id).OrderBy(i => i.IgnoredId).Select(i => new { db.Users.Single(m => m.Id == i.IgnoredId).UserName, i.Since }).AsAsyncEnumerable(),
        FormerHandles = db.FormerHandles.Where(f => f.MemberId == id).OrderBy(f => f.Left).Select(f => new { Handle = f.Normalized, f.Left }).AsAsyncEnumerable(),
        Posts = Posts(db, id).Select(p => new { p.Id, p.TopicId, p.Topic.Title, p.Number, p.ReplyToId, p.Created, p.Edited, p.Score, p.Visibility }).AsAsyncEnumerable(),
        Upvotes = db.Votes.Where(v => v.MemberId == id).OrderBy(v => v.PostId).Select(v => new { v.PostId, v.Cast }).AsAsyncEnumerable(),
        Points = db.PointEntries.Where(e => e.MemberId == id).OrderBy(e => e.Id).Select(e => new { e.At, e.Reason, e.Delta, e.PostId }).AsAsyncEnumerable(),
        Bookmarks = db.Bookmarks.Where(b => b.MemberId == id).OrderBy(b => b.PostId).Select(b => new { b.PostId, b.Created }).AsAsyncEnumerable(),
        Watches = db.Watches.Where(w => w.MemberId == id).OrderBy(w => w.TopicId).Select(w => new { w.TopicId, w.Level, w.Since }).AsAsyncEnumerable(),
        Drafts = db.Drafts.Where(d => d.MemberId == id).OrderBy(d => d.Id).Select(d => new { d.Place, d.Title, d.Board, d.Tags, d.Markdown, d.Saved }).AsAsyncEnumerable(),
        Reports = db.Flags.Where(f => f.MemberId == id).OrderBy(f => f.ReviewId).Select(f => new { f.Review.PostId, f.Reason, f.Note, f.Made }).AsAsyncEnumerable(),
        Sanctions = db.Sanctions.Where(s => s.MemberId == id).OrderBy(s => s.Id).Select(s => new { s.Kind, s.Reason, s.At, s.Until, s.Lifted }).AsAsyncEnumerable(),
        Moderators = db.Talks.Where(t => t.MemberId == id).SelectMany(t => t.Words).OrderBy(w => w.Id).Select(w => new { w.TalkId, w.ByStaff, w.At, w.Text }).AsAsyncEnumerable(),
        Badges = db.MemberBadges.Where(b => b.MemberId == id).OrderBy(b => b.BadgeId).Select(b => new { b.Badge.Name, b.At }).AsAsyncEnumerable(),
        Groups = db.GroupMembers.Where(g => g.MemberId == id).OrderBy(g => g.GroupId).Select(g => new { g.Group.Name, g.Since }).AsAsyncEnumerable(),
        Sessions = db.Sessions.Where(s => s.MemberId == id).OrderBy(s => s.Started).Select(s => new { s.Started, s.Seen, s.Network, s.Device }).AsAsyncEnumerable(),
        Keys = db.ApiTokens.Where(t => t.MemberId == id).OrderBy(t => t.Id).Select(t => new { t.Name, t.Prefix, t.Scope, t.Created, t.Expires, t.Used }).AsAsyncEnumerable(),
        Events = db.SecurityEvents.Where(e => e.MemberId == id).OrderBy(e => e.Id).Select(e => new { e.Kind, e.At, e.Network, e.Device }).AsAsyncEnumerable(),
        Uploads = db.Uploads.Where(u => u.MemberId == id).OrderBy(u => u.Id).Select(u => new { u.Key, u.Name, u.ContentType, u.Bytes, u.Created }).AsAsyncEnumerable(),
    };

    private static async Task AddAsync(ZipArchive zip, string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        await using var file = await zip.CreateEntry(name).OpenAsync(cancellation);
        await write(file, cancellation);
    }
}
