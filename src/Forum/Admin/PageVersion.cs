using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Admin;

/// <summary>The pages that a community writes itself.</summary>
public enum SitePage : byte
{
    Guidelines,
    Terms,
    Privacy,
}

/// <summary>What a page of the community said from some moment on. Versions are kept, so that it stays known what somebody agreed to; the newest holds.</summary>
public sealed class PageVersion
{
    /// <summary>As long as a post may be.</summary>
    public const int MaxLength = 30_000;

    public required SitePage Page { get; init; }

    /// <summary>1, 2, 3 …</summary>
    public required int Version { get; init; }

    /// <summary>Empty where the page was taken away.</summary>
    public required string Markdown { get; init; }

    /// <summary>Null for the operator at the command line.</summary>
    public long? WrittenById { get; init; }

    public required DateTime Written { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<PageVersion>
    {
        public void Configure(EntityTypeBuilder<PageVersion> version)
        {
            version.HasKey(v => new { v.Page, v.Version });
            version.Property(v => v.Markdown).HasMaxLength(-1);
        }
    }
}
