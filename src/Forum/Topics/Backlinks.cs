using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>A topic that leads to another one.</summary>
/// <param name="Number">The post that does.</param>
public sealed record LinkingTopic(long Id, string Slug, string Title, bool Solved, int Replies, int Number);

/// <summary>Who speaks of a topic: the other direction of the links in posts.</summary>
public static class Backlinks
{
    /// <summary>Most that are shown.</summary>
    public const int Max = 5;

    /// <summary>Links that are looked through, the newest first, however many lead there.</summary>
    private const int Looked = 50;

    internal static async Task<IReadOnlyList<LinkingTopic>> LinkingAsync(this ForumDbContext db, Rights rights, long topicId, CancellationToken cancellation)
    {
        var links = await (
            from link in db.PostLinks.Where(l => l.TopicId == topicId).OrderByDescending(l => l.PostId).Take(Looked)
            join post in db.Posts.Where(p => p.Visibility == Visibility.Visible && p.Number > 0) on link.PostId equals post.Id
            join topic in db.Topics.ReadableBy(rights) on post.TopicId equals topic.Id
            orderby post.Id descending
            select new LinkingTopic(topic.Id, topic.Slug, topic.Title, topic.Solved && topic.Board.Kind == BoardKind.Questions, topic.Replies, post.Number)).ToListAsync(cancellation);
        return [.. links.DistinctBy(l => l.Id).Take(Max)];
    }
}
