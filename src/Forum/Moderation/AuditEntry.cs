using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Moderation;

/// <summary>One step that others must be able to look up: who did what to what, when and why. Append-only.</summary>
public sealed class AuditEntry
{
    public const int MaxDeedLength = 40;
    public const int MaxNoteLength = 500;

    public long Id { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Null for the operator at the command line.</summary>
    public long? ActorId { get; init; }

    /// <summary>Noun and past participle, such as "post.hidden".</summary>
    public required string Deed { get; init; }

    public long? TopicId { get; init; }

    public long? PostId { get; init; }

    public long? MemberId { get; init; }

    /// <summary>The reason given, or what was changed.</summary>
    public string? Note { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> entry)
        {
            entry.Property(e => e.Deed).HasMaxLength(MaxDeedLength);
            entry.Property(e => e.Note).HasMaxLength(MaxNoteLength);
            entry.HasIndex(e => new { e.TopicId, e.Id });
        }
    }
}
