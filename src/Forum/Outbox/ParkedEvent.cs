using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Outbox;

/// <summary>An event that a consumer failed on again and again, so that it went on without it. It stays here until somebody has looked at it.</summary>
public sealed class ParkedEvent
{
    public const int MaxConsumerLength = 60;
    public const int MaxErrorLength = 1000;

    /// <summary>The name of the consumer's type. Nodes that fail on the same event park it once.</summary>
    public required string Consumer { get; init; }

    /// <summary>The event's place in the outbox.</summary>
    public required long Sequence { get; init; }

    /// <summary>Kind and payload are the event's own: its row is cleared away one day.</summary>
    public required string Kind { get; init; }

    public required string Payload { get; init; }

    /// <summary>When the event happened, UTC.</summary>
    public required DateTime Happened { get; init; }

    /// <summary>What the last try ended with.</summary>
    public required string Error { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<ParkedEvent>
    {
        public void Configure(EntityTypeBuilder<ParkedEvent> parked)
        {
            parked.HasKey(p => new { p.Consumer, p.Sequence });
            parked.Property(p => p.Consumer).HasMaxLength(MaxConsumerLength);
            parked.Property(p => p.Kind).HasMaxLength(OutboxEvent.MaxKindLength);
            parked.Property(p => p.Payload).HasMaxLength(OutboxEvent.MaxPayloadLength);
            parked.Property(p => p.Error).HasMaxLength(MaxErrorLength);
        }
    }
}
