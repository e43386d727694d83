using Forum.Boards;
using Forum.Members;
using Forum.Rendering;

namespace Forum.Topics;

/// <summary>Order of the replies on a topic's page.</summary>
public enum PostSort
{
    Oldest,
    Newest,
    Votes,
}

/// <summary>A topic's page as its reader sees it.</summary>
/// <param name="Version">Of the topic.</param>
/// <param name="Question">The first post; null on pages that do not show it.</param>
/// <param name="Solutions">The accepted solutions with who marked them, those of the most votes first; on the first page alone, and on boards with solutions.</param>
/// <param name="Posts">The replies of this page; for staff with the notes behind them, and those behind the question first.</param>
/// <param name="Pages">How many pages there are in the order by number; 0 when sorted by votes.</param>
/// <param name="Next">Key of the next page when sorted by votes.</param>
/// <param name="Linking">Topics with posts that lead here, the newest such post first; as far as the reader may see them, and at most <see cref="Backlinks.Max"/>.</param>
/// <param name="Mine">What this reader may do here.</param>
public sealed record TopicView(
    long Id, string Title, string Slug, BoardLink Board, IReadOnlyList<BoardLink> Parents, BoardKind Kind, Byline Author, DateTime Created, DateTime LastActivity,
    int Replies, int Views, int Score, int MeToos, int Version, int LastNumber, bool Pinned, Visibility Visibility, IReadOnlyList<TopicTagView> Tags, ClosureView? Closure,
    PostView? Question, IReadOnlyList<SolutionView> Solutions, IReadOnlyList<PostView> Posts, PostSort Sort, int Page, int Pages, string? Next, IReadOnlyList<LinkingTopic> Linking, TopicMine Mine)
{
    /// <summary>The one of the most votes; null without one.</summary>
    public SolutionView? Solution => Solutions.Count == 0 ? null : Solutions[0];

    public bool Solved => Solutions.Count > 0;

    /// <summary>None of its solutions is known to work still.</summary>
    public bool Outdated => Solved && Solutions.All(s => s.Outdated is not null);

    /// <summary>What stood on this page and is in other topics now, as far as the reader may read them.</summary>
    public IReadOnlyList<MovedRun> Moved { get; init; } = [];

    /// <summary>How the member who reads stands to it; null for visitors, and where it was not asked for.</summary>
    public TopicReading? Reading { get; init; }
}

/// <summary>How a member stands to a topic that they look at.</summary>
/// <param name="Read">The highest post number read before; 0 when it was never opened, or is to be read anew.</param>
/// <param name="Opened">Opened before.</param>
/// <param name="Bookmarked">Those of the posts in sight that the member keeps at hand, by id.</param>
public sealed record TopicReading(int Read, bool Opened, WatchLevel Level, IReadOnlySet<long> Bookmarked);

/// <param name="By">Null when it was closed where it was imported from, or by itself.</param>
/// <param name="DuplicateOf">The topic that has the answer; null where the reader may not see it.</param>
/// <param name="Solution">What solved that topic; null where nothing did.</param>
/// <param name="Until">When it opens again by itself; null when it stays closed.</param>
public sealed record ClosureView(ClosureReason Reason, DateTime Closed, MemberLink? By, string? Note, TopicLink? DuplicateOf, PostView? Solution, DateTime? Until = null);

/// <param name="StaffOnly">Only staff put it on topics of this board and take it off.</param>
public sealed record TopicTagView(string Name, bool StaffOnly);

/// <summary>A topic as a link to it.</summary>
public sealed record TopicLink(long Id, string Slug, string Title);

/// <param name="MarkedBy">Null when it was marked where it was imported from.</param>
/// <param name="ByStaff">Marked by staff, not by the asker.</param>
/// <param name="BySelf">The asker solved their own question.</param>
/// <param name="Outdated">That it may no longer work; null while it does, as far as is known.</param>
/// <param name="Doubts">Members who say that it no longer works; 0 for all but staff and the asker.</param>
/// <param name="Doubted">The reader says so.</param>
public sealed record SolutionView(PostView Post, Byline? MarkedBy, bool ByStaff, bool BySelf, DateTime Marked, OutdatedView? Outdated = null, int Doubts = 0, bool Doubted = false);

/// <summary>That a solution may no longer work.</summary>
/// <param name="Note">What changed.</param>
/// <param name="By">Who of the staff says so; null while only members do.</param>
/// <param name="Successor">What works instead; null where there is nothing, or nothing that the reader may see.</param>
public sealed record OutdatedView(DateTime Since, string Note, MemberLink? By, SuccessorLink? Successor);

/// <summary>The post that works in the place of an outdated solution.</summary>
/// <param name="Number">Of the post; 1 for a topic as a whole.</param>
public sealed record SuccessorLink(long TopicId, string Slug, string Title, int Number);

/// <summary>What the reader may do on a topic.</summary>
/// <param name="MayNote">Leave and read notes of staff.</param>
/// <param name="LastPostId">The reader's own newest post here; 0 when there is none. A draft begun after it is a new one.</param>
/// <param name="MeToo">The reader has said that they have this question too; null where they cannot.</param>
/// <param name="CannotReply">Why the reader, or a visitor who becomes a member, may not reply.</param>
/// <param name="MayArrange">Rename, re-tag and move it.</param>
/// <param name="MayClose">Close it, or say another reason where it is closed.</param>
public sealed record TopicMine(bool MayReply, bool MayMark, bool MayModerate, bool MayNote, long LastPostId, bool? MeToo, bool MayClose = false, bool MayReopen = false, Refusal? CannotReply = null, bool MayArrange = false);

/// <summary>A post as its reader sees it; a post out of sight has neither HTML nor text unless the reader moderates.</summary>
/// <param name="Own">Written by the reader.</param>
/// <param name="EditedBy">Who made the last edit; null where nobody did, or where it is not known.</param>
/// <param name="HasHistory">There are revisions.</param>
/// <param name="Wiki">Open to the edits of all but newcomers.</param>
/// <param name="Voted">The reader's own upvote is in the score.</param>
/// <param name="Outdated">A solution that may no longer work.</param>
/// <param name="Held">Why it waits for a moderator; null where it does not.</param>
public sealed record PostView(
    long Id, long TopicId, int Number, Byline Author, bool IsAsker, bool Own, SafeHtml Html, DateTime Created, DateTime? Edited, MemberLink? EditedBy, bool HasHistory, bool Wiki, int Score, bool Voted,
    Visibility Visibility, ReplyToView? ReplyTo, int Replies, bool IsSolution, int Version, string Text, string? Markdown, PostMine Mine, bool Outdated = false, bool Locked = false, HeldReason? Held = null, bool Ignored = false);

/// <summary>What the reader may do with a post.</summary>
/// <param name="CannotEdit">Why they may not edit it; null when they may.</param>
/// <param name="MayName">With the first post, change the topic's title and tags too.</param>
/// <param name="MayMakeWiki">Make it a wiki, or take that back when it is one.</param>
public sealed record PostMine(Refusal? CannotEdit, bool MayName, bool MayDelete, bool MayMakeWiki)
{
    public bool MayEdit => CannotEdit is null;
}

/// <summary>A member as a link to them; the name is as much of it as the policy lets be seen.</summary>
public sealed record MemberLink(string Handle, string DisplayName);

/// <summary>The post that a reply answers.</summary>
public sealed record ReplyToView(long PostId, int Number, string DisplayName);
