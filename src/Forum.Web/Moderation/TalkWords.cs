using Forum.Moderation;

namespace Forum.Web.Moderation;

/// <summary>What members are told of what was done; keys of their translations.</summary>
public static class TalkWords
{
    /// <summary>Null for a mere word.</summary>
    public static string? Says(this TalkWordView word) => word.Deed switch
    {
        null => null,
        "post.hidden" => "A moderator hid this post.",
        "post.deleted" => "A moderator deleted this post.",
        "post.hidden-by-reports" => "Members reported this post. It is hidden until a moderator has looked at it.",
        "post.restored" or "post.approved" => "This post stands again.",
        "report.upheld" => "This post was reported, and a moderator acted on it. Thank you for the report.",
        "report.dismissed" => "A moderator looked at this reported post and let it stand. Thank you for the report all the same.",
        "report.withdrawn" => "The author took this reported post back. Thank you for the report.",
        "member.warned" => "A moderator warned the member.",
        "member.silenced" => "A moderator silenced the member.",
        "member.posts-wait" => "A moderator looks at what the member writes before others see it.",
        "member.suspended" => "A moderator suspended the member.",
        "member.rolled-back" => "A moderator took back what was done with this account for some time.",
        "member.roll-back-undone" => "A moderator undid that: what was done with this account stands again.",
        var deed => deed,
    };

    /// <summary>What is to be done to many.</summary>
    public static string Name(this UndoableKind kind) => kind switch
    {
        UndoableKind.Close => "Close",
        UndoableKind.Move => "Move",
        UndoableKind.Hide => "Hide",
        UndoableKind.Delete => "Delete",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What can be undone, as it was done.</summary>
    public static string Says(this UndoableKind kind) => kind switch
    {
        UndoableKind.Verdict => "Decided: {0}",
        UndoableKind.Close => "Topics closed: {0}",
        UndoableKind.Move => "Topics moved: {0}",
        UndoableKind.Hide => "Topics hidden: {0}",
        UndoableKind.Delete => "Topics deleted: {0}",
        UndoableKind.RollBack => "Things rolled back: {0}",
        _ => "Spammers removed: {0}",
    };
}
