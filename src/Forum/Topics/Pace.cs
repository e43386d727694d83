using Forum.Boards;
using Forum.Data;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>
/// How fast one may write (rules of writing): a person is far below, a flood is not. Staff and a board's moderators are exempt.
/// Counted from the posts themselves, so that it holds on every node and after a restart.
/// </summary>
public static class Pace
{
    /// <summary>For so long the same words are taken for a slip of the hand.</summary>
    public static readonly TimeSpan SameWords = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan day = TimeSpan.FromHours(24);

    /// <summary>Why the actor has to wait before this topic; null when they need not. The member's row is locked by now, so that two at once are counted.</summary>
    internal static async Task<Refusal?> TooSoonForTopicAsync(this Deed deed, LimitOptions limits, Rights rights, long boardId, string markdown, CancellationToken cancellation)
    {
        if (IsExempt(rights, boardId))
            return null;
        var memberId = rights.MemberId!.Value;
        var since = deed.Now - day;
        var topics = await deed.Db.Topics.Where(t => t.AuthorId == memberId && t.Created > since)
            .OrderByDescending(t => t.Id).Take(limits.TopicsPerDay).Select(t => t.Created).ToListAsync(cancellation);
        if (topics.Count > 0 && Wait(deed, topics[0], TimeSpan.FromSeconds(rights.IsNewcomer ? limits.SecondsBetweenTopicsOfNewcomers : limits.SecondsBetweenTopics)) is { } wait)
            return Refusal.TooMany(wait, "You have just posted a topic. Please wait {0} seconds; your text is kept.", Seconds(wait));
        if (topics.Count >= limits.TopicsPerDay)
            return Refusal.TooMany(topics[^1] + day - deed.Now, "That makes {0} topics in 24 hours, which is all one member may post. Your text is kept: come back tomorrow.", limits.TopicsPerDay);
        if (topics.Count >= limits.TopicsOnFirstDay && await FirstDayAsync(deed, rights, cancellation) is { } left)
            return Refusal.TooMany(left, "On their first day members may post {0} topics. Your text is kept: come back tomorrow.", limits.TopicsOnFirstDay);
        return await TooSoonForPostAsync(deed, limits, rights, markdown, cancellation);
    }

    /// <summary>Why the actor has to wait before this reply; null when they need not. The member's row is locked by now, so that two at once are counted.</summary>
    internal static async Task<Refusal?> TooSoonForReplyAsync(this Deed deed, LimitOptions limits, Rights rights, Topic topic, string markdown, CancellationToken cancellation)
    {
        if (IsExempt(rights, topic.BoardId))
            return null;
        var memberId = rights.MemberId!.Value;
        var last = await deed.Db.Posts.Where(p => p.TopicId == topic.Id && p.Visibility == Visibility.Visible)
            .OrderByDescending(p => p.Number).Take(limits.PostsInARow).Select(p => p.AuthorId).ToListAsync(cancellation);
        if (last.Count == limits.PostsInARow && last.TrueForAll(id => id == memberId))
            return Refusal.Forbidden("The last {0} posts here are yours. Please add to the last of them, or wait for somebody else to write; your text is kept.", limits.PostsInARow);
        if (await FirstDayAsync(deed, rights, cancellation) is { } left
            && await deed.Db.Posts.CountAsync(p => p.AuthorId == memberId && p.Number > 1, cancellation) >= limits.RepliesOnFirstDay)
            return Refusal.TooMany(left, "On their first day members may post {0} replies. Your text is kept: come back tomorrow.", limits.RepliesOnFirstDay);
        return await TooSoonForPostAsync(deed, limits, rights, markdown, cancellation);
    }

    private static async Task<Refusal?> TooSoonForPostAsync(Deed deed, LimitOptions limits, Rights rights, string markdown, CancellationToken cancellation)
    {
        var posts = deed.Db.Posts.Where(p => p.AuthorId == rights.MemberId);
        var last = await posts.OrderByDescending(p => p.Id).Select(p => (DateTime?)p.Created).FirstOrDefaultAsync(cancellation);
        if (last is { } at && Wait(deed, at, TimeSpan.FromSeconds(rights.IsNewcomer ? limits.SecondsBetweenPostsOfNewcomers : limits.SecondsBetweenPosts)) is { } wait)
            return Refusal.TooMany(wait, "You have just posted. Please wait {0} seconds; your text is kept.", Seconds(wait));
        var since = deed.Now - SameWords;
        if (last > since && await posts.Where(p => p.Created > since && p.Markdown == markdown).MaxAsync(p => (DateTime?)p.Created, cancellation) is { } same)
            return Refusal.TooMany(same + SameWords - deed.Now, "You posted the same text {0} minutes ago or less.", (int)SameWords.TotalMinutes);
        return null;
    }

    private static bool IsExempt(Rights rights, long boardId) => rights.IsStaff || rights.Moderates(boardId);

    /// <summary>What is left of a newcomer's first day; null for everybody else.</summary>
    private static async Task<TimeSpan?> FirstDayAsync(Deed deed, Rights rights, CancellationToken cancellation) =>
        rights.IsNewcomer ? Wait(deed, await deed.Db.Users.Where(m => m.Id == rights.MemberId).Select(m => m.Created).SingleAsync(cancellation), day) : null;

    private static TimeSpan? Wait(Deed deed, DateTime since, TimeSpan atLeast) => since + atLeast - deed.Now is var left && left > TimeSpan.Zero ? left : null;

    private static int Seconds(TimeSpan wait) => (int)Math.Ceiling(wait.TotalSeconds);
}
