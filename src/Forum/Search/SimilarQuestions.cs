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

/// <summary>Finds topics that resemble a question, before it is asked and beside it afterwards.</summary>
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

    /// <summary>Characters of a solution's excerpt.</summary>
    private const int ExcerptLength = 200;

    /// <summary>How long the questions beside a topic stay the same: its page is made anew far more often than other questions begin to resemble it.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Topics whose similar questions are kept, a few hundred bytes each.</summary>
    private const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<(long TopicId, string Text, string Boards, int Count), (List<long> Ids, long At)> kept = new();

    /// <summary>Topics that resemble a title with its text, the best first.</summary>
    /// <param name="exceptTopicId">The topic beside which they are shown: what was found for it is kept for some minutes, and shown as it is now to whoever may see it.</param>
    public async Task<IReadOnlyList<SimilarQuestion>> FindAsync(Actor actor, string title, string? body, long? exceptTopicId, int count, CancellationToken cancellation)
    {
        if (title.Trim().Length < MinTitleLength)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rights = await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation);
        var scope = await SearchScope.OfAsync(db, rights, cancellation);
        if (scope.Boards.Count == 0)
            return [];
        count = Math.Clamp(count, 1, MaxCount);
        var text = body is { Length: > 0 } ? $"{title}\n{(body.Length > BodyLength ? body[..BodyLength] : body)}" : title;
        var ids = exceptTopicId is { } topicId ? Beside(topicId, text, scope, count) : Search(text, scope, null, count) ?? [];
        if (ids.Count == 0)
            return [];
        var rows = await db.Topics.AsNoTracking().Where(t => ids.Contains(t.Id)).ReadableBy(rights).Select(t => new
        {
            t.Id,
            t.Title,
            t.Slug,
            t.Solved,
            t.Replies,
            t.Score,
            t.BoardId,
            Solution = db.Solutions.Where(s => s.TopicId == t.Id && s.Post.Visibility == Visibility.Visible).OrderBy(s => s.Slot).Select(s => s.Post.Text.Substring(0, ExcerptLength + 1)).FirstOrDefault(),
        }).ToDictionaryAsync(t => t.Id, cancellation);
        var found = new List<SimilarQuestion>(ids.Count);
        foreach (var id in ids)
        {
            if (!rows.TryGetValue(id, out var topic) || scope[topic.BoardId] is not { } board)
                continue;
            var solved = topic.Solved && board.Kind == BoardKind.Questions;
            found.Add(new(id, topic.Title, topic.Slug, solved, topic.Replies, topic.Score, board.Slug, solved && topic.Solution is not null ? Excerpt(topic.Solution) : null));
        }
        return found;
    }

    private List<long> Beside(long topicId, string text, SearchScope scope, int count)
    {
        var key = (topicId, text, scope.Key, count);
        if (kept.TryGetValue(key, out var known) && clock.GetElapsedTime(known.At) < Lifetime)
            return known.Ids;
        if (Search(text, scope, topicId, count) is not { } ids)
            return [];
        if (!index.IsReady)
            return ids;
        if (kept.Count >= MaxKept)
            kept.Clear();
        kept[key] = (ids, clock.GetTimestamp());
        return ids;
    }

    private List<long>? Search(string text, SearchScope scope, long? except, int count) =>
        index.Search(searcher => Rank(searcher, text, scope.ToFilter(), except, count, clock.GetUtcNow().ToUnixTimeSeconds()));

    /// <summary>Ids of the topics that resemble a text most, the best first.</summary>
    internal static List<long> Rank(IndexSearcher searcher, string text, Filter boards, long? except, int count, double nowSeconds)
    {
        var rarest = ParsedQuery.Of(text, plain: true).Words.Select(w => new Term(SearchFields.Text, w.Stem))
            .Select(t => (Term: t, Count: searcher.IndexReader.DocFreq(t))).Where(t => t.Count > 0).OrderBy(t => t.Count).Take(MaxWords);
        var query = new BooleanQuery();
        foreach (var (term, _) in rarest)
            query.Add(new TermQuery(term), Occur.SHOULD);
        if (query.Clauses.Count == 0)
            return [];
        var filter = LuceneQueries.All([(LuceneQueries.Is(SearchFields.IsTopic), true), (boards, true)]);
        var collector = new TopicCollector(count, SearchSort.Relevance, nowSeconds, except is { } id ? new HashSet<long> { id } : null);
        searcher.Search(query, filter, collector);
        return collector.Ranked().ConvertAll(f => f.TopicId);
    }

    private static string Excerpt(string text)
    {
        if (text.Length <= ExcerptLength)
            return text;
        var space = text.LastIndexOf(' ', ExcerptLength);
        return (space > ExcerptLength / 2 ? text[..space] : text[..ExcerptLength]) + " …";
    }
}
