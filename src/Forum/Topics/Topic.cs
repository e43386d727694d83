using Forum.Boards;
using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>Whether a topic or post is there for its readers.</summary>
public enum Visibility : byte
{
    Visible,

    /// <summary>Taken out of sight by a moderator; staff may bring it back.</summary>
    Hidden,

    /// <summary>Deleted by its author or by staff; staff may bring it back.</summary>
    Deleted,

    /// <summary>A word among staff inside a topic; for everybody else it does not exist.</summary>
    StaffNote,

    /// <summary>Waits until a moderator lets it stand; its author sees it, too.</summary>
    Held,
}

/// <summary>A question or conversation with its replies: post number 1 is the question.</summary>
public sealed class Topic
{
    public const int MinTitleLength = 15;
    public const int MaxTitleLength = 150;

    /// <summary>Most tags of one topic.</summary>
    public const int MaxTags = 5;

    public long Id { get; init; }

    public required long BoardId { get; set; }

    public Board Board { get; init; } = null!;

    public required long AuthorId { get; init; }

    public Member Author { get; init; } = null!;

    public required string Title { get; set; }

    public required string Slug { get; set; }

    public required DateTime Created { get; init; }

    public Visibility Visibility { get; set; }

    /// <summary>Raised by edit, move, close and mark; never by counters.</summary>
    public int Version { get; set; } = 1;

    /// <summary>When the last visible post was written.</summary>
    public required DateTime LastActivity { get; set; }

    /// <summary>Who wrote the last visible post.</summary>
    public required long LastPosterId { get; set; }

    public Member LastPoster { get; init; } = null!;

    /// <summary>Highest post number ever given; numbers are not given twice.</summary>
    public int LastNumber { get; set; } = 1;

    /// <summary>Visible posts but the first.</summary>
    public int Replies { get; set; }

    /// <summary>Score of the first post.</summary>
    public int Score { get; set; }

    public int Views { get; set; }

    /// <summary>Members who said that they have this question too.</summary>
    public int MeToos { get; set; }

    /// <summary>The answers to the fields of the board's form, as JSON; null where it had none.</summary>
    public string? Answers { get; set; }

    /// <summary>Whether a <see cref="Solutions.Solution"/> row exists, kept beside it so that lists need not look.</summary>
    public bool Solved { get; set; }

    /// <summary>Stands before all others on the first page of its board.</summary>
    public bool Pinned { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Topic>
    {
        public void Configure(EntityTypeBuilder<Topic> topic)
        {
            topic.Property(t => t.Title).HasMaxLength(MaxTitleLength * 2);
            topic.Property(t => t.Answers).HasMaxLength(-1);
            topic.Property(t => t.Slug).HasMaxLength(Forum.Slug.MaxLength);
            topic.HasOne(t => t.Board).WithMany().HasForeignKey(t => t.BoardId);
            topic.HasOne(t => t.Author).WithMany().HasForeignKey(t => t.AuthorId);
            topic.HasOne(t => t.LastPoster).WithMany().HasForeignKey(t => t.LastPosterId);
            topic.HasIndex(t => new { t.LastActivity, t.Id });
            topic.HasIndex(t => new { t.BoardId, t.LastActivity, t.Id });
            topic.HasIndex(t => new { t.BoardId, t.Solved, t.LastActivity, t.Id });
            topic.HasIndex(t => new { t.Solved, t.LastActivity, t.Id });
            topic.HasIndex(t => new { t.BoardId, t.Score, t.Id });
            topic.HasIndex(t => new { t.Score, t.Id });
            topic.HasIndex(t => new { t.Replies, t.LastActivity, t.Id });
            topic.HasIndex(t => new { t.AuthorId, t.Id });
        }
    }
}
