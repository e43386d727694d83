using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>
/// How fast one may write (rules of writing): a person is far below, a flood is not. Staff and a board's moderators are exempt.
/// Counted from the posts themselves, so that it holds on every node and after a restart.
/// </summary>
public static class Pace
{
    /// <summary>Between two topics of one member [Discourse].</summary>
    public static readonly TimeSpan BetweenTopics = TimeSpan.FromSeconds(15);

    /// <summary>Between two posts of one member [Discourse].</summary>
    public static readonly TimeSpan BetweenPosts = TimeSpan.FromSeconds(5);

    /// <summary>Between two topics of a member of trust 0 [Discourse].</summary>
    public static readonly TimeSpan BetweenTopicsOfNewcomers = TimeSpan.FromSeconds(120);

    /// <summary>Between two posts of a member of trust 0 [Discourse].</summary>
    public static readonly TimeSpan BetweenPostsOfNewcomers = TimeSpan.FromSeconds(30);

    /// <summary>For so long the same words are taken for a slip of the hand.</summary>
    public static readonly TimeSpan SameWords = TimeSpan.FromMinutes(5);

    /// <summary>Topics of one member in a day [Discourse].</summary>
    public const int MaxTopicsPerDay = 20;

    /// <summary>Topics of a member of trust 0 on their first day [Discourse].</summary>
    public const int MaxTopicsOnFirstDay = 3;

    /// <summary>Replies of a member of trust 0 on their first day [Discourse].</summary>
    public const int MaxRepliesOnFirstDay = 10;

    /// <summary>Posts of one member in a row: what comes to mind afterwards belongs into the last of them [Discourse].</summary>
    public const int MaxInARow = 3;

    private static readonly TimeSpan day = TimeSpan.FromHours(24);

    /// <summary>Why the actor has to wait before this topic; null when they need not. The member's row is locked by now, so that two at once are counted.</summary>
    internal static async Task<Refusal?> TooSoonForTopicAsync(this Deed deed, Rights rights, long boardId, string markdown, CancellationToken cancellation)
    {
        if (IsExempt(rights, boardId))
            return null;
        var memberId = rights.MemberId!.Value;
        var since = deed.Now - day;
        var topics = await deed.Db.Topics.Where(t => t.AuthorId == memberId && t.Created > since)
            .OrderByDescending(t => t.Id).Take(MaxTopicsPerDay).Select(t => t.Created).ToListAsync(cancellation);
        if (topics.Count > 0 && Wait(deed, topics[0], rights.IsNewcomer ? BetweenTopicsOfNewcomers : BetweenTopics) is { } wait)
            return Refusal.TooMany(wait, "You have just posted a topic. Please wait {0} seconds; your text is kept.", Seconds(wait));
        if (topics.Count == MaxTopicsPerDay)
            return Refusal.TooMany(topics[^1] + day - deed.Now, "That makes {0} topics in 24 hours, which is all one member may post. Your text is kept: come back tomorrow.", MaxTopicsPerDay);
        if (topics.Count >= MaxTopicsOnFirstDay && await FirstDayAsync(deed, rights, cancellation) is { } left)
            return Refusal.TooMany(left, "On their first day members may post {0} topics. Your text is kept: come back tomorrow.", MaxTopicsOnFirstDay);
        return await TooSoonForPostAsync(deed, rights, markdown, cancellation);
    }

    /// <summary>Why the actor has to wait before this reply; null when they need not. The member's row is locked by now, so that two at once are counted.</summary>
    internal static async Task<Refusal?> TooSoonForReplyAsync(this Deed deed, Rights rights, Topic topic, string markdown, CancellationToken cancellation)
    {
        if (IsExempt(rights, topic.BoardId))
            return null;
        var memberId = rights.MemberId!.Value;
        var last = await deed.Db.Posts.Where(p => p.TopicId == topic.Id && p.Visibility == Visibility.Visible)
            .OrderByDescending(p => p.Number).Take(MaxInARow).Select(p => p.AuthorId).ToListAsync(cancellation);
        if (last.Count == MaxInARow && last.TrueForAll(id => id == memberId))
            return Refusal.Forbidden("The last {0} posts here are yours. Please add to the last of them, or wait for somebody else to write; your text is kept.", MaxInARow);
        if (await FirstDayAsync(deed, rights, cancellation) is { } left
            && await deed.Db.Posts.CountAsync(p => p.AuthorId == memberId && p.Number > 1, cancellation) >= MaxRepliesOnFirstDay)
            return Refusal.TooMany(left, "On their first day members may post {0} replies. Your text is kept: come back tomorrow.", MaxRepliesOnFirstDay);
        return await TooSoonForPostAsync(deed, rights, markdown, cancellation);
    }

    private static async Task<Refusal?> TooSoonForPostAsync(Deed deed, Rights rights, string markdown, CancellationToken cancellation)
    {
        var posts = deed.Db.Posts.Where(p => p.AuthorId == rights.MemberId);
        var last = await posts.OrderByDescending(p => p.Id).Select(p => (DateTime?)p.Created).FirstOrDefaultAsync(cancellation);
        if (last is { } at && Wait(deed, at, rights.IsNewcomer ? BetweenPostsOfNewcomers : BetweenPosts) is { } wait)
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
