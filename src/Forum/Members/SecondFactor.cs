using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>The app that shows a member codes of six digits, which they type after their password [RFC 6238].</summary>
public sealed class SecondFactor
{
    public const int MaxSecretLength = 40;

    /// <summary>For so long a device that was remembered is not asked for a code.</summary>
    public static readonly TimeSpan Remembers = TimeSpan.FromDays(30);

    public required long MemberId { get; init; }

    /// <summary>What the app and the forum share, in base 32.</summary>
    public required string Secret { get; set; }

    /// <summary>Since when codes are asked for; null until the first one was typed.</summary>
    public DateTime? Since { get; set; }

    /// <summary>The step of time whose code was taken last: each is taken once.</summary>
    public long LastStep { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<SecondFactor>
    {
        public void Configure(EntityTypeBuilder<SecondFactor> factor)
        {
            factor.HasKey(f => f.MemberId);
            factor.Property(f => f.MemberId).ValueGeneratedNever();
            factor.Property(f => f.Secret).HasMaxLength(MaxSecretLength);
            factor.HasOne<Member>().WithMany().HasForeignKey(f => f.MemberId);
        }
    }
}

/// <summary>A code that stands in for the app once, for whoever lost it.</summary>
public sealed class RecoveryCode
{
    /// <summary>So many are made at a time.</summary>
    public const int Count = 10;

    public long Id { get; init; }

    public required long MemberId { get; init; }

    /// <summary>As in <see cref="Secrets.Hash"/>.</summary>
    public required string Hash { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<RecoveryCode>
    {
        public void Configure(EntityTypeBuilder<RecoveryCode> code)
        {
            code.Property(c => c.Hash).HasMaxLength(Secrets.HashLength);
            code.HasIndex(c => new { c.MemberId, c.Hash }).IsUnique();
            code.HasOne<Member>().WithMany().HasForeignKey(c => c.MemberId);
        }
    }
}

/// <summary>A browser whose member need not type a code for a while.</summary>
public sealed class RememberedDevice
{
    /// <summary>As in <see cref="Secrets.Hash"/>; the secret is in a cookie.</summary>
    public required string Key { get; init; }

    public required long MemberId { get; init; }

    public required DateTime Until { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<RememberedDevice>
    {
        public void Configure(EntityTypeBuilder<RememberedDevice> device)
        {
            device.HasKey(d => d.Key);
            device.Property(d => d.Key).HasMaxLength(Secrets.HashLength);
            device.HasIndex(d => d.Until);
            device.HasOne<Member>().WithMany().HasForeignKey(d => d.MemberId);
        }
    }
}
