using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Search;

/// <summary>A group of synonyms for those who look after them.</summary>
public sealed record SynonymGroupView(long Id, string Entries);

/// <summary>Reads groups of synonyms for those who look after them; refused to others.</summary>
public sealed class SynonymQueries(IDbContextFactory<ForumDbContext> contexts)
{
    /// <summary>All groups, in the order of their words.</summary>
    public async Task<Result<IReadOnlyList<SynonymGroupView>>> AllAsync(Rights rights, CancellationToken cancellation)
    {
        if (rights.CannotChangeSynonyms() is { } mayNot)
            return mayNot;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return Result<IReadOnlyList<SynonymGroupView>>.Of(await db.SynonymGroups.AsNoTracking().OrderBy(g => g.Entries).Take(SynonymGroup.MaxGroups).Select(g => new SynonymGroupView(g.Id, g.Entries)).ToListAsync(cancellation));
    }
}
