using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Solutions;

/// <summary>That a reply solved its topic: who said so, as what, and when. The key (topic, slot) lets the database itself guard "exactly one"; only slot 0 is used where a board takes one solution.</summary>
public sealed class Solution
{
    public required long TopicId { get; init; }

    public required int Slot { get; init; }

    public required long PostId { get; set; }

    /// <summary>Null when it was marked where it was imported from.</summary>
    public long? MarkedById { get; set; }

    /// <summary>Marked by staff or a moderator, not by the asker.</summary>
    public required bool ByStaff { get; set; }

    public required DateTime Marked { get; set; }

    public Post Post { get; init; } = null!;

    internal sealed class Map : IEntityTypeConfiguration<Solution>
    {
        public void Configure(EntityTypeBuilder<Solution> solution)
        {
            solution.HasKey(s => new { s.TopicId, s.Slot });
            solution.HasOne<Topic>().WithMany().HasForeignKey(s => s.TopicId);
            solution.HasOne(s => s.Post).WithMany().HasForeignKey(s => s.PostId);
            solution.HasOne<Member>().WithMany().HasForeignKey(s => s.MarkedById);
            solution.HasIndex(s => s.PostId).IsUnique();
            solution.HasIndex(s => s.Marked);
        }
    }
}
