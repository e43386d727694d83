using System.Text.RegularExpressions;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>The watched words of this node, read anew when they have changed: a look at their number and the time of the last change tells.</summary>
public sealed partial class Screens(IDbContextFactory<ForumDbContext> contexts)
{
    private (int Count, DateTime? Last, Screen Screen) current = (0, null, new([]));

    public async Task<Screen> CurrentAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var state = await db.WatchedWords.GroupBy(w => 1).Select(g => new { Count = g.Count(), Last = (DateTime?)g.Max(w => w.At) }).SingleOrDefaultAsync(cancellation);
        var (count, last) = (state?.Count ?? 0, state?.Last);
        var known = current;
        if (known.Count == count && known.Last == last)
            return known.Screen;
        var screen = new Screen(await db.WatchedWords.AsNoTracking().ToListAsync(cancellation));
        current = (count, last, screen);
        return screen;
    }

    /// <summary>Addresses that a rendered post links to.</summary>
    internal static IEnumerable<string> LinksIn(string html) => Link().Matches(html).Select(m => System.Net.WebUtility.HtmlDecode(m.Groups[1].Value));

    [GeneratedRegex("""<a [^>]*href="(https?:[^"]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
