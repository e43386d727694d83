using System.Globalization;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Standing;

/// <summary>A badge as it stands beside a name.</summary>
public sealed record BadgeLabel(long Id, string Name, BadgeGrade Grade, int Holders);

/// <summary>The badges that there are, in memory: which of those that a member holds are the rarest is told without a query. Read anew by whoever handles the events of badges.</summary>
public sealed class BadgeShelf
{
    /// <summary>Badges beside a name.</summary>
    public const int Beside = 2;

    private IReadOnlyDictionary<long, BadgeLabel> labels = new Dictionary<long, BadgeLabel>();

    /// <summary>The rarest of these badges, the rarest first.</summary>
    /// <param name="badges">As they are noted on the member.</param>
    public IReadOnlyList<BadgeLabel> RarestOf(string badges)
    {
        var known = Volatile.Read(ref labels);
        return badges.Length == 0 || known.Count == 0 ? []
            : [.. Read(badges).Select(id => known.GetValueOrDefault(id)).OfType<BadgeLabel>().OrderBy(b => b.Holders).ThenByDescending(b => b.Grade).ThenByDescending(b => b.Id).Take(Beside)];
    }

    public async Task ReadAsync(ForumDbContext db, CancellationToken cancellation) =>
        Volatile.Write(ref labels, await db.Badges.Select(b => new BadgeLabel(b.Id, b.Name, b.Grade, b.Holders)).ToDictionaryAsync(b => b.Id, cancellation));

    /// <summary>Ids as they are noted on a member.</summary>
    internal static string Write(IEnumerable<long> ids) => string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));

    private static IEnumerable<long> Read(string badges) => badges.Split(',').Select(id => long.Parse(id, CultureInfo.InvariantCulture));
}
