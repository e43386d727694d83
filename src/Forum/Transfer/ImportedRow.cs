using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Transfer;

/// <summary>What a row of an import became here, so that a second run doubles nothing.</summary>
public sealed class ImportedRow
{
    public const int MaxSourceLength = 80;

    /// <summary>Where it came from, such as "stackexchange:beer".</summary>
    public required string Source { get; init; }

    public required ImportedKind Kind { get; init; }

    /// <summary>Its id there.</summary>
    public required long SourceId { get; init; }

    /// <summary>Its id here.</summary>
    public required long TargetId { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<ImportedRow>
    {
        public void Configure(EntityTypeBuilder<ImportedRow> row)
        {
            row.HasKey(r => new { r.Source, r.Kind, r.SourceId });
            row.Property(r => r.Source).HasMaxLength(MaxSourceLength);
        }
    }
}

public enum ImportedKind : byte
{
    Member,
    Topic,
    Post,
    Comment,
}
