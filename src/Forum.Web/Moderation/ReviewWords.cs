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
        HeldReason.TooFast => "A new member sent it sooner than it could be written",
        HeldReason.Pasted => "A new member pasted it, and it links elsewhere",
        HeldReason.Suspect => "The first post of a member who signed up as programs do",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>The same, said to the author.</summary>
    public static string ForAuthor(this HeldReason reason) => reason switch
    {
        HeldReason.FirstPost or HeldReason.Suspect => "It is your first post here, and a moderator looks at it first.",
        HeldReason.WatchedWord => "It has a word or a link that a moderator looks at first.",
        HeldReason.Author => "A moderator looks at each of your posts first for the time being.",
        HeldReason.OneHost => "Several of your first posts link to the same site, so a moderator looks at this one.",
        HeldReason.TooFast => "It came sooner than most people write, so a moderator looks at it first.",
        HeldReason.Pasted => "It came as a whole and links to another site, so a moderator looks at it first.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    public static string Name(this ReviewOutcome outcome) => outcome switch
    {
        ReviewOutcome.Upheld => "The reports were right",
        ReviewOutcome.Dismissed => "The post stays",
        _ => "The author took it back",
    };
}
