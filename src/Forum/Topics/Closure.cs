using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>Why a topic takes no more replies (rules of topics: endings).</summary>
public enum ClosureReason : byte
{
    Duplicate,
    OffTopic,
    NotEnoughDetail,
    NoLongerRelevant,

    /// <summary>It is solved, and no reply did it: the note says what.</summary>
    Resolved,

    /// <summary>It is solved and nobody wrote for as long as its board waits; nobody chooses this.</summary>
    Quiet,
}

/// <summary>That a topic is closed: since when, why, and where to go instead.</summary>
public sealed class Closure
{
    public const int MaxNoteLength = 500;

    public required long TopicId { get; init; }

    public required ClosureReason Reason { get; set; }

    /// <summary>The topic that has the answer, for a duplicate.</summary>
    public long? DuplicateOfId { get; set; }

    /// <summary>Null when it was closed where it was imported from, or by itself.</summary>
    public long? ClosedById { get; set; }

    public required DateTime Closed { get; set; }

    /// <summary>When it opens again by itself; null when it stays closed.</summary>
    public DateTime? Until { get; set; }

    /// <summary>What is to be said besides; what solved it, where no reply did.</summary>
    public string? Note { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Closure>
    {
        public void Configure(EntityTypeBuilder<Closure> closure)
        {
            closure.HasKey(c => c.TopicId);
            closure.Property(c => c.TopicId).ValueGeneratedNever();
            closure.Property(c => c.Note).HasMaxLength(MaxNoteLength);
            closure.HasOne<Topic>().WithOne().HasForeignKey<Closure>(c => c.TopicId);
            closure.HasOne<Topic>().WithMany().HasForeignKey(c => c.DuplicateOfId);
            closure.HasIndex(c => c.Until);
        }
    }
}
