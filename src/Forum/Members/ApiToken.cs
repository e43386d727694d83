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
    public long Id { get; init; }

    public required long MemberId { get; init; }

    /// <summary>SHA-256 of the token, base64url; the token itself is shown once and never stored.</summary>
    public required string Hash { get; init; }

    public required TokenScope Scope { get; init; }

    public required DateTime Created { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<ApiToken>
    {
        public void Configure(EntityTypeBuilder<ApiToken> token)
        {
            token.Property(t => t.Hash).HasMaxLength(Secrets.HashLength);
            token.HasIndex(t => t.Hash).IsUnique();
            token.HasOne<Member>().WithMany().HasForeignKey(t => t.MemberId);
        }
    }
}
