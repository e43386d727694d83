using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <param name="Version">The version of the post that the edit started from.</param>
/// <param name="Title">The topic's title, for the first post; null leaves it.</param>
/// <param name="Tags">The topic's tags, for the first post; null leaves them.</param>
public sealed record PostEdit(long PostId, int Version, string? Markdown, string? Title = null, IReadOnlyList<string>? Tags = null);

/// <summary>Somebody else edited the post meanwhile: carries what it says now, so that both texts can be shown and none is lost.</summary>
public sealed record StaleEdit(int CurrentVersion, string CurrentMarkdown, string? CurrentTitle)
    : Refusal(RefusalKind.Conflict, "Somebody changed this post while you were editing. Your text is kept below: compare the two and save again.");

/// <summary>Changes what a post says; what it said before is kept as a revision.</summary>
public sealed class EditPost(ForumWriter writer, WritingQueries writings)
{
    public async Task<Result<PostedPost>> RunAsync(Actor actor, PostEdit input, CancellationToken cancellation)
    {
        var title = input.Title is null ? null : Typed.Line(input.Title);
        if (title is not null && TopicRules.TitleRefusal(title) is { } refusal)
            return refusal;
        if (!(await writings.ReadAsync(actor, input.Markdown, Post.MinReplyLength, new(PostId: input.PostId), cancellation)).Is(out var writing, out refusal))
            return refusal;
        IReadOnlyList<string>? tags = null;
        if (input.Tags is not null && !TagNames.Read(input.Tags).Is(out tags, out refusal))
            return refusal;

        return await writer.RunAsync<PostedPost>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            var post = await db.Posts.Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.Id == input.PostId, cancellation);
            if (post is null)
                return Refusal.NotFound;
            if (post.CannotBeEditedBy(rights) is { } mayNot)
                return mayNot;
            var first = post.Number == 1;
            if (first && TopicRules.BodyRefusal(writing.Markdown, Post.MinBodyLength) is { } tooShort)
                return tooShort;
            if (post.Version != input.Version)
                return new StaleEdit(post.Version, post.Markdown, first ? post.Topic.Title : null);

            var topic = post.Topic;
            var newTitle = first && title is not null && title != topic.Title ? title : null;
            var newTags = first && tags is not null && !await HasTagsAsync(db, topic.Id, tags, cancellation) ? tags : null;
            var posted = new PostedPost(topic.Id, newTitle is null ? topic.Slug : Slug.Of(newTitle), post.Id, post.Number);
            await deed.DropDraftAsync(DraftPlace.Edit(post.Id), cancellation);
            if (newTitle is null && newTags is null && post.Markdown == writing.Markdown)
                return posted;

            // The condition on the version makes the database itself refuse the slower of two editors.
            var won = await db.Posts.Where(p => p.Id == post.Id && p.Version == input.Version).ExecuteUpdateAsync(set => set
                .SetProperty(p => p.Version, p => p.Version + 1)
                .SetProperty(p => p.Markdown, writing.Markdown)
                .SetProperty(p => p.Html, writing.Html)
                .SetProperty(p => p.Text, writing.Text)
                .SetProperty(p => p.RendererVersion, PostRenderer.Version)
                .SetProperty(p => p.Edited, deed.Now)
                .SetProperty(p => p.EditedById, rights.MemberId), cancellation);
            if (won == 0)
            {
                var now = await db.Posts.AsNoTracking().Include(p => p.Topic).SingleAsync(p => p.Id == post.Id, cancellation);
                return new StaleEdit(now.Version, now.Markdown, first ? now.Topic.Title : null);
            }
            db.Revisions.Add(new Revision
            {
                PostId = post.Id,
                Version = input.Version,
                Title = first ? topic.Title : null,
                Markdown = post.Markdown,
                ReplacedById = rights.MemberId!.Value,
                Replaced = deed.Now,
            });
            if (newTitle is not null)
                (topic.Title, topic.Slug) = (newTitle, posted.Slug);
            if (first)
            {
                topic.Version++;
                var fields = AskField.Of(topic.Board);
                topic.Answers = AskForm.ToJson(fields, AskForm.Read(fields, writing.Markdown));
            }
            if (newTags is not null)
                await deed.TagAsync(topic.Id, topic.Visibility == Visibility.Visible, newTags, cancellation);
            deed.Tell(new PostEdited(topic.Id, topic.BoardId, post.Id, post.Number));
            return posted;
        }, cancellation);
    }

    private static async Task<bool> HasTagsAsync(ForumDbContext db, long topicId, IReadOnlyList<string> tags, CancellationToken cancellation) =>
        (await db.TopicTags.Where(t => t.TopicId == topicId).Select(t => t.Tag.Name).ToListAsync(cancellation)).ToHashSet().SetEquals(tags);
}
