using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>What a token may do; each scope holds those before it.</summary>
public enum TokenScope : byte
{
    Read,
    Write,
    Moderate,
    Admin,
}

/// <summary>A key to the API in a member's name, never with more rights than the member has.</summary>
public sealed class ApiToken
{
    public const int MaxNameLength = 60;

    /// <summary>Characters of a token that its member knows it by.</summary>
    public const int PrefixLength = 12;

    /// <summary>Tokens that one member has at once.</summary>
    public const int MaxOfMember = 20;

    /// <summary>The longest life of a token that its member makes, in days.</summary>
    public const int MaxDays = 365;

    public long Id { get; init; }

    public required long MemberId { get; init; }

    /// <summary>SHA-256 of the token, base64url; the token itself is shown once and never stored.</summary>
    public required string Hash { get; init; }

    public required TokenScope Scope { get; init; }

    public required DateTime Created { get; init; }

    /// <summary>What its member calls it; empty where the operator made it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its first <see cref="PrefixLength"/> characters; empty for those of before they were kept.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>From when on it is good for nothing; null where the operator made it for good.</summary>
    public DateTime? Expires { get; init; }

    /// <summary>When it was used last, give or take <see cref="LastUse.Step"/>; null for never.</summary>
    public DateTime? Used { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<ApiToken>
    {
        public void Configure(EntityTypeBuilder<ApiToken> token)
        {
            token.Property(t => t.Hash).HasMaxLength(Secrets.HashLength);
            token.Property(t => t.Name).HasMaxLength(MaxNameLength);
            token.Property(t => t.Prefix).HasMaxLength(PrefixLength);
            token.HasIndex(t => t.Hash).IsUnique();
            token.HasOne<Member>().WithMany().HasForeignKey(t => t.MemberId);
        }
    }
}
