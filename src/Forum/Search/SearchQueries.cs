using System.Text.RegularExpressions;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Lucene.Net.Search;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>Finds topics by what was asked, told and tagged. No query is an error, and nothing is found that the actor may not read.</summary>
public sealed class SearchQueries(IDbContextFactory<ForumDbContext> contexts, SearchIndex index, Synonyms synonyms, ForumOptions options, TimeProvider clock)
{
    /// <summary>Topics that can be paged through: who did not find it among these asks differently.</summary>
    public const int MaxTopics = 200;

    public async Task<SearchResults> SearchAsync(Actor actor, SearchRequest request, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rights = await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation);
        var scope = await SearchScope.OfAsync(db, rights, index.Site, cancellation);
        var same = await synonyms.ReadAsync(db, index.Site, cancellation);
        var query = ParsedQuery.Of(request.Query, scope.Languages).With(same);
        var size = Math.Clamp(request.Size, 1, Paging.MaxSize);
        var page = Math.Clamp(request.Page, 1, MaxTopics / size + 1);
        var now = clock.GetUtcNow();
        if (await FilterAsync(db, scope, query, request, now, cancellation) is not { } filter)
            return new([], 0, null, !index.IsReady);

        // One more than is shown tells whether there is a next page.
        var reach = Math.Min(page * size, MaxTopics) + 1;
        var (ranked, found) = Run(query, filter, request.Sort, reach, now);
        string? corrected = null;
        IReadOnlyList<WordInstead> instead = [];
        if (ranked.Count == 0 && query.Words.Count > 0 && Correct(query) is { Count: > 0 } known)
        {
            var other = known.Aggregate(request.Query!, (typed, word) => Regex.Replace(typed, $@"\b{Regex.Escape(word.Asked)}\b", word.Used, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
            query = ParsedQuery.Of(other, scope.Languages).With(same);
            (ranked, found) = Run(query, filter, request.Sort, reach, now);
            if (ranked.Count > 0)
                (corrected, instead) = (other, known);
        }
        var shown = ranked.Skip((page - 1) * size).Take(size).ToList();
        var (posts, words) = query.HasWords && shown.Count > 0 ? PostsOf(query, shown, filter, request.Explained, now) : ([], null);
        var items = await ItemsAsync(db, rights, scope, query, shown, posts, request.Explained ? id => Reason(query, [.. words?[id] ?? []], instead) : null, cancellation);
        var total = found?.Total ?? 0;
        var counts = request.Counted && total > 0 ? await SearchCounting.OfAsync(db, scope, Narrow(scope, query, request), request.Solved ?? query.Solved, request, found!, cancellation) : null;
        return new(items, Math.Max(total, ranked.Count), page * size < Math.Min(ranked.Count, MaxTopics) ? page + 1 : null, !index.IsReady, counts, corrected, found?.IsSampled == true);
    }

    private (List<Found> Ranked, TopicCounter? Found) Run(ParsedQuery query, Filter filter, SearchSort sort, int reach, DateTimeOffset now)
    {
        var answer = index.Search(searcher =>
        {
            var without = query.Without.Count > 0 ? TopicsOf(searcher, LuceneQueries.Without(query), filter) : null;
            using var counter = new TopicCounter(SegmentValues.LastTopicOf(searcher), now.ToUnixTimeSeconds());
            var ranked = TopicSearch.Find(searcher, query, filter, sort, reach, now.ToUnixTimeSeconds(), counter, without);
            counter.Next(null);
            return Tuple.Create(ranked, counter);
        });
        return answer is null ? ([], null) : (answer.Item1, answer.Item2);
    }

    private HashSet<long> TopicsOf(IndexSearcher searcher, Query query, Filter filter)
    {
        var collector = new TopicCollector(int.MaxValue, SearchSort.Newest, 0);
        searcher.Search(query, filter, collector);
        return [.. collector.Ranked().Select(f => f.TopicId)];
    }

    /// <summary>What was found of each topic shown, and if wanted the stems by which.</summary>
    private (Dictionary<long, FoundPosts> Found, ILookup<long, string>? Words) PostsOf(ParsedQuery query, List<Found> shown, Filter filter, bool explained, DateTimeOffset now)
    {
        var topics = LuceneQueries.AnyOf(SearchFields.Topic, shown.Select(f => SearchDocument.Key(f.TopicId)));
        var answer = index.Search(searcher =>
        {
            // The topics first: they have few documents, the words may have many.
            var words = new FilteredQuery(LuceneQueries.Words(query), topics, FilteredQuery.LEAP_FROG_FILTER_FIRST_STRATEGY);
            var collector = new PostCollector(now.ToUnixTimeSeconds());
            searcher.Search(words, filter, collector);
            var documents = collector.Found.SelectMany(f => f.Value.Documents, (found, document) => (found.Key, document));
            return Tuple.Create(collector.Found, explained ? MatchedWords.Of(searcher, documents, query.InTitle ? SearchFields.Title : SearchFields.Text, [.. query.Words.Concat(query.Alternatives.SelectMany(e => e.Telling)).SelectMany(w => w.Stems).Distinct()]) : null);
        });
        return answer is null ? ([], null) : (answer.Item1, answer.Item2);
    }

    private static SearchReason Reason(ParsedQuery query, IReadOnlyList<string> matched, IReadOnlyList<WordInstead> instead)
    {
        var words = query.Words.Where(Matched).Select(w => query.Typed[w.Stem]).Distinct().ToList();
        var used = query.Words.Where(w => !Matched(w)).Select(w => (query.Typed[w.Stem], query.Instead.GetValueOrDefault(w.Stem, []))).Concat(query.Wider)
            .SelectMany(w => w.Item2.Where(e => e.Telling.All(Matched)), (typed, synonym) => new WordInstead(typed.Item1, synonym.Text));
        bool Matched(Word word) => word.Stems.Any(matched.Contains);
        return new([.. query.Quoted.Select(q => $"“{q}”"), .. words], [.. instead.Where(w => words.Contains(w.Used, StringComparer.OrdinalIgnoreCase))], [.. used]);
    }

    /// <summary>The boards that are asked for, of those the reader may read.</summary>
    private static SearchScope Narrow(SearchScope scope, ParsedQuery query, SearchRequest request)
    {
        var all = scope;
        foreach (var slug in new[] { request.Board, query.Board })
            if (!string.IsNullOrWhiteSpace(slug))
                scope = scope.Both(all.Below(slug.Trim()));
        return (request.Solved ?? query.Solved) is null ? scope : scope.OfQuestions();
    }

    /// <summary>All that must hold, rights first; null when nothing can.</summary>
    internal static async Task<Filter?> FilterAsync(ForumDbContext db, SearchScope scope, ParsedQuery query, SearchRequest request, DateTimeOffset now, CancellationToken cancellation)
    {
        var solved = request.Solved ?? query.Solved;
        scope = Narrow(scope, query, request);
        if (scope.Boards.Count == 0)
            return null;
        var filters = new List<(Filter, bool)> { (scope.ToFilter(), true) };
        foreach (var handle in new[] { request.Author, query.User })
        {
            if (string.IsNullOrWhiteSpace(handle))
                continue;
            var id = await db.OfHandle(handle).Select(m => (long?)m.Id).FirstOrDefaultAsync(cancellation);
            if (id is null)
                return null;
            filters.Add((LuceneQueries.AnyOf(SearchFields.Author, [SearchDocument.Key(id.Value)]), true));
        }
        foreach (var tag in query.Tags.Concat(request.Tags))
        {
            if (string.IsNullOrWhiteSpace(tag))
                continue;
            var id = await db.TagsNamed(TagNames.Normal(tag)).Select(t => t.Id).SingleOrDefaultAsync(cancellation);
            if (id == 0)
                return null;
            var synonyms = await db.Tags.Where(t => t.SynonymOfId == id).Select(t => t.Id).ToListAsync(cancellation);
            filters.Add((LuceneQueries.AnyOf(SearchFields.Tag, synonyms.Append(id).Select(SearchDocument.Key)), true));
        }
        if (solved is not null)
            filters.Add((LuceneQueries.Is(SearchFields.IsSolved), solved.Value));
        if (query.Unanswered)
            filters.Add((LuceneQueries.Is(SearchFields.IsUnanswered), true));
        if (query.ByStaff)
        {
            // Staff of the site speak for it everywhere, moderators of a board there.
            var staff = await db.Users.Where(m => m.Roles != SiteRole.None).Select(m => m.Id).ToListAsync(cancellation);
            var moderators = await db.BoardModerations.Select(m => new { m.BoardId, m.MemberId }).Distinct().ToListAsync(cancellation);
            filters.Add((LuceneQueries.Any([LuceneQueries.AnyOf(SearchFields.Author, staff.Select(SearchDocument.Key)), .. moderators.GroupBy(m => m.BoardId, m => m.MemberId).Select(m => LuceneQueries.All([
                (LuceneQueries.AnyOf(SearchFields.Board, [SearchDocument.Key(m.Key)]), true), (LuceneQueries.AnyOf(SearchFields.Author, m.Select(SearchDocument.Key)), true)]))]), true));
        }
        foreach (var state in query.Has)
            filters.Add((LuceneQueries.Is(state), true));
        if (query.Score is var (least, most))
            filters.Add((new ScoreFilter(least, most), true));
        if (query.Before is not null || query.After is not null)
            filters.Add((NumericRangeFilter.NewInt64Range(SearchFields.Created, Seconds(query.After), Seconds(query.Before), true, false), true));
        if (request.Period != SearchPeriod.Any)
            filters.Add((NumericRangeFilter.NewInt64Range(SearchFields.Created, TopicCounter.Since(request.Period, now.ToUnixTimeSeconds()), null, true, false), true));
        if (!query.HasWords && !query.NarrowsPosts && string.IsNullOrWhiteSpace(request.Author))
            filters.Add((LuceneQueries.Is(SearchFields.IsTopic), true));
        return filters.Count == 1 ? filters[0].Item1 : LuceneQueries.All(filters);
    }

    private static long? Seconds(DateTime? day) => day is { } value ? new DateTimeOffset(value).ToUnixTimeSeconds() : null;

    /// <summary>How the forum spells the words that it does not know; none where there is nothing to correct.</summary>
    private List<WordInstead> Correct(ParsedQuery query) => index.Search(searcher => query.Words
        .Select(word => LuceneQueries.Resembling(searcher.IndexReader, word) is { } known ? new WordInstead(query.Typed[word.Stem], known) : null).OfType<WordInstead>().ToList()) ?? [];

    private async Task<List<SearchItem>> ItemsAsync(ForumDbContext db, Rights rights, SearchScope scope, ParsedQuery query, List<Found> shown, Dictionary<long, FoundPosts> found, Func<long, SearchReason>? why, CancellationToken cancellation)
    {
        if (shown.Count == 0)
            return [];
        var ids = shown.ConvertAll(f => f.TopicId);
        var topics = await db.Topics.AsNoTracking().Where(t => ids.Contains(t.Id)).ReadableBy(rights).Select(t => new
        {
            t.Id,
            t.Title,
            t.Slug,
            t.Solved,
            t.Score,
            t.Replies,
            t.BoardId,
            SolutionId = db.Solutions.Where(s => s.TopicId == t.Id).OrderBy(s => s.Slot).Select(s => (long?)s.PostId).FirstOrDefault(),
        }).ToDictionaryAsync(t => t.Id, cancellation);
        // Not within the topics: SQLite would join the tags of all topics first.
        var tags = (await db.TopicTags.Where(g => ids.Contains(g.TopicId)).OrderBy(g => g.Tag.Name).Select(g => new { g.TopicId, g.Tag.Name }).ToListAsync(cancellation)).ToLookup(g => g.TopicId, g => g.Name);
        var candidates = shown.Select(f => f.PostId).Concat(found.Values.Select(f => f.Best).OfType<long>()).Concat(topics.Values.Select(t => t.SolutionId).OfType<long>()).Distinct().ToList();
        var rows = await db.Posts.AsNoTracking().Visible().Where(p => candidates.Contains(p.Id) || (p.Number == 1 && ids.Contains(p.TopicId)))
            .Select(p => new PostRow(p.Id, p.TopicId, p.Number, p.Text, p.Created,
                db.BoardModerations.Any(m => m.BoardId == p.Topic.BoardId && m.MemberId == p.AuthorId),
                new BylineRow(p.Author.Id, p.Author.UserName, p.Author.Name, p.Author.Points, p.Author.Solutions, p.Author.Created, p.Author.Roles, p.Author.StaffTitle, p.Author.Signature, p.Author.Badges, p.Author.Avatar)))
            .ToListAsync(cancellation);
        var posts = rows.ToLookup(p => p.TopicId);
        var stems = query.Stems;
        // A topic is found by what one of its posts holds; its question may be another one.
        var holding = query.Has.Count == 0 ? null : (await SearchSource.PostsOf(db.Posts.Where(p => p.Number == 1 && ids.Contains(p.TopicId))).ToListAsync(cancellation))
            .Where(p => query.Has.All(p.Holds)).Select(p => p.Id).ToHashSet();
        var items = new List<SearchItem>(shown.Count);
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var id in ids)
        {
            if (!topics.TryGetValue(id, out var topic) || scope[topic.BoardId] is not { } board)
                continue;
            var (replies, question) = found.TryGetValue(id, out var hits) ? (hits.Replies, hits.Own is not null && posts[id].Any(p => p.Number == 1 && query.IsIn(p.Text, board.Language) && holding?.Contains(p.Id) != false)) : default;
            var solved = topic.Solved && board.Kind == BoardKind.Questions;
            if (Choose([.. posts[topic.Id]], solved ? topic.SolutionId : null, board.Language, stems) is var (post, snippet))
                items.Add(new(topic.Id, post.Id, post.Number, topic.Title, topic.Slug, snippet, solved, topic.Score, topic.Replies, board.Slug, board.Name,
                    post.Author.Show(options.Site, now, post.Moderates), post.Created, [.. tags[id]], replies + (question ? 1 : 0), why?.Invoke(id)));
        }
        return items;
    }

    private sealed record PostRow(long Id, long TopicId, int Number, string Text, DateTime Created, bool Moderates, BylineRow Author);

    /// <summary>The solution where it has one of the words; otherwise the post with most of them, the question before replies.</summary>
    private static (PostRow Post, IReadOnlyList<SnippetPart> Snippet)? Choose(List<PostRow> posts, long? solutionId, Language language, IReadOnlySet<string> stems)
    {
        (PostRow Post, int Different, List<Word> Hits)? best = null;
        foreach (var post in posts.OrderByDescending(p => p.Id == solutionId).ThenBy(p => p.Number))
        {
            var (different, hits) = Snippet.Find(post.Text, language, stems);
            if (best is null || different > best.Value.Different)
                best = (post, different, hits);
            if (post.Id == solutionId && different > 0)
                break;
        }
        return best is { } chosen ? (chosen.Post, Snippet.Cut(chosen.Post.Text, chosen.Hits)) : null;
    }
}
