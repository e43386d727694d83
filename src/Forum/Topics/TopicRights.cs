using Forum.Boards;

namespace Forum.Topics;

public static class TopicRights
{
    /// <summary>
    /// Why these rights do not let the topic be read, or a post of it that is seen so; null when they do. What was deleted is gone, what a
    /// moderator hid is nowhere, and notes never are but for staff: every deed on it answers the same as reading it. The topic comes with its board.
    /// </summary>
    /// <param name="number">Of the post.</param>
    /// <param name="authorId">Of the post: what waits for a moderator is there for its author.</param>
    public static Refusal? CannotBeReadBy(this Topic topic, Rights rights, Visibility post = Visibility.Visible, int number = 1, long? authorId = null) =>
        !rights.MayRead(topic.Board) || (number < 0 || post == Visibility.StaffNote) && !rights.IsStaffOf(topic.BoardId) ? Refusal.NotFound
        : rights.Moderates(topic.BoardId) ? null
        : topic.Visibility == Visibility.Hidden || post == Visibility.Hidden ? Refusal.NotFound
        : topic.Visibility == Visibility.Held && topic.AuthorId != rights.MemberId || post == Visibility.Held && authorId != rights.MemberId ? Refusal.NotFound
        : topic.Visibility == Visibility.Deleted || post == Visibility.Deleted ? Refusal.Gone
        : null;

    /// <summary>Why this actor may leave no note there; null when they may, be the topic open or not.</summary>
    public static Refusal? CannotTakeNotesOf(this Topic topic, Rights rights) =>
        topic.CannotBeReadBy(rights) is { } unseen ? unseen
        : rights.CannotPost() is { } refusal ? refusal
        : rights.IsStaffOf(topic.BoardId) ? null
        : Refusal.Forbidden("Only staff leave notes.");

    /// <summary>Why this actor may not end the topic; null when they may: who closes topics there as they like, askers their own while it is open.</summary>
    public static Refusal? CannotBeClosedBy(this Topic topic, Rights rights, Closure? closure) =>
        topic.CannotBeReadBy(rights) is { } unseen ? unseen
        : topic.Visibility != Visibility.Visible ? Refusal.OutOfSight
        : rights.CannotPost() is { } refusal ? refusal
        : rights.ClosesOn(topic.BoardId) ? null
        : topic.AuthorId != rights.MemberId ? Refusal.Forbidden("Only the asker and moderators close a topic.")
        : closure is not null ? Refusal.Forbidden("This topic is closed already.")
        : null;

    /// <summary>Why this actor may not rename, re-tag and move the topic of somebody else; null when they may.</summary>
    public static Refusal? CannotBeArrangedBy(this Topic topic, Rights rights) =>
        topic.CannotBeReadBy(rights) is { } unseen ? unseen
        : rights.CannotPost() is { } refusal ? refusal
        : !rights.ArrangesOn(topic.BoardId) ? Refusal.Forbidden("Only moderators and members of much trust rename and move the topics of others.")
        : topic.Visibility != Visibility.Visible ? Refusal.OutOfSight
        : null;

    /// <summary>Why this actor may not pin the topic nor let it go; null when they may: moderators on their boards, those of the site everywhere.</summary>
    public static Refusal? CannotBePinnedBy(this Topic topic, Rights rights, bool everywhere) =>
        topic.CannotBeReadBy(rights) is { } unseen ? unseen
        : rights.CannotWrite() is { } refusal ? refusal
        : !rights.Moderates(topic.BoardId) ? Refusal.Forbidden("Only moderators of this board may do that.")
        : everywhere && !rights.Moderates(0) ? new Refusal(RefusalKind.Forbidden, "Only moderators of the site pin a topic on the home page.", "Everywhere")
        : null;

    /// <summary>Why this actor may not open the closed topic again; null when they may: who closes topics there, and askers where they closed it themselves.</summary>
    public static Refusal? CannotBeReopenedBy(this Topic topic, Rights rights, Closure closure) =>
        topic.CannotBeReadBy(rights) is { } unseen ? unseen
        : topic.Visibility != Visibility.Visible ? Refusal.OutOfSight
        : rights.CannotPost() is { } refusal ? refusal
        : rights.ClosesOn(topic.BoardId) || topic.AuthorId == rights.MemberId && closure.ClosedById == rights.MemberId ? null
        : Refusal.Forbidden("Only moderators open this topic again. Report the question and say what has changed.");

    /// <summary>Visible topics on boards these rights let be read: what lists, counts, feeds and searches are made from.</summary>
    public static IQueryable<Topic> ReadableBy(this IQueryable<Topic> topics, Rights rights)
    {
        var access = rights.Access;
        topics = topics.Where(t => t.Visibility == Visibility.Visible);
        if (rights.OpenBoards is not { Count: > 0 } open)
            return topics.Where(t => t.Board.Read <= access);
        return topics.Where(t => t.Board.Read <= access || open.Contains(t.BoardId));
    }
}
