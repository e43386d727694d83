using Forum.Boards;

namespace Forum.Topics;

/// <summary>The rules of form for what is written, each a refusal that says what to do.</summary>
public static class TopicRules
{
    public static Refusal? TitleRefusal(string title)
    {
        var length = Typed.Length(title);
        return length < Topic.MinTitleLength ? Refusal.Invalid("Please make the title at least {0} characters long: say what it is about.", "Title", Topic.MinTitleLength)
            : length > Topic.MaxTitleLength || title.Length > Topic.MaxTitleLength * 2 ? Refusal.Invalid("Please shorten the title to {0} characters.", "Title", Topic.MaxTitleLength)
            : null;
    }

    public static Refusal? BodyRefusal(string markdown, int minimum) =>
        Typed.Length(markdown.Trim()) < minimum ? Refusal.Invalid("Please write at least {0} characters.", "Markdown", minimum)
        : markdown.Length > Post.MaxBodyLength ? Refusal.Invalid("Please shorten the text to {0} characters; it has {1} now.", "Markdown", Post.MaxBodyLength, markdown.Length)
        : null;

    /// <summary>Why this actor may not begin a topic on that board; null when they may.</summary>
    public static Refusal? CannotBePostedOn(this Board board, Rights rights) =>
        !rights.MayRead(board) ? Refusal.NotFound
        : rights.CannotPost() is { } refusal ? refusal
        : board.Archived ? Archived
        : rights.AsksOn(board) ? null
        : board.Kind == BoardKind.Announcements ? Refusal.Forbidden("Only staff may post announcements. You can reply to them.")
        : Refusal.Forbidden("You can read this board, but not begin topics on it.");

    /// <summary>Why these rights do not let a reply be written; the closure is passed since a topic does not carry it. The topic comes with its board.</summary>
    public static Refusal? CannotBeAnsweredBy(this Topic topic, Rights rights, Closure? closure) =>
        rights.CannotPost() is { } refusal ? refusal
        : topic.Visibility != Visibility.Visible ? Refusal.OutOfSight
        : closure is not null ? Refusal.Forbidden("This topic is closed and takes no more replies.")
        : topic.Board.Archived ? Archived
        : rights.RepliesOn(topic.Board) ? null
        : Refusal.Forbidden("You can read this board, but not reply on it.");

    private static readonly Refusal Archived = Refusal.Forbidden("This board is archived: what is there can be read, and nothing is added.");
}
