using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Search;

/// <summary>Words that mean the same: whoever searches for one of them finds the others too.</summary>
public sealed class SynonymGroup
{
    /// <summary>Groups of a forum: they are read at once, and shown on one page.</summary>
    public const int MaxGroups = 500;

    public const int MaxEntries = 10;

    /// <summary>Characters of an entry.</summary>
    public const int MaxEntryLength = 40;

    /// <summary>Words of an entry, such as "two-factor authentication".</summary>
    public const int MaxWords = 4;

    public const int MaxLength = MaxEntries * (MaxEntryLength + 2);

    public long Id { get; init; }

    /// <summary>The entries as they were typed, set apart by a comma and a blank.</summary>
    public required string Entries { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<SynonymGroup>
    {
        public void Configure(EntityTypeBuilder<SynonymGroup> group) => group.Property(g => g.Entries).HasMaxLength(MaxLength);
    }
}
