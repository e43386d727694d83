using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>One signed-in browser. The cookie names this row; without the row the cookie is worth nothing.</summary>
public sealed class Session
{
    /// <summary>How long a session lasts at most, however often its member comes by [ASVS 7.3.2].</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(180);

    /// <summary>How long a session lasts without a visit [ASVS 7.3.1].</summary>
    public static readonly TimeSpan MaxIdle = TimeSpan.FromDays(14);

    /// <summary>So soon after it began it shows that it is the member, where there is no password to do so.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    public const int MaxNetworkLength = 45;

    public const int MaxDeviceLength = 60;

    /// <summary>SHA-256 of the secret in the cookie, base64url.</summary>
    public required string Key { get; init; }

    public required long MemberId { get; init; }

    public required DateTime Started { get; init; }

    /// <summary>For so long it is kept where a session began.</summary>
    public static readonly TimeSpan KeepsNetwork = TimeSpan.FromDays(30);

    /// <summary>The address that it began at, of IPv6 its first 64 bits; forgotten after <see cref="KeepsNetwork"/>, and null where it is not known.</summary>
    public string? Network { get; init; }

    /// <summary>With what, such as "Firefox on Windows"; null where it is not known.</summary>
    public string? Device { get; init; }

    /// <summary>When its member was last here, give or take <see cref="LastUse.Step"/>.</summary>
    public required DateTime Seen { get; init; }

    /// <summary>Until when it still holds after its member rose or fell in rank: from there a session that took its place; null as long as nothing changed.</summary>
    public DateTime? RenewBy { get; init; }

    /// <summary>Another one took its place.</summary>
    public bool Renewed { get; init; }

    /// <summary>For so long requests of before may go on with an id that is renewed.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromMinutes(1);

    internal sealed class Map : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> session)
        {
            session.HasKey(s => s.Key);
            session.Property(s => s.Key).HasMaxLength(Secrets.HashLength);
            session.Property(s => s.Network).HasMaxLength(MaxNetworkLength);
            session.Property(s => s.Device).HasMaxLength(MaxDeviceLength);
            session.HasIndex(s => new { s.Network, s.MemberId });
            session.HasOne<Member>().WithMany().HasForeignKey(s => s.MemberId);
        }
    }
}
