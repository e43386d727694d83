using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Moderation;

/// <summary>That an account was found to be a second one of a member and goes into the one that is kept. What it has moves step by step, so that however much it is nobody waits.</summary>
public sealed class MemberMerge
{
    /// <summary>The account that goes.</summary>
    public required long FromId { get; init; }

    /// <summary>The account that is kept.</summary>
    public required long IntoId { get; init; }

    /// <summary>Null for the operator at the command line.</summary>
    public long? ById { get; init; }

    public required DateTime At { get; init; }

    /// <summary>When all had moved; null while something is left.</summary>
    public DateTime? Finished { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<MemberMerge>
    {
        public void Configure(EntityTypeBuilder<MemberMerge> merge)
        {
            merge.HasKey(m => m.FromId);
            merge.Property(m => m.FromId).ValueGeneratedNever();
            merge.HasIndex(m => m.Finished);
            merge.HasOne<Member>().WithMany().HasForeignKey(m => m.FromId);
            merge.HasOne<Member>().WithMany().HasForeignKey(m => m.IntoId);
            merge.HasOne<Member>().WithMany().HasForeignKey(m => m.ById);
        }
    }
}
