using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>That a member has the same question. Gives no points.</summary>
public sealed class MeToo
{
    public required long TopicId { get; init; }

    public required long MemberId { get; init; }

    public required DateTime Since { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<MeToo>
    {
        public void Configure(EntityTypeBuilder<MeToo> meToo)
        {
            meToo.HasKey(m => new { m.TopicId, m.MemberId });
            meToo.HasOne<Topic>().WithMany().HasForeignKey(m => m.TopicId);
            meToo.HasOne<Member>().WithMany().HasForeignKey(m => m.MemberId);
        }
    }
}
