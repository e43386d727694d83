using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <param name="Key">The client's own key of this submission; the same key finds the post it already made.</param>
/// <param name="Took">How long the form was open; null where there was none.</param>
public sealed record NewTopic(string? Board, string? Title, string? Markdown, IReadOnlyList<string> Tags, string? Key, TimeSpan? Took = null);

/// <summary>Where a new or changed post is found.</summary>
public sealed record PostedPost(long TopicId, string Slug, long PostId, int Number);

/// <summary>Begins a topic: a question on a question board, a conversation or an announcement elsewhere.</summary>
public sealed class AskQuestion(ForumWriter writer, WritingQueries writings, ForumOptions options)
{
    public async Task<Result<PostedPost>> RunAsync(Actor actor, NewTopic input, CancellationToken cancellation)
    {
        var title = Typed.Line(input.Title);
        if (TopicRules.TitleRefusal(title) is { } refusal)
            return refusal;
        if (!(await writings.ReadAsync(actor, input.Markdown, Post.MinBodyLength, new(Board: input.Board), cancellation, title, [.. input.Tags])).Is(out var writing, out refusal))
            return refusal;
        if (!TagNames.Read(input.Tags).Is(out var names, out refusal))
            return refusal;
        title = writing.Title!;

        return await writer.RunAsync<PostedPost>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            if (rights.CannotPost() is { } mayNot)
                return mayNot;
            if (await deed.EarlierAsync(input.Key, cancellation) is { } earlier)
                return earlier;
            var board = await db.Boards.AsNoTracking().SingleOrDefaultAsync(b => b.Slug == input.Board, cancellation);
            if (board is null || !rights.MayRead(board))
                return Refusal.Invalid("Please choose a board.", "Board");
            if (board.CannotBePostedOn(rights) is { } refused)
                return refused;

            var fields = AskField.Of(board);
            var answers = AskForm.Read(fields, writing.Markdown);
            if (AskForm.Missing(fields, answers) is { } missing)
                return missing;
            if (writing.Markdown == board.AskTemplate.TrimEnd() && writing.Markdown.Length > 0)
                return Refusal.Invalid("Please replace the text of the form by your own.", "Markdown");

            if (!(await deed.ChooseTagsAsync(rights, board, names, null, again: false, cancellation)).Is(out var tags, out var mayNotTag))
                return mayNotTag;
            var authorId = rights.MemberId!.Value;
            var held = await deed.HeldAsync(rights, writing, input.Took, board, options.Limits, cancellation);
            // By nothing, where it waits: two at once come one after the other in any case.
            await deed.CountPostOfAsync(authorId, held is null ? 1 : 0, cancellation);
            if (options.Limits.Enabled && await deed.TooSoonForTopicAsync(options.Limits, rights, board.Id, writing.Markdown, cancellation) is { } tooSoon)
                return tooSoon;
            var topic = new Topic
            {
                BoardId = board.Id,
                AuthorId = authorId,
                Title = title,
                Slug = Slug.Of(title),
                Created = deed.Now,
                LastActivity = deed.Now,
                LastPosterId = authorId,
                Visibility = held is null ? Visibility.Visible : Visibility.Held,
                Answers = AskForm.ToJson(fields, answers),
            };
            db.Topics.Add(topic);
            await db.SaveChangesAsync(cancellation);
            var post = await deed.AddPostAsync(rights, topic.Id, 1, null, writing, input.Key, held, cancellation);
            if (await deed.TagAsync(topic.Id, visible: held is null, tags, cancellation) is { } merged)
                return merged;
            await deed.WatchAsync(authorId, topic.Id, WatchLevel.Watching, cancellation);
            await deed.DropDraftAsync(DraftPlace.Ask, cancellation);
            var posted = new PostedPost(topic.Id, topic.Slug, post.Id, post.Number);
            if (held is not null)
                return posted;
            await db.Boards.Where(b => b.Id == board.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(b => b.Topics, b => b.Topics + 1).SetProperty(b => b.Posts, b => b.Posts + 1), cancellation);
            deed.Tell(new TopicPosted(topic.Id, board.Id, post.Id, authorId));
            return posted;
        }, cancellation);
    }
}
