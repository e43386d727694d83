using Forum.Boards;
using Forum.Topics;

namespace Forum.Web.Demo;

/// <summary>The demonstration community as it is written down in community.json.</summary>
internal sealed record Story(IReadOnlyList<StoryBoard> Boards, IReadOnlyList<StoryTag> Tags, IReadOnlyList<StoryMember> Members, IReadOnlyList<StoryTopic> Topics);

internal sealed record StoryBoard(string Slug, string Name, BoardKind Kind, string? Parent, ReadAccess? Read, string? Description, bool? Wiki, string? Guidance, IReadOnlyList<string>? StaffTags);

internal sealed record StoryTag(string Name, string About, IReadOnlyList<string>? Synonyms);

/// <param name="DaysAgo">When the member joined.</param>
internal sealed record StoryMember(string Key, string Name, string Email, double DaysAgo, string? Role, string? Title, string? Signature, string? Moderates, bool SignIn);

/// <param name="Wiki">Members edit the first post together.</param>
/// <param name="Solution">Which reply solved it, from 1.</param>
internal sealed record StoryTopic(
    string Board, string By, double DaysAgo, string Title, string Text, IReadOnlyList<string>? Tags, int Votes, int Views, IReadOnlyList<StoryReply>? Replies,
    int? Solution, string? MarkedBy, bool Wiki, bool Pinned, ClosureReason? Closed, string? DuplicateOf);

/// <param name="ReplyTo">Number of the post it replies to, from 1; the question is 1.</param>
/// <param name="Hours">After the post before it.</param>
/// <param name="GoneBy">Who took it out of sight: its author by deleting it, or a moderator by hiding it.</param>
internal sealed record StoryReply(string By, string Text, int? ReplyTo, double? Hours, int Votes, string? GoneBy);
