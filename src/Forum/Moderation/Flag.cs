using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Moderation;

/// <summary>What a member says is wrong with a post (rules of moderation).</summary>
public enum FlagReason : byte
{
    Spam,
    Rude,
    OffTopic,
    Duplicate,
    Other,

    /// <summary>An asker says that what staff marked did not solve it. Comes of disputing the mark, not of a report, and weighs nothing.</summary>
    NotSolved,
}

/// <summary>A member's report of a post: one in each of its reviews.</summary>
public sealed class Flag
{
    public const int MaxNoteLength = 500;

    public required long ReviewId { get; init; }

    public Review Review { get; init; } = null!;

    public required long MemberId { get; init; }

    public Member Member { get; init; } = null!;

    public required FlagReason Reason { get; init; }

    /// <summary>In the member's own words; must be there for <see cref="FlagReason.Other"/>, and name the other topic for <see cref="FlagReason.Duplicate"/>.</summary>
    public string? Note { get; init; }

    public required DateTime Made { get; init; }

    /// <summary>What it counted when it was made; see <see cref="FlagWeight"/>.</summary>
    public required int Weight { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Flag>
    {
        public void Configure(EntityTypeBuilder<Flag> flag)
        {
            flag.HasKey(f => new { f.ReviewId, f.MemberId });
            flag.Property(f => f.Note).HasMaxLength(MaxNoteLength);
            flag.HasOne(f => f.Member).WithMany().HasForeignKey(f => f.MemberId);
            flag.HasIndex(f => new { f.MemberId, f.Made });
            flag.HasIndex(f => f.Made);
        }
    }
}
