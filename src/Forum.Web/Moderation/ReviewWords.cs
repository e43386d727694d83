using Forum.Moderation;
using Forum.Topics;

namespace Forum.Web.Moderation;

/// <summary>What reports and their outcomes are called on pages; keys of their translations.</summary>
public static class ReviewWords
{
    public static string Name(this FlagReason reason) => reason switch
    {
        FlagReason.Spam => "Spam",
        FlagReason.Rude => "Rude or hurtful",
        FlagReason.OffTopic => "Off topic",
        FlagReason.Duplicate => "Duplicate",
        FlagReason.NotSolved => "Marked by staff, but did not solve it",
        _ => "Something else",
    };

    public static string Name(this HeldReason reason) => reason switch
    {
        HeldReason.FirstPost => "The first post of a new member",
        HeldReason.WatchedWord => "It holds a watched word or link",
        HeldReason.Author => "A moderator looks at each post of this member",
        HeldReason.OneHost => "A new member links to one host again and again",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    public static string Name(this ReviewOutcome outcome) => outcome switch
    {
        ReviewOutcome.Upheld => "The reports were right",
        ReviewOutcome.Dismissed => "The post stays",
        _ => "The author took it back",
    };
}
