using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Moderation;

/// <summary>A word between staff and one member, about a post or a sanction or nothing of the kind. It stays with the member's record; members do not write to each other.</summary>
public sealed class Talk
{
    public const int MaxQuoteLength = 300;

    public long Id { get; init; }

    public required long MemberId { get; init; }

    public Member Member { get; init; } = null!;

    /// <summary>The member's post that it is about.</summary>
    public long? PostId { get; init; }

    public Post? Post { get; init; }

    /// <summary>The sanction that it is about.</summary>
    public long? SanctionId { get; init; }

    /// <summary>The beginning of the post as it was then.</summary>
    public string? Quote { get; init; }

    /// <summary>When the last word was said.</summary>
    public required DateTime LastAt { get; set; }

    /// <summary>The last word is the member's, and staff have not answered it.</summary>
    public bool Waits { get; set; }

    /// <summary>The member has not seen the last word of staff.</summary>
    public bool Unread { get; set; }

    public List<TalkWord> Words { get; init; } = [];

    internal sealed class Map : IEntityTypeConfiguration<Talk>
    {
        public void Configure(EntityTypeBuilder<Talk> talk)
        {
            talk.Property(t => t.Quote).HasMaxLength(MaxQuoteLength);
            talk.HasOne(t => t.Member).WithMany().HasForeignKey(t => t.MemberId);
            talk.HasOne(t => t.Post).WithMany().HasForeignKey(t => t.PostId);
            talk.HasOne<Sanction>().WithMany().HasForeignKey(t => t.SanctionId);
            talk.HasMany(t => t.Words).WithOne().HasForeignKey(w => w.TalkId);
            talk.HasIndex(t => new { t.MemberId, t.LastAt });
            talk.HasIndex(t => new { t.Waits, t.LastAt });
        }
    }
}

/// <summary>One word in a <see cref="Talk"/>: a text, or what was done.</summary>
public sealed class TalkWord
{
    public const int MaxTextLength = 2000;

    public long Id { get; init; }

    public long TalkId { get; init; }

    /// <summary>Null for what came of the reports of many.</summary>
    public long? ById { get; init; }

    public Member? By { get; init; }

    public required bool ByStaff { get; init; }

    public required DateTime At { get; init; }

    /// <summary>What was done, as in the audit trail; null for a mere word.</summary>
    public string? Deed { get; init; }

    /// <summary>The rule it was done for: what most reports said.</summary>
    public FlagReason? Rule { get; init; }

    /// <summary>What was said, or the reason given; null where nothing was.</summary>
    public string? Text { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<TalkWord>
    {
        public void Configure(EntityTypeBuilder<TalkWord> word)
        {
            word.Property(w => w.Deed).HasMaxLength(AuditEntry.MaxDeedLength);
            word.Property(w => w.Text).HasMaxLength(MaxTextLength);
            word.HasOne(w => w.By).WithMany().HasForeignKey(w => w.ById);
        }
    }
}
