namespace Forum.Web.Api;

/// <summary>One page of a list.</summary>
/// <param name="Next">What to pass as after, or as page in a search, for the following page; null on the last one.</param>
public sealed record Listed<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A place for topics of one kind.</summary>
/// <param name="Kind">questions, conversation or announcements.</param>
/// <param name="Parent">Slug of the board it stands under.</param>
/// <param name="Topics">Topics on this board alone.</param>
/// <param name="Posts">Posts of these topics, first posts included.</param>
public sealed record BoardShape(string Slug, string Name, string Kind, string? Parent, string Description, int Topics, int Posts, string Url);

/// <summary>A member beside what they wrote.</summary>
/// <param name="DisplayName">As much of the name as the site shows.</param>
/// <param name="Rank">The rank, or a staff member's title.</param>
/// <param name="AvatarUrl">Null without a picture.</param>
public sealed record AuthorShape(string Handle, string DisplayName, string Rank, bool Staff, string? AvatarUrl);

/// <summary>A question or conversation.</summary>
/// <param name="Board">Slug of its board.</param>
/// <param name="Score">Upvotes of the first post.</param>
/// <param name="SolutionPostId">The accepted solution.</param>
public sealed record TopicShape(
    long Id, string Url, string Title, string Board, IReadOnlyList<string> Tags, AuthorShape Author, DateTime Created, DateTime LastActivity,
    int Replies, int Score, int Views, bool Solved, long? SolutionPostId, bool Closed, bool Pinned);

/// <summary>One contribution to a topic.</summary>
/// <param name="Number">Place in the topic, from 1; given once and never reused.</param>
/// <param name="ReplyTo">Id of the post that this one replies to.</param>
/// <param name="Voted">Whether your upvote is in the score.</param>
/// <param name="Edited">Null for a post that is as it was written.</param>
/// <param name="Version">To be sent back with an edit.</param>
public sealed record PostShape(
    long Id, long TopicId, int Number, long? ReplyTo, AuthorShape Author, string? Markdown, string Html, int Score, bool Voted, bool IsSolution, DateTime Created, DateTime? Edited, int Version);

/// <summary>A topic that was found, with the post that answers best.</summary>
/// <param name="SnippetHtml">A passage of that post, with what was looked for in mark elements.</param>
/// <param name="Board">Slug of its board.</param>
/// <param name="Author">Who wrote that post.</param>
/// <param name="Created">When that post was written.</param>
public sealed record FoundShape(long TopicId, long PostId, string Title, string Url, string SnippetHtml, bool Solved, int Score, string Board, AuthorShape Author, DateTime Created);

/// <summary>A topic that resembles a question.</summary>
/// <param name="Solution">The beginning of its accepted solution.</param>
public sealed record SimilarShape(long TopicId, string Title, string Url, bool Solved, int Replies, int Score, string Board, string? Solution);

/// <summary>A member.</summary>
/// <param name="Posts">Posts that you may see, questions included.</param>
/// <param name="Solutions">Accepted solutions on topics of others.</param>
public sealed record MemberShape(
    string Handle, string DisplayName, string Rank, bool Staff, string? AvatarUrl, string Url, string? Signature, int Points, int Posts, int Solutions, DateTime Joined);

/// <summary>The member whose token this is.</summary>
/// <param name="Scope">What the token may do: read, write, moderate or admin; each holds those before it.</param>
public sealed record MeShape(long Id, string Scope, MemberShape Member);

/// <summary>A row of a leaderboard.</summary>
public sealed record PlaceShape(int Place, AuthorShape Member, int Upvotes);

/// <summary>The score of a post and whether your upvote is in it.</summary>
public sealed record VoteShape(int Score, bool Voted);

/// <summary>A text as HTML.</summary>
public sealed record PreviewShape(string Html);

/// <summary>A topic to begin.</summary>
/// <param name="Board">Slug of the board.</param>
/// <param name="Title">15 to 150 characters.</param>
/// <param name="Markdown">The first post, 20 to 30,000 characters.</param>
/// <param name="Tags">At most 5.</param>
public sealed record TopicToAsk(string? Board, string? Title, string? Markdown, IReadOnlyList<string?>? Tags);

/// <summary>A reply to post.</summary>
/// <param name="Markdown">2 to 30,000 characters.</param>
/// <param name="ReplyTo">Id of the post of the same topic that this one replies to; null replies to the topic.</param>
public sealed record ReplyToPost(string? Markdown, long? ReplyTo);

/// <summary>An edit of a post.</summary>
/// <param name="Markdown">The whole new text.</param>
/// <param name="Version">The version that the edit started from.</param>
public sealed record EditToSave(string? Markdown, int? Version);

/// <summary>A text to see as HTML.</summary>
public sealed record TextToPreview(string? Markdown);

/// <summary>A text of a post that two people changed at once.</summary>
public sealed record EditedText(int? Version, string? Markdown, string? Title);
