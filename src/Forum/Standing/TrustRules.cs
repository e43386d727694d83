using Forum.Members;
using Forum.Topics;

namespace Forum.Standing;

/// <summary>One thing that a level of trust takes.</summary>
/// <param name="AtMost">There may be no more of it than so many; otherwise no fewer.</param>
public sealed record TrustNeed(TrustFact Fact, int Number, bool AtMost = false)
{
    /// <param name="easier">For whoever has the level already.</param>
    public bool IsMet(int had, bool easier = false) => AtMost ? had <= Number : had >= (easier ? Number * TrustRules.KeepingTenths / 10 : Number);
}

/// <summary>How much was written lately where every member may read: trust 3 takes a share of it, as far as that counts.</summary>
public sealed record TrustScale(int Topics, int Posts);

/// <summary>What each level of trust takes: Discourse's numbers, as far as this forum has the facts. Level 4 is given by hand alone.</summary>
public static class TrustRules
{
    public const byte Highest = 4;

    /// <summary>The highest level that is earned.</summary>
    public const byte HighestEarned = 3;

    /// <summary>Days that "lately" goes back [Discourse].</summary>
    public const int Days = 100;

    /// <summary>For so long nobody loses level 3 who has just come to it [Discourse].</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(14);

    /// <summary>A suspension bars level 3 for so long [Discourse].</summary>
    public static readonly TimeSpan SuspensionsCount = TimeSpan.FromDays(180);

    /// <summary>Who has level 3 keeps it with nine tenths of what it takes to come to it [Discourse].</summary>
    internal const int KeepingTenths = 9;

    /// <summary>One of so many topics and posts of the last days must have been read for level 3 [Discourse].</summary>
    public const int ShareRead = 4;

    /// <summary>Topics of the last days that level 3 takes at most [Discourse].</summary>
    public const int MaxTopics = 500;

    /// <summary>Posts of the last days that level 3 takes at most [Discourse].</summary>
    public const int MaxPosts = 20_000;

    private static readonly IReadOnlyList<TrustNeed> first =
    [
        new(TrustFact.TopicsRead, Newcomers.TopicsToRead), new(TrustFact.PostsRead, Newcomers.PostsToRead), new(TrustFact.MinutesHere, (int)Newcomers.LeastTime.TotalMinutes),
    ];

    private static readonly IReadOnlyList<TrustNeed> second =
    [
        new(TrustFact.DaysVisited, 15), new(TrustFact.TopicsRead, 20), new(TrustFact.PostsRead, 100),
        new(TrustFact.UpvotesGiven, 1), new(TrustFact.UpvotesReceived, 1), new(TrustFact.TopicsRepliedTo, 3),
    ];

    private static readonly IReadOnlyList<TrustNeed> third =
    [
        new(TrustFact.DaysVisitedLately, 50), new(TrustFact.TopicsRepliedToLately, 10),
        new(TrustFact.TopicsRead, 200), new(TrustFact.PostsRead, 500),
        new(TrustFact.UpvotesGivenLately, 30), new(TrustFact.UpvotesReceivedLately, 20), new(TrustFact.UpvotersLately, 5),
        new(TrustFact.PostsRemovedLately, 5, AtMost: true), new(TrustFact.SuspensionsLately, 0, AtMost: true),
    ];

    /// <summary>What comes to that level; nothing for those that nobody earns.</summary>
    /// <param name="scale">Without it, what depends on it is left out.</param>
    public static IReadOnlyList<TrustNeed> Of(int level, TrustScale? scale) => level switch
    {
        1 => first,
        2 => second,
        HighestEarned when scale is null => third,
        HighestEarned => [.. third, new(TrustFact.TopicsReadLately, Share(scale!.Topics, MaxTopics)), new(TrustFact.PostsReadLately, Share(scale.Posts, MaxPosts))],
        _ => [],
    };

    /// <summary>The first thing that is not there of what the level takes; null when all of it is.</summary>
    /// <param name="keeping">For whoever has the level already.</param>
    public static TrustNeed? Lacking(int level, IReadOnlyDictionary<TrustFact, int> facts, TrustScale scale, bool keeping = false) =>
        Of(level, scale).FirstOrDefault(need => !need.IsMet(facts[need.Fact], keeping));

    /// <summary>The level that these facts come to, from the one that is there already.</summary>
    public static byte Earned(byte from, IReadOnlyDictionary<TrustFact, int> facts, TrustScale scale)
    {
        while (from < HighestEarned && Lacking(from + 1, facts, scale) is null)
            from++;
        return from;
    }

    private static int Share(int written, int most) => Math.Min((written + ShareRead - 1) / ShareRead, most);
}
