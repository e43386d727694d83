using Forum.Boards;
using Forum.Data;

namespace Forum.Solutions;

/// <summary>Takes the mark of the solution away; the topic is open again. Unmarking what is not marked changes nothing.</summary>
public sealed class UnmarkSolution(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long topicId, long postId, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var rights = await deed.Db.RightsOfAsync(actor, deed.Now, cancellation);
            if (!(await deed.MarkableAsync(rights, topicId, postId, cancellation)).Is(out var post, out var refusal))
                return refusal;
            await deed.UnmarkAsync(post.Topic, postId, cancellation);
            return new Done();
        }, cancellation);
}
