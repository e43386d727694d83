using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

public enum BlockKind : byte
{
    /// <summary>One address, or all that begin as it does: from there nobody signs up, signs in or writes.</summary>
    Network,

    /// <summary>A host of e-mail addresses with all below it, or one address: nobody signs up with it.</summary>
    Mail,
}

/// <summary>That nobody comes from there: since when, why, by whom and until when.</summary>
public sealed class Block
{
    public const int MaxPatternLength = 254;
    public const int MaxReasonLength = 500;

    /// <summary>Most that hold at once.</summary>
    public const int Max = 5000;

    /// <summary>Widest networks that are blocked, as bits that addresses have in common.</summary>
    public const int MinBits4 = 8, MinBits6 = 24;

    /// <summary>For how many days somebody is kept out.</summary>
    public static readonly IReadOnlyList<int> Days = [1, 7, 30, 365];

    public long Id { get; init; }

    public required BlockKind Kind { get; init; }

    /// <summary>A network such as 192.0.2.0/24, or what follows the @ of an address, or the whole of it; one of a kind.</summary>
    public required string Pattern { get; init; }

    /// <summary>For staff alone.</summary>
    public required string Reason { get; set; }

    public required DateTime At { get; set; }

    /// <summary>Null for good.</summary>
    public DateTime? Until { get; set; }

    /// <summary>Null for the operator at the command line.</summary>
    public long? ById { get; set; }

    public Member? By { get; init; }

    /// <summary>What was typed as it is kept; null where it makes no sense or is too wide.</summary>
    public static string? Read(BlockKind kind, string typed) => kind == BlockKind.Network ? NetworkOf(typed) : MailOf(typed);

    private static string? NetworkOf(string typed)
    {
        if (!typed.Contains('/', StringComparison.Ordinal))
            return IPAddress.TryParse(typed, out var address) ? new IPNetwork(Plain(address), Plain(address).GetAddressBytes().Length * 8).ToString() : null;
        var slash = typed.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(typed.AsSpan(0, slash), out var first) || !int.TryParse(typed.AsSpan(slash + 1), out var bits))
            return null;
        if (first.IsIPv4MappedToIPv6)
            (first, bits) = (Plain(first), bits - 96);
        var bytes = first.GetAddressBytes();
        if (bits < (bytes.Length == 4 ? MinBits4 : MinBits6) || bits > bytes.Length * 8)
            return null;
        for (var bit = bits; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(0x80 >> bit % 8);
        return new IPNetwork(new IPAddress(bytes), bits).ToString();
    }

    private static string? MailOf(string typed)
    {
        var mail = typed.TrimStart('@').ToLowerInvariant();
        var host = mail[(mail.LastIndexOf('@') + 1)..];
        return host.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(host) == UriHostNameType.Dns && !mail.Contains(' ', StringComparison.Ordinal) ? mail : null;
    }

    /// <summary>An address of IPv4 as such.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    internal sealed class Map : IEntityTypeConfiguration<Block>
    {
        public void Configure(EntityTypeBuilder<Block> block)
        {
            block.Property(b => b.Pattern).HasMaxLength(MaxPatternLength);
            block.Property(b => b.Reason).HasMaxLength(MaxReasonLength);
            block.HasIndex(b => new { b.Kind, b.Pattern }).IsUnique();
            block.HasOne(b => b.By).WithMany().HasForeignKey(b => b.ById);
        }
    }
}
