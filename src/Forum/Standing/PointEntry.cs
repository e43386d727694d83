using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Standing;

/// <summary>What points were given for.</summary>
public enum PointReason : byte
{
    Upvote,
    SolutionAccepted,
    SolutionMarked,
    Imported,
}

/// <summary>One line of the append-only points ledger; a member's points are the sum of their lines.</summary>
public sealed class PointEntry
{
    /// <summary>For an upvote received.</summary>
    public const int ForUpvote = 10;

    /// <summary>For a reply accepted as the solution of somebody else's topic.</summary>
    public const int ForSolution = 15;

    /// <summary>For marking somebody else's reply as the solution of one's own topic.</summary>
    public const int ForMarking = 2;

    /// <summary>Most points from upvotes in one UTC day; solutions are exempt [Stack Exchange].</summary>
    public const int MaxFromUpvotesPerDay = 200;

    public long Id { get; init; }

    public required long MemberId { get; init; }

    public required PointReason Reason { get; init; }

    public long? PostId { get; init; }

    /// <summary>Whose deed gave the points; null for an import.</summary>
    public long? ActorId { get; init; }

    /// <summary>Points, negative in a reversal.</summary>
    public required int Delta { get; init; }

    /// <summary>The line this one takes back.</summary>
    public long? ReversesId { get; init; }

    public required DateTime At { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<PointEntry>
    {
        public void Configure(EntityTypeBuilder<PointEntry> entry)
        {
            entry.HasOne<Member>().WithMany().HasForeignKey(e => e.MemberId);
            entry.HasOne<Post>().WithMany().HasForeignKey(e => e.PostId);
            entry.HasOne<PointEntry>().WithMany().HasForeignKey(e => e.ReversesId);
            entry.HasIndex(e => new { e.MemberId, e.At });
            entry.HasIndex(e => new { e.PostId, e.Reason, e.ActorId });
        }
    }
}
