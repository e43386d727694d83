using Forum.Boards;
using Forum.Topics;

namespace Forum.Solutions;

/// <summary>Who may mark what as the solution (rules of the accepted solution).</summary>
public static class SolutionRules
{
    /// <summary>Why this actor may not mark or unmark on the topic; null when they may. The topic comes with its board.</summary>
    public static Refusal? CannotBeMarkedBy(this Topic topic, Rights rights, bool closed) =>
        topic.CannotBeReadBy(rights) is { } unseen ? unseen
        : rights.CannotWrite() is { } refusal ? refusal
        : topic.Visibility != Visibility.Visible && !rights.IsStaff ? Refusal.OutOfSight
        : !topic.Board.HasSolutions ? Refusal.Invalid("There are no solutions on this board.")
        : rights.MarksSolutionsOf(topic.BoardId) ? null
        : topic.AuthorId != rights.MemberId ? Refusal.Forbidden("Only the asker and staff may accept a solution.")
        : closed ? Refusal.Forbidden("This topic is closed. Ask a moderator if its solution should change.")
        : null;

    /// <summary>Why this post cannot be a solution; null when it can.</summary>
    public static Refusal? CannotBeSolution(this Post post) =>
        post.Number == 1 ? Refusal.Invalid("A question can't be its own solution. Reply with what solved it and accept that.")
        : post.Visibility != Visibility.Visible ? Refusal.OutOfSight
        : null;
}
