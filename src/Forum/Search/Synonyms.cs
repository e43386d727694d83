using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>The groups of words that mean the same, kept in memory until one of them changes. A query is widened by them when it is asked, so that no document is written anew.</summary>
public sealed class Synonyms
{
    private readonly Lock gate = new();
    private ILookup<string, (Expression Entry, IReadOnlyList<Expression> Group)>? kept;
    private int changes;

    /// <summary>All entries, by the stem of their first word.</summary>
    internal async Task<ILookup<string, (Expression Entry, IReadOnlyList<Expression> Group)>> ReadAsync(ForumDbContext db, CancellationToken cancellation)
    {
        int before;
        lock (gate)
        {
            if (kept is not null)
                return kept;
            before = changes;
        }
        var groups = await db.SynonymGroups.AsNoTracking().OrderBy(g => g.Id).Select(g => g.Entries).ToListAsync(cancellation);
        var read = groups.Select(Expression.AllOf).SelectMany(g => g, (group, entry) => (entry, group)).ToLookup(e => e.entry.Single ?? e.entry.Parts[0]);
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
