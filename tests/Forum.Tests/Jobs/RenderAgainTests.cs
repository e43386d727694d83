using Forum.Jobs;
using Forum.Outbox;
using Forum.Rendering;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Jobs;

public sealed class RenderAgainTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!;
    private PostedPost question = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        asker = await forum.MemberAsync();
        question = await forum.AskAsync(asker);
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private async Task<int> RunAsync() => (await forum.Get<RenderAgain>().RunAsync(Actor.Operator, default)).Required;

    /// <summary>As if an earlier renderer had made this of the post.</summary>
    private async Task MadeEarlierAsync(long postId, string html, string text, string? markdown = null)
    {
        await using var db = forum.Db();
        markdown ??= (await forum.PostAsync(postId)).Markdown;
        await db.Posts.Where(p => p.Id == postId).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.Html, html).SetProperty(p => p.Text, text).SetProperty(p => p.Markdown, markdown).SetProperty(p => p.RendererVersion, PostRenderer.Version - 1));
    }

    private async Task<List<string>> EventsAsync()
    {
        await using var db = forum.Db();
        return await db.OutboxEvents.OrderBy(e => e.Sequence).Select(e => e.Kind).ToListAsync();
    }

    [Fact]
    public async Task What_an_earlier_renderer_made_is_made_anew_and_nothing_else_changes()
    {
        var reply = await forum.ReplyAsync(asker, question.TopicId);
        var (before, untouched) = (await forum.PostAsync(question.PostId), await forum.PostAsync(reply.PostId));
        await MadeEarlierAsync(question.PostId, "<p>old</p>", before.Text);
        var events = await EventsAsync();

        Assert.Equal(1, await RunAsync());

        var after = await forum.PostAsync(question.PostId);
        Assert.Equal((before.Html, before.Text, PostRenderer.Version), (after.Html, after.Text, after.RendererVersion));
        Assert.Equal((before.Version, before.Edited, before.EditedById), (after.Version, after.Edited, after.EditedById));
        Assert.Equal(untouched.Html, (await forum.PostAsync(reply.PostId)).Html);
        Assert.Equal(events, await EventsAsync());
        await using var db = forum.Db();
        Assert.Empty(await db.Revisions.ToListAsync());
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task Whoever_keeps_the_words_is_told_where_they_changed_once_for_each_topic()
    {
        var reply = await forum.ReplyAsync(asker, question.TopicId);
        await MadeEarlierAsync(question.PostId, "<p>old</p>", "old");
        await MadeEarlierAsync(reply.PostId, "<p>old</p>", "old");
        var events = await EventsAsync();

        await RunAsync();

        Assert.Equal([nameof(TopicsImported)], (await EventsAsync()).Skip(events.Count));
    }

    [Fact]
    public async Task All_batches_come_to_their_turn()
    {
        const int count = Rerendering.BatchSize + 5;
        await using (var db = forum.Db())
        {
            for (var i = 0; i < count; i++)
                db.Posts.Add(new Post { TopicId = question.TopicId, Number = i + 2, AuthorId = asker.MemberId!.Value, Markdown = "*a*", Html = "a", Text = "a", RendererVersion = 1, Created = forum.Clock.GetUtcNow().UtcDateTime });
            await db.SaveChangesAsync();
        }

        Assert.Equal(count, await RunAsync());

        await using var now = forum.Db();
        Assert.Equal(count, await now.Posts.CountAsync(p => p.Html == "<p><em>a</em></p>"));
    }

    [Fact]
    public async Task Html_of_an_import_is_read_as_html_again()
    {
        await MadeEarlierAsync(question.PostId, "<p>a</p>", "a b", "<div><p>a <span>b</span></p></div>");

        await RunAsync();

        Assert.Equal("<p>a b</p>", (await forum.PostAsync(question.PostId)).Html);
    }

    [Fact]
    public async Task What_todays_limits_refuse_stays_as_it_was_and_is_not_tried_again()
    {
        await MadeEarlierAsync(question.PostId, "<p>old</p>", "old", new string('[', 10_000));

        Assert.Equal(1, await RunAsync());

        Assert.Equal("<p>old</p>", (await forum.PostAsync(question.PostId)).Html);
        Assert.Equal(0, await RunAsync());
    }

    [Fact]
    public async Task Members_do_not_render_posts_again() =>
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<RenderAgain>().RunAsync(asker, default)).Refusal?.Kind);
}
