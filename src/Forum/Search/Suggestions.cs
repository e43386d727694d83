using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>A topic whose title has what was typed.</summary>
public sealed record SuggestedTopic(long Id, string Title, string Slug, bool Solved);

/// <summary>What somebody may be about to look for.</summary>
public sealed record Suggested(IReadOnlyList<SuggestedTopic> Topics, IReadOnlyList<string> Tags, IReadOnlyList<MemberSuggestion> Members)
{
    public static readonly Suggested Nothing = new([], [], []);
}

/// <summary>Suggests topics, tags and members while somebody types: those whose words begin so and that the reader may see. Its cost has a bound at any size of the forum.</summary>
public sealed class Suggestions(IDbContextFactory<ForumDbContext> contexts, SearchIndex index, MemberQueries members, TimeProvider clock)
{
    /// <summary>Characters below which everything begins so; one is enough in scripts where it is a word.</summary>
    public const int MinLength = 2;

    private const int MaxTopics = 5, MaxTags = 3, MaxMembers = 3;

    /// <summary>Titles that are looked at, tags that are tried: the bound of the work.</summary>
    private const int MaxTitles = 100_000, MaxTried = 50;

    /// <summary>Nothing where too little was typed, or nothing begins so.</summary>
    public async Task<Suggested> FindAsync(Actor actor, string? typed, CancellationToken cancellation)
    {
        var text = Typed.Line(typed);
        if (text.Length == 0 || text.Length < MinLength && char.IsAscii(text[0]))
            return Suggested.Nothing;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rights = await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation);
        var scope = await SearchScope.OfAsync(db, rights, index.Site, cancellation);
        return new(
            await TopicsAsync(db, rights, scope, text, cancellation),
            text.Contains(' ') ? [] : await TagsAsync(db, scope, text, cancellation),
            await members.SuggestAsync(rights, Handles.Beginning(text), MaxMembers, cancellation));
    }

    private async Task<IReadOnlyList<SuggestedTopic>> TopicsAsync(ForumDbContext db, Rights rights, SearchScope scope, string text, CancellationToken cancellation)
    {
        if (scope.Boards.Count == 0 || LuceneQueries.Beginnings(text, scope.Languages) is not { } query)
            return [];
        var ids = index.Search(searcher =>
        {
            var collector = new TopicCollector(MaxTopics, SearchSort.Relevance, clock.GetUtcNow().ToUnixTimeSeconds(), most: MaxTitles);
            searcher.Search(query, scope.ToFilter(), collector);
            return collector.Ranked().ConvertAll(f => f.TopicId);
        }) ?? [];
        var rows = await db.Topics.AsNoTracking().Where(t => ids.Contains(t.Id)).ReadableBy(rights)
            .Select(t => new SuggestedTopic(t.Id, t.Title, t.Slug, t.Solved && t.Board.Kind == BoardKind.Questions)).ToDictionaryAsync(t => t.Id, cancellation);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    /// <summary>The most used ones. Whether a tag is on a topic that the reader may see is asked of the index: it stops at the first.</summary>
    private async Task<IReadOnlyList<string>> TagsAsync(ForumDbContext db, SearchScope scope, string text, CancellationToken cancellation)
    {
        var start = TagNames.Normal(text).TrimStart('#');
        if (start.Length == 0)
            return [];
        var named = db.Tags.Where(n => n.Name.StartsWith(start)).Select(n => n.SynonymOfId ?? n.Id);
        var tags = await db.Tags.AsNoTracking().Where(t => named.Contains(t.Id)).OrderByDescending(t => t.Topics).ThenBy(t => t.Name).Take(MaxTried)
            .Select(t => new { t.Id, t.Name, t.Kept, Synonyms = db.Tags.Where(s => s.SynonymOfId == t.Id).Select(s => s.Id).ToList() }).ToListAsync(cancellation);
        return index.Search(searcher => tags.Where(t => t.Kept || LuceneQueries.IsAny(searcher, SearchFields.Tag, [t.Id, .. t.Synonyms], scope.ToFilter())).Take(MaxTags).Select(t => t.Name).ToList()) ?? [];
    }
}
