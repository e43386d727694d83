using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>A tag and how many topics carry it that the reader may see.</summary>
public sealed record TagCount(string Name, int Topics);

/// <summary>Reads tags. Topics on boards the reader may not read count for nothing.</summary>
public sealed class TagQueries(IDbContextFactory<ForumDbContext> contexts)
{
    /// <summary>Tags on one page: what a person looks through.</summary>
    public const int MaxShown = 200;

    /// <summary>The most used tags; with <paramref name="beginning"/> those whose name begins so.</summary>
    public async Task<IReadOnlyList<TagCount>> MostUsedAsync(Rights rights, string? beginning, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var hidden = await HiddenAsync(db, rights, null, cancellation);
        var tags = db.Tags.AsNoTracking().Where(t => t.Topics > 0);
        if (Normal(beginning) is { Length: > 0 } start)
            tags = tags.Where(t => t.Name.StartsWith(start));
        // As many more as may lose their place or vanish: whoever comes after those has fewer topics than the last one shown.
        var rows = await tags.OrderByDescending(t => t.Topics).ThenBy(t => t.Name).Take(MaxShown + hidden.Count).ToListAsync(cancellation);
        return [.. rows.Select(t => new TagCount(t.Name, t.Topics - hidden.GetValueOrDefault(t.Id))).Where(t => t.Topics > 0)
            .OrderByDescending(t => t.Topics).ThenBy(t => t.Name, StringComparer.Ordinal).Take(MaxShown)];
    }

    /// <summary>Names of tags that begin so, the most used first; none for an empty beginning.</summary>
    public async Task<IReadOnlyList<string>> SuggestAsync(Rights rights, string beginning, int count, CancellationToken cancellation) =>
        Normal(beginning).Length == 0 ? [] : [.. (await MostUsedAsync(rights, beginning, cancellation)).Take(count).Select(t => t.Name)];

    /// <summary>The tag of that name; null where no topic carries it that the reader may see.</summary>
    public async Task<TagCount?> FindAsync(Rights rights, string? name, CancellationToken cancellation)
    {
        var normal = Normal(name);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var tag = await db.Tags.AsNoTracking().SingleOrDefaultAsync(t => t.Name == normal, cancellation);
        if (tag is null)
            return null;
        var topics = tag.Topics - (await HiddenAsync(db, rights, tag.Id, cancellation)).GetValueOrDefault(tag.Id);
        return topics > 0 ? new(tag.Name, topics) : null;
    }

    private static string Normal(string? name) => Typed.Line(name).ToLowerInvariant();

    /// <summary>By tag, the visible topics that the reader may not see: read from the topics of those boards, which are few.</summary>
    private static async Task<Dictionary<long, int>> HiddenAsync(ForumDbContext db, Rights rights, long? tagId, CancellationToken cancellation)
    {
        var readable = db.Boards.ReadableBy(rights);
        var unreadable = await db.Boards.Where(b => !readable.Any(r => r.Id == b.Id)).Select(b => b.Id).ToListAsync(cancellation);
        if (unreadable.Count == 0)
            return [];
        return await (
            from topic in db.Topics
            where unreadable.Contains(topic.BoardId) && topic.Visibility == Visibility.Visible
            join tagged in db.TopicTags on topic.Id equals tagged.TopicId
            where tagId == null || tagged.TagId == tagId
            group tagged by tagged.TagId into carried
            select new { TagId = carried.Key, Count = carried.Count() }).ToDictionaryAsync(c => c.TagId, c => c.Count, cancellation);
    }
}
