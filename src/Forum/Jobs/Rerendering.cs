using Forum.Data;
using Forum.Outbox;
using Forum.Rendering;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Jobs;

/// <summary>Renders stored posts anew. No version and no date of edit changes, and nobody is told but those who keep a post's words, where they changed, or its page, where it was outdated.</summary>
public sealed class Rerendering(ForumWriter writer, IDbContextFactory<ForumDbContext> contexts, WritingQueries writings, PostRenderer renderer)
{
    /// <summary>Posts in one transaction, so that others who write need not wait long.</summary>
    public const int BatchSize = 100;

    private static Task<List<Row>> RowsAsync(ForumDbContext db, long[] ids, CancellationToken cancellation) =>
        db.Posts.Where(p => ids.Contains(p.Id)).Select(p => new Row(p.Id, p.TopicId, p.Topic.BoardId, p.Number, p.Version, p.RendererVersion, p.Markdown, p.Text)).ToListAsync(cancellation);

    /// <summary>Gives posts another text, or the one they have, and renders it. Whoever edited one meanwhile has the last word.</summary>
    public async Task RewriteAsync(Actor actor, long[] ids, Func<string, string> rewrite, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await RenderAsync(actor, [.. (await RowsAsync(db, ids, cancellation)).Select(p => p with { Markdown = rewrite(p.Markdown) })], cancellation);
    }

    private async Task RenderAsync(Actor actor, List<Row> posts, CancellationToken cancellation)
    {
        var anew = new List<(Row Post, Writing? Writing)>();
        foreach (var post in posts)
            anew.Add((post, await WriteAsync(actor, post, cancellation)));
        await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var mentioned = new Dictionary<long, IReadOnlyList<long>>();
            foreach (var (post, writing) in anew)
            {
                // Whoever edited it meanwhile rendered it too.
                var same = deed.Db.Posts.Where(p => p.Id == post.Id && p.Version == post.Version);
                if (writing is null)
                    await same.ExecuteUpdateAsync(set => set.SetProperty(p => p.RendererVersion, PostRenderer.Version), cancellation);
                else if (await same.ExecuteUpdateAsync(set => set.SetProperty(p => p.Markdown, writing.Markdown)
                        .SetProperty(p => p.Html, writing.Html).SetProperty(p => p.Text, writing.Text).SetProperty(p => p.RendererVersion, PostRenderer.Version), cancellation) > 0)
                    mentioned[post.Id] = writing.Mentions;
            }
            await deed.MentionAsync(mentioned, cancellation);
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
