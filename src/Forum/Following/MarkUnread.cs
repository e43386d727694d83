using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Following;

/// <summary>Puts a topic back among the unread ones, to be read again from a post on.</summary>
public sealed class MarkUnread(ForumWriter writer, ReadMarks marks)
{
    /// <param name="from">The number of the first post that counts as unread.</param>
    public async Task<Result<Done>> RunAsync(Actor actor, long topicId, int from, CancellationToken cancellation)
    {
        var result = await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (!(await deed.ReaderAsync(topicId, cancellation)).Is(out var memberId, out var refusal))
                return refusal;
            var number = Math.Max(0, from - 1);
            if (await deed.Db.ReadMarks.SingleOrDefaultAsync(m => m.MemberId == memberId && m.TopicId == topicId, cancellation) is { } mark)
                (mark.Number, mark.At) = (number, deed.Now);
            else
            {
                deed.Db.ReadMarks.Add(new ReadMark { MemberId = memberId, TopicId = topicId, Number = number, At = deed.Now });
                await deed.CountVisitAsync(memberId, DateOnly.FromDateTime(deed.Now), 1, 0, cancellation);
            }
            return new Done();
        }, cancellation);
        if (actor.MemberId is { } id && result.Refusal is null)
            marks.Forget(id, topicId);
        return result;
    }
}
