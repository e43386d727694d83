using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>How closely a member follows a topic. Each level includes the one before it.</summary>
public enum WatchLevel : byte
{
    /// <summary>Stands in no list of the member's that shows what is new or unread.</summary>
    Muted,

    /// <summary>As every topic that a member has not chosen otherwise.</summary>
    Normal,

    /// <summary>Its new replies are counted: the level of whoever replied.</summary>
    Tracking,

    /// <summary>Told of each reply: the level of whoever asked, or asks the same.</summary>
    Watching,
}

/// <summary>How closely a member follows a topic, where that is not as usual.</summary>
public sealed class Watch
{
    public required long MemberId { get; init; }

    public required long TopicId { get; init; }

    public required WatchLevel Level { get; set; }

    public required DateTime Since { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Watch>
    {
        public void Configure(EntityTypeBuilder<Watch> watch)
        {
            watch.HasKey(w => new { w.MemberId, w.TopicId });
            watch.HasOne<Member>().WithMany().HasForeignKey(w => w.MemberId);
            watch.HasOne<Topic>().WithMany().HasForeignKey(w => w.TopicId);
            // Who is to be told of a topic.
            watch.HasIndex(w => new { w.TopicId, w.Level });
        }
    }
}

internal static class Watching
{
    /// <summary>Follows a topic that one has to do with now. What the member chose before stays, and so does what they chose for all of them.</summary>
    public static async Task WatchAsync(this Deed deed, long memberId, long topicId, WatchLevel level, CancellationToken cancellation)
    {
        if (await deed.Db.Profiles.AnyAsync(p => p.MemberId == memberId && (level == WatchLevel.Watching ? !p.WatchesAsked : !p.TracksAnswered), cancellation))
            return;
        if (!await deed.Db.Watches.AnyAsync(w => w.MemberId == memberId && w.TopicId == topicId, cancellation))
            deed.Db.Watches.Add(new Watch { MemberId = memberId, TopicId = topicId, Level = level, Since = deed.Now });
    }
}
