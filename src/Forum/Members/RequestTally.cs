using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>What one node counted of somebody's requests in a minute: the nodes add up each other's.</summary>
public sealed class RequestTally
{
    public const int MaxKeyLength = 64;

    /// <summary>No limit looks further back than the minute before the one that runs.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    public long Id { get; init; }

    /// <summary>Which limit, and of whom, as <see cref="KeyOf"/> makes it.</summary>
    public required string Key { get; init; }

    /// <summary>When the minute began.</summary>
    public required DateTime Minute { get; init; }

    public required int Count { get; init; }

    /// <summary>Names a limit and whom it is for without saying who that is: addresses are not kept.</summary>
    public static string KeyOf(string limit, string client) => $"{limit}:{Secrets.Hash(client)}";

    internal sealed class Map : IEntityTypeConfiguration<RequestTally>
    {
        public void Configure(EntityTypeBuilder<RequestTally> tally)
        {
            tally.Property(t => t.Key).HasMaxLength(MaxKeyLength);
            tally.HasIndex(t => new { t.Key, t.Minute });
            tally.HasIndex(t => t.Minute);
        }
    }
}
