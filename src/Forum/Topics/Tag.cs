using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>A word that topics are found by, or a synonym of one.</summary>
public sealed class Tag
{
    /// <summary>As on the Stack Exchange sites, whose dumps are imported.</summary>
    public const int MaxNameLength = 35;

    /// <summary>A few sentences; more is an article.</summary>
    public const int MaxDescriptionLength = 500;

    public long Id { get; init; }

    /// <summary>Lower-case; unique among tags and synonyms.</summary>
    public required string Name { get; set; }

    /// <summary>What it is for, in plain text; empty when nobody has said so.</summary>
    public string Description { get; set; } = "";

    /// <summary>The tag that this name stands for; null for a tag of its own. Never a synonym itself, and no topic carries a synonym.</summary>
    public long? SynonymOfId { get; set; }

    public Tag? SynonymOf { get; init; }

    /// <summary>Made by staff for everybody, whether or not topics carry it. All other tags exist for those who may read a topic with it.</summary>
    public bool Kept { get; set; }

    /// <summary>Visible topics that carry it.</summary>
    public int Topics { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Tag>
    {
        public void Configure(EntityTypeBuilder<Tag> tag)
        {
            tag.Property(t => t.Name).HasMaxLength(MaxNameLength);
            tag.HasIndex(t => t.Name).IsUnique();
            tag.Property(t => t.Description).HasMaxLength(MaxDescriptionLength);
            tag.HasOne(t => t.SynonymOf).WithMany().HasForeignKey(t => t.SynonymOfId);
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
