using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Following;

/// <summary>That a member came on a UTC day, and how much they read: what trust counts of the last days. Older ones are only in the sums that the member carries.</summary>
public sealed class VisitDay
{
    /// <summary>Days that are kept: the 100 that trust looks back on, and some for whoever counts late.</summary>
    public const int KeptDays = 110;

    public required long MemberId { get; init; }

    public required DateOnly Day { get; init; }

    public int PostsRead { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<VisitDay>
    {
        public void Configure(EntityTypeBuilder<VisitDay> day)
        {
            day.HasKey(d => new { d.MemberId, d.Day });
            day.HasOne<Member>().WithMany().HasForeignKey(d => d.MemberId);
            day.HasIndex(d => d.Day);
        }
    }
}

internal static class VisitCounting
{
    /// <summary>Counts a visit of that day, once, and what was read with it. The member exists.</summary>
    public static async Task CountVisitAsync(this Deed deed, long memberId, DateOnly day, int topics, int posts, CancellationToken cancellation)
    {
        var known = await deed.Db.VisitDays.Where(d => d.MemberId == memberId && d.Day == day)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.PostsRead, d => d.PostsRead + posts), cancellation) > 0;
        if (known && topics + posts == 0)
            return;
        if (!known)
            deed.Db.VisitDays.Add(new VisitDay { MemberId = memberId, Day = day, PostsRead = posts });
        var days = known ? 0 : 1;
        await deed.Db.Users.Where(m => m.Id == memberId).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.DaysVisited, m => m.DaysVisited + days)
            .SetProperty(m => m.TopicsRead, m => m.TopicsRead + topics)
            .SetProperty(m => m.PostsRead, m => m.PostsRead + posts), cancellation);
    }
}
