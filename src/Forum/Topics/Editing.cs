using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Forum.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>What a post is to say from now on.</summary>
/// <param name="Title">The topic's title; null leaves it.</param>
/// <param name="Tags">The topic's tags; null leaves them.</param>
/// <param name="Again">The topic carried these tags before.</param>
internal sealed record NewWords(Writing Writing, string? Title, IReadOnlyList<string>? Tags, string? Reason, bool Again = false);

/// <summary>What editing and rolling back share inside their transaction.</summary>
internal static class Editing
{
    /// <summary>The post with its topic and board, if this actor may edit it now.</summary>
    public static async Task<Result<Post>> EditableAsync(this Deed deed, Rights rights, long postId, CancellationToken cancellation)
    {
        var post = await deed.Db.Posts.Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.Id == postId, cancellation);
        if (post is null)
            return Refusal.NotFound;
        if (post.CannotBeEditedBy(rights, deed.Now) is { } refusal)
            return refusal;
        return post;
    }

    /// <summary>
    /// Gives a post new words and keeps the old ones as a revision, unless the edit is a small correction. What says so already stays as it is,
    /// so that a form sent twice reads as success; otherwise the edit must have begun from the present version.
    /// </summary>
    public static async Task<Result<PostedPost>> ReplaceAsync(this Deed deed, Post post, Rights rights, int version, NewWords words, CancellationToken cancellation)
    {
        var (db, topic, first) = (deed.Db, post.Topic, post.Number == 1);
        if (first && TopicRules.BodyRefusal(words.Writing.Markdown, Post.MinBodyLength) is { } tooShort)
            return tooShort;
        var tags = first ? await db.TopicTags.AsNoTracking().Where(t => t.TopicId == topic.Id).OrderBy(t => t.Tag.Name).Select(t => t.Tag).ToListAsync(cancellation) : [];
        var cannotBeNamed = post.CannotBeNamedBy(rights, deed.Now);
        IReadOnlyList<Tag> chosen = tags;
        if (first && words.Tags is not null && !(await deed.ChooseTagsAsync(rights, topic.Board, words.Tags, tags, words.Again || cannotBeNamed is not null, cancellation)).Is(out chosen!, out var mayNotTag))
            return mayNotTag;
        var newTitle = first && words.Title is not null && words.Title != topic.Title ? words.Title : null;
        var retagged = chosen != tags;
        var named = newTitle is not null || retagged;
        var posted = new PostedPost(topic.Id, newTitle is null ? topic.Slug : Slug.Of(newTitle), post.Id, post.Number);
        if (!named && post.Markdown == words.Writing.Markdown)
            return posted;
        if (named && cannotBeNamed is not null)
            return cannotBeNamed;
        if (post.Version != version)
            return await StaleAsync(db, post.Id, cancellation);

        var memberId = rights.MemberId!.Value;
        var recorded = named || words.Reason is not null || !await IsCorrectionAsync(deed, post, memberId, words.Writing.Markdown, cancellation);
        // The condition on the version makes the database itself refuse the slower of two editors.
        var won = await db.Posts.Where(p => p.Id == post.Id && p.Version == version).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.Version, p => p.Version + 1)
            .SetProperty(p => p.Markdown, words.Writing.Markdown)
            .SetProperty(p => p.Html, words.Writing.Html)
            .SetProperty(p => p.Text, words.Writing.Text)
            .SetProperty(p => p.RendererVersion, PostRenderer.Version)
            .SetProperty(p => p.Edited, deed.Now)
            .SetProperty(p => p.EditedById, memberId), cancellation);
        if (won == 0)
            return await StaleAsync(db, post.Id, cancellation);
        if (recorded)
            db.Revisions.Add(new Revision
            {
                PostId = post.Id,
                Version = version,
                Title = first ? topic.Title : null,
                Markdown = post.Markdown,
                Tags = first ? string.Join(' ', tags.Select(t => t.Name)) : null,
                Reason = words.Reason,
                ReplacedById = memberId,
                Replaced = deed.Now,
            });
        // What an edit on record takes out stays in use: whoever reads the post may read its revisions.
        if (!recorded)
            await deed.LeaveFilesAsync(post.Id, words.Writing.Files, cancellation);
        await deed.UseFilesAsync(rights, post.Id, words.Writing.Files, cancellation);
        await deed.LeadAsync(post.Id, topic.Id, words.Writing.Leads, cancellation);
        await deed.MentionAsync(new Dictionary<long, IReadOnlyList<long>> { [post.Id] = words.Writing.Mentions }, cancellation);
        if (newTitle is not null)
        {
            (topic.Title, topic.Slug) = (newTitle, posted.Slug);
            await deed.RenderLinksAgainAsync(topic.Id, cancellation);
        }
        if (first)
        {
            topic.Version++;
            var fields = AskField.Of(topic.Board);
            topic.Answers = AskForm.ToJson(fields, AskForm.Read(fields, words.Writing.Markdown));
        }
        if (retagged && await deed.TagAsync(topic.Id, topic.Visibility == Visibility.Visible, chosen, cancellation) is { } merged)
            return merged;
        deed.Tell(post.IsNote ? new NoteChanged(topic.Id, topic.BoardId, post.Id) : new PostEdited(topic.Id, topic.BoardId, post.Id, post.Number));
        return posted;
    }

    /// <summary>
    /// A small correction by the author soon after writing the post, or after their own last edit on record, as long as nobody has edited or replied since.
    /// It is measured against what stands there; the time runs from the last version on record, so that one correction does not buy time for the next.
    /// </summary>
    private static async Task<bool> IsCorrectionAsync(Deed deed, Post post, long memberId, string markdown, CancellationToken cancellation)
    {
        if (post.AuthorId != memberId || (post.EditedById ?? memberId) != memberId || Changes.Count(post.Markdown, markdown, EditRules.GraceCharacters) is null)
            return false;
        var begun = await deed.Db.Revisions.Where(r => r.PostId == post.Id).OrderByDescending(r => r.Version).Select(r => (DateTime?)r.Replaced).FirstOrDefaultAsync(cancellation) ?? post.Created;
        return deed.Now - begun <= EditRules.Grace
            && !await deed.Db.Posts.AnyAsync(p => p.TopicId == post.TopicId && p.Number > post.Number && p.AuthorId != memberId && p.Visibility == Visibility.Visible, cancellation);
    }

    private static async Task<StaleEdit> StaleAsync(ForumDbContext db, long postId, CancellationToken cancellation)
    {
        var now = await db.Posts.AsNoTracking().Include(p => p.Topic).SingleAsync(p => p.Id == postId, cancellation);
        if (now.Number > 1)
            return new(now.Version, now.Markdown, null, null);
        var tags = await db.TopicTags.Where(t => t.TopicId == now.TopicId).OrderBy(t => t.Tag.Name).Select(t => t.Tag.Name).ToListAsync(cancellation);
        return new(now.Version, now.Markdown, now.Topic.Title, string.Join(' ', tags));
    }
}
