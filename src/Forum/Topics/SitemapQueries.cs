using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>A topic as a line of the sitemap.</summary>
public sealed record SitemapEntry(long Id, string Slug, DateTime LastActivity);

/// <summary>Reads the topics that visitors may see, in parts by ranges of ids, so that each part costs the same in a forum of any size.</summary>
public sealed class SitemapQueries(IDbContextFactory<ForumDbContext> contexts)
{
    /// <summary>Ids in one part: half of what the sitemap protocol allows in a file.</summary>
    public const int PartSize = 25_000;

    /// <summary>The numbers of the parts there are, from 0.</summary>
    public async Task<IReadOnlyList<int>> PartsAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var last = await db.Topics.MaxAsync(t => (long?)t.Id, cancellation) ?? 0;
        return [.. Enumerable.Range(0, (int)(last / PartSize) + 1)];
    }

    /// <summary>The topics of one part; questions that nobody answered are left out, since they say little, and so are duplicates, whose original stands there.</summary>
    public async Task<IReadOnlyList<SitemapEntry>> PartAsync(int part, CancellationToken cancellation)
    {
        var (from, to) = ((long)part * PartSize, (part + 1L) * PartSize);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Topics.AsNoTracking().Where(t => t.Id >= from && t.Id < to && (t.Replies > 0 || t.Board.Kind != BoardKind.Questions) && !db.Closures.Any(c => c.TopicId == t.Id && c.DuplicateOfId != null))
            .ReadableBy(Rights.OfVisitor).OrderBy(t => t.Id).Select(t => new SitemapEntry(t.Id, t.Slug, t.LastActivity)).ToListAsync(cancellation);
    }
}
