using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>A word that topics are found by.</summary>
public sealed class Tag
{
    /// <summary>As on the Stack Exchange sites, whose dumps are imported.</summary>
    public const int MaxNameLength = 35;

    public long Id { get; init; }

    /// <summary>Lower-case; unique.</summary>
    public required string Name { get; init; }

    /// <summary>Visible topics that carry it.</summary>
    public int Topics { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Tag>
    {
        public void Configure(EntityTypeBuilder<Tag> tag)
        {
            tag.Property(t => t.Name).HasMaxLength(MaxNameLength);
            tag.HasIndex(t => t.Name).IsUnique();
        }
    }
}

/// <summary>That a topic carries a tag.</summary>
public sealed class TopicTag
{
    public required long TopicId { get; init; }

    public required long TagId { get; init; }

    public Topic Topic { get; init; } = null!;

    public Tag Tag { get; init; } = null!;

    internal sealed class Map : IEntityTypeConfiguration<TopicTag>
    {
        public void Configure(EntityTypeBuilder<TopicTag> topicTag)
        {
            topicTag.HasKey(t => new { t.TopicId, t.TagId });
            topicTag.HasOne(t => t.Topic).WithMany().HasForeignKey(t => t.TopicId);
            topicTag.HasOne(t => t.Tag).WithMany().HasForeignKey(t => t.TagId);
            topicTag.HasIndex(t => new { t.TagId, t.TopicId });
        }
    }
}
