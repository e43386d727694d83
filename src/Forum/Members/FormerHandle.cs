using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>A handle that a member had. It stays theirs: nobody else gets it, and its addresses lead to them.</summary>
public sealed class FormerHandle
{
    /// <summary>As <see cref="Handles.Normalize"/> gives it.</summary>
    public required string Normalized { get; init; }

    public required long MemberId { get; set; }

    public required DateTime Left { get; init; }

    /// <summary>The first post whose mentions still may have it; null when all have the new one.</summary>
    public long? NextPost { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<FormerHandle>
    {
        public void Configure(EntityTypeBuilder<FormerHandle> former)
        {
            former.HasKey(f => f.Normalized);
            former.Property(f => f.Normalized).HasMaxLength(Member.MaxHandleLength);
            former.HasIndex(f => f.MemberId);
            former.HasIndex(f => f.NextPost);
            former.HasOne<Member>().WithMany().HasForeignKey(f => f.MemberId);
        }
    }
}
