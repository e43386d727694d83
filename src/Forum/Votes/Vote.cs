using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Votes;

/// <summary>A member's upvote of a post: one each, whatever is clicked twice.</summary>
public sealed class Vote
{
    public required long PostId { get; init; }

    public required long MemberId { get; init; }

    public required DateTime Cast { get; init; }

    /// <summary>The day that it was then on the site, by which leaderboards count it.</summary>
    public required DateOnly Day { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Vote>
    {
        public void Configure(EntityTypeBuilder<Vote> vote)
        {
            vote.HasKey(v => new { v.PostId, v.MemberId });
            vote.HasOne<Post>().WithMany().HasForeignKey(v => v.PostId);
            vote.HasOne<Member>().WithMany().HasForeignKey(v => v.MemberId);
            vote.HasIndex(v => new { v.MemberId, v.Cast });
        }
    }
}

/// <summary>Upvotes of one post on one day that came with an import: they have a day but no voter.</summary>
public sealed class ImportedUpvotes
{
    public required long PostId { get; init; }

    public required DateOnly Day { get; init; }

    public required int Count { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<ImportedUpvotes>
    {
        public void Configure(EntityTypeBuilder<ImportedUpvotes> upvotes)
        {
            upvotes.HasKey(u => new { u.PostId, u.Day });
            upvotes.HasOne<Post>().WithMany().HasForeignKey(u => u.PostId);
        }
    }
}
