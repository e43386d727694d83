using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Solutions;

/// <summary>That a reply solved its topic: who said so, as what, and when. The key (topic, slot) lets the database itself guard how many there are: slot 0 is taken in every solved topic, and the only one where a board has one solution a topic.</summary>
public sealed class Solution
{
    public required long TopicId { get; init; }

    public required int Slot { get; init; }

    public required long PostId { get; init; }

    /// <summary>Null when it was marked where it was imported from.</summary>
    public long? MarkedById { get; init; }

    /// <summary>Marked by staff or a moderator, not by the asker.</summary>
    public required bool ByStaff { get; init; }

    public required DateTime Marked { get; init; }

    /// <summary>Since when it is said to work no longer; null while it does, as far as is known.</summary>
    public DateTime? Outdated { get; set; }

    /// <summary>What changed, in the words of whoever said so.</summary>
    public string? OutdatedNote { get; set; }

    /// <summary>Who of the staff said or confirmed it; null while only members do.</summary>
    public long? OutdatedById { get; set; }

    /// <summary>The post that works instead: of this topic, or of another one.</summary>
    public long? SuccessorId { get; set; }

    /// <summary>When staff last said that it still works.</summary>
    public DateTime? Checked { get; set; }

    public Post Post { get; init; } = null!;

    internal sealed class Map : IEntityTypeConfiguration<Solution>
    {
        public void Configure(EntityTypeBuilder<Solution> solution)
        {
            solution.HasKey(s => new { s.TopicId, s.Slot });
            solution.HasOne<Topic>().WithMany().HasForeignKey(s => s.TopicId);
            solution.HasOne(s => s.Post).WithMany().HasForeignKey(s => s.PostId);
            solution.HasOne<Member>().WithMany().HasForeignKey(s => s.MarkedById);
            solution.Property(s => s.OutdatedNote).HasMaxLength(Doubt.MaxNoteLength);
            solution.HasOne<Member>().WithMany().HasForeignKey(s => s.OutdatedById);
            solution.HasOne<Post>().WithMany().HasForeignKey(s => s.SuccessorId);
            solution.HasIndex(s => s.PostId).IsUnique();
            solution.HasIndex(s => s.Marked);
        }
    }
}
