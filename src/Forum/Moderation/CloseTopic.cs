using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Solutions;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>How a topic ends.</summary>
/// <param name="DuplicateOfId">The topic that has the answer; needed for a duplicate.</param>
/// <param name="Note">What is to be said besides, in at most <see cref="Closure.MaxNoteLength"/> characters; what solved it is needed for <see cref="ClosureReason.Resolved"/>.</param>
/// <param name="Hours">One of <see cref="CloseTopic.Hours"/>, after which it opens again by itself; null for good. For whoever closes topics there, and not where it is solved or a duplicate.</param>
public sealed record Ending(long TopicId, ClosureReason Reason, long? DuplicateOfId = null, string? Note = null, int? Hours = null);

/// <summary>
/// Closes a topic: it stays to be read and takes no more replies. Whoever closes topics on that board may, and say another reason later; askers may end their own
/// as resolved without a reply, or as a duplicate. A duplicate leads to the topic that has the answer, never to another duplicate.
/// </summary>
public sealed class CloseTopic(ForumWriter writer)
{
    /// <summary>What people can say is the reason.</summary>
    public static readonly IReadOnlyList<ClosureReason> Reasons = [.. Enum.GetValues<ClosureReason>().Where(r => r != ClosureReason.Quiet)];

    /// <summary>For how many hours a topic is closed (rules of moderation).</summary>
    public static readonly IReadOnlyList<int> Hours = [1, 24, 168];

    public Task<Result<Done>> RunAsync(Actor actor, Ending ending, CancellationToken cancellation)
    {
        var note = Typed.Line(ending.Note);
        if (Refusal(ending, note) is { } wrong)
            return Task.FromResult<Result<Done>>(wrong);
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            // Both, in the same order for everybody: two that are closed as duplicates of each other at once come one after the other.
            await deed.LockAsync([ending.TopicId, ending.DuplicateOfId ?? ending.TopicId], cancellation);
            var topic = await db.Topics.AsNoTracking().Include(t => t.Board).SingleOrDefaultAsync(t => t.Id == ending.TopicId, cancellation);
            if (topic is null)
                return Forum.Refusal.NotFound;
            var closure = await db.Closures.SingleOrDefaultAsync(c => c.TopicId == topic.Id, cancellation);
            if (topic.CannotBeClosedBy(rights, closure) is { } mayNot)
                return mayNot;
            if (!rights.ClosesOn(topic.BoardId) && ending.Reason is not (ClosureReason.Resolved or ClosureReason.Duplicate))
                return Forum.Refusal.Forbidden("Askers end their own topic as solved without a reply, or as a duplicate. Anything else is for moderators.");
            if (!(await OriginalAsync(db, rights, ending, cancellation)).Is(out var original, out var refusal))
                return refusal;
            if (closure is not null && closure.Reason == ending.Reason && closure.DuplicateOfId == original && (closure.Note ?? "") == note && closure.Until is null && ending.Hours is null)
                return new Done();
            var before = closure is null ? null : closure.Until is { } end ? $"{closure.Reason}, {Sanctioning.Day(end)}" : closure.Reason.ToString();
            if (closure is null)
                db.Closures.Add(closure = new Closure { TopicId = topic.Id, Reason = ending.Reason, Closed = deed.Now });
            (closure.Reason, closure.DuplicateOfId, closure.Note) = (ending.Reason, original, note.Length == 0 ? null : note);
            (closure.ClosedById, closure.Closed, closure.Until) = (rights.MemberId, deed.Now, ending.Hours is { } hours ? deed.Now.AddHours(hours) : null);
            await db.SaveChangesAsync(cancellation);
            if (original is not null)
                await deed.LeadDuplicatesOnAsync(topic.Id, original.Value, cancellation);
            deed.Audit(ClosureDeeds.Of(ending.Reason), topic.Id, note: closure.Note, before: before, after: closure.Until is null ? null : Sanctioning.Day(closure.Until));
            deed.Tell(new ClosureChanged(topic.Id, topic.BoardId, true));
            return new Done();
        }, cancellation);
    }

    private static Refusal? Refusal(Ending ending, string note) =>
        !Reasons.Contains(ending.Reason) ? Forum.Refusal.Invalid("Please choose a reason.", "Reason")
        : note.Length > Closure.MaxNoteLength ? Forum.Refusal.Invalid("Please say it in at most {0} characters.", "Note", Closure.MaxNoteLength)
        : ending.Reason == ClosureReason.Resolved && note.Length == 0 ? Forum.Refusal.Invalid("Please say what solved it: others look for it.", "Note")
        : ending.Reason == ClosureReason.Duplicate && ending.DuplicateOfId is null ? Forum.Refusal.Invalid("Please name the topic that has the answer, by its address or number.", "DuplicateOf")
        : ending.Hours is { } hours && !Hours.Contains(hours) ? Forum.Refusal.Invalid("Please choose for how long.", "Hours")
        : ending.Hours is not null && ending.Reason is (ClosureReason.Resolved or ClosureReason.Duplicate) ? Forum.Refusal.Invalid("What is solved or a duplicate is closed for good.", "Hours")
        : null;

    /// <summary>The topic that the ending leads to: of a duplicate, the one that this leads to itself.</summary>
    private static async Task<Result<long?>> OriginalAsync(ForumDbContext db, Rights rights, Ending ending, CancellationToken cancellation)
    {
        if (ending.Reason != ClosureReason.Duplicate)
            return Result<long?>.Of(null);
        var original = await db.Closures.Where(c => c.TopicId == ending.DuplicateOfId).Select(c => c.DuplicateOfId).SingleOrDefaultAsync(cancellation) ?? ending.DuplicateOfId!.Value;
        if (original == ending.TopicId)
            return Forum.Refusal.Invalid(ending.DuplicateOfId == original ? "A topic is no duplicate of itself." : "That topic is a duplicate of this one.", "DuplicateOf");
        return await db.Topics.ReadableBy(rights).AnyAsync(t => t.Id == original, cancellation)
            ? Result<long?>.Of(original) : Forum.Refusal.Invalid("There is no such topic.", "DuplicateOf");
    }
}

/// <summary>Opens a closed topic again. Opening what is open changes nothing.</summary>
public sealed class ReopenTopic(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long topicId, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        var db = deed.Db;
        var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
        await deed.RaiseVersionAsync(topicId, cancellation);
        var topic = await db.Topics.AsNoTracking().Include(t => t.Board).SingleOrDefaultAsync(t => t.Id == topicId, cancellation);
        if (topic is null)
            return Refusal.NotFound;
        var closure = await db.Closures.SingleOrDefaultAsync(c => c.TopicId == topicId, cancellation);
        if (closure is null)
            return topic.CannotBeReadBy(rights) ?? rights.CannotWrite() ?? (Result<Done>)new Done();
        if (topic.CannotBeReopenedBy(rights, closure) is { } mayNot)
            return mayNot;
        await deed.OpenAsync(topic, closure, null, cancellation);
        return new Done();
    }, cancellation);
}

/// <summary>What closing and opening again are in the audit trail.</summary>
internal static class ClosureDeeds
{
    public const string Reopened = "topic.reopened";

    /// <summary>Its time was over.</summary>
    public const string Lapsed = "topic.closure-lapsed";

    public static string Of(ClosureReason reason) => $"topic.closed-{reason.ToString().ToLowerInvariant()}";
}

internal static class Closing
{
    /// <summary>Closes an open topic.</summary>
    /// <param name="note">For the audit trail, or none.</param>
    public static async Task CloseAsync(this Deed deed, Topic topic, Closure closure, string? note, CancellationToken cancellation)
    {
        deed.Db.Closures.Add(closure);
        await deed.Db.SaveChangesAsync(cancellation);
        deed.Audit(ClosureDeeds.Of(closure.Reason), topic.Id, note: note, after: closure.Until is null ? null : Sanctioning.Day(closure.Until));
        deed.Tell(new ClosureChanged(topic.Id, topic.BoardId, true));
    }

    /// <summary>Opens a closed topic.</summary>
    /// <param name="note">For the audit trail, or none.</param>
    public static async Task OpenAsync(this Deed deed, Topic topic, Closure closure, string? note, CancellationToken cancellation)
    {
        deed.Db.Closures.Remove(closure);
        await deed.Db.SaveChangesAsync(cancellation);
        deed.Audit(ClosureDeeds.Reopened, topic.Id, note: note, before: closure.Reason.ToString());
        deed.Tell(new ClosureChanged(topic.Id, topic.BoardId, false));
    }

    /// <summary>What was a duplicate of this topic leads on with it.</summary>
    public static async Task LeadDuplicatesOnAsync(this Deed deed, long topicId, long originalId, CancellationToken cancellation)
    {
        var followers = await deed.Db.Closures.Where(c => c.DuplicateOfId == topicId).Join(deed.Db.Topics, c => c.TopicId, t => t.Id, (c, t) => new { t.Id, t.BoardId }).ToListAsync(cancellation);
        await deed.Db.Closures.Where(c => c.DuplicateOfId == topicId).ExecuteUpdateAsync(set => set.SetProperty(c => c.DuplicateOfId, originalId), cancellation);
        foreach (var follower in followers)
            deed.Tell(new ClosureChanged(follower.Id, follower.BoardId, true));
    }
}
