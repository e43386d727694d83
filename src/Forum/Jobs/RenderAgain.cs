using Forum.Data;
using Forum.Outbox;
using Forum.Rendering;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Jobs;

/// <summary>
/// Renders anew what an earlier version of the renderer made, and what is outdated because a topic that it leads to has changed. No post's version
/// or date of edit changes, and nobody is told but those who keep its words, where they changed, or its page, where it was outdated. Several nodes may do it at once.
/// </summary>
public sealed class RenderAgain(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, WritingQueries writings, PostRenderer renderer)
{
    /// <summary>Posts in one transaction, so that others who write need not wait long.</summary>
    internal const int BatchSize = 100;

    /// <summary>How many posts were rendered again.</summary>
    public async Task<Result<int>> RunAsync(Actor actor, CancellationToken cancellation)
    {
        if (!actor.IsOperator)
            return Refusal.Forbidden("Only the operator renders posts again.");
        for (var done = 0; ;)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            var ids = await db.Posts.Where(p => p.RendererVersion < PostRenderer.Version).OrderBy(p => p.RendererVersion).ThenBy(p => p.Id).Select(p => p.Id).Take(BatchSize).ToArrayAsync(cancellation);
            if (ids.Length == 0)
                return done;
            await RenderAsync(actor, await RowsAsync(db, ids, cancellation), cancellation);
            done += ids.Length;
        }
    }

    private static Task<List<Row>> RowsAsync(ForumDbContext db, long[] ids, CancellationToken cancellation) =>
        db.Posts.Where(p => ids.Contains(p.Id)).Select(p => new Row(p.Id, p.TopicId, p.Topic.BoardId, p.Number, p.Version, p.RendererVersion, p.Markdown, p.Text)).ToListAsync(cancellation);

    private async Task RenderAsync(Actor actor, List<Row> posts, CancellationToken cancellation)
    {
        var anew = new List<(Row Post, Writing? Writing)>();
        foreach (var post in posts)
            anew.Add((post, await WriteAsync(actor, post, cancellation)));
        await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            foreach (var (post, writing) in anew)
            {
                // Whoever edited it meanwhile rendered it too.
                var same = deed.Db.Posts.Where(p => p.Id == post.Id && p.Version == post.Version);
                _ = writing is null
                    ? await same.ExecuteUpdateAsync(set => set.SetProperty(p => p.RendererVersion, PostRenderer.Version), cancellation)
                    : await same.ExecuteUpdateAsync(set => set
                        .SetProperty(p => p.Html, writing.Html).SetProperty(p => p.Text, writing.Text).SetProperty(p => p.RendererVersion, PostRenderer.Version), cancellation);
            }
            foreach (var (post, _) in anew.Where(a => a.Post.RendererVersion == PostLinks.Outdated))
                deed.Tell(post.Number < 0 ? new NoteChanged(post.TopicId, post.BoardId, post.Id) : new PostEdited(post.TopicId, post.BoardId, post.Id, post.Number));
            foreach (var topic in anew.Where(a => a.Post.RendererVersion != PostLinks.Outdated && a.Writing is { } writing && writing.Text != a.Post.Text).Select(a => (Id: a.Post.TopicId, a.Post.BoardId)).Distinct())
                deed.Tell(new TopicsImported(topic.Id, topic.Id, topic.BoardId));
            return new Done();
        }, cancellation);
    }

    /// <summary>What the post becomes now; null where today's limits refuse it, so that it stays as it was.</summary>
    private async Task<Writing?> WriteAsync(Actor actor, Row post, CancellationToken cancellation)
    {
        var rendered = (await writings.RenderAsync(actor, post.Markdown, new(PostId: post.Id), cancellation)).Value;
        // Imports bring HTML too: it was read as such if that gives the words that were stored.
        if (post.Markdown.StartsWith('<') && rendered?.Text != post.Text && renderer.RenderHtml(post.Markdown).Is(out var html, out _) && html.Text == post.Text)
            rendered = html;
        return rendered is null ? null : Writing.Of(post.Markdown, rendered);
    }

    private sealed record Row(long Id, long TopicId, long BoardId, int Number, int Version, int RendererVersion, string Markdown, string Text);
}
