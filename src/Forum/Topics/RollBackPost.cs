using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Lets a post say again what an earlier version said, as a new version: nothing is lost.</summary>
public sealed class RollBackPost(ForumWriter writer, WritingQueries writings, IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    private static readonly Refusal changed = new(RefusalKind.Conflict, "Somebody changed this post meanwhile. Look at its history again before you roll it back.");

    /// <param name="to">The version to bring back, with its title and tags.</param>
    /// <param name="version">The present version, as the actor saw it.</param>
    /// <param name="reason">Kept with the edit.</param>
    public async Task<Result<PostedPost>> RunAsync(Actor actor, long postId, int to, int version, string? reason, CancellationToken cancellation)
    {
        if (!(await RevisionAsync(actor, postId, to, cancellation)).Is(out var old, out var refusal))
            return refusal;
        if (!(await writings.ReadAsync(actor, old.Markdown, Post.MinReplyLength, new(PostId: postId), cancellation)).Is(out var writing, out refusal))
            return refusal;
        var words = new NewWords(writing, old.Title, old.Tags?.Split(' ', StringSplitOptions.RemoveEmptyEntries), Typed.Line(reason), Again: true);

        return await writer.RunAsync<PostedPost>(actor, async (deed, cancellation) =>
        {
            var rights = await deed.Db.RightsOfAsync(actor, deed.Now, cancellation);
            if (!(await deed.EditableAsync(rights, postId, cancellation)).Is(out var post, out var mayNot))
                return mayNot;
            var result = await deed.ReplaceAsync(post, rights, version, words, cancellation);
            return result.Refusal is StaleEdit ? changed : result;
        }, cancellation);
    }

    /// <summary>That version, for whoever may edit the post: what is said of its words tells what they are.</summary>
    private async Task<Result<Revision>> RevisionAsync(Actor actor, long postId, int version, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var post = await db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.Id == postId, cancellation);
        if (post is null)
            return Refusal.NotFound;
        if (post.CannotBeEditedBy(await db.RightsOfAsync(actor, now, cancellation), now) is { } mayNot)
            return mayNot;
        return await db.Revisions.AsNoTracking().SingleOrDefaultAsync(r => r.PostId == postId && r.Version == version, cancellation) is { } revision ? revision : Refusal.NotFound;
    }
}
