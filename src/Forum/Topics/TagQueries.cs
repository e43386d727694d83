using System.Text.RegularExpressions;
using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>A tag, what it is for, and how many topics carry it that the reader may see.</summary>
public sealed partial record TagCount(string Name, int Topics, string Description)
{
    /// <summary>The first sentence of the description; empty without one.</summary>
    public string Summary => Sentence().Match(Description) is { Success: true } first ? first.Value : Description;

    [GeneratedRegex(@"^.+?(?:[.!?…]+(?=\s+\P{Ll}|$)|[。！？])")]
    private static partial Regex Sentence();
}

/// <summary>A tag with its synonyms by name.</summary>
public sealed record TagView(TagCount Tag, IReadOnlyList<string> Synonyms)
{
    public string Name => Tag.Name;
}

/// <summary>A tag for those who look after tags: with all its visible topics, whoever may read them.</summary>
/// <param name="Kept">There for everybody even when no topic carries it.</param>
public sealed record ManagedTag(TagCount Tag, bool Kept, IReadOnlyList<string> Synonyms);

/// <summary>What a board asks of the tags of its topics.</summary>
/// <param name="Needed">A new topic carries at least one.</param>
/// <param name="OneOf">At least one of these, by name; empty for any.</param>
/// <param name="StaffOnly">Only staff put these on and take them off, by name.</param>
public sealed record BoardTags(bool Needed, IReadOnlyList<string> OneOf, IReadOnlyList<string> StaffOnly)
{
    /// <summary>Nothing is asked.</summary>
    public static readonly BoardTags Free = new(false, [], []);
}

/// <summary>Reads tags. Topics on boards the reader may not read count for nothing, and tags of these alone are nowhere.</summary>
public sealed class TagQueries(IDbContextFactory<ForumDbContext> contexts)
{
    /// <summary>Tags on one page: what a person looks through.</summary>
    public const int MaxShown = 200;

    /// <summary>The most used tags; with <paramref name="beginning"/> those whose name, or a synonym of it, begins so.</summary>
    public async Task<IReadOnlyList<TagCount>> MostUsedAsync(Rights rights, string? beginning, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var hidden = await HiddenAsync(db, rights, null, cancellation);
        var tags = db.Tags.AsNoTracking().Where(t => t.SynonymOfId == null && (t.Topics > 0 || t.Kept));
        if (TagNames.Normal(beginning) is { Length: > 0 } start)
            tags = tags.Where(t => t.Name.StartsWith(start) || db.Tags.Any(s => s.SynonymOfId == t.Id && s.Name.StartsWith(start)));
        // As many more as may lose their place or vanish: whoever comes after those has fewer topics than the last one shown.
        var rows = await tags.OrderByDescending(t => t.Topics).ThenBy(t => t.Name).Take(MaxShown + hidden.Count).ToListAsync(cancellation);
        return [.. rows.Select(t => (Tag: new TagCount(t.Name, t.Topics - hidden.GetValueOrDefault(t.Id), t.Description), t.Kept)).Where(t => t.Tag.Topics > 0 || t.Kept).Select(t => t.Tag)
            .OrderByDescending(t => t.Topics).ThenBy(t => t.Name, StringComparer.Ordinal).Take(MaxShown)];
    }

    /// <summary>Names of tags that begin so, or have a synonym that does, the most used first; none for an empty beginning.</summary>
    public async Task<IReadOnlyList<string>> SuggestAsync(Rights rights, string beginning, int count, CancellationToken cancellation) =>
        TagNames.Normal(beginning).Length == 0 ? [] : [.. (await MostUsedAsync(rights, beginning, cancellation)).Take(count).Select(t => t.Name)];

    /// <summary>The tag of that name, or the one that it is a synonym of; null where it exists only for others.</summary>
    public async Task<TagView?> FindAsync(Rights rights, string? name, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await db.TagsNamed(TagNames.Normal(name)).SingleOrDefaultAsync(cancellation) is not { } tag)
            return null;
        var topics = tag.Topics - (await HiddenAsync(db, rights, tag.Id, cancellation)).GetValueOrDefault(tag.Id);
        return topics > 0 || tag.Kept
            ? new(new(tag.Name, topics, tag.Description), await db.Tags.Where(t => t.SynonymOfId == tag.Id).OrderBy(t => t.Name).Select(t => t.Name).ToListAsync(cancellation))
            : null;
    }

    /// <summary>All tags by name, for those who look after them; refused to others.</summary>
    /// <param name="part">What the name or a synonym holds; null for all.</param>
    /// <param name="after">The name that the page begins after.</param>
    public async Task<Result<Page<ManagedTag>>> ManagedAsync(Rights rights, string? part, string? after, CancellationToken cancellation)
    {
        if (rights.CannotChangeTags() is { } mayNot)
            return mayNot;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var tags = db.Tags.AsNoTracking().Where(t => t.SynonymOfId == null);
        if (TagNames.Normal(part) is { Length: > 0 } held)
            tags = tags.Where(t => t.Name.Contains(held) || db.Tags.Any(s => s.SynonymOfId == t.Id && s.Name.Contains(held)));
        if (after is not null)
            tags = tags.Where(t => string.Compare(t.Name, after) > 0);
        var rows = await Managed(db, tags.OrderBy(t => t.Name).Take(Paging.MaxSize + 1)).ToListAsync(cancellation);
        return new Page<ManagedTag>([.. rows.Take(Paging.MaxSize)], rows.Count > Paging.MaxSize ? rows[Paging.MaxSize - 1].Tag.Name : null);
    }

    /// <summary>The tag of that name, for those who look after tags; refused to others, and where there is none.</summary>
    public async Task<Result<ManagedTag>> ManagedAsync(Rights rights, string name, CancellationToken cancellation)
    {
        if (rights.CannotChangeTags() is { } mayNot)
            return mayNot;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await Managed(db, db.TagsNamed(TagNames.Normal(name))).SingleOrDefaultAsync(cancellation) is { } tag ? tag : Refusal.NotFound;
    }

    /// <summary>What boards ask of tags, by the boards' ids; those that ask for nothing are left out.</summary>
    public async Task<IReadOnlyDictionary<long, BoardTags>> OfBoardsAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rules = (await db.BoardTags.Select(b => new { b.BoardId, b.Use, b.Tag.Name }).ToListAsync(cancellation)).OrderBy(r => r.Name, StringComparer.Ordinal).ToLookup(r => (r.BoardId, r.Use), r => r.Name);
        var needing = await db.Boards.Where(b => b.NeedsTag).Select(b => b.Id).ToListAsync(cancellation);
        return needing.Union(rules.Select(r => r.Key.BoardId)).ToDictionary(id => id, id => new BoardTags(needing.Contains(id), [.. rules[(id, BoardTagUse.OneOf)]], [.. rules[(id, BoardTagUse.StaffOnly)]]));
    }

    private static IQueryable<ManagedTag> Managed(ForumDbContext db, IQueryable<Tag> tags) => tags.Select(t =>
        new ManagedTag(new(t.Name, t.Topics, t.Description), t.Kept, db.Tags.Where(s => s.SynonymOfId == t.Id).OrderBy(s => s.Name).Select(s => s.Name).ToList()));

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
