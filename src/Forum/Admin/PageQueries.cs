using Forum.Data;
using Forum.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Forum.Admin;

/// <summary>A version of a page of the community.</summary>
/// <param name="Newest">The version that holds.</param>
public sealed record PageView(SitePage Page, int Version, string Markdown, SafeHtml Html, DateTime Written, int Newest);

/// <summary>Reads the pages that a community writes itself; they are for everybody, every version of them.</summary>
public sealed class PageQueries(IDbContextFactory<ForumDbContext> contexts, PostRenderer renderer)
{
    /// <param name="version">Null for the newest. One that says nothing is not found, unless it is asked for by those who write.</param>
    public async Task<Result<PageView>> FindAsync(SitePage page, int? version, bool empty, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var newest = await db.PageVersions.Where(v => v.Page == page).MaxAsync(v => (int?)v.Version, cancellation);
        var wanted = version ?? newest;
        var found = await db.PageVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Page == page && v.Version == wanted, cancellation);
        if (found is null || found.Markdown.Length == 0 && !empty)
            return Refusal.NotFound;
        return renderer.Render(found.Markdown).Is(out var rendered, out var refusal) ? new PageView(page, found.Version, found.Markdown, rendered.Safe, found.Written, newest!.Value) : refusal;
    }
}
