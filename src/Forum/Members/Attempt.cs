using Forum.Data;
using Forum.Data.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Forum.Members;

/// <summary>One try of something that may only be tried so often, kept in the database so that every node counts the same.</summary>
public sealed class Attempt
{
    public const int MaxKeyLength = 64;

    /// <summary>No limit looks further back.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public long Id { get; init; }

    /// <summary>What was tried, by whom or from where, as <see cref="Pace.Key"/> makes it.</summary>
    public required string Key { get; init; }

    public required DateTime At { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Attempt>
    {
        public void Configure(EntityTypeBuilder<Attempt> attempt)
        {
            attempt.Property(a => a.Key).HasMaxLength(MaxKeyLength);
            attempt.HasIndex(a => new { a.Key, a.At });
            attempt.HasIndex(a => a.At);
        }
    }
}

/// <summary>How often something may be tried: in a window that slides, not in one that begins anew.</summary>
/// <param name="What">Stands before whom or where in the key.</param>
internal sealed record Pace(string What, int Count, TimeSpan Window)
{
    /// <summary>Names what was tried without saying by whom: addresses are not kept.</summary>
    public string Key(params string?[] by) => $"{What}:{Secrets.Hash(string.Join('\n', by))}";
}

internal static class Paces
{
    /// <summary>How long until the next try may be made; null where it may be made now. Inside a deed, whoever asks for the same at once waits until it is noted.</summary>
    public static async Task<TimeSpan?> WaitAsync(this ForumDbContext db, Pace pace, string key, DateTime now, CancellationToken cancellation)
    {
        await db.TakeTurnAsync(key, cancellation);
        var since = now - pace.Window;
        var last = await db.Attempts.Where(a => a.Key == key && a.At > since).OrderByDescending(a => a.At).Skip(pace.Count - 1).Select(a => (DateTime?)a.At).FirstOrDefaultAsync(cancellation);
        return last + pace.Window - now;
    }

    /// <summary>Notes a try.</summary>
    public static Attempt Try(this Deed deed, string key)
    {
        var attempt = new Attempt { Key = key, At = deed.Now };
        deed.Db.Attempts.Add(attempt);
        return attempt;
    }
}
