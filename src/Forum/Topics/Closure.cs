using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>Why a topic takes no more replies.</summary>
public enum ClosureReason : byte
{
    Duplicate,
    OffTopic,
    NotEnoughDetail,
    NoLongerRelevant,
}

/// <summary>That a topic is closed: since when, why, and where to go instead.</summary>
public sealed class Closure
{
    public required long TopicId { get; init; }

    public required ClosureReason Reason { get; init; }

    /// <summary>The topic that has the answer, for a duplicate.</summary>
    public long? DuplicateOfId { get; init; }

    /// <summary>Null when it was closed where it was imported from.</summary>
    public long? ClosedById { get; init; }

    public required DateTime Closed { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Closure>
    {
        public void Configure(EntityTypeBuilder<Closure> closure)
        {
            closure.HasKey(c => c.TopicId);
            closure.Property(c => c.TopicId).ValueGeneratedNever();
            closure.HasOne<Topic>().WithOne().HasForeignKey<Closure>(c => c.TopicId);
            closure.HasOne<Topic>().WithMany().HasForeignKey(c => c.DuplicateOfId);
        }
    }
}
