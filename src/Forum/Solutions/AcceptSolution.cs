using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Solutions;

/// <summary>Marks a reply as the solution of its topic, in place of an earlier one if there is one. Marking the same again changes nothing.</summary>
public sealed class AcceptSolution(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long topicId, long postId, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            if (!(await deed.MarkableAsync(rights, topicId, postId, cancellation)).Is(out var post, out var refusal))
                return refusal;
            if (post.CannotBeSolution() is { } cannot)
                return cannot;

            var topic = post.Topic;
            var solution = await db.Solutions.SingleOrDefaultAsync(s => s.TopicId == topicId && s.Slot == 0, cancellation);
            if (solution?.PostId == postId)
                return new Done();
            if (solution is null)
            {
                solution = new Solution { TopicId = topicId, Slot = 0, PostId = postId, ByStaff = false, Marked = deed.Now };
                db.Solutions.Add(solution);
                await deed.SetSolvedAsync(topic, true, cancellation);
            }
            else
            {
                await deed.TakeCreditBackAsync(topic, solution.PostId, cancellation);
            }
            (solution.PostId, solution.MarkedById, solution.Marked) = (postId, rights.MemberId, deed.Now);
            solution.ByStaff = rights.MemberId != topic.AuthorId && rights.IsStaffOf(topic.BoardId);
            await db.SaveChangesAsync(cancellation);
            await deed.GiveCreditAsync(topic, post, cancellation);
            deed.Audit("solution.accepted", topicId, postId, post.AuthorId);
            deed.Tell(new SolutionChanged(topicId, topic.BoardId, postId));
            return new Done();
        }, cancellation);
}
