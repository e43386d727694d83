using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Topics;

/// <summary>What happens to a post with a watched word.</summary>
public enum WatchedAction : byte
{
    /// <summary>It waits for a moderator.</summary>
    Hold,

    /// <summary>It is not taken, and its author is told the word.</summary>
    Refuse,

    /// <summary>Another word stands in its place.</summary>
    Replace,
}

/// <summary>A word, an expression or a host of links that posts and titles are looked through for (rules of moderation). Staff are exempt from being held and refused.</summary>
public sealed class WatchedWord
{
    public const int MaxPatternLength = 100;
    public const int MaxNoteLength = 200;

    /// <summary>Most of them; each post is looked through for all.</summary>
    public const int Max = 5000;

    public long Id { get; init; }

    /// <summary>As it was typed: words with blanks between them, a * before or after them for any letters, or a host.</summary>
    public required string Pattern { get; init; }

    /// <summary>The <see cref="Pattern"/> without what does not tell words apart; one of a kind.</summary>
    public required string PatternNormalized { get; init; }

    /// <summary>The pattern is a host of links, its subdomains included; otherwise words.</summary>
    public required bool Host { get; init; }

    public required WatchedAction Action { get; set; }

    public string? Replacement { get; set; }

    /// <summary>Why, for staff alone.</summary>
    public string? Note { get; set; }

    /// <summary>Null for the operator at the command line.</summary>
    public long? ById { get; set; }

    public Member? By { get; init; }

    /// <summary>Null for good.</summary>
    public DateTime? Until { get; set; }

    public required DateTime At { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<WatchedWord>
    {
        public void Configure(EntityTypeBuilder<WatchedWord> word)
        {
            word.Property(w => w.Pattern).HasMaxLength(MaxPatternLength);
            word.Property(w => w.PatternNormalized).HasMaxLength(MaxPatternLength * 2);
            word.Property(w => w.Replacement).HasMaxLength(MaxPatternLength);
            word.Property(w => w.Note).HasMaxLength(MaxNoteLength);
            word.HasIndex(w => new { w.Host, w.PatternNormalized }).IsUnique();
            word.HasOne(w => w.By).WithMany().HasForeignKey(w => w.ById);
        }
    }
}
