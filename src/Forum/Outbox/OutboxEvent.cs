using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Outbox;

/// <summary>Something that happened, written with the deed itself. Consumers read events in the order of <see cref="Sequence"/>, which is gap-free and in commit order.</summary>
public sealed class OutboxEvent
{
    public const int MaxKindLength = 40;
    public const int MaxPayloadLength = 4000;

    /// <summary>1, 2, 3 …; taken from <see cref="OutboxCounter"/> last in the transaction.</summary>
    public long Sequence { get; set; }

    /// <summary>The past-tense name of the event's type, such as "ReplyPosted".</summary>
    public required string Kind { get; init; }

    /// <summary>The event as JSON.</summary>
    public required string Payload { get; init; }

    public required DateTime At { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<OutboxEvent>
    {
        public void Configure(EntityTypeBuilder<OutboxEvent> outboxEvent)
        {
            outboxEvent.HasKey(e => e.Sequence);
            outboxEvent.Property(e => e.Sequence).ValueGeneratedNever();
            outboxEvent.Property(e => e.Kind).HasMaxLength(MaxKindLength);
            outboxEvent.Property(e => e.Payload).HasMaxLength(MaxPayloadLength);
            outboxEvent.HasIndex(e => e.At);
        }
    }
}

/// <summary>The one row that the sequence of events is taken from.</summary>
public sealed class OutboxCounter
{
    public const int TheOnlyId = 1;

    public int Id { get; init; } = TheOnlyId;

    public long Value { get; set; }

    /// <summary>Tells one database from another, so that a search index of another one is not taken for this one's.</summary>
    public required Guid DatabaseId { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<OutboxCounter>
    {
        public void Configure(EntityTypeBuilder<OutboxCounter> counter) => counter.Property(c => c.Id).ValueGeneratedNever();
    }
}
