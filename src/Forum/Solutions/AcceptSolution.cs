using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Solutions;

/// <summary>Marks a reply as the solution of its topic, in place of an earlier one where the board has one solution a topic, beside it where it has several. Marking the same again changes nothing, but that an asker confirms what staff have marked.</summary>
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
            var marked = await db.Solutions.AsNoTracking().Where(s => s.TopicId == topicId).ToListAsync(cancellation);
            if (marked.Find(s => s.PostId == postId) is { } held)
            {
                if (held.ByStaff && rights.MemberId == topic.AuthorId)
                    await deed.ConfirmAsync(topic, post, cancellation);
                return new Done();
            }
            var most = topic.Board.Solutions;
            if (most > 1 && marked.Count >= most)
                return Refusal.Forbidden("This topic has {0} solutions, which is all it may have. Take the mark off one of them first.", most);
            if (most == 1)
                foreach (var earlier in marked)
                    await deed.TakeMarkAsync(topic, earlier.PostId, cancellation);
            await deed.MarkAsync(topic, post, new Solution
            {
                TopicId = topicId,
                Slot = most == 1 ? 0 : Enumerable.Range(0, most).Except(marked.Select(s => s.Slot)).First(),
                PostId = postId,
                MarkedById = rights.MemberId,
                ByStaff = rights.MemberId != topic.AuthorId && rights.IsStaffOf(topic.BoardId),
                Marked = deed.Now,
            }, null, cancellation);
            return new Done();
        }, cancellation);
}
