using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>The groups of words that mean the same, kept in memory until one of them changes. A query is widened by them when it is asked, so that no document is written anew.</summary>
public sealed class Synonyms
{
    private readonly Lock gate = new();
    private ILookup<string, (Expression Entry, IReadOnlyList<Expression> Group)>? kept;
    private int changes;

    /// <summary>All entries, by the stems of their first word.</summary>
    internal async Task<ILookup<string, (Expression Entry, IReadOnlyList<Expression> Group)>> ReadAsync(ForumDbContext db, Language site, CancellationToken cancellation)
    {
        int before;
        lock (gate)
        {
            if (kept is not null)
                return kept;
            before = changes;
        }
        // A board that gets a language of its own is told by an event, too.
        var codes = await db.Boards.AsNoTracking().Where(b => b.Language != null).Select(b => b.Language!).Distinct().ToListAsync(cancellation);
        var languages = codes.Select(Language.Of).Prepend(site).Distinct().ToList();
        var groups = await db.SynonymGroups.AsNoTracking().OrderBy(g => g.Id).Select(g => g.Entries).ToListAsync(cancellation);
        var read = groups.Select(g => Expression.AllOf(g, languages)).SelectMany(g => g, (group, entry) => (entry, group))
            .SelectMany(e => (e.entry.Single ?? e.entry.Parts[0]).Stems, (e, stem) => (stem, e)).ToLookup(e => e.stem, e => e.e);
        lock (gate)
        {
            if (before == changes)
                kept = read;
        }
        return read;
    }

    /// <summary>Reads them anew for the next search.</summary>
    internal void Forget()
    {
        lock (gate)
        {
            changes++;
            kept = null;
        }
    }
}
