using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Lets a post say again what an earlier version said, as a new version: nothing is lost.</summary>
public sealed class RollBackPost(ForumWriter writer, WritingQueries writings, IDbContextFactory<ForumDbContext> contexts)
{
    private static readonly Refusal changed = new(RefusalKind.Conflict, "Somebody changed this post meanwhile. Look at its history again before you roll it back.");

    /// <param name="to">The version to bring back, with its title and tags.</param>
    /// <param name="version">The present version, as the actor saw it.</param>
    /// <param name="reason">Kept with the edit.</param>
    public async Task<Result<PostedPost>> RunAsync(Actor actor, long postId, int to, int version, string? reason, CancellationToken cancellation)
    {
        if (await RevisionAsync(postId, to, cancellation) is not { } old)
            return Refusal.NotFound;
        if (!(await writings.ReadAsync(actor, old.Markdown, Post.MinReplyLength, new(PostId: postId), cancellation)).Is(out var writing, out var refusal))
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

    private async Task<Revision?> RevisionAsync(long postId, int version, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Revisions.AsNoTracking().SingleOrDefaultAsync(r => r.PostId == postId && r.Version == version, cancellation);
    }
}
