using Forum.Boards;

namespace Forum.Topics;

/// <summary>Who may change or remove a post (table of rights).</summary>
public static class PostRights
{
    /// <summary>Authors edit their own visible posts, members of the highest trust any visible one, moderators those of their boards. The post comes with its topic.</summary>
    public static Refusal? CannotBeEditedBy(this Post post, Rights rights) =>
        rights.CannotWrite() is { } refusal ? refusal
        : rights.Moderates(post.Topic.BoardId) ? null
        : post.Visibility != Visibility.Visible || post.Topic.Visibility != Visibility.Visible ? Refusal.Gone
        : post.AuthorId != rights.MemberId && rights.Trust < Rights.EditingTrust ? Refusal.Forbidden("You can edit your own posts only.")
        : null;

    /// <summary>Authors delete their own posts, but not a question that others have replied to; moderators any on their boards.</summary>
    public static Refusal? CannotBeDeletedBy(this Post post, Rights rights) =>
        rights.CannotWrite() is { } refusal ? refusal
        : rights.Moderates(post.Topic.BoardId) ? null
        : post.AuthorId != rights.MemberId ? Refusal.Forbidden("You can delete your own posts only.")
        : post.Number == 1 && post.Topic.Replies > 0 ? Refusal.Forbidden("Others have replied here, and their answers would vanish with it. Ask a moderator to delete it.")
        : null;

    /// <summary>Moderators hide and bring back on their boards.</summary>
    public static Refusal? CannotBeHiddenBy(this Post post, Rights rights) =>
        rights.CannotWrite() is { } refusal ? refusal
        : rights.Moderates(post.Topic.BoardId) ? null
        : Refusal.Forbidden("Only moderators of this board may do that.");
}
