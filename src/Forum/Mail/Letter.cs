using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Mail;

/// <summary>What a letter is written from when it is sent.</summary>
public enum LetterKind : byte
{
    /// <summary>From its own words.</summary>
    Words,

    /// <summary>A link to choose a new password, for whoever has an account at the address; nobody else is written to. Looked up when it is sent, so that asking takes as long for an address that nobody knows.</summary>
    Recovery,

    /// <summary>A link that confirms the address of a new account, where one waits for that; looked up likewise.</summary>
    Confirmation,
}

/// <summary>An e-mail that waits to be sent. It goes in the transaction of the deed that writes it, and away once a server took it.</summary>
public sealed class Letter
{
    public const int MaxAddressLength = 254, MaxSubjectLength = 200, MaxBodyLength = 2000, MaxArgsLength = 4000, MaxErrorLength = 500;

    /// <summary>How often a letter is tried, with twice the pause after each try: the last one half a day after the first.</summary>
    public const int MaxTries = 10;

    /// <summary>For so long a letter is kept that could not be sent.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public long Id { get; init; }

    public LetterKind Kind { get; init; }

    public required string To { get; init; }

    /// <summary>An English line, the key of its translation.</summary>
    public required string Subject { get; set; }

    /// <summary>English lines, the key of their translation; <c>{0}</c> takes the <see cref="Args"/>.</summary>
    public required string Body { get; set; }

    /// <summary>What stands for the placeholders of both, as a JSON array of strings.</summary>
    public required string Args { get; set; }

    public required DateTime Written { get; init; }

    /// <summary>When it is tried next; null where it was given up.</summary>
    public required DateTime? Due { get; set; }

    public int Tries { get; init; }

    /// <summary>What the server said the last time.</summary>
    public string? Error { get; init; }

    /// <summary>The pause after that many tries.</summary>
    public static TimeSpan PauseAfter(int tries) => TimeSpan.FromMinutes(Math.Pow(2, tries - 1));

    internal static string Pack(object[] args) => JsonSerializer.Serialize(args.Select(a => a.ToString()));

    /// <summary>The arguments again.</summary>
    public object[] Unpack() => JsonSerializer.Deserialize<string[]>(Args)!;

    internal sealed class Map : IEntityTypeConfiguration<Letter>
    {
        public void Configure(EntityTypeBuilder<Letter> letter)
        {
            letter.Property(l => l.To).HasMaxLength(MaxAddressLength);
            letter.Property(l => l.Subject).HasMaxLength(MaxSubjectLength);
            letter.Property(l => l.Body).HasMaxLength(MaxBodyLength);
            letter.Property(l => l.Args).HasMaxLength(MaxArgsLength);
            letter.Property(l => l.Error).HasMaxLength(MaxErrorLength);
            letter.HasIndex(l => l.Due);
        }
    }
}
