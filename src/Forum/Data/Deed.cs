using System.Globalization;
using Forum.Moderation;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore.ChangeTracking;

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
    /// <param name="what">Noun and past participle, with a dot between them.</param>
    /// <param name="byNobody">It came of what the actor did, but was not theirs to decide.</param>
    /// <param name="before">What was so, as far as it changes, and <paramref name="after"/> what is so from now on; cut where they are too long.</param>
    public void Audit(string what, long? topicId = null, long? postId = null, long? memberId = null, string? note = null, bool byNobody = false, string? before = null, string? after = null) =>
        Db.AuditEntries.Add(new AuditEntry
        {
            At = Now,
            ActorId = byNobody ? null : Actor.MemberId,
            Deed = what,
            Noun = what[..what.IndexOf('.', StringComparison.Ordinal)],
            TopicId = topicId,
            PostId = postId,
            MemberId = memberId,
            Note = AuditEntry.Fitting(note),
            Before = AuditEntry.Fitting(before),
            After = AuditEntry.Fitting(after),
        });

    /// <summary>Writes a line about what was changed of a row that is at hand, with the old values and the new ones. False when nothing was.</summary>
    public bool AuditChanges(string what, object row, string name)
    {
        Db.ChangeTracker.DetectChanges();
        var changed = Db.Entry(row).Properties.Where(p => p.IsModified).ToList();
        if (changed.Count == 0)
            return false;
        Audit(what, note: name, before: Said(p => p.OriginalValue), after: Said(p => p.CurrentValue));
        return true;

        string Said(Func<PropertyEntry, object?> value) => string.Join("; ", changed.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Metadata.Name}: {value(p) ?? "–"}")));
    }
}
