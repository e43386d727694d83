using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Outbox;

/// <summary>How far a consumer that feeds the database itself has come, kept there now and then: after a start it goes on from here, and bears what it sees again.</summary>
public sealed class ConsumerCursor
{
    public const int MaxNameLength = 60;

    public required string Consumer { get; init; }

    public required long Sequence { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<ConsumerCursor>
    {
        public void Configure(EntityTypeBuilder<ConsumerCursor> cursor)
        {
            cursor.HasKey(c => c.Consumer);
            cursor.Property(c => c.Consumer).HasMaxLength(MaxNameLength);
        }
    }
}
