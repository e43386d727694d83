using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>What of an account is rolled back, as moderators choose it.</summary>
public enum RollBackKind : byte
{
    /// <summary>Topics, replies and notes.</summary>
    Written,
    Edits,
    Upvotes,

    /// <summary>Marks of solutions, given and taken off.</summary>
    Solutions,

    /// <summary>What was hidden, deleted, brought back, closed, opened again and moved.</summary>
    Deeds,
}

/// <summary>One thing that is rolled back, with what <see cref="UndoableStep.Was"/> and <see cref="UndoableStep.Became"/> of its step say.</summary>
public enum RollBackPart : byte
{
    /// <summary>A post is deleted, with its topic where it is the first and nobody else replied: its visibility.</summary>
    Written,

    /// <summary>The words of a question that others replied to go, their replies stay: the version of the post.</summary>
    Emptied,

    /// <summary>A post says again what it said before: the version of the post.</summary>
    Text,

    /// <summary>An upvote is taken back: when it was cast, in ticks, and the number of its day.</summary>
    Upvote,

    /// <summary>A mark is taken off, and the one that it replaced comes back: which post has it then, 0 for none.</summary>
    Mark,

    /// <summary>A mark that was taken off is there again: when it was given, in ticks.</summary>
    Unmark,

    /// <summary>A post is seen as before: its visibility.</summary>
    Sight,

    /// <summary>A topic is closed or open as before: 1 or 0.</summary>
    Closure,

    /// <summary>A topic stands on its board of before: the board.</summary>
    Board,
}

/// <summary>Why something stays as it is.</summary>
public enum RollBackConflict : byte
{
    /// <summary>The post was edited since.</summary>
    Edited,

    /// <summary>The post is an accepted solution.</summary>
    Solution,

    /// <summary>Somebody else marked or confirmed a solution since.</summary>
    Marked,

    /// <summary>Somebody else hid, deleted or brought the post back since.</summary>
    Seen,

    /// <summary>Somebody else closed the topic or opened it again since.</summary>
    Closed,

    /// <summary>The topic was closed before, and why cannot be brought back.</summary>
    ClosedBefore,

    /// <summary>Somebody else moved the topic on since.</summary>
    Moved,

    /// <summary>The board of before is gone.</summary>
    NoBoard,

    /// <summary>Posts went to another topic, or a topic into another one.</summary>
    Rearranged,
}

/// <summary>One thing that a member did, and what becomes of it.</summary>
/// <param name="PostId">The post, or the first one of the topic.</param>
/// <param name="At">When it was done.</param>
/// <param name="Conflict">Why it stays as it is; null where it is rolled back.</param>
/// <param name="Before">What was so before, where the audit trail says it.</param>
public sealed record RollBackThing(RollBackPart Part, long PostId, long TopicId, string Slug, string Title, int Number, DateTime At, RollBackConflict? Conflict = null, string? Before = null);

/// <summary>What rolling back does and what it leaves.</summary>
/// <param name="Things">In the order in which they are rolled back.</param>
/// <param name="TooMany">More than <see cref="RollBack.Max"/>: it is refused.</param>
public sealed record RollBackPlan(IReadOnlyList<RollBackThing> Things, IReadOnlyList<RollBackThing> Conflicts, bool TooMany)
{
    public static readonly Refusal Refused = Refusal.Invalid("This is more than {0} things at once. Choose a shorter time, or fewer kinds, and roll back one after the other.", "From", RollBack.Max);
}

/// <summary>What of which account is rolled back.</summary>
/// <param name="From">UTC; what was done at that moment is rolled back, what was done at <paramref name="To"/> is not.</param>
/// <param name="To">At most <see cref="RollBack.MaxDays"/> days later.</param>
public sealed record RollBackSpan(DateTime? From, DateTime? To, IReadOnlyList<RollBackKind> Kinds)
{
    /// <summary>Why this is not rolled back whoever asks; null when it may be.</summary>
    internal Refusal? Refusal() =>
        From is not { } from ? Forum.Refusal.Invalid("Please say from when.", "From")
        : To is not { } to ? Forum.Refusal.Invalid("Please say until when.", "To")
        : to <= from ? Forum.Refusal.Invalid("The end is to come after the beginning.", "To")
        : to - from > TimeSpan.FromDays(RollBack.MaxDays) ? Forum.Refusal.Invalid("Please choose at most {0} days.", "From", RollBack.MaxDays)
        : !Kinds.Any(Enum.IsDefined) ? Forum.Refusal.Invalid("Please choose what is to be rolled back.", "Kinds")
        : null;
}

/// <summary>That something was rolled back, on a member's record.</summary>
/// <param name="Things">That were rolled back.</param>
public sealed record RollBackView(long Id, DateTime At, MemberLink? By, int Things, DateTime? Undone)
{
    /// <summary>Can be undone at that moment.</summary>
    public bool MayBeUndone(DateTime now) => Undone is null && At > now - SpamRemoval.Restorable;
}

/// <summary>Reads what rolling back would do.</summary>
public sealed class RollBackQueries(IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>Why the account is not for these rights to roll back; null when it is. Refused, too, where there is none.</summary>
    public async Task<Refusal?> CannotAsync(Rights rights, string handle, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return (await db.MemberIdAsync(handle, cancellation)).Is(out var id, out var refusal) ? await db.CannotRollBackAsync(rights, id, cancellation) : refusal;
    }

    /// <summary>What would be rolled back right now; refused as the deed is.</summary>
    public async Task<Result<RollBackPlan>> PlanAsync(Rights rights, string handle, RollBackSpan span, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (!(await db.MemberIdAsync(handle, cancellation)).Is(out var id, out var refusal))
            return refusal;
        if (await db.CannotRollBackAsync(rights, id, cancellation) is { } mayNot)
            return mayNot;
        return span.Refusal() is { } wrong ? wrong : await db.FindAsync(RollBackScope.Of(id, span), clock.GetUtcNow().UtcDateTime, cancellation);
    }
}
