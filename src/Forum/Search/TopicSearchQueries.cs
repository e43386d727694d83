using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>A post that was found inside its topic.</summary>
public sealed record FoundPost(long PostId, int Number, IReadOnlyList<SnippetPart> Snippet, bool IsSolution, int Score, Byline Author, DateTime Created);

/// <summary>What was found inside a topic.</summary>
/// <param name="Items">The best first.</param>
/// <param name="Total">Posts found altogether; only the first <see cref="TopicSearchQueries.MaxPosts"/> replies can be paged through.</param>
/// <param name="Next">The next page; null on the last one.</param>
/// <param name="Rebuilding">The index is being rebuilt or not at hand: there may be more to find in a moment.</param>
public sealed record TopicSearchResults(long TopicId, string Title, string Slug, IReadOnlyList<FoundPost> Items, int Total, int? Next, bool Rebuilding);

/// <summary>Finds posts inside one topic, however long it is. Knows what a search of everything knows, where it makes sense: "phrases", -word, user:, is:staff, has:, score:, before: and after:.</summary>
public sealed class TopicSearchQueries(IDbContextFactory<ForumDbContext> contexts, SearchIndex index, Synonyms synonyms, ForumOptions options, TimeProvider clock)
{
    /// <summary>Replies that can be paged through.</summary>
    public const int MaxPosts = 200;

    private static readonly Sort asWritten = new(new SortField(SearchFields.PostValue, SortFieldType.INT64));

    /// <summary>Refused with NotFound where the topic is not to be seen. Nothing asked finds nothing.</summary>
    public async Task<Result<TopicSearchResults>> SearchAsync(Actor actor, long topicId, string? query, int page, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rights = await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation);
        var topic = await db.Topics.AsNoTracking().ReadableBy(rights).Where(t => t.Id == topicId).Select(t => new { t.Title, t.Slug, t.Board.Kind, t.Board.Language }).SingleOrDefaultAsync(cancellation);
        if (topic is null)
            return Refusal.NotFound;
        var language = topic.Language is null ? index.Site : Language.Of(topic.Language);
        var asked = ParsedQuery.Of(query, [language]).With(await synonyms.ReadAsync(db, index.Site, cancellation));
        var scope = await SearchScope.OfAsync(db, rights, index.Site, cancellation);
        var filter = !asked.HasWords && !asked.NarrowsPosts ? null : await SearchQueries.FilterAsync(db, scope, asked, new(query), clock.GetUtcNow(), cancellation);
        if (filter is null)
            return new TopicSearchResults(topicId, topic.Title, topic.Slug, [], 0, null, !index.IsReady);

        page = Math.Clamp(page, 1, MaxPosts / Paging.PageSize);
        var (replies, total, mayBeFirst) = index.Search(searcher => Find(searcher, asked, filter, topicId)) ?? new([], 0, false);
        var shown = replies.Skip((page - 1) * Paging.PageSize).Take(Paging.PageSize).ToList();
        var rows = await db.Posts.AsNoTracking().Visible().Where(p => p.TopicId == topicId && (p.Number == 1 || shown.Contains(p.Id)))
            .Select(p => new PostRow(p.Id, p.Number, p.Text, p.Score, p.Created, db.Solutions.Any(s => s.PostId == p.Id),
                db.BoardModerations.Any(m => m.BoardId == p.Topic.BoardId && m.MemberId == p.AuthorId),
                new BylineRow(p.Author.Id, p.Author.UserName, p.Author.Name, p.Author.Points, p.Author.Solutions, p.Author.Created, p.Author.Roles, p.Author.StaffTitle, p.Author.Signature, p.Author.Badges, p.Author.Avatar)))
            .ToListAsync(cancellation);
        var byId = rows.ToDictionary(p => p.Id);
        var stems = asked.Stems;
        var found = shown.Where(byId.ContainsKey).Select(id => byId[id]).Select(p => (Post: p, Found: Snippet.Find(p.Text, language, stems))).ToList();
        // In the index the first post stands for its whole topic, so it is looked at here: it comes before the first reply that has no more of the words.
        var first = mayBeFirst ? rows.SingleOrDefault(p => p.Number == 1 && asked.IsIn(p.Text, language)) : null;
        if (first is not null && asked.Has.Count > 0 && !asked.Has.All((await SearchSource.PostsOf(db.Posts.Where(p => p.Id == first.Id)).SingleAsync(cancellation)).Holds))
            first = null;
        if (first is not null && page == 1)
        {
            var own = Snippet.Find(first.Text, language, stems);
            found.Insert(found.FindIndex(f => f.Found.Different <= own.Different) is var at and >= 0 ? at : found.Count, (first, own));
        }
        var now = clock.GetUtcNow().UtcDateTime;
        return new TopicSearchResults(topicId, topic.Title, topic.Slug,
            [.. found.Select(f => new FoundPost(f.Post.Id, f.Post.Number, Snippet.Cut(f.Post.Text, f.Found.Hits), f.Post.Solution && topic.Kind == BoardKind.Questions, f.Post.Score,
                f.Post.Author.Show(options.Site, now, f.Post.Moderates), f.Post.Created))],
            total + (first is null ? 0 : 1), page * Paging.PageSize < replies.Count ? page + 1 : null, !index.IsReady);
    }

    private sealed record PostRow(long Id, int Number, string Text, int Score, DateTime Created, bool Solution, bool Moderates, BylineRow Author);

    /// <param name="Replies">The best ones.</param>
    /// <param name="Total">How many there are.</param>
    /// <param name="MayBeFirst">Whether the filter lets the first post through.</param>
    private sealed record Hits(List<long> Replies, int Total, bool MayBeFirst);

    private static Hits Find(IndexSearcher searcher, ParsedQuery asked, Filter filter, long topicId)
    {
        var words = new BooleanQuery { { LuceneQueries.Words(asked), Occur.MUST } };
        if (asked.Without.Count > 0)
            words.Add(LuceneQueries.Without(asked), Occur.MUST_NOT);
        Query Only(Query query, string kind) => new FilteredQuery(
            query, LuceneQueries.All([(LuceneQueries.AnyOf(SearchFields.Topic, [SearchDocument.Key(topicId)]), true), (LuceneQueries.Is(kind), true)]), FilteredQuery.LEAP_FROG_FILTER_FIRST_STRATEGY);

        var replies = Only(words, SearchFields.IsReply);
        var hits = asked.HasWords ? searcher.Search(replies, filter, MaxPosts) : searcher.Search(replies, filter, MaxPosts, asWritten);
        var leaves = searcher.IndexReader.Leaves;
        long PostOf(ScoreDoc hit)
        {
            var leaf = leaves[ReaderUtil.SubIndex(hit.Doc, leaves)];
            return SegmentValues.Of(leaf.AtomicReader).Post(hit.Doc - leaf.DocBase);
        }
        return new([.. hits.ScoreDocs.Select(PostOf)], hits.TotalHits, searcher.Search(Only(new MatchAllDocsQuery(), SearchFields.IsTopic), filter, 1).TotalHits > 0);
    }
}
