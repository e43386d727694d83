using System.Text.RegularExpressions;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>The watched words of this node, read anew when they have changed: a look at their number and the time of the last change tells.</summary>
public sealed partial class Screens(IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <param name="Until">When the next of them is no longer watched for.</param>
    private sealed record Known(int Count, DateTime? Last, DateTime? Until, Screen Screen);

    private Known current = new(0, null, null, new([]));

    public async Task<Screen> CurrentAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var state = await db.WatchedWords.GroupBy(w => 1).Select(g => new { Count = g.Count(), Last = (DateTime?)g.Max(w => w.At) }).SingleOrDefaultAsync(cancellation);
        var (count, last) = (state?.Count ?? 0, state?.Last);
        var (known, now) = (current, clock.GetUtcNow().UtcDateTime);
        if (known.Count == count && known.Last == last && !(known.Until <= now))
            return known.Screen;
        var words = await db.WatchedWords.AsNoTracking().Where(w => w.Until == null || w.Until > now).ToListAsync(cancellation);
        return (current = new(count, last, words.Min(w => w.Until), new(words))).Screen;
    }

    /// <summary>Addresses that a rendered post links to.</summary>
    internal static IEnumerable<string> LinksIn(string html) => Link().Matches(html).Select(m => System.Net.WebUtility.HtmlDecode(m.Groups[1].Value));

    [GeneratedRegex("""<a [^>]*href="(https?:[^"]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
