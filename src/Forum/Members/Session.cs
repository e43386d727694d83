using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>One signed-in browser. The cookie names this row; without the row the cookie is worth nothing.</summary>
public sealed class Session
{
    /// <summary>How long a session lasts at most, however often its member comes by [ASVS 7.3.2].</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(180);

    public const int MaxNetworkLength = 45;

    /// <summary>SHA-256 of the secret in the cookie, base64url.</summary>
    public required string Key { get; init; }

    public required long MemberId { get; init; }

    public required DateTime Started { get; init; }

    /// <summary>For so long it is kept where a session began.</summary>
    public static readonly TimeSpan KeepsNetwork = TimeSpan.FromDays(30);

    /// <summary>The address that it began at, of IPv6 its first 64 bits; forgotten after <see cref="KeepsNetwork"/>, and null where it is not known.</summary>
    public string? Network { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> session)
        {
            session.HasKey(s => s.Key);
            session.Property(s => s.Key).HasMaxLength(Secrets.HashLength);
            session.Property(s => s.Network).HasMaxLength(MaxNetworkLength);
            session.HasIndex(s => new { s.Network, s.MemberId });
            session.HasOne<Member>().WithMany().HasForeignKey(s => s.MemberId);
        }
    }
}
