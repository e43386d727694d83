using Forum.Data;
using Forum.Members;
using Forum.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Forum.Jobs;

/// <summary>Puts other words in the place of mentions of a member, batch by batch.</summary>
public sealed class MentionsAnew(IDbContextFactory<ForumDbContext> contexts, Rerendering rerendering, PostRenderer renderer)
{
    /// <summary>Takes a member's handles, the one they have and those they had, out of all posts.</summary>
    public async Task ForgetAsync(Actor actor, long memberId, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var (handles, _) = await HandlesAsync(db, memberId, cancellation);
        for (long? next = 0; next is not null;)
            (_, next) = await RewriteAsync(actor, db, memberId, next.Value, handles, DisplayNames.FormerMember, cancellation);
    }

    /// <summary>The handles that a member has and had, and the one that they have.</summary>
    public static async Task<(HashSet<string> All, string Now)> HandlesAsync(ForumDbContext db, long memberId, CancellationToken cancellation)
    {
        var now = await db.Users.Where(m => m.Id == memberId).Select(m => m.UserName!).SingleAsync(cancellation);
        return (new(await db.FormerHandles.Where(f => f.MemberId == memberId).Select(f => f.Normalized).ToListAsync(cancellation), StringComparer.OrdinalIgnoreCase) { now }, now);
    }

    /// <summary>A batch of posts, from the one of that id on; how many they were and where the next begins, if there is one.</summary>
    public async Task<(int Posts, long? Next)> RewriteAsync(Actor actor, ForumDbContext db, long memberId, long from, IReadOnlySet<string> handles, string instead, CancellationToken cancellation)
    {
        var ids = await db.PostMentions.Where(m => m.MemberId == memberId && m.PostId >= from).OrderBy(m => m.PostId).Take(Rerendering.BatchSize).Select(m => m.PostId).ToArrayAsync(cancellation);
        if (ids.Length > 0)
            await rerendering.RewriteAsync(actor, ids, markdown => renderer.Rename(markdown, handles, instead), cancellation);
        return (ids.Length, ids.Length < Rerendering.BatchSize ? null : ids[^1] + 1);
    }
}
