using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

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
/// <param name="SolutionPostId">The accepted solution; of several, the one that was accepted first.</param>
/// <param name="Outdated">It is solved, and members or staff say that its solution no longer works.</param>
public sealed record TopicShape(
    long Id, string Url, string Title, string Board, IReadOnlyList<string> Tags, AuthorShape Author, DateTime Created, DateTime LastActivity,
    int Replies, int Score, int Views, bool Solved, long? SolutionPostId, bool Closed, bool Pinned, bool Outdated);

/// <summary>One contribution to a topic.</summary>
/// <param name="Number">Place in the topic, from 1; given once and never reused.</param>
/// <param name="ReplyTo">Id of the post that this one replies to.</param>
/// <param name="Voted">Whether your upvote is in the score.</param>
/// <param name="Edited">Null for a post that is as it was written.</param>
/// <param name="Version">To be sent back with an edit.</param>
/// <param name="Outdated">It is a solution, and members or staff say that it no longer works.</param>
/// <param name="Waits">A moderator looks at it before others see it.</param>
public sealed record PostShape(
    long Id, long TopicId, int Number, long? ReplyTo, AuthorShape Author, string? Markdown, string Html, int Score, bool Voted, bool IsSolution, DateTime Created, DateTime? Edited, int Version, bool Outdated, bool Waits);

/// <summary>A version of a post.</summary>
/// <param name="Version">Corrections within minutes make no version of their own, so numbers may be missing.</param>
/// <param name="Editor">Who made it: the author, for the oldest.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Reason">In the words of whoever made it.</param>
/// <param name="Title">The topic's title, of a first post.</param>
/// <param name="Tags">Its tags, of a first post.</param>
public sealed record RevisionShape(int Version, AuthorShape? Editor, DateTime Created, string? Reason, string? Title, IReadOnlyList<string>? Tags, string Markdown);

/// <summary>A word that was looked for in the place of one that was asked for.</summary>
public sealed record WordInsteadShape(string Asked, string Used);

/// <summary>Why a topic was found.</summary>
/// <param name="Words">Words and quoted phrases that were asked for and that it has, as they were typed.</param>
/// <param name="Corrected">Words that it has in the place of such that are nowhere to be found.</param>
/// <param name="Synonyms">Words that it has in the place of such that it has not, since they mean the same.</param>
/// <param name="Solved">It has an accepted solution, which counts more.</param>
public sealed record ReasonShape(IReadOnlyList<string> Words, IReadOnlyList<WordInsteadShape> Corrected, IReadOnlyList<WordInsteadShape> Synonyms, bool Solved);

/// <summary>A topic that was found, with the post that answers best.</summary>
/// <param name="SnippetHtml">A passage of that post, with what was looked for in mark elements.</param>
/// <param name="Board">Slug of its board.</param>
/// <param name="Author">Who wrote that post.</param>
/// <param name="Created">When that post was written.</param>
/// <param name="Why">Left out unless asked for.</param>
public sealed record FoundShape(
    long TopicId, long PostId, string Title, string Url, string SnippetHtml, bool Solved, int Score, string Board, AuthorShape Author, DateTime Created,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReasonShape? Why);

/// <summary>A topic whose title has what was typed.</summary>
public sealed record SuggestedTopicShape(long Id, string Title, string Url, bool Solved);

/// <summary>A member whose handle begins so.</summary>
public sealed record SuggestedMemberShape(string Handle, string DisplayName, string Url);

/// <summary>What somebody may be about to look for.</summary>
/// <param name="Tags">Names of tags.</param>
public sealed record SuggestedShape(IReadOnlyList<SuggestedTopicShape> Topics, IReadOnlyList<string> Tags, IReadOnlyList<SuggestedMemberShape> Members);

/// <summary>A topic that resembles a question.</summary>
/// <param name="Solution">The beginning of its accepted solution.</param>
public sealed record SimilarShape(long TopicId, string Title, string Url, bool Solved, int Replies, int Score, string Board, string? Solution);

/// <summary>A badge that a member holds.</summary>
/// <param name="Grade">bronze, silver or gold.</param>
/// <param name="Since">When the member came to it.</param>
/// <param name="Reason">In the words of whoever gave it by hand.</param>
/// <param name="PostUrl">The post that it was given for, where there is one that you may see.</param>
public sealed record BadgeShape(string Name, string Description, string Grade, DateTime Since, string? Reason, string Url, string? PostUrl);

/// <summary>A member.</summary>
/// <param name="Posts">Posts that you may see, questions included.</param>
/// <param name="Solutions">Accepted solutions on topics of others.</param>
public sealed record MemberShape(
    string Handle, string DisplayName, string Rank, bool Staff, string? AvatarUrl, string Url, string? Signature, int Points, int Posts, int Solutions, DateTime Joined, IReadOnlyList<BadgeShape> Badges);

/// <summary>A member in a list of them.</summary>
/// <param name="Solutions">Accepted solutions on topics of others.</param>
public sealed record ListedMemberShape(string Handle, string DisplayName, string Rank, bool Staff, string? AvatarUrl, string Url, int Points, int Solutions, DateTime Joined);

/// <summary>The member whose token this is.</summary>
/// <param name="Scope">What the token may do: read, write, moderate or admin; each holds those before it.</param>
/// <param name="Trust">0 to 4: what it lets you do stands at /ranks.</param>
public sealed record MeShape(long Id, string Scope, int Trust, MemberShape Member);

/// <summary>A row of a leaderboard.</summary>
public sealed record PlaceShape(int Place, AuthorShape Member, int Upvotes);

/// <summary>A place among the members whose answers solved most.</summary>
public sealed record SolverShape(int Place, AuthorShape Member, int Solutions);

/// <summary>The score of a post and whether your upvote is in it.</summary>
public sealed record VoteShape(int Score, bool Voted);

/// <summary>How many members have a question too.</summary>
/// <param name="Mine">Whether you have said so.</param>
public sealed record MeTooShape(int Count, bool Mine);

/// <summary>How closely you follow a topic.</summary>
/// <param name="Level">muted, normal, tracking or watching.</param>
public sealed record WatchShape(string Level);

/// <summary>How closely to follow a topic.</summary>
/// <param name="Level">muted, normal, tracking or watching.</param>
public sealed record WatchToKeep(string Level) : IExample<WatchToKeep>
{
    public static WatchToKeep Example => new("watching");
}

/// <summary>Where a topic belongs; what is left out stays as it is.</summary>
/// <param name="Title">15 to 150 characters.</param>
/// <param name="Tags">At most five.</param>
/// <param name="Board">The slug of the board it is to stand on.</param>
/// <param name="Reason">Why, in one line of at most 200 characters.</param>
public sealed record TopicToArrange(string? Title = null, IReadOnlyList<string>? Tags = null, string? Board = null, string? Reason = null) : IExample<TopicToArrange>
{
    public static TopicToArrange Example => new("How do I hand a project over to another agency?", ["handover"], Reason: "Says what it is about");
}

/// <summary>How a topic ends.</summary>
/// <param name="Reason">duplicate, offtopic, notenoughdetail, nolongerrelevant, or resolved: solved without a reply.</param>
/// <param name="DuplicateOf">The number of the topic that has the answer; needed for a duplicate.</param>
/// <param name="Note">At most 500 characters, for everybody to see; what solved it is needed for resolved.</param>
public sealed record ClosureToMake(string Reason, long? DuplicateOf = null, string? Note = null, int? Hours = null) : IExample<ClosureToMake>
{
    public static ClosureToMake Example => new("resolved", Note: "The update of Tuesday did it.");
}

/// <summary>That a solution no longer works.</summary>
/// <param name="Note">What changed, in at most 500 characters.</param>
public sealed record DoubtToRaise(string Note) : IExample<DoubtToRaise>
{
    public static DoubtToRaise Example => new("The settings page is gone since version 5.");
}

/// <summary>What is wrong with a post.</summary>
/// <param name="Reason">spam, rude, offtopic, duplicate or other.</param>
/// <param name="Note">At most 500 characters; needed for other, and for a duplicate with the address of the other topic.</param>
public sealed record FlagToRaise(string Reason, string? Note = null) : IExample<FlagToRaise>
{
    public static FlagToRaise Example => new("rude", "It calls the asker names.");
}

/// <summary>Whether you keep a post at hand.</summary>
public sealed record BookmarkShape(bool Bookmarked);

/// <summary>A text as HTML.</summary>
public sealed record PreviewShape(string Html);

/// <summary>A file that is there now. Until a post uses it, it is its owner's alone.</summary>
/// <param name="Markdown">What shows an image, or links another file, in a post.</param>
/// <param name="Width">In pixels; null for what is not an image.</param>
public sealed record UploadShape(string Url, string Markdown, string Name, int? Width, int? Height);

/// <summary>A topic to begin. Bodies name what must be there as what cannot be null; what is missing all the same is refused by the use case, in its words.</summary>
/// <param name="Board">Slug of the board.</param>
/// <param name="Title">15 to 150 characters.</param>
/// <param name="Markdown">The first post, 20 to 30,000 characters.</param>
/// <param name="Tags">At most 5; a board may ask for one, or keep some for its staff. New ones are made by members of trust 2 and by staff.</param>
public sealed record TopicToAsk(string Board, string Title, string Markdown, IReadOnlyList<string>? Tags = null) : IExample<TopicToAsk>
{
    public static TopicToAsk Example => new("help", "How do I hand a project over to another agency?", "It has run for a year, and its **history** should stay.", ["handover"]);
}

/// <summary>A reply to post.</summary>
/// <param name="Markdown">2 to 30,000 characters.</param>
/// <param name="ReplyTo">Id of the post of the same topic that this one replies to; null replies to the topic.</param>
public sealed record ReplyToPost(string Markdown, long? ReplyTo = null) : IExample<ReplyToPost>
{
    public static ReplyToPost Example => new("Choose **Transfer** in its settings.", 43);
}

/// <summary>An edit of a post.</summary>
/// <param name="Markdown">The whole new text.</param>
/// <param name="Version">The version that the edit started from.</param>
/// <param name="Reason">Why, in one line of at most 200 characters.</param>
public sealed record EditToSave(string Markdown, int Version, string? Reason = null) : IExample<EditToSave>
{
    public static EditToSave Example => new("Choose **Transfer** in its settings. The other owner confirms it.", 1, "Say who confirms it");
}

/// <summary>A text to see as HTML.</summary>
/// <param name="Markdown">At most 30,000 characters.</param>
/// <param name="Board">The board of a new topic.</param>
/// <param name="TopicId">The topic to reply to.</param>
/// <param name="PostId">The post to edit. Of these three at most one: it decides which titles of linked topics are shown.</param>
public sealed record TextToPreview(string? Markdown = null, string? Board = null, long? TopicId = null, long? PostId = null) : IExample<TextToPreview>
{
    public static TextToPreview Example => new("Choose **Transfer** in its settings.");
}

/// <summary>A text of a post that two people changed at once.</summary>
/// <param name="Title">The topic's title, of a first post that is there already.</param>
/// <param name="Tags">Its tags, separated by blanks.</param>
public sealed record EditedText(int Version, string? Markdown, string? Title, string? Tags);

/// <summary>Why something was not done, as RFC 9457 has it.</summary>
public sealed class ProblemShape : ProblemDetails
{
    /// <summary>What is wrong with which field or parameter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>The number to name when you report it. The framework writes it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    /// <summary>With 409: what the post says now.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EditedText? Current { get; init; }

    /// <summary>With 409: what you sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EditedText? Yours { get; init; }
}
