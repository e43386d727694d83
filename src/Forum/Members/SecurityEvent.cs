using Forum.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>What happened to an account.</summary>
public enum SecurityEventKind : byte
{
    SignedIn,
    SignInFailed,
    SignedOut,
    SessionsEnded,
    PasswordChanged,
    RecoveryAsked,
    EmailChanged,
    SecondFactorOn,
    SecondFactorOff,
    SecondFactorFailed,
    RecoveryCodeUsed,
    PasskeyAdded,
    PasskeyRemoved,
    TokenMade,
    TokenTakenBack,
    DataExported,
    ErasureAsked,
    ErasureCalledOff,
    HandleChanged,
    ProviderConnected,
    ProviderRemoved,
}

/// <summary>Something that happened to an account: its member reads it, and so do moderators of the site. Each is a line of the security log, too.</summary>
public sealed class SecurityEvent
{
    public const int MaxDeviceLength = 60;

    /// <summary>For so long it is kept; where from, only as long as of a session.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public long Id { get; init; }

    public required long MemberId { get; init; }

    public required SecurityEventKind Kind { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Where from, as in <see cref="Session.Network"/>.</summary>
    public string? Network { get; init; }

    /// <summary>With what, as in <see cref="Session.Device"/>.</summary>
    public string? Device { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<SecurityEvent>
    {
        public void Configure(EntityTypeBuilder<SecurityEvent> happened)
        {
            happened.Property(e => e.Network).HasMaxLength(Session.MaxNetworkLength);
            happened.Property(e => e.Device).HasMaxLength(MaxDeviceLength);
            happened.HasIndex(e => new { e.MemberId, e.At });
            happened.HasIndex(e => e.At);
            happened.HasOne<Member>().WithMany().HasForeignKey(e => e.MemberId);
        }
    }
}

/// <summary>Where somebody signs in from, and with what.</summary>
/// <param name="Network">As in <see cref="Session.Network"/>; null where it is not known.</param>
/// <param name="Device">Such as "Firefox on Windows"; null where it is not known.</param>
/// <param name="Session">The secret of the session that asks; null without one.</param>
public sealed record Caller(string? Network = null, string? Device = null, string? Session = null)
{
    public static readonly Caller Unknown = new();
}

internal static class SecurityEvents
{
    /// <summary>Notes what happened to an account.</summary>
    public static void Note(this Deed deed, SecurityEventKind kind, long memberId, Caller? caller = null) => deed.Db.SecurityEvents.Add(new()
    {
        MemberId = memberId,
        Kind = kind,
        At = deed.Now,
        Network = caller?.Network is { Length: <= Session.MaxNetworkLength } network ? network : null,
        Device = caller?.Device is { Length: <= SecurityEvent.MaxDeviceLength } device ? device : null,
    });
}
