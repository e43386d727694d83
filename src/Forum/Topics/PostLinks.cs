using System.Linq.Expressions;
using Forum.Data;
using Forum.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Which topics a post leads to, and what becomes of the post when one of them changes.</summary>
internal static class PostLinks
{
    /// <summary>Most topics of one post that are kept in mind.</summary>
    public const int Max = 100;

    /// <summary>The version of what is to be rendered again soon, whatever made it.</summary>
    public const int Outdated = 0;

    /// <summary>Notes where a post leads to: these topics, as far as they exist, and no others.</summary>
    public static async Task LeadAsync(this Deed deed, long postId, long topicId, IReadOnlyList<long> topics, CancellationToken cancellation)
    {
        var db = deed.Db;
        await db.PostLinks.Where(l => l.PostId == postId && !topics.Contains(l.TopicId)).ExecuteDeleteAsync(cancellation);
        if (topics.Count == 0)
            return;
        var added = await db.Topics.Where(t => topics.Contains(t.Id) && t.Id != topicId && !db.PostLinks.Any(l => l.TopicId == t.Id && l.PostId == postId)).Select(t => t.Id).ToListAsync(cancellation);
        db.PostLinks.AddRange(added.Select(id => new PostLink { TopicId = id, PostId = postId }));
    }

    /// <summary>
    /// What the posts that lead to a topic say of it is no longer so: its title or its state changed, or who may see it. Their HTML is forgotten
    /// in this very transaction, so that nobody reads a title that went out of sight; <see cref="Jobs.RenderAgain"/> makes it anew.
    /// </summary>
    public static Task RenderLinksAgainAsync(this Deed deed, long topicId, CancellationToken cancellation) => deed.RenderAgainAsync(l => l.TopicId == topicId, cancellation);

    /// <summary>The same for all topics of a board.</summary>
    public static Task RenderLinksToBoardAgainAsync(this Deed deed, long boardId, CancellationToken cancellation) =>
        deed.RenderAgainAsync(l => deed.Db.Topics.Any(t => t.Id == l.TopicId && t.BoardId == boardId), cancellation);

    /// <summary>The same for what the posts of a topic say of others: who may read it has changed, and with it what it may show.</summary>
    public static Task RenderPostsAgainAsync(this Deed deed, long topicId, CancellationToken cancellation) =>
        deed.RenderAgainAsync(l => deed.Db.Posts.Any(p => p.Id == l.PostId && p.TopicId == topicId), cancellation);

    /// <summary>The same for the posts of all topics of a board.</summary>
    public static Task RenderPostsOfBoardAgainAsync(this Deed deed, long boardId, CancellationToken cancellation) =>
        deed.RenderAgainAsync(l => deed.Db.Posts.Any(p => p.Id == l.PostId && p.Topic.BoardId == boardId), cancellation);

    /// <summary>The same for the posts of these ids, both included, that name somebody whom they quote: what members are called has changed.</summary>
    public static Task RenderQuotesAgainAsync(this Deed deed, long from, long to, CancellationToken cancellation) =>
        deed.Db.Posts.Where(p => p.Id >= from && p.Id <= to && p.Html!.Contains(Quotes.Mark)).ExecuteUpdateAsync(set => set.SetProperty(p => p.Html, (string?)null).SetProperty(p => p.RendererVersion, Outdated), cancellation);

    private static Task RenderAgainAsync(this Deed deed, Expression<Func<PostLink, bool>> which, CancellationToken cancellation)
    {
        var posts = deed.Db.PostLinks.Where(which).Select(l => l.PostId);
        return deed.Db.Posts.Where(p => posts.Contains(p.Id)).ExecuteUpdateAsync(set => set.SetProperty(p => p.Html, (string?)null).SetProperty(p => p.RendererVersion, Outdated), cancellation);
    }
}
