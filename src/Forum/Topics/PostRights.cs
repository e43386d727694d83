using Forum.Boards;

namespace Forum.Topics;

/// <summary>Who may change or remove a post (table of rights).</summary>
public static class PostRights
{
    /// <summary>As <see cref="TopicRights.CannotBeReadBy"/>. The post comes with its topic and board, here and below.</summary>
    public static Refusal? CannotBeReadBy(this Post post, Rights rights) => post.Topic.CannotBeReadBy(rights, post.Visibility);

    /// <summary>Authors edit their own visible posts, members of the highest trust any visible one, moderators those of their boards.</summary>
    public static Refusal? CannotBeEditedBy(this Post post, Rights rights) =>
        post.CannotBeReadBy(rights) is { } unseen ? unseen
        : rights.CannotWrite() is { } refusal ? refusal
        : rights.Moderates(post.Topic.BoardId) ? null
        : post.AuthorId != rights.MemberId && rights.Trust < Rights.EditingTrust ? Refusal.Forbidden("You can edit your own posts only.")
        : null;

    /// <summary>Authors delete their own posts, but not a question that others have replied to; moderators any on their boards. Deleting one's own twice is deleting it once.</summary>
    public static Refusal? CannotBeDeletedBy(this Post post, Rights rights) =>
        post.CannotBeReadBy(rights) is { } unseen && !(unseen.Kind == RefusalKind.Gone && post.Visibility == Visibility.Deleted && post.AuthorId == rights.MemberId) ? unseen
        : rights.CannotWrite() is { } refusal ? refusal
        : rights.Moderates(post.Topic.BoardId) ? null
        : post.AuthorId != rights.MemberId ? Refusal.Forbidden("You can delete your own posts only.")
        : post.Number == 1 && post.Topic.Replies > 0 ? Refusal.Forbidden("Others have replied here, and their answers would vanish with it. Ask a moderator to delete it.")
        : null;

    /// <summary>Moderators hide and bring back on their boards.</summary>
    public static Refusal? CannotBeHiddenBy(this Post post, Rights rights) =>
        post.CannotBeReadBy(rights) is { } unseen ? unseen
        : rights.CannotWrite() is { } refusal ? refusal
        : rights.Moderates(post.Topic.BoardId) ? null
        : Refusal.Forbidden("Only moderators of this board may do that.");
}
