using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Jobs;

/// <summary>
/// Has the posts that mention a member follow when their handle has changed. No post's version or date of edit changes, and no topic rises.
/// How far it has come stands beside the handle that was left, so that whatever stops it the next run goes on. Several nodes may do it at once.
/// </summary>
public sealed class RewriteMentions(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, MentionsAnew mentions)
{
    /// <returns>How many posts were gone through.</returns>
    public async Task<Result<int>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator rewrites mentions.");
        for (var done = 0; ;)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            if (await db.FormerHandles.AsNoTracking().Where(f => f.NextPost != null).OrderBy(f => f.NextPost).FirstOrDefaultAsync(cancellation) is not { } left)
                return done;
            var (handles, now) = await MentionsAnew.HandlesAsync(db, left.MemberId, cancellation);
            handles.Remove(now);
            var (posts, next) = await mentions.RewriteAsync(actor, db, left.MemberId, left.NextPost!.Value, handles, $"@{now}", cancellation);
            await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
            {
                await deed.Db.FormerHandles.Where(f => f.Normalized == left.Normalized && f.MemberId == left.MemberId && f.NextPost == left.NextPost).ExecuteUpdateAsync(set => set.SetProperty(f => f.NextPost, next), cancellation);
                return new Done();
            }, cancellation);
            done += posts;
        }
    }
}
