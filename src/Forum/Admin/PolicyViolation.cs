using Forum.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Admin;

/// <summary>Something that browsers did not do on a page because the policy of contents forbids it, counted over all who reported it.</summary>
public sealed class PolicyViolation
{
    public const int MaxDirectiveLength = 40;

    /// <summary>Of an address: of the page, of what was asked for, or of the file that asked.</summary>
    public const int MaxAddressLength = 200;

    /// <summary>Different ones that are kept at once; whoever makes them up fills no disk.</summary>
    public const int Max = 500;

    /// <summary>What was not reported for so long is forgotten.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>A hash of what it is, so that databases that compare letters in their own ways agree.</summary>
    public required string Id { get; init; }

    /// <summary>The rule that was broken, such as script-src-elem.</summary>
    public required string Directive { get; init; }

    /// <summary>What was to be loaded or done: an address without its query, or a word such as inline.</summary>
    public required string Blocked { get; init; }

    /// <summary>The path of the page.</summary>
    public required string Page { get; init; }

    /// <summary>The file and line that asked for it; empty where the browser did not say.</summary>
    public required string Source { get; init; }

    public int Count { get; private set; }

    public DateTime First { get; private set; }

    public DateTime Last { get; private set; }

    internal static string IdOf(Violation what) => Secrets.Hash($"{what.Directive}\n{what.Blocked}\n{what.Page}\n{what.Source}");

    internal void Add(int count, DateTime now)
    {
        Count += Math.Min(count, int.MaxValue - Count);
        First = First == default ? now : First;
        Last = now;
    }

    internal sealed class Map : IEntityTypeConfiguration<PolicyViolation>
    {
        public void Configure(EntityTypeBuilder<PolicyViolation> violation)
        {
            violation.Property(v => v.Id).HasMaxLength(Secrets.HashLength);
            violation.Property(v => v.Directive).HasMaxLength(MaxDirectiveLength);
            violation.Property(v => v.Blocked).HasMaxLength(MaxAddressLength);
            violation.Property(v => v.Page).HasMaxLength(MaxAddressLength);
            violation.Property(v => v.Source).HasMaxLength(MaxAddressLength);
            violation.HasIndex(v => v.Last);
        }
    }
}

/// <summary>What a browser reported; see <see cref="PolicyViolation"/> for its parts, which are no longer than is said there.</summary>
public sealed record Violation(string Directive, string Blocked, string Page, string Source);
