using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Moderation;

/// <summary>What became of the reports.</summary>
public enum ReviewOutcome : byte
{
    /// <summary>They were right: the post was hidden or deleted.</summary>
    Upheld,

    /// <summary>They were not: the post stays.</summary>
    Dismissed,

    /// <summary>The author took the post back before anybody decided.</summary>
    Withdrawn,
}

/// <summary>A post that members reported, for its moderators to decide once: the first report opens it, later ones join it.</summary>
public sealed class Review
{
    /// <summary>For so long a post that was looked at is not reported again, unless it was edited (rules of moderation).</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromHours(24);

    /// <summary>For so long a moderator is taken to look at what they claimed.</summary>
    public static readonly TimeSpan ClaimFor = TimeSpan.FromMinutes(10);

    public long Id { get; init; }

    public required long PostId { get; init; }

    public Post Post { get; init; } = null!;

    /// <summary>Counts the reviews of a post from 1, so that no two of them are open at once.</summary>
    public required int Round { get; init; }

    public required DateTime Opened { get; init; }

    /// <summary>The weight of its reports hid the post until somebody decides.</summary>
    public bool HidPost { get; set; }

    /// <summary>Who looks at it right now, so that others take another one; they may decide it all the same.</summary>
    public long? ClaimedById { get; set; }

    public Member? ClaimedBy { get; init; }

    /// <summary>A claim is over after <see cref="ClaimFor"/>.</summary>
    public DateTime? Claimed { get; set; }

    public DateTime? Decided { get; set; }

    /// <summary>Null for the operator at the command line, too.</summary>
    public long? DecidedById { get; set; }

    public Member? DecidedBy { get; init; }

    public ReviewOutcome? Outcome { get; set; }

    public List<Flag> Flags { get; init; } = [];

    internal sealed class Map : IEntityTypeConfiguration<Review>
    {
        public void Configure(EntityTypeBuilder<Review> review)
        {
            review.HasIndex(r => new { r.PostId, r.Round }).IsUnique();
            review.HasIndex(r => new { r.Decided, r.Id });
            review.HasOne(r => r.Post).WithMany().HasForeignKey(r => r.PostId);
            review.HasOne(r => r.ClaimedBy).WithMany().HasForeignKey(r => r.ClaimedById);
            review.HasOne(r => r.DecidedBy).WithMany().HasForeignKey(r => r.DecidedById);
            review.HasMany(r => r.Flags).WithOne(f => f.Review).HasForeignKey(f => f.ReviewId);
        }
    }
}
