using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>That somebody found their answer in an earlier topic while asking, and did not have to ask.</summary>
public sealed class Deflection
{
    public long Id { get; init; }

    /// <summary>The topic that had the answer.</summary>
    public required long TopicId { get; init; }

    /// <summary>Null for a visitor.</summary>
    public long? MemberId { get; init; }

    public required DateTime At { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Deflection>
    {
        public void Configure(EntityTypeBuilder<Deflection> deflection)
        {
            deflection.HasOne<Topic>().WithMany().HasForeignKey(d => d.TopicId);
            deflection.HasOne<Member>().WithMany().HasForeignKey(d => d.MemberId);
            deflection.HasIndex(d => new { d.TopicId, d.MemberId }).IsUnique();
            deflection.HasIndex(d => d.At);
        }
    }
}
