using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Following;

/// <summary>A post that a member keeps at hand.</summary>
/// <param name="Number">1 when it is the topic as a whole.</param>
public sealed record BookmarkRow(long PostId, long TopicId, string Slug, string Title, int Number, bool Solved, MemberLink Author, string Excerpt, DateTime Created);

/// <summary>Reads what members follow, keep at hand and have read. Each sees their own.</summary>
public sealed class FollowingQueries(IDbContextFactory<ForumDbContext> contexts, ReadMarks marks, ForumOptions options, TimeProvider clock)
{
    private const int ExcerptLength = 200;

    /// <summary>How the reader stands to a topic that they may read; null for a visitor.</summary>
    /// <param name="postIds">Posts of which it is asked whether they are kept at hand.</param>
    public async Task<TopicReading?> OfTopicAsync(Rights rights, long topicId, IReadOnlyCollection<long> postIds, CancellationToken cancellation)
    {
        if (rights.MemberId is not { } me)
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var row = await db.Topics.AsNoTracking().Where(t => t.Id == topicId).Select(t => new
        {
            Read = db.ReadMarks.Where(m => m.MemberId == me && m.TopicId == topicId).Select(m => (int?)m.Number).FirstOrDefault(),
            Level = db.Watches.Where(w => w.MemberId == me && w.TopicId == topicId).Select(w => (WatchLevel?)w.Level).FirstOrDefault(),
        }).SingleOrDefaultAsync(cancellation);
        var bookmarked = postIds.Count == 0 ? [] : await db.Bookmarks.Where(b => b.MemberId == me && postIds.Contains(b.PostId)).Select(b => b.PostId).ToHashSetAsync(cancellation);
        var noted = marks.Noted(me, topicId);
        return new(Math.Max(row?.Read ?? 0, noted), row?.Read is not null || noted > 0, row?.Level ?? WatchLevel.Normal, bookmarked);
    }

    /// <summary>The number of the first post that the reader has not read; that of the last one when all are read, and 1 when the topic was never opened. The reader's right to the topic was checked.</summary>
    public async Task<int> FirstUnreadAsync(Rights rights, long topicId, CancellationToken cancellation)
    {
        if (await OfTopicAsync(rights, topicId, [], cancellation) is not { Read: > 0 and var read })
            return 1;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var posts = db.Posts.Where(p => p.TopicId == topicId && p.Number > 0 && p.Visibility == Visibility.Visible);
        return await posts.Where(p => p.Number > read).MinAsync(p => (int?)p.Number, cancellation) ?? await posts.MaxAsync(p => (int?)p.Number, cancellation) ?? 1;
    }

    /// <summary>What the member keeps at hand, the newest first; a post out of their sight is passed over.</summary>
    public async Task<Page<BookmarkRow>> BookmarksAsync(Actor actor, string? after, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rights = await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation);
        if (rights.MemberId is not { } me)
            return new([], null);
        var bookmarks = db.Bookmarks.AsNoTracking().Where(b => b.MemberId == me);
        if (PageKey.Parse(after) is { } key)
        {
            var instant = key.Instant;
            bookmarks = bookmarks.Where(b => b.Created < instant || b.Created == instant && b.PostId < key.Id);
        }
        var rows = await (
            from bookmark in bookmarks
            join topic in db.Topics.ReadableBy(rights) on bookmark.Post.TopicId equals topic.Id
            where bookmark.Post.Visibility == Visibility.Visible
            orderby bookmark.Created descending, bookmark.PostId descending
            select new
            {
                bookmark.PostId,
                bookmark.Created,
                bookmark.Post.Number,
                Text = bookmark.Post.Text.Substring(0, ExcerptLength),
                topic.Id,
                topic.Slug,
                topic.Title,
                Solved = topic.Solved && topic.Board.Kind == BoardKind.Questions,
                bookmark.Post.Author.Name,
                Handle = bookmark.Post.Author.UserName,
            }).Take(Paging.PageSize + 1).ToListAsync(cancellation);
        var shown = rows.Take(Paging.PageSize).Select(r => new BookmarkRow(
            r.PostId, r.Id, r.Slug, r.Title, r.Number, r.Solved, new(r.Handle!, options.Site.Show(r.Name, r.Handle!)), Typed.Line(r.Text), r.Created)).ToList();
        return new(shown, rows.Count > shown.Count ? new PageKey(shown[^1].Created.Ticks, shown[^1].PostId).ToString() : null);
    }
}
