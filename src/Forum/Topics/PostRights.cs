using Forum.Boards;

namespace Forum.Topics;

/// <summary>Who may change or remove a post (table of rights).</summary>
public static class PostRights
{
    /// <summary>As <see cref="TopicRights.CannotBeReadBy"/>. The post comes with its topic and board, here and below.</summary>
    public static Refusal? CannotBeReadBy(this Post post, Rights rights) => post.Topic.CannotBeReadBy(rights, post.Visibility, post.Number, post.AuthorId);

    /// <summary>
    /// Authors edit their own visible posts while their window is open, staff among them for ever; members of the highest trust edit any visible one,
    /// moderators those of their boards, and wikis are edited by all but newcomers.
    /// </summary>
    public static Refusal? CannotBeEditedBy(this Post post, Rights rights, DateTime now) =>
        post.CannotBeReadBy(rights) is { } unseen ? unseen
        : rights.CannotPost() is { } refusal ? refusal
        : rights.Moderates(post.Topic.BoardId) ? null
        : post.Locked ? Refusal.Forbidden("A moderator locked this post: it stays as it is.")
        : rights.PostsWait && post.Visibility == Visibility.Visible ? Refusal.Forbidden("A moderator looks at what you write before it is out, and this post is out already. Reply with what you want to say.")
        : rights.EditsOthersOn(post.Topic.BoardId) ? null
        : post.IsWiki() && (rights.IsStaff || rights.Trust >= EditRules.TrustOfWikis) ? null
        : post.AuthorId != rights.MemberId ? Refusal.Forbidden(post.IsWiki() ? "This is a wiki. You can edit it once you have read and written here for a while." : "You can edit your own posts only.")
        : post.IsOpenTo(rights, now) ? null
        : Refusal.Forbidden("This post is too old for you to change: others rely on what it says. Reply with your correction, or ask a moderator to edit it.");

    /// <summary>Whoever edits a wiki changes its text; the topic's title and tags are for its author while their window is open, and whoever arranges topics there.</summary>
    public static Refusal? CannotBeNamedBy(this Post post, Rights rights, DateTime now) =>
        rights.ArrangesOn(post.Topic.BoardId) || post.AuthorId == rights.MemberId && post.IsOpenTo(rights, now) ? null
        : Refusal.Forbidden("You can edit the text of this wiki, but not its title and its tags.");

    /// <summary>
    /// Authors make their own visible posts wikis, and moderators those of their boards, where the board has wikis; the same take it back, wherever that is.
    /// </summary>
    public static Refusal? CannotBeMadeWikiBy(this Post post, Rights rights, bool wanted) =>
        post.CannotBeReadBy(rights) is { } unseen ? unseen
        : rights.CannotPost() is { } refusal ? refusal
        : post.AuthorId != rights.MemberId && !rights.Moderates(post.Topic.BoardId) ? Refusal.Forbidden("Only the author of a post and moderators say whether it is a wiki.")
        : !wanted ? null
        : !post.Topic.Board.AllowsWiki ? Refusal.Forbidden("There are no wikis on this board.")
        : post.Visibility != Visibility.Visible ? Refusal.OutOfSight
        : null;

    /// <summary>Made a wiki, on a board that has wikis still.</summary>
    public static bool IsWiki(this Post post) => post.Wiki && post.Topic.Board.AllowsWiki;

    /// <summary>
    /// Authors delete their own posts while their window is open, but not a question that others have replied to; moderators any on their boards.
    /// Deleting one's own twice is deleting it once.
    /// </summary>
    public static Refusal? CannotBeDeletedBy(this Post post, Rights rights, DateTime now) =>
        post.CannotBeReadBy(rights) is { } unseen && !(unseen.Kind == RefusalKind.Gone && post.Visibility == Visibility.Deleted && post.AuthorId == rights.MemberId) ? unseen
        : rights.CannotWrite() is { } refusal ? refusal
        : rights.Moderates(post.Topic.BoardId) ? null
        : post.AuthorId != rights.MemberId ? Refusal.Forbidden("You can delete your own posts only.")
        : post.Locked ? Refusal.Forbidden("A moderator locked this post: it stays as it is.")
        : post.Number == 1 && post.Topic.Replies > 0 ? Refusal.Forbidden("Others have replied here, and their answers would vanish with it. Ask a moderator to delete it.")
        : post.IsOpenTo(rights, now) ? null
        : Refusal.Forbidden("This post is too old for you to delete: others rely on what it says. Ask a moderator to delete it.");

    /// <summary>
    /// Posts that these rights let be read: visible ones of visible topics on boards that are open to them, notes of staff for staff,
    /// and on boards that they moderate whatever there is.
    /// </summary>
    public static IQueryable<Post> ReadableBy(this IQueryable<Post> posts, Rights rights)
    {
        var (access, own, open, staff) = (rights.Access, rights.ModeratedBoards, rights.OpenBoards, rights.IsStaff);
        // A moderator of the site moderates any board.
        if (rights.Moderates(0))
            return posts.Where(p => p.Topic.Board.Read <= access);
        return posts.Where(p => own.Contains(p.Topic.BoardId) || (p.Topic.Board.Read <= access || open.Contains(p.Topic.BoardId)) && p.Topic.Visibility == Visibility.Visible
            && (p.Visibility == Visibility.Visible || staff && p.Visibility == Visibility.StaffNote));
    }

    /// <summary>Why nobody reports their own post.</summary>
    public static readonly Refusal ReportsOwn = Refusal.Forbidden("This is your own post: you can edit or delete it.");

    /// <summary>Members report what others wrote and everybody sees (table of rights).</summary>
    public static Refusal? CannotBeFlaggedBy(this Post post, Rights rights) =>
        post.CannotBeReadBy(rights) is { } unseen ? unseen
        : rights.CannotPost() is { } refusal ? refusal
        : post.AuthorId == rights.MemberId ? ReportsOwn
        : post.Visibility != Visibility.Visible ? Refusal.OutOfSight
        : null;

    /// <summary>Moderators hide on their boards, but not what readers do not see anyway.</summary>
    public static Refusal? CannotBeHiddenBy(this Post post, Rights rights) =>
        post.CannotBeRestoredBy(rights) is { } refusal ? refusal
        : post.IsNote ? Refusal.Invalid("Only staff see this note. Delete it if it should go.")
        : null;

    /// <summary>Moderators bring back on their boards.</summary>
    public static Refusal? CannotBeRestoredBy(this Post post, Rights rights) =>
        post.CannotBeReadBy(rights) is { } unseen ? unseen
        : rights.CannotWrite() is { } refusal ? refusal
        : rights.Moderates(post.Topic.BoardId) ? null
        : Refusal.Forbidden("Only moderators of this board may do that.");

    /// <summary>The author's window is open.</summary>
    private static bool IsOpenTo(this Post post, Rights rights, DateTime now) => rights.IsStaff || now - post.Created <= EditRules.WindowOf(rights.Trust);
}
