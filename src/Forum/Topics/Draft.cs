using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>What somebody is writing and has not posted: one for each place one can write at. A visitor's is found by the secret in their link.</summary>
public sealed class Draft
{
    public const int MaxPlaceLength = 40;
    public const int MaxTagsLength = 200;

    /// <summary>How long a draft is kept after it was last saved (rules of writing).</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(180);

    /// <summary>How long a visitor's is kept: for signing up, and for a confirming mail that is read late.</summary>
    public static readonly TimeSpan KeptForVisitors = TimeSpan.FromDays(7);

    public long Id { get; init; }

    /// <summary>Null for a visitor, who gets it when they sign up or in.</summary>
    public long? MemberId { get; set; }

    /// <summary>SHA-256 of the visitor's secret, base64url; null once a member has it.</summary>
    public string? SecretHash { get; set; }

    /// <summary>Where it is written: "ask", "topic-12", "edit-34".</summary>
    public required string Place { get; init; }

    public string Title { get; set; } = "";

    /// <summary>Slug of the chosen board; may have ceased to exist.</summary>
    public string Board { get; set; } = "";

    public string Tags { get; set; } = "";

    public string Markdown { get; set; } = "";

    /// <summary>The answers to the fields of the board's form, as JSON; null where it has none.</summary>
    public string? Answers { get; set; }

    /// <summary>The post that is replied to.</summary>
    public long? ReplyToId { get; set; }

    /// <summary>Raised by each save; a save names the version it started from.</summary>
    public int Version { get; set; } = 1;

    public required DateTime Saved { get; set; }

    /// <summary>The text that a save from elsewhere replaced, until it is taken back or let go.</summary>
    public string? Other { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Draft>
    {
        public void Configure(EntityTypeBuilder<Draft> draft)
        {
            draft.Property(d => d.SecretHash).HasMaxLength(Secrets.HashLength);
            draft.Property(d => d.Place).HasMaxLength(MaxPlaceLength);
            draft.Property(d => d.Title).HasMaxLength(Topic.MaxTitleLength * 2);
            draft.Property(d => d.Board).HasMaxLength(Boards.Board.MaxSlugLength);
            draft.Property(d => d.Tags).HasMaxLength(MaxTagsLength);
            draft.Property(d => d.Markdown).HasMaxLength(-1);
            draft.Property(d => d.Answers).HasMaxLength(-1);
            draft.Property(d => d.Other).HasMaxLength(-1);
            draft.HasOne<Member>().WithMany().HasForeignKey(d => d.MemberId);
            draft.HasIndex(d => new { d.MemberId, d.Place }).IsUnique();
            draft.HasIndex(d => d.SecretHash).IsUnique();
            draft.HasIndex(d => d.Saved);
        }
    }
}
