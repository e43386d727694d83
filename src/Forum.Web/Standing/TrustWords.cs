using Forum.Boards;
using Forum.Members;
using Forum.Rendering;
using Forum.Settings;
using Forum.Standing;
using Forum.Topics;
using Forum.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Forum.Web.Standing;

/// <summary>What pages call the levels of trust, what they take and what they let one do. Every number comes from the rule itself.</summary>
public static class TrustWords
{
    private static readonly string[] names = ["Newcomer", "Member", "Regular", "Trusted", "Leader"];

    public static string Level(this IStringLocalizer<Wording> words, int level) => words[names[level]];

    public static string NameOf(this IStringLocalizer<Wording> words, TrustFact fact) => words[fact switch
    {
        TrustFact.MinutesHere => "Minutes since joining",
        TrustFact.TopicsRead => "Topics read",
        TrustFact.PostsRead => "Posts read",
        TrustFact.DaysVisited => "Days visited",
        TrustFact.UpvotesGiven => "Upvotes given",
        TrustFact.UpvotesReceived => "Upvotes received",
        TrustFact.TopicsRepliedTo => "Topics of others replied to",
        TrustFact.DaysVisitedLately => "Days visited lately",
        TrustFact.TopicsRepliedToLately => "Topics of others replied to lately",
        TrustFact.TopicsReadLately => "Topics read lately",
        TrustFact.PostsReadLately => "Posts read lately",
        TrustFact.UpvotesGivenLately => "Upvotes given lately",
        TrustFact.UpvotesReceivedLately => "Upvotes received lately",
        TrustFact.UpvotersLately => "Members who upvoted lately",
        TrustFact.PostsRemovedLately => "Posts lately removed after reports",
        _ => "Suspensions of the last half year",
    }];

    /// <summary>What the level takes, in one line.</summary>
    public static string Needs(this IStringLocalizer<Wording> words, int level) =>
        string.Join(" · ", TrustRules.Of(level, null).Select(need => $"{words.NameOf(need.Fact)}: {words.Number(need)}"));

    public static string Number(this IStringLocalizer<Wording> words, TrustNeed need) => need.AtMost ? need.Number == 0 ? words["none"] : words["{0} at most", need.Number] : words["{0:N0}", need.Number];

    /// <summary>Why the last step was made, to the member or, in the third person, to moderators.</summary>
    public static string Why(this IStringLocalizer<Wording> words, TrustChange step, bool own) => step.Reason switch
    {
        TrustReason.Reached => words[own ? "You reached “{0}” because everything was there that it takes: {1}." : "Reached “{0}” with everything that it takes: {1}.", words.Level(step.To), words.Needs(step.To)],
        TrustReason.Lapsed => words[own ? "You went back to “{0}”, because “{1}” takes more of this: {2}, of which there were {3:N0} and {4:N0} are needed. What you do from now on counts again." : "Went back to “{0}”, because “{1}” takes more of this: {2}, of which there were {3:N0} and {4:N0} are needed.",
            words.Level(step.To), words.Level(step.From), words.NameOf(step.Lacking!.Value), step.Had!, step.Needed!],
        TrustReason.ByHand => words["Set to “{0}” by hand.", words.Level(step.To)],
        _ => words["Given back to the rules, which make it “{0}”.", words.Level(step.To)],
    };

    /// <summary>What members of a level may do that those below may not.</summary>
    public static IReadOnlyList<string> May(this IStringLocalizer<Wording> words, LimitOptions limits, int level) =>
        [.. Deeds(words, limits).Where(d => d.Level == level).Select(d => d.What)];

    private static IEnumerable<(int Level, string What)> Deeds(IStringLocalizer<Wording> words, LimitOptions limits) =>
    [
        (0, words["Ask, reply, upvote, report"]),
        (0, words["At most {0} links to other sites, {1} image and {2} mentions in a post", limits.LinksOfNewcomers, limits.ImagesOfNewcomers, limits.MentionsOfNewcomers]),
        (0, words["At most {0} topics and {1} replies on the first day", limits.TopicsOnFirstDay, limits.RepliesOnFirstDay]),
        (0, words["{0} seconds between two topics, {1} between two posts", limits.SecondsBetweenTopicsOfNewcomers, limits.SecondsBetweenPostsOfNewcomers]),
        (0, words["Change and delete what one wrote for {0} hours", EditRules.AuthorsWindow.TotalHours]),
        (1, words["As many links and images as fit, {0} mentions in a post", PostRenderer.MaxMentions]),
        (1, words["{0} topics a day; {1} seconds between two topics, {2} between two posts", limits.TopicsPerDay, limits.SecondsBetweenTopics, limits.SecondsBetweenPosts]),
        (EditRules.TrustOfWikis, words["Edit wikis"]),
        (EditRules.TrustOfLongWindow, words["Change and delete what one wrote for {0} days", EditRules.LongWindow.TotalDays]),
        (Rights.TaggingTrust, words["Make new tags"]),
        (Rights.ArrangingTrust, words["Rename the topics of others, change their tags and move them to another board"]),
        (Rights.MarkingTrust, words["Accept solutions on the topics of others"]),
        (Rights.EditingTrust, words["Edit the posts of others"]),
    ];
}
