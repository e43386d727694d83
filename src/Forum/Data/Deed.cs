using Forum.Moderation;
using Forum.Outbox;

namespace Forum.Data;

/// <summary>What a deed works with inside its transaction: the open context, one time for all rows, and what it wants told.</summary>
public sealed class Deed(ForumDbContext db, Actor actor, DateTime now)
{
    private readonly List<ForumEvent> events = [];

    public ForumDbContext Db { get; } = db;

    public Actor Actor { get; } = actor;

    /// <summary>The time of the deed, UTC.</summary>
    public DateTime Now { get; } = now;

    internal IReadOnlyList<ForumEvent> Events => events;

    /// <summary>Names an event; it is stored with the deed's rows and told after the commit.</summary>
    public void Tell(ForumEvent happened) => events.Add(happened);

    /// <summary>Writes a line of the audit trail.</summary>
    /// <param name="byNobody">It came of what the actor did, but was not theirs to decide.</param>
    public void Audit(string what, long? topicId = null, long? postId = null, long? memberId = null, string? note = null, bool byNobody = false) =>
        Db.AuditEntries.Add(new AuditEntry { At = Now, ActorId = byNobody ? null : Actor.MemberId, Deed = what, TopicId = topicId, PostId = postId, MemberId = memberId, Note = AuditEntry.Fitting(note) });
}
