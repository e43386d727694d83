using System.Runtime.CompilerServices;
using Forum.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>Reads from the database what belongs into the index: visible posts of visible topics, nothing else. Boards without a language of their own have the site's.</summary>
internal static class SearchSource
{
    /// <summary>Topics read at once: enough to keep the database busy, few enough to hold.</summary>
    public const int TopicsAtOnce = 200;

    /// <summary>Visible posts of visible topics: as many documents as the index must have.</summary>
    public static IQueryable<Post> Visible(this IQueryable<Post> posts) =>
        posts.Where(p => p.Visibility == Visibility.Visible && p.Topic.Visibility == Visibility.Visible);

    /// <summary>Topics from <paramref name="first"/> to <paramref name="last"/> with all their posts, post by post, ordered by topic and number; those of some boards alone where these are given.</summary>
    public static async IAsyncEnumerable<(SearchTopic Topic, SearchPost Post)> ReadAsync(ForumDbContext db, Language site, long first, long last, [EnumeratorCancellation] CancellationToken cancellation, IReadOnlyCollection<long>? boards = null)
    {
        while (first <= last)
        {
            var topics = await TopicsAsync(db, site, db.Topics.Where(t => t.Id >= first && t.Id <= last && (boards == null || boards.Contains(t.BoardId))).OrderBy(t => t.Id).Take(TopicsAtOnce), cancellation);
            if (topics.Count == 0)
                yield break;
            var end = topics.Keys.Max();
            await foreach (var row in WithPostsAsync(topics, db.Posts.Where(p => p.TopicId >= first && p.TopicId <= end && (boards == null || boards.Contains(p.Topic.BoardId))), cancellation))
                yield return row;
            first = end + 1;
        }
    }

    /// <summary>These topics with all their posts, or with those alone that belong to the topic's own words.</summary>
    public static async IAsyncEnumerable<(SearchTopic Topic, SearchPost Post)> ReadAsync(ForumDbContext db, Language site, IReadOnlyCollection<long> ids, bool ownWords, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var some in ids.Chunk(TopicsAtOnce))
        {
            var topics = await TopicsAsync(db, site, some, cancellation);
            var posts = db.Posts.Where(p => some.Contains(p.TopicId));
            if (ownWords)
                posts = posts.Where(p => p.Number <= SearchDocument.LastOwnNumber || db.Solutions.Any(s => s.PostId == p.Id));
            await foreach (var row in WithPostsAsync(topics, posts, cancellation))
                yield return row;
        }
    }

    private static async IAsyncEnumerable<(SearchTopic Topic, SearchPost Post)> WithPostsAsync(Dictionary<long, SearchTopic> topics, IQueryable<Post> posts, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var post in PostsOf(posts).AsAsyncEnumerable().WithCancellation(cancellation))
            if (topics.TryGetValue(post.TopicId, out var topic))
                yield return (topic, post);
    }

    /// <summary>The topics of these ids, those to be seen.</summary>
    public static Task<Dictionary<long, SearchTopic>> TopicsAsync(ForumDbContext db, Language site, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        TopicsAsync(db, site, db.Topics.Where(t => ids.Contains(t.Id)), cancellation);

    /// <summary>Posts to be seen, in the order of topics and numbers.</summary>
    public static IQueryable<SearchPost> PostsOf(IQueryable<Post> posts) => posts.AsNoTracking().Visible()
        .OrderBy(p => p.TopicId).ThenBy(p => p.Number)
        .Select(p => new SearchPost(p.Id, p.TopicId, p.Number, p.AuthorId, p.Created, p.Score, p.Text,
            p.Html == null ? p.Markdown.Contains("```") : p.Html.Contains("<pre"), p.Html == null ? p.Markdown.Contains("![") : p.Html.Contains("<img ")));

    private static async Task<Dictionary<long, SearchTopic>> TopicsAsync(ForumDbContext db, Language site, IQueryable<Topic> topics, CancellationToken cancellation)
    {
        var rows = await topics.AsNoTracking().Where(t => t.Visibility == Visibility.Visible).Select(t => new
        {
            t.Id,
            t.BoardId,
            t.Board.Language,
            t.Title,
            t.Solved,
            Outdated = t.Solved && !db.Solutions.Any(s => s.TopicId == t.Id && s.Outdated == null),
            t.Replies,
            Closed = db.Closures.Any(c => c.TopicId == t.Id && c.Reason != ClosureReason.Quiet),
            Tags = db.TopicTags.Where(g => g.TopicId == t.Id).Select(g => g.TagId).ToList(),
            Solutions = db.Solutions.Where(s => s.TopicId == t.Id).Select(s => s.PostId).ToList(),
        }).ToListAsync(cancellation);
        return rows.ToDictionary(r => r.Id, r => new SearchTopic(r.Id, r.BoardId, r.Language is null ? site : Language.Of(r.Language), r.Title, r.Solved, r.Closed, r.Replies, r.Tags, r.Solutions, r.Outdated));
    }
}
