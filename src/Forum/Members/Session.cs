using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>One signed-in browser. The cookie names this row; without the row the cookie is worth nothing.</summary>
public sealed class Session
{
    /// <summary>How long a session lasts at most, however often its member comes by [ASVS 7.3.2].</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(180);

    /// <summary>SHA-256 of the secret in the cookie, base64url.</summary>
    public required string Key { get; init; }

    public required long MemberId { get; init; }

    public required DateTime Started { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> session)
        {
            session.HasKey(s => s.Key);
            session.Property(s => s.Key).HasMaxLength(Secrets.HashLength);
            session.HasOne<Member>().WithMany().HasForeignKey(s => s.MemberId);
        }
    }
}
