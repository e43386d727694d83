using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Standing;

/// <summary>What a badge is given for: the closed list that managers choose from.</summary>
public enum BadgeFact : byte
{
    /// <summary>Nothing that is counted: managers give it.</summary>
    ByHand,
    Questions,
    Replies,
    Posts,

    /// <summary>Questions of others that the member replied to.</summary>
    QuestionsHelped,

    /// <summary>Accepted solutions on topics of others.</summary>
    Solutions,

    /// <summary>Of these, those that the asker accepted.</summary>
    AcceptedByAsker,
    UpvotesGiven,
    UpvotesReceived,

    /// <summary>Upvotes of one post.</summary>
    UpvotesOfOnePost,
    TopicsRead,
    PostsRead,
    DaysVisited,

    /// <summary>Whole years since joining; given when the member comes.</summary>
    YearsHere,
}

/// <summary>How much a badge says.</summary>
public enum BadgeGrade : byte
{
    Bronze = 1,
    Silver,
    Gold,
}

/// <summary>Something that members are known for: held while its rule holds, or given by hand.</summary>
public sealed class Badge
{
    public const int MaxNameLength = 40;
    public const int MaxDescriptionLength = 200;

    /// <summary>Greatest number that a rule may ask for.</summary>
    public const int MaxThreshold = 1_000_000;

    /// <summary>Most badges, those that come with the forum included: a member may hold all of them.</summary>
    public const int MaxBadges = 60;

    public long Id { get; init; }

    /// <summary>English for those that come with the forum; otherwise as it was typed.</summary>
    public required string Name { get; set; }

    public required string Description { get; set; }

    public required BadgeFact Fact { get; set; }

    /// <summary>How many there must be of it; 0 for those that are given by hand.</summary>
    public required int Threshold { get; set; }

    public required BadgeGrade Grade { get; set; }

    /// <summary>Comes with the forum and stays as it is.</summary>
    public bool BuiltIn { get; init; }

    /// <summary>Members who hold it.</summary>
    public int Holders { get; set; }

    /// <summary>When every member was looked at by this rule; null until then.</summary>
    public DateTime? Judged { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Badge>
    {
        public void Configure(EntityTypeBuilder<Badge> badge)
        {
            badge.Property(b => b.Name).HasMaxLength(MaxNameLength);
            badge.Property(b => b.Description).HasMaxLength(MaxDescriptionLength);
            badge.HasIndex(b => b.Name).IsUnique();
            badge.HasData(BuiltIns);
        }

        /// <summary>A telling few: first steps, solutions, helping, what was liked, reading, years, and one to be given by hand.</summary>
        private static readonly Badge[] BuiltIns =
        [
            Of(1, "First question", "Asked a question.", BadgeFact.Questions, 1, BadgeGrade.Bronze),
            Of(2, "First reply", "Replied to somebody or something.", BadgeFact.Replies, 1, BadgeGrade.Bronze),
            Of(3, "First upvote", "Gave an upvote.", BadgeFact.UpvotesGiven, 1, BadgeGrade.Bronze),
            Of(4, "Problem solver", "A reply was accepted as the solution.", BadgeFact.Solutions, 1, BadgeGrade.Bronze),
            Of(5, "Experienced solver", "10 replies were accepted as solutions.", BadgeFact.Solutions, 10, BadgeGrade.Silver),
            Of(6, "Master solver", "50 replies were accepted as solutions.", BadgeFact.Solutions, 50, BadgeGrade.Gold),
            Of(7, "Legendary solver", "150 replies were accepted as solutions.", BadgeFact.Solutions, 150, BadgeGrade.Gold),
            Of(8, "That was it", "The asker accepted the reply as the solution.", BadgeFact.AcceptedByAsker, 1, BadgeGrade.Bronze),
            Of(9, "Helper", "Replied to 10 questions of others.", BadgeFact.QuestionsHelped, 10, BadgeGrade.Silver),
            Of(10, "Pillar", "Replied to 100 questions of others.", BadgeFact.QuestionsHelped, 100, BadgeGrade.Gold),
            Of(11, "Well received", "A post has 10 upvotes.", BadgeFact.UpvotesOfOnePost, 10, BadgeGrade.Silver),
            Of(12, "Celebrated", "A post has 50 upvotes.", BadgeFact.UpvotesOfOnePost, 50, BadgeGrade.Gold),
            Of(13, "Reader", "Read 100 posts.", BadgeFact.PostsRead, 100, BadgeGrade.Bronze),
            Of(14, "Well read", "Read 1,000 posts.", BadgeFact.PostsRead, 1000, BadgeGrade.Silver),
            Of(15, "A year here", "Joined a year ago.", BadgeFact.YearsHere, 1, BadgeGrade.Silver),
            Of(16, "With thanks", "Given by the managers, for what no rule counts.", BadgeFact.ByHand, 0, BadgeGrade.Gold),
        ];

        private static Badge Of(long id, string name, string description, BadgeFact fact, int threshold, BadgeGrade grade) =>
            new() { Id = id, Name = name, Description = description, Fact = fact, Threshold = threshold, Grade = grade, BuiltIn = true };
    }
}

/// <summary>That a member holds a badge: since when, and for what.</summary>
public sealed class MemberBadge
{
    public const int MaxReasonLength = 500;

    public required long BadgeId { get; init; }

    public Badge Badge { get; init; } = null!;

    public required long MemberId { get; init; }

    public Member Member { get; init; } = null!;

    public required DateTime At { get; init; }

    /// <summary>The post that it was given for, where there is one.</summary>
    public long? PostId { get; init; }

    public Post? Post { get; init; }

    /// <summary>In the words of whoever gave it by hand.</summary>
    public string? Reason { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<MemberBadge>
    {
        public void Configure(EntityTypeBuilder<MemberBadge> held)
        {
            held.HasKey(h => new { h.MemberId, h.BadgeId });
            held.Property(h => h.Reason).HasMaxLength(MaxReasonLength);
            held.HasOne(h => h.Badge).WithMany().HasForeignKey(h => h.BadgeId);
            held.HasOne(h => h.Member).WithMany().HasForeignKey(h => h.MemberId);
            held.HasOne(h => h.Post).WithMany().HasForeignKey(h => h.PostId);
            held.HasIndex(h => new { h.BadgeId, h.At, h.MemberId });
        }
    }
}
