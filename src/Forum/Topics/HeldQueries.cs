using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>A post of one's own that waits for a moderator.</summary>
public sealed record WaitingPost(TopicLink Topic, int Number, HeldReason Reason, DateTime Since);

/// <summary>Reads what of somebody waits, for themselves.</summary>
public sealed class HeldQueries(IDbContextFactory<ForumDbContext> contexts)
{
    /// <summary>The newest first, at most <see cref="Paging.PageSize"/>.</summary>
    public async Task<IReadOnlyList<WaitingPost>> MineAsync(Rights rights, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.HeldPosts.AsNoTracking().Where(h => h.Post.AuthorId == rights.MemberId && h.Post.Topic.Visibility != Visibility.Deleted).OrderByDescending(h => h.Since).ThenByDescending(h => h.PostId).Take(Paging.PageSize)
            .Select(h => new WaitingPost(new TopicLink(h.Post.TopicId, h.Post.Topic.Slug, h.Post.Topic.Title), h.Post.Number, h.Reason, h.Since)).ToListAsync(cancellation);
    }
}
