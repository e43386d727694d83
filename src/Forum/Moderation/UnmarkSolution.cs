using Forum.Boards;
using Forum.Data;
using Forum.Solutions;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>
/// Takes the mark of the solution away; the topic is open again. Unmarking what is not marked changes nothing. An asker who takes away
/// what staff marked disputes it: moderators find the post among the reported ones, with what the asker says.
/// </summary>
public sealed class UnmarkSolution(ForumWriter writer)
{
    /// <param name="note">What an asker says about a mark of staff, in at most <see cref="Flag.MaxNoteLength"/> characters, or nothing.</param>
    public Task<Result<Done>> RunAsync(Actor actor, long topicId, long postId, string? note, CancellationToken cancellation)
    {
        var said = Typed.Line(note);
        if (said.Length > Flag.MaxNoteLength)
            return Task.FromResult<Result<Done>>(Refusal.Invalid("Please say it in at most {0} characters.", "Note", Flag.MaxNoteLength));
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var rights = await deed.Db.RightsOfAsync(actor, deed.Now, cancellation);
            if (!(await deed.MarkableAsync(rights, topicId, postId, cancellation)).Is(out var post, out var refusal))
                return refusal;
            var disputed = post.Topic.AuthorId == rights.MemberId && await deed.Db.Solutions.AnyAsync(s => s.PostId == postId && s.ByStaff, cancellation);
            await deed.UnmarkAsync(post.Topic, postId, cancellation);
            if (disputed)
                await DisputeAsync(deed, post, said, cancellation);
            return new Done();
        }, cancellation);
    }

    private static async Task DisputeAsync(Deed deed, Post post, string said, CancellationToken cancellation)
    {
        var askerId = post.Topic.AuthorId;
        deed.Audit("solution.disputed", post.TopicId, post.Id, post.AuthorId, said.Length == 0 ? null : said);
        var review = await deed.Db.Reviews.Include(r => r.Flags).Where(r => r.PostId == post.Id).OrderByDescending(r => r.Round).FirstOrDefaultAsync(cancellation);
        if (review is not { Decided: null })
            deed.Db.Reviews.Add(review = new Review { PostId = post.Id, Round = (review?.Round ?? 0) + 1, Opened = deed.Now });
        if (review.Flags.All(f => f.MemberId != askerId))
            review.Flags.Add(new Flag { ReviewId = review.Id, MemberId = askerId, Reason = FlagReason.NotSolved, Note = said.Length == 0 ? null : said, Made = deed.Now, Weight = 0 });
        await deed.Db.SaveChangesAsync(cancellation);
    }
}
