using Forum.Boards;
using Forum.Data;
using Forum.Data.Providers;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>A member as their own page shows one. What was written where the reader may not read counts for nothing.</summary>
/// <param name="Posts">Visible posts, questions included.</param>
public sealed record MemberView(Byline Who, DateTime Joined, int Posts, int Solutions);

/// <summary>A reply as a line of its author's page.</summary>
/// <param name="Excerpt">The first words of the reply.</param>
public sealed record ReplyRow(long PostId, int Number, long TopicId, string Title, string Slug, string BoardSlug, string BoardName, string Excerpt, DateTime Created, int Score, bool IsSolution);

/// <summary>A member to be mentioned.</summary>
public sealed record MemberSuggestion(string Handle, string DisplayName);

/// <summary>Reads members and what they wrote.</summary>
public sealed class MemberQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    private const int ExcerptLength = 200;

    /// <summary>The id of the member with that handle; null without one.</summary>
    public async Task<long?> IdOfAsync(string handle, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.OfHandle(handle).Select(m => (long?)m.Id).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>The handle that somebody has now who had this one before; null where it is nobody's, or in use.</summary>
    public async Task<string?> NowAsync(string handle, CancellationToken cancellation)
    {
        var normalized = Handles.Normalize(handle);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.FormerHandles.Where(f => f.Normalized == normalized).Join(db.Users, f => f.MemberId, m => m.Id, (_, m) => m.UserName).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>The member of that handle; refused with NotFound where there is none.</summary>
    public async Task<Result<MemberView>> FindAsync(Rights rights, string handle, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var member = await db.OfHandle(handle).SingleOrDefaultAsync(cancellation);
        // An account whose address nobody has confirmed may be an advertisement.
        if (member is null || !member.EmailConfirmed && member.Email is not null)
            return Refusal.NotFound;
        if (member.HidesProfile && !rights.IsMember)
            return new Refusal(RefusalKind.SignIn, "This member shows their page to members only.");
        var byline = new BylineRow(member.Id, member.UserName, member.Name, member.Points, member.Solutions, member.Created, member.Roles, member.StaffTitle, member.Signature, member.Badges, member.Avatar)
            .Show(options.Site, clock.GetUtcNow().UtcDateTime);
        var unreadable = await UnreadableAsync(db, rights, cancellation);
        if (unreadable.Count == 0)
            return new MemberView(byline, member.Created, member.Posts, member.Solutions);
        var elsewhere = db.Posts.Where(p => p.AuthorId == member.Id && p.Visibility == Visibility.Visible && unreadable.Contains(p.Topic.BoardId));
        var posts = await elsewhere.CountAsync(cancellation);
        var solutions = posts == 0 ? 0 : await elsewhere.CountAsync(p => p.Topic.AuthorId != member.Id && db.Solutions.Any(s => s.PostId == p.Id), cancellation);
        return new MemberView(byline, member.Created, member.Posts - posts, member.Solutions - solutions);
    }

    /// <summary>The member's newest replies that the reader may see.</summary>
    public async Task<IReadOnlyList<ReplyRow>> RepliesAsync(Rights rights, long memberId, int size, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var unreadable = await UnreadableAsync(db, rights, cancellation);
        var replies = db.Posts.AsNoTracking().Where(p => p.AuthorId == memberId && p.Number > 1 && p.Visibility == Visibility.Visible && p.Topic.Visibility == Visibility.Visible);
        if (unreadable.Count > 0)
            replies = replies.Where(p => !unreadable.Contains(p.Topic.BoardId));
        var rows = await replies.OrderByDescending(p => p.Id).Take(size).Select(p => new
        {
            p.Id,
            p.Number,
            p.TopicId,
            p.Topic.Title,
            p.Topic.Slug,
            BoardSlug = p.Topic.Board.Slug,
            BoardName = p.Topic.Board.Name,
            p.Topic.Board.Kind,
            Excerpt = p.Text.Substring(0, ExcerptLength),
            p.Created,
            p.Score,
            IsSolution = db.Solutions.Any(s => s.PostId == p.Id),
        }).ToListAsync(cancellation);
        return [.. rows.Select(r => new ReplyRow(
            r.Id, r.Number, r.TopicId, r.Title, r.Slug, r.BoardSlug, r.BoardName, Typed.Line(r.Excerpt), r.Created, r.Score, r.IsSolution && r.Kind == BoardKind.Questions))];
    }

    /// <summary>Members of the directory whose handle begins so, in the order of handles; none for an empty beginning.</summary>
    public async Task<IReadOnlyList<MemberSuggestion>> SuggestAsync(Rights rights, string beginning, int count, CancellationToken cancellation)
    {
        var start = Handles.Normalize(Handles.Clean(beginning));
        if (start.Length is 0 or > Member.MaxHandleLength)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rows = await DirectoryQueries.Listed(db, rights, clock.GetUtcNow().UtcDateTime).Where(db.Begins<Member>(m => m.NormalizedUserName, start)).OrderBy(m => m.NormalizedUserName).Take(count)
            .Select(m => new { m.UserName, m.Name }).ToListAsync(cancellation);
        return [.. rows.Select(m => new MemberSuggestion(m.UserName!, options.Site.Show(m.Name, m.UserName!)))];
    }

    /// <summary>Boards that the reader may not read.</summary>
    internal static Task<List<long>> UnreadableAsync(ForumDbContext db, Rights rights, CancellationToken cancellation)
    {
        var readable = db.Boards.ReadableBy(rights);
        return db.Boards.Where(b => !readable.Any(r => r.Id == b.Id)).Select(b => b.Id).ToListAsync(cancellation);
    }
}
