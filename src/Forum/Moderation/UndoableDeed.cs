using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Moderation;

/// <summary>What can be undone in one go.</summary>
public enum UndoableKind : byte
{
    /// <summary>A decision in the queue.</summary>
    Verdict,

    /// <summary>Topics of a list were closed, moved to another board, hidden or deleted.</summary>
    Close,
    Move,
    Hide,
    Delete,

    /// <summary>Members were removed as spammers.</summary>
    Spam,

    /// <summary>What one account did in some time was rolled back.</summary>
    RollBack,
}

/// <summary>What a moderator did to one post or to many things at once, with what was so before.</summary>
public sealed class UndoableDeed
{
    /// <summary>For so long a decision in the queue is undone (rules of moderation).</summary>
    public static readonly TimeSpan ForVerdicts = TimeSpan.FromSeconds(30);

    /// <summary>For so long what was done to many topics at once is undone; spammers as <see cref="SpamRemoval.Restorable"/> says.</summary>
    public static readonly TimeSpan ForMany = TimeSpan.FromDays(1);

    public long Id { get; init; }

    public required UndoableKind Kind { get; init; }

    public required long ById { get; init; }

    /// <summary>The member whose deeds were rolled back.</summary>
    public long? MemberId { get; init; }

    public required DateTime At { get; init; }

    public DateTime? Undone { get; set; }

    public List<UndoableStep> Steps { get; init; } = [];

    /// <summary>Until when it can be undone.</summary>
    public DateTime Until => At + (Kind switch { UndoableKind.Verdict => ForVerdicts, UndoableKind.Spam or UndoableKind.RollBack => SpamRemoval.Restorable, _ => ForMany });

    internal sealed class Map : IEntityTypeConfiguration<UndoableDeed>
    {
        public void Configure(EntityTypeBuilder<UndoableDeed> deed)
        {
            deed.Ignore(d => d.Until);
            deed.HasOne<Member>().WithMany().HasForeignKey(d => d.ById);
            deed.HasOne<Member>().WithMany().HasForeignKey(d => d.MemberId);
            deed.HasMany(d => d.Steps).WithOne().HasForeignKey(s => s.DeedId);
            deed.HasIndex(d => new { d.ById, d.At });
        }
    }
}

/// <summary>One thing that such a deed changed.</summary>
public sealed class UndoableStep
{
    public long DeedId { get; init; }

    /// <summary>Counts the steps of a deed from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The post, or the first one of the topic.</summary>
    public long? PostId { get; init; }

    public Post? Post { get; init; }

    /// <summary>The review that was decided, the <see cref="HeldReason"/> for which a post waited, or the removal of a spammer.</summary>
    public long? RefId { get; init; }

    /// <summary>What of an account was rolled back.</summary>
    public RollBackPart? Part { get; init; }

    /// <summary>A row that a roll-back took away or put back, as JSON: a mark of a solution, or a closure.</summary>
    public string? Kept { get; init; }

    /// <summary>What was so before: the <see cref="Visibility"/> of the post, the board of the topic, or as <see cref="RollBackPart"/> says.</summary>
    public long Was { get; init; }

    /// <summary>What the deed made of it, in the same terms: where it is something else by now, others have been at work and it stays.</summary>
    public long Became { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<UndoableStep>
    {
        public void Configure(EntityTypeBuilder<UndoableStep> step)
        {
            step.HasKey(s => new { s.DeedId, s.Number });
            step.Property(s => s.Kept).HasMaxLength(-1);
            step.HasOne(s => s.Post).WithMany().HasForeignKey(s => s.PostId);
        }
    }
}
