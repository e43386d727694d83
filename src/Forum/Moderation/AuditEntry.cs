using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Moderation;

/// <summary>One step that others must be able to look up: who did what to what, when and why. Append-only.</summary>
public sealed class AuditEntry
{
    public const int MaxDeedLength = 40;

    /// <summary>Of the part of <see cref="Deed"/> before the dot.</summary>
    public const int MaxNounLength = 20;

    public const int MaxNoteLength = 500;

    public long Id { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Null for the operator at the command line, and for what came of the reports of many.</summary>
    public long? ActorId { get; init; }

    /// <summary>Noun and past participle, such as "post.hidden".</summary>
    public required string Deed { get; init; }

    /// <summary>What it was done to, by kind: the part of <see cref="Deed"/> before the dot.</summary>
    public required string Noun { get; init; }

    public long? TopicId { get; init; }

    public long? PostId { get; init; }

    public long? MemberId { get; init; }

    /// <summary>The reason given, or what it was done to where no other column says so.</summary>
    public string? Note { get; init; }

    /// <summary>What was so before, as far as it was changed; null where there was nothing.</summary>
    public string? Before { get; init; }

    /// <summary>What is so from now on; null where nothing is.</summary>
    public string? After { get; init; }

    /// <summary>A reason that may be left out, as it is kept.</summary>
    internal static Result<string?> ReadNote(string? reason) =>
        Typed.Line(reason) is not { Length: > 0 } note ? Result<string?>.Of(null)
        : note.Length > MaxNoteLength ? Refusal.Invalid("Please give the reason in at most {0} characters.", "Reason", MaxNoteLength)
        : note;

    /// <summary>A note as it fits: what is composed of names and a reason may be longer than either.</summary>
    internal static string? Fitting(string? note) => note is not { Length: > MaxNoteLength } ? note : note[..(char.IsHighSurrogate(note[MaxNoteLength - 1]) ? MaxNoteLength - 1 : MaxNoteLength)];

    internal sealed class Map : IEntityTypeConfiguration<AuditEntry>
    {
        public void Configure(EntityTypeBuilder<AuditEntry> entry)
        {
            entry.Property(e => e.Deed).HasMaxLength(MaxDeedLength);
            entry.Property(e => e.Noun).HasMaxLength(MaxNounLength);
            entry.Property(e => e.Note).HasMaxLength(MaxNoteLength);
            entry.Property(e => e.Before).HasMaxLength(MaxNoteLength);
            entry.Property(e => e.After).HasMaxLength(MaxNoteLength);
            entry.HasIndex(e => new { e.Noun, e.Id });
            entry.HasIndex(e => new { e.TopicId, e.Id });
            entry.HasIndex(e => new { e.ActorId, e.Id });
            entry.HasIndex(e => new { e.MemberId, e.Id });
        }
    }
}
