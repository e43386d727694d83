using Forum.Data;
using Forum.Topics;

namespace Forum.Moderation;

/// <summary>Deletes a post; deleting the first one deletes its topic. A line stays where it stood, and staff can bring it back.</summary>
public sealed class DeletePost(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long postId, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, (deed, cancellation) =>
            deed.ChangeSightAsync(postId, Visibility.Deleted, (post, rights) => post.CannotBeDeletedBy(rights, deed.Now), null, cancellation), cancellation);
}

/// <summary>Takes a post out of sight until staff decide; hiding the first one hides its topic.</summary>
public sealed class HidePost(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long postId, string? reason, CancellationToken cancellation)
    {
        if (!AuditEntry.ReadNote(reason).Is(out var note, out var refusal))
            return Task.FromResult<Result<Done>>(refusal);
        return writer.RunAsync<Done>(actor, (deed, cancellation) =>
            deed.ChangeSightAsync(postId, Visibility.Hidden, (post, rights) => post.CannotBeHiddenBy(rights), note, cancellation), cancellation);
    }
}

/// <summary>Brings a hidden or deleted post back.</summary>
public sealed class RestorePost(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long postId, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, (deed, cancellation) =>
            deed.ChangeSightAsync(postId, Visibility.Visible, (post, rights) => post.CannotBeRestoredBy(rights), null, cancellation), cancellation);
}
