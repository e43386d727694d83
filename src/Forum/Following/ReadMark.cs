using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Following;

/// <summary>How far a member has read a topic.</summary>
public sealed class ReadMark
{
    /// <summary>How long a topic that one has not looked at since still counts as one that is being read: nobody goes back to older ones for each reply.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromDays(180);

    /// <summary>How long a topic that one never opened is new: what is older was seen in the lists and left.</summary>
    public static readonly TimeSpan NewFor = TimeSpan.FromDays(14);

    public required long MemberId { get; init; }

    public required long TopicId { get; init; }

    /// <summary>The highest post number read; 0 when the topic is to be read anew.</summary>
    public required int Number { get; set; }

    /// <summary>When the mark was set last.</summary>
    public required DateTime At { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<ReadMark>
    {
        public void Configure(EntityTypeBuilder<ReadMark> mark)
        {
            mark.HasKey(m => new { m.MemberId, m.TopicId });
            mark.HasOne<Member>().WithMany().HasForeignKey(m => m.MemberId);
            mark.HasOne<Topic>().WithMany().HasForeignKey(m => m.TopicId);
            mark.HasIndex(m => new { m.MemberId, m.At });
        }
    }
}
