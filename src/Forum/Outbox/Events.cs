using System.Text.Json;
using System.Text.Json.Serialization;

namespace Forum.Outbox;

/// <summary>What can happen in the forum. Each names ids only: whoever handles it reads the present state.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(TopicPosted), nameof(TopicPosted))]
[JsonDerivedType(typeof(ReplyPosted), nameof(ReplyPosted))]
[JsonDerivedType(typeof(PostEdited), nameof(PostEdited))]
[JsonDerivedType(typeof(PostVisibilityChanged), nameof(PostVisibilityChanged))]
[JsonDerivedType(typeof(WikiChanged), nameof(WikiChanged))]
[JsonDerivedType(typeof(NoteChanged), nameof(NoteChanged))]
[JsonDerivedType(typeof(VoteChanged), nameof(VoteChanged))]
[JsonDerivedType(typeof(SolutionChanged), nameof(SolutionChanged))]
[JsonDerivedType(typeof(OutdatedChanged), nameof(OutdatedChanged))]
[JsonDerivedType(typeof(ClosureChanged), nameof(ClosureChanged))]
[JsonDerivedType(typeof(TopicPinned), nameof(TopicPinned))]
[JsonDerivedType(typeof(PostLocked), nameof(PostLocked))]
[JsonDerivedType(typeof(AuthorChanged), nameof(AuthorChanged))]
[JsonDerivedType(typeof(TopicMoved), nameof(TopicMoved))]
[JsonDerivedType(typeof(PostsMoved), nameof(PostsMoved))]
[JsonDerivedType(typeof(MeTooChanged), nameof(MeTooChanged))]
[JsonDerivedType(typeof(MemberChanged), nameof(MemberChanged))]
[JsonDerivedType(typeof(TrustChanged), nameof(TrustChanged))]
[JsonDerivedType(typeof(BadgesChanged), nameof(BadgesChanged))]
[JsonDerivedType(typeof(BadgeChanged), nameof(BadgeChanged))]
[JsonDerivedType(typeof(BoardChanged), nameof(BoardChanged))]
[JsonDerivedType(typeof(BoardReworded), nameof(BoardReworded))]
[JsonDerivedType(typeof(GroupChanged), nameof(GroupChanged))]
[JsonDerivedType(typeof(TagChanged), nameof(TagChanged))]
[JsonDerivedType(typeof(TagMerged), nameof(TagMerged))]
[JsonDerivedType(typeof(SynonymFreed), nameof(SynonymFreed))]
[JsonDerivedType(typeof(SynonymsChanged), nameof(SynonymsChanged))]
[JsonDerivedType(typeof(PageChanged), nameof(PageChanged))]
[JsonDerivedType(typeof(SettingChanged), nameof(SettingChanged))]
[JsonDerivedType(typeof(TopicsImported), nameof(TopicsImported))]
public abstract record ForumEvent
{
    /// <summary>The topic it is about, when it is about one.</summary>
    [JsonIgnore]
    public virtual long? Topic => null;

    /// <summary>The board it is about, when it is about one.</summary>
    [JsonIgnore]
    public virtual long? Board => null;

    /// <summary>The row that carries this event.</summary>
    internal OutboxEvent ToRow(DateTime now) => new() { Kind = GetType().Name, Payload = JsonSerializer.Serialize(this), At = now };

    /// <summary>The event of a row.</summary>
    internal static ForumEvent Read(OutboxEvent row) => JsonSerializer.Deserialize<ForumEvent>(row.Payload)!;
}

/// <summary>An event about one topic of one board.</summary>
public abstract record TopicEvent(long TopicId, long BoardId) : ForumEvent
{
    public override long? Topic => TopicId;

    public override long? Board => BoardId;
}

/// <summary>Somebody asked a question or began a conversation.</summary>
public sealed record TopicPosted(long TopicId, long BoardId, long PostId, long AuthorId) : TopicEvent(TopicId, BoardId);

/// <summary>Somebody replied.</summary>
public sealed record ReplyPosted(long TopicId, long BoardId, long PostId, int Number, long AuthorId) : TopicEvent(TopicId, BoardId);

/// <summary>A post, or its topic's title or tags, says something else now.</summary>
public sealed record PostEdited(long TopicId, long BoardId, long PostId, int Number) : TopicEvent(TopicId, BoardId);

/// <summary>A post was hidden, deleted or brought back; with post 1 its whole topic.</summary>
public sealed record PostVisibilityChanged(long TopicId, long BoardId, long PostId, int Number) : TopicEvent(TopicId, BoardId);

/// <summary>A post was made a wiki, or no longer is one.</summary>
public sealed record WikiChanged(long TopicId, long BoardId, long PostId) : TopicEvent(TopicId, BoardId);

/// <summary>Staff left a note in a topic, edited it, deleted it or brought it back. No event of the topic, whose readers it does not concern.</summary>
public sealed record NoteChanged(long TopicId, long BoardId, long PostId) : ForumEvent;

/// <summary>An upvote was cast or taken back.</summary>
/// <param name="VoterId">Null in events of older versions.</param>
public sealed record VoteChanged(long TopicId, long BoardId, long PostId, long AuthorId, long? VoterId = null) : TopicEvent(TopicId, BoardId);

/// <summary>A solution was accepted, replaced or unmarked; <paramref name="PostId"/> is null when there is none now.</summary>
public sealed record SolutionChanged(long TopicId, long BoardId, long? PostId) : TopicEvent(TopicId, BoardId);

/// <summary>A solution is said to work no longer, or to work after all; or its successor is another one.</summary>
public sealed record OutdatedChanged(long TopicId, long BoardId, long PostId) : TopicEvent(TopicId, BoardId);

/// <summary>A topic was closed or opened again, or is closed for another reason now.</summary>
public sealed record ClosureChanged(long TopicId, long BoardId, bool Closed) : TopicEvent(TopicId, BoardId);

/// <summary>A topic was pinned, or is pinned no more.</summary>
public sealed record TopicPinned(long TopicId, long BoardId) : TopicEvent(TopicId, BoardId);

/// <summary>A moderator locked or unlocked a post.</summary>
public sealed record PostLocked(long TopicId, long BoardId, long PostId) : TopicEvent(TopicId, BoardId);

/// <summary>A post is by somebody else from now on.</summary>
public sealed record AuthorChanged(long TopicId, long BoardId, long PostId, long FromId, long ToId) : TopicEvent(TopicId, BoardId);

/// <summary>A topic stands on another board now.</summary>
public sealed record TopicMoved(long TopicId, long BoardId, long FromBoardId) : TopicEvent(TopicId, BoardId);

/// <summary>Posts of a topic were moved to another one, or came from there; both are told.</summary>
public sealed record PostsMoved(long TopicId, long BoardId) : TopicEvent(TopicId, BoardId);

/// <summary>A member said that they have the question too, or took it back.</summary>
public sealed record MeTooChanged(long TopicId, long BoardId, long MemberId) : TopicEvent(TopicId, BoardId);

/// <summary>A member joined, or their name, role, title or signature changed.</summary>
public sealed record MemberChanged(long MemberId) : ForumEvent;

/// <summary>A member's trust was raised or lowered.</summary>
public sealed record TrustChanged(long MemberId) : ForumEvent;

/// <summary>A member got badges or lost some.</summary>
public sealed record BadgesChanged(long MemberId) : ForumEvent;

/// <summary>A badge was made, changed or taken away.</summary>
public sealed record BadgeChanged(long BadgeId) : ForumEvent;

/// <summary>The language of a board is another one: the words of its topics are cut anew.</summary>
public sealed record BoardReworded(long BoardId) : ForumEvent
{
    public override long? Board => BoardId;
}

/// <summary>A board was made or changed.</summary>
public sealed record BoardChanged(long BoardId) : ForumEvent
{
    public override long? Board => BoardId;
}

/// <summary>A group was made, changed or taken away, or somebody came into it or left it.</summary>
public sealed record GroupChanged(long GroupId) : ForumEvent;

/// <summary>Staff made a tag or described it.</summary>
public sealed record TagChanged(long TagId) : ForumEvent;

/// <summary>The name of a tag stands for another tag from now on, whose topics now include those that carried it: it was merged, made a synonym, or is the old name of a renamed one.</summary>
public sealed record TagMerged(long TagId, long IntoId) : ForumEvent;

/// <summary>A name no longer stands for the tag that it was a synonym of. Topics that were handed over stay with that tag.</summary>
public sealed record SynonymFreed(long TagId) : ForumEvent;

/// <summary>A group of words that mean the same to the search was made, changed or taken away.</summary>
public sealed record SynonymsChanged(long GroupId) : ForumEvent;

/// <summary>A page of the community says something else now.</summary>
/// <param name="Page">Its name, as in <c>SitePage</c>.</param>
public sealed record PageChanged(string Page) : ForumEvent;

/// <summary>A setting of the site has another value; every node goes by it from now on.</summary>
/// <param name="Key">As in <see cref="Settings.SettingList"/>.</param>
public sealed record SettingChanged(string Key) : ForumEvent;

/// <summary>Topics with all their posts came from an import or a seed: ids from first to last, both included.</summary>
public sealed record TopicsImported(long FirstTopicId, long LastTopicId, long BoardId) : ForumEvent
{
    public override long? Board => BoardId;
}
