using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>What trust is earned by. What happened "lately" happened in the last 100 days.</summary>
public enum TrustFact : byte
{
    MinutesHere,
    TopicsRead,
    PostsRead,
    DaysVisited,
    UpvotesGiven,
    UpvotesReceived,
    TopicsRepliedTo,
    DaysVisitedLately,
    TopicsRepliedToLately,
    TopicsReadLately,
    PostsReadLately,
    UpvotesGivenLately,
    UpvotesReceivedLately,
    UpvotersLately,
    PostsRemovedLately,
    SuspensionsLately,
}

/// <summary>Why a member's trust is another one now.</summary>
public enum TrustReason : byte
{
    /// <summary>Everything that it takes was there.</summary>
    Reached,

    /// <summary>Something that it takes was not there any more.</summary>
    Lapsed,

    /// <summary>A manager said so; it stays until one says otherwise.</summary>
    ByHand,

    /// <summary>A manager gave it back to the rules.</summary>
    ByRulesAgain,
}

/// <summary>One step of a member's trust, up or down, with its reason: the member is told by it. Append-only.</summary>
public sealed class TrustChange
{
    public const int MaxNoteLength = 500;

    public long Id { get; init; }

    public required long MemberId { get; init; }

    public required byte From { get; init; }

    public required byte To { get; init; }

    public required TrustReason Reason { get; init; }

    /// <summary>What was not there any more, where it lapsed; with what there was of it, and what it takes.</summary>
    public TrustFact? Lacking { get; init; }

    public int? Had { get; init; }

    public int? Needed { get; init; }

    /// <summary>In the words of the manager who did it by hand.</summary>
    public string? Note { get; init; }

    public required DateTime At { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<TrustChange>
    {
        public void Configure(EntityTypeBuilder<TrustChange> change)
        {
            change.Property(c => c.Note).HasMaxLength(MaxNoteLength);
            change.HasOne<Member>().WithMany().HasForeignKey(c => c.MemberId);
            change.HasIndex(c => new { c.MemberId, c.Id });
        }
    }
}

/// <summary>The one way to change trust inside a deed: the member's column, the step with its reason, the audit trail and the event go together.</summary>
internal static class TrustSteps
{
    /// <summary>False when another node was faster, or a manager keeps this member's trust by hand.</summary>
    public static async Task<bool> StepByRulesAsync(this Deed deed, TrustChange change, CancellationToken cancellation)
    {
        if (await deed.Db.Users.Where(m => m.Id == change.MemberId && m.Trust == change.From && !m.TrustByHand)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Trust, change.To), cancellation) == 0)
            return false;
        deed.Note(change);
        return true;
    }

    /// <summary>Writes a step down that was made.</summary>
    public static void Note(this Deed deed, TrustChange change)
    {
        deed.Db.TrustChanges.Add(change);
        var why = change.Lacking is { } lacking ? $"{lacking} {change.Had}, needed {change.Needed}" : change.Note;
        deed.Audit(change.Reason switch
        {
            TrustReason.Reached => "member.trusted",
            TrustReason.Lapsed => "member.trust-lapsed",
            TrustReason.ByHand => "member.trust-set",
            _ => "member.trust-released",
        }, memberId: change.MemberId, note: why, byNobody: change.Reason is TrustReason.Reached or TrustReason.Lapsed, before: $"{change.From}", after: $"{change.To}");
        deed.Tell(new TrustChanged(change.MemberId));
    }
}
