using Forum.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Following;

/// <summary>How a member stands to what they read: whose topics are new, and since when all was read.</summary>
/// <param name="Since">Topics begun later are new.</param>
/// <param name="AllRead">Topics quiet since then are read.</param>
internal sealed record Reader(long Id, DateTime Since, DateTime AllRead, DateTime Fresh);

/// <summary>The rules of what is new and what is unread, in lists and as a number.</summary>
internal static class Reading
{
    public static async Task<Reader?> ReaderAsync(this ForumDbContext db, long? memberId, DateTime now, CancellationToken cancellation)
    {
        if (memberId is not { } id || await db.Users.AsNoTracking().Where(m => m.Id == id).Select(m => new { m.Created, m.AllRead }).SingleOrDefaultAsync(cancellation) is not { } member)
            return null;
        var allRead = member.AllRead ?? DateTime.MinValue;
        var since = new[] { member.Created, allRead, now - ReadMark.NewFor }.Max();
        return new(id, since, allRead, now - ReadMark.Fresh);
    }

    /// <summary>Topics of others that the reader has not opened, of those begun lately.</summary>
    public static IQueryable<Topic> NewTo(this IQueryable<Topic> topics, ForumDbContext db, Reader reader)
    {
        var (me, since) = (reader.Id, reader.Since);
        // What was begun since then was active since then: so the walk along the last activity ends there.
        return topics.Where(t => t.LastActivity > since && t.Created > since && t.AuthorId != me && !db.ReadMarks.Any(m => m.MemberId == me && m.TopicId == t.Id));
    }

    /// <summary>Topics that the reader has opened, or follows, in which somebody else wrote the newest post after what was read. Costs what the reader opened lately, whatever the forum holds.</summary>
    public static IQueryable<Topic> UnreadBy(this IQueryable<Topic> topics, ForumDbContext db, Reader reader)
    {
        var (me, allRead, fresh) = (reader.Id, reader.AllRead, reader.Fresh);
        return
            from mark in db.ReadMarks
            where mark.MemberId == me && mark.At > fresh
            join topic in topics on mark.TopicId equals topic.Id
            where topic.LastNumber > mark.Number && (topic.LastPosterId != me || mark.Number == 0) && (topic.LastActivity > allRead || mark.At > allRead)
            select topic;
    }

    /// <summary>Topics that the reader has not muted.</summary>
    public static IQueryable<Topic> HeardBy(this IQueryable<Topic> topics, ForumDbContext db, Reader reader)
    {
        var me = reader.Id;
        return topics.Where(t => !db.Watches.Any(w => w.MemberId == me && w.TopicId == t.Id && w.Level == WatchLevel.Muted));
    }

    /// <summary>How each of these topics stands to the reader, by its id.</summary>
    public static async Task<IReadOnlyDictionary<long, RowReading>> ReadingsAsync(
        this ForumDbContext db, Reader reader, IReadOnlyList<long> topicIds, ReadMarks marks, CancellationToken cancellation)
    {
        var me = reader.Id;
        var rows = await db.Topics.AsNoTracking().Where(t => topicIds.Contains(t.Id)).Select(t => new
        {
            t.Id,
            t.Created,
            t.AuthorId,
            t.LastActivity,
            t.LastNumber,
            t.Replies,
            t.LastPosterId,
            Mark = db.ReadMarks.Where(m => m.MemberId == me && m.TopicId == t.Id).Select(m => new { m.Number, m.At }).FirstOrDefault(),
        }).ToListAsync(cancellation);
        return rows.ToDictionary(r => r.Id, r =>
        {
            var noted = marks.Noted(me, r.Id);
            if (r.Mark is null && noted == 0)
                return new RowReading(r.Created > reader.Since && r.AuthorId != me, 0);
            var read = Math.Max(r.Mark?.Number ?? 0, noted);
            var unread = r.LastNumber > read && (r.LastPosterId != me || read == 0)
                && (noted > 0 || r.LastActivity > reader.AllRead || r.Mark!.At > reader.AllRead) && (noted > 0 || r.Mark!.At > reader.Fresh);
            // Numbers of posts that were deleted are counted as long as there are others: to know better, one would have to look at the posts.
            return new RowReading(false, unread ? Math.Min(r.LastNumber - read, r.Replies + 1) : 0);
        });
    }
}
