using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <param name="About">Id of the post of the same topic behind which the note stands; null for the last one.</param>
/// <param name="Key">The client's own key of this submission; the same key finds the note it already made.</param>
public sealed record NewNote(long TopicId, string? Markdown, long? About, string? Key);

/// <summary>
/// Leaves a word among staff inside a topic, be it open, closed or out of sight. Nothing that its readers see or are told of changes: numbers from 1 on, counts,
/// last activity, search, pages that are kept.
/// </summary>
public sealed class WriteNote(ForumWriter writer, WritingQueries writings)
{
    public async Task<Result<PostedPost>> RunAsync(Actor actor, NewNote input, CancellationToken cancellation)
    {
        if (!(await writings.ReadAsync(actor, input.Markdown, Post.MinReplyLength, new(TopicId: input.TopicId), cancellation)).Is(out var writing, out var refusal))
            return refusal;

        return await writer.RunAsync<PostedPost>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            // The row stays locked until the commit, so that two at once get two numbers.
            await db.Topics.Where(t => t.Id == input.TopicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastNumber, t => t.LastNumber), cancellation);
            var topic = await db.Topics.AsNoTracking().Include(t => t.Board).SingleOrDefaultAsync(t => t.Id == input.TopicId, cancellation);
            if (topic is null)
                return Refusal.NotFound;
            if (topic.CannotTakeNotesOf(rights) is { } mayNot)
                return mayNot;
            if (await deed.EarlierAsync(input.Key, cancellation) is { } earlier)
                return earlier;

            var posts = db.Posts.Where(p => p.TopicId == topic.Id);
            var about = posts.Where(p => p.Number > 0 && (input.About == null || p.Id == input.About));
            if (await about.OrderByDescending(p => p.Number).Select(p => (long?)p.Id).FirstOrDefaultAsync(cancellation) is not { } aboutId)
                return Refusal.Invalid("The post you write about is no longer there. Your text is kept: leave it as a note on the topic.", "ReplyTo");
            var number = Math.Min(0, await posts.MinAsync(p => p.Number, cancellation)) - 1;
            var note = await deed.AddPostAsync(rights, topic.Id, number, aboutId, writing, input.Key, null, cancellation);
            await deed.DropDraftAsync(DraftPlace.Note(topic.Id), cancellation);
            deed.Tell(new NoteChanged(topic.Id, topic.BoardId, note.Id));
            return new PostedPost(topic.Id, topic.Slug, note.Id, number);
        }, cancellation);
    }
}
