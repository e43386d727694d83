using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>
/// A moderator says that they look at a reported post right now, so that others take another one; or, again, that they do not any more. It binds nobody: whoever
/// decides first has decided. The claim of another one holds for <see cref="Review.ClaimFor"/>.
/// </summary>
public sealed class ClaimReview(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long reviewId, bool wanted, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        var db = deed.Db;
        var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
        var review = await db.Reviews.Where(r => r.Id == reviewId).Select(r => new { r.Post.Topic.BoardId, r.Post.AuthorId }).SingleOrDefaultAsync(cancellation);
        if (review is null || !rights.Moderates(review.BoardId) || review.AuthorId == rights.MemberId)
            return Refusal.NotFound;
        if (rights.CannotWrite() is { } refusal)
            return refusal;
        var (me, over) = (rights.MemberId, deed.Now - Review.ClaimFor);
        // One of two who take it at once gets it; the other sees who has it.
        await db.Reviews.Where(r => r.Id == reviewId && r.Decided == null && (r.ClaimedById == null || r.ClaimedById == me || r.Claimed <= over))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ClaimedById, wanted ? me : null).SetProperty(r => r.Claimed, wanted ? deed.Now : null), cancellation);
        return new Done();
    }, cancellation);
}
