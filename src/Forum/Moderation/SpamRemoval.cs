using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Moderation;

/// <summary>A spammer was removed with everything they wrote: one deed, which can be undone for a while.</summary>
public sealed class SpamRemoval
{
    /// <summary>For so long it can be undone (rules of moderation).</summary>
    public static readonly TimeSpan Restorable = TimeSpan.FromDays(7);

    public long Id { get; init; }

    public required long MemberId { get; init; }

    /// <summary>Null for the operator at the command line.</summary>
    public long? ById { get; init; }

    public required DateTime At { get; init; }

    public DateTime? Undone { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<SpamRemoval>
    {
        public void Configure(EntityTypeBuilder<SpamRemoval> removal)
        {
            removal.HasOne<Member>().WithMany().HasForeignKey(r => r.MemberId);
            removal.HasOne<Member>().WithMany().HasForeignKey(r => r.ById);
            removal.HasIndex(r => new { r.MemberId, r.At });
        }
    }
}

/// <summary>A post that went with a removal, and what it was before.</summary>
public sealed class SpamRemovalPost
{
    public required long RemovalId { get; init; }

    public required long PostId { get; init; }

    public required Visibility Was { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<SpamRemovalPost>
    {
        public void Configure(EntityTypeBuilder<SpamRemovalPost> post)
        {
            post.HasKey(p => new { p.RemovalId, p.PostId });
            post.HasOne<SpamRemoval>().WithMany().HasForeignKey(p => p.RemovalId);
            post.HasOne<Post>().WithMany().HasForeignKey(p => p.PostId);
        }
    }
}
