using Forum.Boards;
using Forum.Data;
using Forum.Following;
using Forum.Members;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Which topics a list shows, and in what order.</summary>
public enum TopicFilter
{
    /// <summary>All, by last activity.</summary>
    Latest,

    /// <summary>Questions without a reply.</summary>
    Unanswered,

    /// <summary>Questions without an accepted solution.</summary>
    Unsolved,

    /// <summary>Questions with one.</summary>
    Solved,

    /// <summary>All, by score.</summary>
    Top,

    /// <summary>Those with the newest posts, by <see cref="Heat"/>.</summary>
    Hot,

    /// <summary>Begun lately and not opened yet by the member who reads.</summary>
    New,

    /// <summary>With posts after those that the member who reads has read.</summary>
    Unread,
}

/// <summary>Which list: everything the reader may see, or one board, one tag, one author of it. A synonym is as good as its tag.</summary>
public sealed record TopicList(TopicFilter Filter = TopicFilter.Latest, long? BoardId = null, string? Tag = null, long? AuthorId = null, string? After = null, int Size = Paging.PageSize);

/// <summary>A topic as a row of a list.</summary>
/// <param name="Excerpt">The first words of the solution, or of the question.</param>
/// <param name="Outdated">It is solved, and its solution may no longer work.</param>
public sealed record TopicRow(
    long Id, string Title, string Slug, string BoardSlug, string BoardName, BoardKind BoardKind, Byline Author, Byline LastPoster,
    DateTime Created, DateTime LastActivity, int Replies, int Score, int Views, bool Solved, bool Closed, bool Pinned, string Excerpt, IReadOnlyList<string> Tags, long? SolutionPostId, bool Outdated)
{
    /// <summary>How it stands to the member who reads; null for visitors, and where it was not asked for.</summary>
    public RowReading? Reading { get; init; }
}

/// <summary>What a topic in a list is to the member who reads it.</summary>
/// <param name="New">Begun lately by somebody else, and not opened yet.</param>
/// <param name="Unread">Posts that came after what was read; 0 too where the topic was never opened.</param>
public sealed record RowReading(bool New, int Unread);

/// <summary>Reads lists of topics. A page costs the same at any depth and any size of the forum.</summary>
public sealed class TopicListQueries(IDbContextFactory<ForumDbContext> contexts, ReadMarks marks, ForumOptions options, TimeProvider clock)
{
    private const int ExcerptLength = 200;

    public async Task<Page<TopicRow>> ListAsync(Rights rights, TopicList list, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var reader = await db.ReaderAsync(rights.MemberId, clock.GetUtcNow().UtcDateTime, cancellation);
        if (reader is null && list.Filter is TopicFilter.New or TopicFilter.Unread)
            return new([], null);
        var topics = db.Topics.AsNoTracking().Where(t => t.Visibility == Visibility.Visible);
        if (list.AuthorId is { } authorId)
            topics = topics.Where(t => t.AuthorId == authorId);
        else if (reader is not null)
            topics = topics.HeardBy(db, reader);
        if (list.BoardId is { } boardId)
            topics = topics.Where(t => t.BoardId == boardId);
        // Boards are left out by name rather than joined in, so that the index on the order of the list is the one that is walked.
        var unreadable = await UnlistedAsync(db, rights, list.Filter, cancellation);
        if (unreadable.Count > 0)
            topics = topics.Where(t => !unreadable.Contains(t.BoardId));
        if (list.Tag is { } tag)
        {
            var tagId = await db.TagsNamed(tag).Select(t => t.Id).SingleOrDefaultAsync(cancellation);
            topics = topics.Where(t => db.TopicTags.Any(x => x.TopicId == t.Id && x.TagId == tagId));
        }

        var after = PageKey.Parse(list.After);
        var keys = list.Filter == TopicFilter.Hot ? await HottestAsync(topics, after, list.Size + 1, cancellation)
            : await OrderedAsync(Filtered(topics, list.Filter, db, reader), list.Filter, after, list.Size + 1, cancellation);
        var shown = keys.Take(list.Size).ToList();
        var rows = await ReadByAsync(db, reader, await RowsAsync(db, [.. shown.Select(k => k.Id)], cancellation), cancellation);
        // What was noted a moment ago is not in the database yet.
        if (list.Filter is TopicFilter.New or TopicFilter.Unread)
            rows = [.. rows.Where(r => r.Reading is { New: true } or { Unread: > 0 })];
        return new(rows, keys.Count > list.Size ? shown[^1].ToString() : null);
    }

    /// <summary>The rows of these topics, in this order; the caller has checked that the reader may see them.</summary>
    public async Task<IReadOnlyList<TopicRow>> RowsAsync(IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await RowsAsync(db, ids, cancellation);
    }

    /// <summary>The rows of those of these topics that the reader may see, in this order.</summary>
    public async Task<IReadOnlyList<TopicRow>> ReadableRowsAsync(Rights rights, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var readable = await db.Topics.ReadableBy(rights).Where(t => ids.Contains(t.Id)).Select(t => t.Id).ToListAsync(cancellation);
        return await RowsAsync(db, [.. ids.Distinct().Where(readable.Contains)], cancellation);
    }

    /// <summary>The pinned topics of a board, or those of the home page; newest activity first, and few, since a person pins them.</summary>
    public async Task<IReadOnlyList<TopicRow>> PinnedAsync(Rights rights, long? boardId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        // Apart, or the database would look at all topics for the few that are pinned.
        var everywhere = boardId is null ? await db.Pins.Where(p => p.Everywhere).Select(p => p.TopicId).ToListAsync(cancellation) : [];
        var pinned = boardId is { } board ? db.Topics.Where(t => t.BoardId == board && t.Pinned && t.Visibility == Visibility.Visible)
            : db.Topics.ReadableBy(rights).Where(t => everywhere.Contains(t.Id));
        var ids = await pinned.OrderByDescending(t => t.LastActivity).Take(Paging.PageSize).Select(t => t.Id).ToListAsync(cancellation);
        if (ids.Count == 0)
            return [];
        return await ReadByAsync(db, await db.ReaderAsync(rights.MemberId, clock.GetUtcNow().UtcDateTime, cancellation), await RowsAsync(db, ids, cancellation), cancellation);
    }

    private async Task<IReadOnlyList<TopicRow>> ReadByAsync(ForumDbContext db, Reader? reader, IReadOnlyList<TopicRow> rows, CancellationToken cancellation)
    {
        if (reader is null || rows.Count == 0)
            return rows;
        var readings = await db.ReadingsAsync(reader, [.. rows.Select(r => r.Id)], marks, cancellation);
        return [.. rows.Select(r => r with { Reading = readings.GetValueOrDefault(r.Id) })];
    }

    private async Task<IReadOnlyList<TopicRow>> RowsAsync(ForumDbContext db, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return [];
        var (now, policy) = (clock.GetUtcNow().UtcDateTime, options.Site);
        var tags = (await db.TopicTags.AsNoTracking().Where(t => ids.Contains(t.TopicId)).Select(t => new { t.TopicId, t.Tag.Name }).ToListAsync(cancellation))
            .ToLookup(t => t.TopicId, t => t.Name);
        var rows = await (
            from topic in db.Topics.AsNoTracking()
            where ids.Contains(topic.Id)
            join solution in db.Solutions.Where(s => s.Slot == 0) on topic.Id equals solution.TopicId into solutions
            from solution in solutions.DefaultIfEmpty()
            select new
            {
                Topic = topic,
                topic.Board.Slug,
                topic.Board.Name,
                topic.Board.Kind,
                Author = new BylineRow(topic.Author.Id, topic.Author.UserName, topic.Author.Name, topic.Author.Points, topic.Author.Solutions, topic.Author.Created, topic.Author.Roles, topic.Author.StaffTitle, topic.Author.Signature, topic.Author.Badges, topic.Author.Avatar),
                Last = new BylineRow(topic.LastPoster.Id, topic.LastPoster.UserName, topic.LastPoster.Name, topic.LastPoster.Points, topic.LastPoster.Solutions, topic.LastPoster.Created, topic.LastPoster.Roles, topic.LastPoster.StaffTitle, topic.LastPoster.Signature, topic.LastPoster.Badges, topic.LastPoster.Avatar),
                Closed = db.Closures.Any(c => c.TopicId == topic.Id),
                Solution = solution == null ? null : solution.Post.Text.Substring(0, ExcerptLength),
                Outdated = topic.Solved && !db.Solutions.Any(s => s.TopicId == topic.Id && s.Outdated == null),
                SolutionPostId = solution == null ? null : (long?)solution.PostId,
                Question = db.Posts.Where(p => p.TopicId == topic.Id && p.Number == 1).Select(p => p.Text.Substring(0, ExcerptLength)).First(),
            }).ToListAsync(cancellation);
        var byId = rows.ToDictionary(r => r.Topic.Id);
        return [.. ids.Select(id => byId[id]).Select(r =>
        {
            var solved = r.Topic.Solved && r.Kind == BoardKind.Questions;
            return new TopicRow(
                r.Topic.Id, r.Topic.Title, r.Topic.Slug, r.Slug, r.Name, r.Kind, r.Author.Show(policy, now), r.Last.Show(policy, now),
                r.Topic.Created, r.Topic.LastActivity, r.Topic.Replies, r.Topic.Score, r.Topic.Views, solved, r.Closed, r.Topic.Pinned,
                Typed.Line(solved ? r.Solution : r.Question), [.. tags[r.Topic.Id].Order()], solved ? r.SolutionPostId : null, solved && r.Outdated);
        })];
    }

    private static async Task<List<long>> UnlistedAsync(ForumDbContext db, Rights rights, TopicFilter filter, CancellationToken cancellation)
    {
        var readable = db.Boards.ReadableBy(rights);
        if (filter is TopicFilter.Unanswered or TopicFilter.Unsolved or TopicFilter.Solved)
            readable = readable.Where(b => b.Kind == BoardKind.Questions);
        return await db.Boards.Where(b => !readable.Any(r => r.Id == b.Id)).Select(b => b.Id).ToListAsync(cancellation);
    }

    private static IQueryable<Topic> Filtered(IQueryable<Topic> topics, TopicFilter filter, ForumDbContext db, Reader? reader) => filter switch
    {
        TopicFilter.Unanswered => topics.Where(t => t.Replies == 0),
        TopicFilter.Unsolved => topics.Where(t => !t.Solved),
        TopicFilter.Solved => topics.Where(t => t.Solved),
        TopicFilter.New => topics.NewTo(db, reader!),
        TopicFilter.Unread => topics.UnreadBy(db, reader!),
        _ => topics,
    };

    private static async Task<List<PageKey>> OrderedAsync(IQueryable<Topic> topics, TopicFilter filter, PageKey? after, int count, CancellationToken cancellation)
    {
        if (filter == TopicFilter.Top)
        {
            if (after is { } key)
                topics = topics.Where(t => t.Score < key.Value || t.Score == key.Value && t.Id < key.Id);
            var top = await topics.OrderByDescending(t => t.Score).ThenByDescending(t => t.Id).Take(count).Select(t => new { t.Id, t.Score }).ToListAsync(cancellation);
            return top.ConvertAll(t => new PageKey(t.Score, t.Id));
        }
        if (after is { } at)
        {
            var instant = at.Instant;
            topics = topics.Where(t => t.LastActivity <= instant && (t.LastActivity < instant || t.Id < at.Id));
        }
        var newest = await Newest(topics).Take(count).Select(t => new { t.Id, t.LastActivity }).ToListAsync(cancellation);
        return newest.ConvertAll(t => new PageKey(t.LastActivity.Ticks, t.Id));
    }

    private static async Task<List<PageKey>> HottestAsync(IQueryable<Topic> topics, PageKey? after, int count, CancellationToken cancellation)
    {
        var compared = await Newest(topics).Take(Heat.Compared).Select(t => new { t.Id, t.Created, t.LastActivity, t.Score, t.MeToos, t.Replies }).ToListAsync(cancellation);
        var first = after ?? new(long.MaxValue, long.MaxValue);
        return [.. compared.Select(t => new PageKey(Heat.Of(t.Created, t.LastActivity, t.Score, t.MeToos, t.Replies).Ticks, t.Id))
            .OrderByDescending(k => k.Value).ThenByDescending(k => k.Id).SkipWhile(k => (k.Value, k.Id).CompareTo((first.Value, first.Id)) >= 0).Take(count)];
    }

    private static IQueryable<Topic> Newest(IQueryable<Topic> topics) => topics.OrderByDescending(t => t.LastActivity).ThenByDescending(t => t.Id);
}
