using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>That a post leads to another topic, and may show its title.</summary>
public sealed class PostLink
{
    public required long TopicId { get; init; }

    public required long PostId { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<PostLink>
    {
        public void Configure(EntityTypeBuilder<PostLink> link)
        {
            link.HasKey(l => new { l.TopicId, l.PostId });
            link.HasOne<Topic>().WithMany().HasForeignKey(l => l.TopicId);
            link.HasOne<Post>().WithMany().HasForeignKey(l => l.PostId);
        }
    }
}
