using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Solutions;

/// <summary>A member's word that an accepted solution no longer works: one each. It goes when the mark goes, and when staff say that it still works.</summary>
public sealed class Doubt
{
    public const int MaxNoteLength = 500;

    /// <summary>So many members make a solution outdated: one may be mistaken, and two may have the same mistake in common.</summary>
    public const int Enough = 3;

    public required long PostId { get; init; }

    public Post Post { get; init; } = null!;

    public required long MemberId { get; init; }

    public Member Member { get; init; } = null!;

    /// <summary>What changed, in the member's own words.</summary>
    public required string Note { get; init; }

    public required DateTime Made { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Doubt>
    {
        public void Configure(EntityTypeBuilder<Doubt> doubt)
        {
            doubt.HasKey(d => new { d.PostId, d.MemberId });
            doubt.Property(d => d.Note).HasMaxLength(MaxNoteLength);
            doubt.HasOne(d => d.Post).WithMany().HasForeignKey(d => d.PostId);
            doubt.HasOne(d => d.Member).WithMany().HasForeignKey(d => d.MemberId);
            doubt.HasIndex(d => new { d.MemberId, d.Made });
        }
    }
}
