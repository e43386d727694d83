using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>That a topic stands before all others on its board, or on the home page too: since when, by whom and until when. <see cref="Topic.Pinned"/> is kept beside it.</summary>
public sealed class Pin
{
    public required long TopicId { get; init; }

    /// <summary>On the home page, too, for whoever may read it.</summary>
    public required bool Everywhere { get; set; }

    public required DateTime At { get; set; }

    /// <summary>Null for good.</summary>
    public DateTime? Until { get; set; }

    /// <summary>Null for the operator at the command line, and where it was imported from.</summary>
    public long? ById { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Pin>
    {
        public void Configure(EntityTypeBuilder<Pin> pin)
        {
            pin.HasKey(p => p.TopicId);
            pin.Property(p => p.TopicId).ValueGeneratedNever();
            pin.HasOne<Topic>().WithOne().HasForeignKey<Pin>(p => p.TopicId);
            pin.HasOne<Member>().WithMany().HasForeignKey(p => p.ById);
            pin.HasIndex(p => p.Until);
            pin.HasIndex(p => p.Everywhere);
        }
    }
}
