using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>What a post said before an edit.</summary>
public sealed class Revision
{
    public const int MaxReasonLength = 200;

    public required long PostId { get; init; }

    /// <summary>The version of the post that said this.</summary>
    public required int Version { get; init; }

    /// <summary>The title before the edit; first posts only.</summary>
    public string? Title { get; init; }

    public required string Markdown { get; init; }

    /// <summary>The tags before the edit, separated by blanks; first posts only.</summary>
    public string? Tags { get; init; }

    /// <summary>Why it was replaced, in the editor's words.</summary>
    public string? Reason { get; init; }

    /// <summary>Who replaced it, and when.</summary>
    public required long ReplacedById { get; init; }

    public required DateTime Replaced { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Revision>
    {
        public void Configure(EntityTypeBuilder<Revision> revision)
        {
            revision.HasKey(r => new { r.PostId, r.Version });
            revision.Property(r => r.Title).HasMaxLength(Topic.MaxTitleLength * 2);
            revision.Property(r => r.Tags).HasMaxLength(Draft.MaxTagsLength);
            revision.Property(r => r.Reason).HasMaxLength(MaxReasonLength);
            revision.Property(r => r.Markdown).HasMaxLength(-1);
            revision.HasIndex(r => new { r.ReplacedById, r.Replaced });
            revision.HasOne<Post>().WithMany().HasForeignKey(r => r.PostId);
        }
    }
}
