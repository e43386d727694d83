using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>Leaves a post as it is: only moderators edit and delete it. Doing it twice is doing it once.</summary>
public sealed class LockPost(ForumWriter writer)
{
    /// <param name="reason">For the audit trail; at most <see cref="AuditEntry.MaxNoteLength"/> characters, or none.</param>
    public Task<Result<Done>> RunAsync(Actor actor, long postId, string? reason, CancellationToken cancellation) =>
        !AuditEntry.ReadNote(reason).Is(out var note, out var refusal) ? Task.FromResult<Result<Done>>(refusal)
        : writer.RunAsync<Done>(actor, (deed, cancellation) => deed.SetLockedAsync(postId, true, note, cancellation), cancellation);
}

/// <summary>Leaves a post to its author again.</summary>
public sealed class UnlockPost(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long postId, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, (deed, cancellation) => deed.SetLockedAsync(postId, false, null, cancellation), cancellation);
}

internal static class Locking
{
    public static async Task<Result<Done>> SetLockedAsync(this Deed deed, long postId, bool wanted, string? note, CancellationToken cancellation)
    {
        var db = deed.Db;
        var rights = await db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        var post = await db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.Id == postId, cancellation);
        if (post is null)
            return Refusal.NotFound;
        if (post.CannotBeRestoredBy(rights) is { } refusal)
            return refusal;
        if (await db.Posts.Where(p => p.Id == postId && p.Locked != wanted).ExecuteUpdateAsync(set => set.SetProperty(p => p.Locked, wanted), cancellation) == 0)
            return new Done();
        deed.Audit(wanted ? "post.locked" : "post.unlocked", post.TopicId, postId, post.AuthorId, note);
        deed.Tell(new PostLocked(post.TopicId, post.Topic.BoardId, postId));
        return new Done();
    }
}
