using System.Collections.Concurrent;
using Forum.Boards;
using Forum.Data;
using Forum.Topics;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>A question that resembles another one.</summary>
/// <param name="Solution">The beginning of its accepted solution; null when it has none.</param>
public sealed record SimilarQuestion(long TopicId, string Title, string Slug, bool Solved, int Replies, int Score, string BoardSlug, string? Solution);

/// <summary>Finds topics that resemble a question, before it is asked and beside it afterwards. In the place of a closed duplicate stands its original.</summary>
public sealed class SimilarQuestions(IDbContextFactory<ForumDbContext> contexts, SearchIndex index, TimeProvider clock)
{
    /// <summary>Shorter titles resemble everything.</summary>
    public const int MinTitleLength = 10;

    /// <summary>Most that are shown: more is not read.</summary>
    public const int MaxCount = 20;

    /// <summary>Characters of the body that count, from its beginning: the question stands there.</summary>
    private const int BodyLength = 200;

    /// <summary>The rarest words that are looked for; they tell topics apart, and the cost stays the same however long the text is.</summary>
    private const int MaxWords = 16;

    /// <summary>How many times what is shown is looked for: several duplicates lead to one original.</summary>
    private const int WithDuplicates = 2;

    /// <summary>Characters of a solution's excerpt.</summary>
    private const int ExcerptLength = 200;

    /// <summary>How long the questions beside a topic stay the same: its page is made anew far more often than other questions begin to resemble it.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Topics whose similar questions are kept, a few hundred bytes each.</summary>
    private const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<(long TopicId, string Title, string Reader, int Count), (List<long> Ids, long At)> kept = new();

    /// <summary>Topics that resemble a question with its text, the best first.</summary>
    public async Task<IReadOnlyList<SimilarQuestion>> FindAsync(Actor actor, string title, string? body, int count, CancellationToken cancellation)
    {
        if (title.Trim().Length < MinTitleLength)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rights = await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation);
        var text = body is { Length: > 0 } ? $"{title}\n{(body.Length > BodyLength ? body[..BodyLength] : body)}" : title;
        return await RowsAsync(db, rights, await SearchAsync(db, rights, text, null, Math.Clamp(count, 1, MaxCount), cancellation) ?? [], cancellation);
    }

    /// <summary>Topics that resemble one that stands, to be shown beside it. Which they are is kept for some minutes; they are shown as they are now, to whoever may see them.</summary>
    public async Task<IReadOnlyList<SimilarQuestion>> BesideAsync(Rights rights, long topicId, string title, int count, CancellationToken cancellation)
    {
        if (title.Trim().Length < MinTitleLength)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var key = (topicId, title, $"{rights.ReadKey}", count);
        if (!kept.TryGetValue(key, out var known) || clock.GetElapsedTime(known.At) > Lifetime)
        {
            if (await SearchAsync(db, rights, title, topicId, count, cancellation) is not { } ids)
                return [];
            known = (ids, clock.GetTimestamp());
            if (kept.Count >= MaxKept)
                kept.Clear();
            if (index.IsReady)
                kept[key] = known;
        }
        return await RowsAsync(db, rights, known.Ids, cancellation);
    }

    private async Task<List<long>?> SearchAsync(ForumDbContext db, Rights rights, string text, long? except, int count, CancellationToken cancellation)
    {
        var scope = await SearchScope.OfAsync(db, rights, index.Site, cancellation);
        if (scope.Boards.Count == 0)
            return [];
        var ids = index.Search(searcher => Rank(searcher, text, scope.Languages, scope.ToTopicFilter(), except, count * WithDuplicates, clock.GetUtcNow().ToUnixTimeSeconds()));
        if (ids is null)
            return null;
        var originals = await db.Topics.Where(t => t.Visibility == Visibility.Visible).ReadableBy(rights).Join(db.Closures.Where(c => ids.Contains(c.TopicId)), t => (long?)t.Id, c => c.DuplicateOfId, (t, c) => new { c.TopicId, t.Id })
            .ToDictionaryAsync(c => c.TopicId, c => c.Id, cancellation);
        return [.. ids.Select(id => originals.GetValueOrDefault(id, id)).Where(id => id != except).Distinct().Take(count)];
    }

    private static async Task<IReadOnlyList<SimilarQuestion>> RowsAsync(ForumDbContext db, Rights rights, List<long> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return [];
        var rows = await db.Topics.AsNoTracking().Where(t => ids.Contains(t.Id)).ReadableBy(rights).Select(t => new
        {
            t.Id,
            t.Title,
            t.Slug,
            Solved = t.Solved && t.Board.Kind == BoardKind.Questions,
            t.Replies,
            t.Score,
            Board = t.Board.Slug,
            Solution = db.Solutions.Where(s => s.TopicId == t.Id && s.Post.Visibility == Visibility.Visible).OrderBy(s => s.Slot).Select(s => s.Post.Text.Substring(0, ExcerptLength + 1)).FirstOrDefault(),
        }).ToDictionaryAsync(t => t.Id, cancellation);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])
            .Select(t => new SimilarQuestion(t.Id, t.Title, t.Slug, t.Solved, t.Replies, t.Score, t.Board, t.Solved && t.Solution is not null ? Excerpt(t.Solution) : null))];
    }

    /// <summary>Ids of the topics that resemble a text most, of those that the filter lets through, the best first.</summary>
    internal static List<long> Rank(IndexSearcher searcher, string text, IReadOnlyList<Language> languages, Filter topics, long? except, int count, double nowSeconds)
    {
        var query = ParsedQuery.Of(text, languages, plain: true).Rarest(MaxWords, word => word.Stems.Sum(s => searcher.IndexReader.DocFreq(new Term(SearchFields.Text, s))));
        if (query.Words.Count == 0)
            return [];
        return TopicSearch.Best(searcher, query, topics, count, nowSeconds, except is { } id ? new HashSet<long> { id } : null).ConvertAll(f => f.TopicId);
    }

    private static string Excerpt(string text)
    {
        if (text.Length <= ExcerptLength)
            return text;
        var space = text.LastIndexOf(' ', ExcerptLength);
        return (space > ExcerptLength / 2 ? text[..space] : text[..ExcerptLength]) + " …";
    }
}
