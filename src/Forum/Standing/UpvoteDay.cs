using Forum.Boards;
using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Standing;

/// <summary>Upvotes that count, received by a member on one board on one day of the site: what leaderboards are summed from, so that their cost follows days and members, never votes.</summary>
public sealed class UpvoteDay
{
    public required long BoardId { get; init; }

    public required long MemberId { get; init; }

    /// <summary>The day the votes were cast.</summary>
    public required DateOnly Day { get; init; }

    public int Upvotes { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<UpvoteDay>
    {
        public void Configure(EntityTypeBuilder<UpvoteDay> day)
        {
            day.HasKey(d => new { d.Day, d.BoardId, d.MemberId });
            day.HasOne<Board>().WithMany().HasForeignKey(d => d.BoardId);
            day.HasOne<Member>().WithMany().HasForeignKey(d => d.MemberId);
        }
    }
}
