using Forum.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>What the link in an e-mail is good for.</summary>
public enum TokenPurpose : byte
{
    /// <summary>Shows that a new account has that address.</summary>
    ConfirmEmail,

    /// <summary>Chooses a new password.</summary>
    ResetPassword,

    /// <summary>Gives an account the address that the link was sent to.</summary>
    ChangeEmail,
}

/// <summary>A secret that was sent to somebody's address: good once, for a while, and until there is a newer one of its kind.</summary>
public sealed class AccountToken
{
    public long Id { get; init; }

    public required long MemberId { get; init; }

    public required TokenPurpose Purpose { get; init; }

    /// <summary>As in <see cref="Secrets.Hash"/>; the secret itself is in the letter alone.</summary>
    public required string Hash { get; init; }

    /// <summary>The address it was sent to.</summary>
    public required string Email { get; init; }

    /// <summary>Where its member wanted to go.</summary>
    public string? ReturnUrl { get; init; }

    /// <summary>The browser in which it was asked for, as in <see cref="Secrets.Hash"/>; null where that is not known.</summary>
    public string? Browser { get; init; }

    public required DateTime Expires { get; init; }

    /// <summary>Whether it was asked for in the browser that is known by this.</summary>
    public bool IsOf(string? browser) => browser is not null && Browser == Secrets.Hash(browser);

    /// <summary>How long a link is good [ASVS 6.4.1 for passwords].</summary>
    public static TimeSpan LifetimeOf(TokenPurpose purpose) => purpose == TokenPurpose.ConfirmEmail ? TimeSpan.FromDays(2) : TimeSpan.FromHours(1);

    internal sealed class Map : IEntityTypeConfiguration<AccountToken>
    {
        public void Configure(EntityTypeBuilder<AccountToken> token)
        {
            token.Property(t => t.Hash).HasMaxLength(Secrets.HashLength);
            token.Property(t => t.Browser).HasMaxLength(Secrets.HashLength);
            token.Property(t => t.Email).HasMaxLength(Member.MaxEmailLength);
            token.Property(t => t.ReturnUrl).HasMaxLength(Member.MaxReturnUrlLength);
            token.HasIndex(t => t.Hash).IsUnique();
            token.HasIndex(t => t.Expires);
            token.HasOne<Member>().WithMany().HasForeignKey(t => t.MemberId);
        }
    }
}

internal static class AccountTokens
{
    /// <summary>Makes a secret for a letter; older ones of the member for the same purpose are good for nothing any more.</summary>
    public static async Task<string> IssueAsync(this Deed deed, Member member, TokenPurpose purpose, string email, CancellationToken cancellation, string? returnUrl = null, string? browser = null)
    {
        await deed.Db.AccountTokens.Where(t => t.MemberId == member.Id && t.Purpose == purpose).ExecuteDeleteAsync(cancellation);
        var secret = Secrets.New();
        deed.Db.AccountTokens.Add(new()
        {
            MemberId = member.Id,
            Purpose = purpose,
            Hash = Secrets.Hash(secret),
            Email = email,
            ReturnUrl = returnUrl?.Length <= Member.MaxReturnUrlLength ? returnUrl : null,
            Browser = browser is null ? null : Secrets.Hash(browser),
            Expires = deed.Now + AccountToken.LifetimeOf(purpose),
        });
        return secret;
    }

    /// <summary>The token of a secret that is still good; null where there is none.</summary>
    public static Task<AccountToken?> FindTokenAsync(this ForumDbContext db, string? secret, TokenPurpose purpose, DateTime now, CancellationToken cancellation)
    {
        var hash = Secrets.Hash(secret ?? "");
        return db.AccountTokens.AsNoTracking().SingleOrDefaultAsync(t => t.Hash == hash && t.Purpose == purpose && t.Expires > now, cancellation);
    }

    /// <summary>The same, used up: of two who come at once one finds it.</summary>
    public static async Task<(AccountToken Token, Member Member)?> RedeemAsync(this Deed deed, string? secret, TokenPurpose purpose, CancellationToken cancellation) =>
        await deed.Db.FindTokenAsync(secret, purpose, deed.Now, cancellation) is { } token
        && await deed.Db.AccountTokens.Where(t => t.Id == token.Id).ExecuteDeleteAsync(cancellation) == 1
            ? (token, await deed.Db.Users.SingleAsync(m => m.Id == token.MemberId, cancellation))
            : null;
}
