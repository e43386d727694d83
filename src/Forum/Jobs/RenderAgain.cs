using Forum.Data;
using Forum.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Forum.Jobs;

/// <summary>
/// Renders anew what an earlier version of the renderer made, and what is outdated because a topic that it leads to has changed. No post's version
/// or date of edit changes, and nobody is told but those who keep its words, where they changed, or its page, where it was outdated. Several nodes may do it at once.
/// </summary>
public sealed class RenderAgain(IDbContextFactory<ForumDbContext> contexts, Rerendering rerendering)
{
    /// <summary>How many posts were rendered again.</summary>
    public async Task<Result<int>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator renders posts again.");
        for (var done = 0; ;)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            var ids = await db.Posts.Where(p => p.RendererVersion < PostRenderer.Version).OrderBy(p => p.RendererVersion).ThenBy(p => p.Id).Select(p => p.Id).Take(Rerendering.BatchSize).ToArrayAsync(cancellation);
            if (ids.Length == 0)
                return done;
            await rerendering.RewriteAsync(actor, ids, markdown => markdown, cancellation);
            done += ids.Length;
        }
    }
}
