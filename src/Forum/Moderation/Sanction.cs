using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Moderation;

/// <summary>What staff say or do about a member, from the mildest on.</summary>
public enum SanctionKind : byte
{
    /// <summary>A word in earnest, which stays on record.</summary>
    Warning,

    /// <summary>May read and vote, not write.</summary>
    Silence,

    /// <summary>May read, and nothing else.</summary>
    Suspension,

    /// <summary>May write, and what they write waits for a moderator.</summary>
    PostsWait,
}

/// <summary>A warning, silence or suspension of a member: who, why and until when. It stays on record when it is over.</summary>
public sealed class Sanction
{
    public const int MaxReasonLength = 500;

    /// <summary>For so long the member is shown a warning.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromDays(30);

    /// <summary>For how many days a member is silenced or suspended (rules of moderation).</summary>
    public static readonly IReadOnlyList<int> Days = [1, 3, 7, 30, 365];

    public long Id { get; init; }

    public required long MemberId { get; init; }

    public required SanctionKind Kind { get; init; }

    /// <summary>Told to the member.</summary>
    public required string Reason { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Null for a warning.</summary>
    public DateTime? Until { get; init; }

    /// <summary>Null for the operator at the command line.</summary>
    public long? ById { get; init; }

    public Member? By { get; init; }

    /// <summary>When staff lifted it before its time.</summary>
    public DateTime? Lifted { get; set; }

    /// <summary>The post that it is about.</summary>
    public long? PostId { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Sanction>
    {
        public void Configure(EntityTypeBuilder<Sanction> sanction)
        {
            sanction.Property(s => s.Reason).HasMaxLength(MaxReasonLength);
            sanction.HasOne<Member>().WithMany().HasForeignKey(s => s.MemberId);
            sanction.HasOne(s => s.By).WithMany().HasForeignKey(s => s.ById);
            sanction.HasOne<Post>().WithMany().HasForeignKey(s => s.PostId);
            sanction.HasIndex(s => new { s.MemberId, s.At });
        }
    }
}

/// <summary>A word among staff about a member; nobody else ever sees it.</summary>
public sealed class MemberNote
{
    public const int MaxTextLength = 1000;

    public long Id { get; init; }

    public required long MemberId { get; init; }

    public long? ById { get; init; }

    public Member? By { get; init; }

    public required DateTime At { get; init; }

    public required string Text { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<MemberNote>
    {
        public void Configure(EntityTypeBuilder<MemberNote> note)
        {
            note.Property(n => n.Text).HasMaxLength(MaxTextLength);
            note.HasOne<Member>().WithMany().HasForeignKey(n => n.MemberId);
            note.HasOne(n => n.By).WithMany().HasForeignKey(n => n.ById);
            note.HasIndex(n => new { n.MemberId, n.At });
        }
    }
}
