using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>Lets somebody make an account where not everybody may: one person by a letter, or some by a link.</summary>
public sealed class Invitation
{
    /// <summary>Most addresses that are invited at once.</summary>
    public const int MaxAddresses = 50;

    /// <summary>Most accounts that one link makes.</summary>
    public const int MaxUses = 500;

    /// <summary>Most that are open at once.</summary>
    public const int Max = 2000;

    /// <summary>So long it holds: a holiday may lie between.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    public long Id { get; init; }

    /// <summary>As in <see cref="Secrets.Hash"/>; the secret itself is in the letter or the link alone.</summary>
    public required string Hash { get; init; }

    /// <summary>Whom it was sent to: they need not confirm the address again. Null for a link.</summary>
    public string? Email { get; init; }

    /// <summary>Accounts that it still makes.</summary>
    public required int Left { get; set; }

    public required DateTime Made { get; init; }

    public required DateTime Expires { get; init; }

    /// <summary>Who invites; null for the operator.</summary>
    public long? ById { get; init; }

    public Member? By { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Invitation>
    {
        public void Configure(EntityTypeBuilder<Invitation> invitation)
        {
            invitation.Property(i => i.Hash).HasMaxLength(Secrets.HashLength);
            invitation.HasIndex(i => i.Hash).IsUnique();
            invitation.Property(i => i.Email).HasMaxLength(Member.MaxEmailLength);
            invitation.HasIndex(i => i.Expires);
            invitation.HasOne(i => i.By).WithMany().HasForeignKey(i => i.ById);
        }
    }
}
