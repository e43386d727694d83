using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Standing;
using Microsoft.EntityFrameworkCore;

namespace Forum.Votes;

/// <summary>Takes back one's upvote. Doing it twice is doing it once.</summary>
public sealed class TakeBackUpvote(ForumWriter writer)
{
    public Task<Result<VoteState>> RunAsync(Actor actor, long postId, CancellationToken cancellation) =>
        writer.RunAsync<VoteState>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            if (!(await deed.VotableAsync(rights, postId, cancellation)).Is(out var post, out var refusal))
                return refusal;
            var voterId = rights.MemberId!.Value;
            var own = db.Votes.Where(v => v.PostId == postId && v.MemberId == voterId);
            var vote = await own.AsNoTracking().SingleOrDefaultAsync(cancellation);
            var counted = await own.Counted(db).AnyAsync(cancellation);
            if (vote is null || await own.ExecuteDeleteAsync(cancellation) == 0)
                return new VoteState(post.Score, false);

            if (await deed.MoveScoreAsync(post, -1, cancellation) is not { } boardId)
                return Refusal.Gone;
            if (counted)
                await deed.MoveUpvotesAsync(boardId, post.AuthorId, vote.Day, -1, cancellation);
            await deed.TakeBackAsync(postId, PointReason.Upvote, voterId, cancellation);
            deed.Tell(new VoteChanged(post.TopicId, boardId, postId, post.AuthorId, voterId));
            return new VoteState(post.Score - 1, false);
        }, cancellation);
}
