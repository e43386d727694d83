using Forum.Boards;
using Forum.Data;

namespace Forum.Topics;

/// <param name="Version">The version of the post that the edit started from.</param>
/// <param name="Title">The topic's title, for the first post; null leaves it.</param>
/// <param name="Tags">The topic's tags, for the first post; null leaves them.</param>
/// <param name="Reason">Why, in one line of at most <see cref="Revision.MaxReasonLength"/> characters; may be left out. An edit with a reason is always on record.</param>
public sealed record PostEdit(long PostId, int Version, string? Markdown, string? Title = null, IReadOnlyList<string>? Tags = null, string? Reason = null);

/// <summary>Somebody else edited the post meanwhile: carries what it says now, so that both texts can be shown and none is lost.</summary>
/// <param name="CurrentTitle">Of the topic, for a first post.</param>
/// <param name="CurrentTags">Separated by blanks, for a first post.</param>
public sealed record StaleEdit(int CurrentVersion, string CurrentMarkdown, string? CurrentTitle, string? CurrentTags)
    : Refusal(RefusalKind.Conflict, "Somebody changed this post while you were editing. Your text is kept below: compare the two and save again.");

/// <summary>Changes what a post says; what it said before is kept as a revision.</summary>
public sealed class EditPost(ForumWriter writer, WritingQueries writings)
{
    public async Task<Result<PostedPost>> RunAsync(Actor actor, PostEdit input, CancellationToken cancellation)
    {
        var title = input.Title is null ? null : Typed.Line(input.Title);
        if (title is not null && TopicRules.TitleRefusal(title) is { } refusal)
            return refusal;
        if (!(await writings.ReadAsync(actor, input.Markdown, Post.MinReplyLength, new(PostId: input.PostId), cancellation, title, [.. input.Tags ?? [], input.Reason])).Is(out var writing, out refusal))
            return refusal;
        title = writing.Title;
        IReadOnlyList<string>? tags = null;
        if (input.Tags is not null && !TagNames.Read(input.Tags).Is(out tags, out refusal))
            return refusal;
        var reason = Typed.Line(input.Reason);
        if (reason.Length > Revision.MaxReasonLength)
            return Refusal.Invalid("Please give the reason in at most {0} characters.", "Reason", Revision.MaxReasonLength);

        return await writer.RunAsync<PostedPost>(actor, async (deed, cancellation) =>
        {
            var rights = await deed.Db.RightsOfAsync(actor, deed.Now, cancellation);
            if (!(await deed.EditableAsync(rights, input.PostId, cancellation)).Is(out var post, out var mayNot))
                return mayNot;
            var result = await deed.ReplaceAsync(post, rights, input.Version, new(writing, title, tags, reason.Length > 0 ? reason : null), cancellation);
            if (result.Refusal is null)
                await deed.DropDraftAsync(DraftPlace.Edit(post.Id), cancellation);
            return result;
        }, cancellation);
    }
}
