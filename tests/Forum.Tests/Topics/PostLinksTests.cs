using Forum.Boards;
using Forum.Jobs;
using Forum.Members;
using Forum.Moderation;
using Forum.Outbox;
using Forum.Rendering;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

/// <summary>A post that leads to a topic says of it what is so now.</summary>
public sealed class PostLinksTests : IAsyncLifetime
{
    private const string Title = "How do pelicans find their way?";

    private TestForum forum = null!;
    private Actor asker = null!, moderator = null!;
    private PostedPost topic = null!, linking = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        asker = await forum.MemberAsync();
        moderator = await forum.MemberAsync("Berta Brett", SiteRole.Moderator);
        topic = await forum.AskAsync(asker, title: Title);
        linking = await forum.AskAsync(asker, title: "Where is this told at length?", body: $"It is told in {Link} as far as I know.");
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private string Link => $"{forum.Options.Site.Url}t/{topic.TopicId}/x";

    private async Task<string> ShownAsync()
    {
        await using var db = forum.Db();
        var rights = await db.RightsOfAsync(Actor.Visitor, forum.Clock.GetUtcNow().UtcDateTime, default);
        return (await forum.Get<TopicQueries>().PageAsync(rights, linking.TopicId, PostSort.Oldest, 1, null, withMarkdown: false, default)).Required.Question!.Html.ToString()!;
    }

    private async Task<IReadOnlyList<LinkingTopic>> LinkingAsync(PostedPost of)
    {
        await using var db = forum.Db();
        var rights = await db.RightsOfAsync(Actor.Visitor, forum.Clock.GetUtcNow().UtcDateTime, default);
        return (await forum.Get<TopicQueries>().PageAsync(rights, of.TopicId, PostSort.Oldest, 1, null, withMarkdown: false, default)).Required.Linking;
    }

    [Fact]
    public async Task A_topic_knows_which_topics_lead_to_it_each_once_and_the_newest_first()
    {
        var reply = await forum.ReplyAsync(asker, linking.TopicId, $"It is told in {Link} indeed.");
        var other = await forum.AskAsync(asker, title: "Is there anything else on pelicans?", body: $"I know {Link} only.");

        Assert.Equal([(other.TopicId, 1), (linking.TopicId, 2)], (await LinkingAsync(topic)).Select(l => (l.Id, l.Number)));
        Assert.Empty(await LinkingAsync(linking));

        _ = (await forum.Get<HidePost>().RunAsync(moderator, other.PostId, null, default)).Required;
        _ = (await forum.Get<HidePost>().RunAsync(moderator, reply.PostId, null, default)).Required;
        Assert.Equal([(linking.TopicId, 1)], (await LinkingAsync(topic)).Select(l => (l.Id, l.Number)));
    }

    private async Task RenderAsync() => _ = (await forum.Get<RenderAgain>().RunAsync(Actor.Operator, default)).Required;

    private async Task<List<long>> LinksAsync()
    {
        await using var db = forum.Db();
        return await db.PostLinks.Where(l => l.PostId == linking.PostId).Select(l => l.TopicId).ToListAsync();
    }

    private async Task EditAsync(PostedPost post, string markdown, string? title = null) =>
        _ = (await forum.Get<EditPost>().RunAsync(asker, new(post.PostId, (await forum.PostAsync(post.PostId)).Version, markdown, title), default)).Required;

    [Fact]
    public async Task Nobody_reads_the_title_of_a_hidden_topic_in_a_post_that_leads_to_it_not_even_for_a_moment()
    {
        Assert.Contains("pelicans", await ShownAsync(), StringComparison.Ordinal);

        _ = (await forum.Get<HidePost>().RunAsync(moderator, topic.PostId, null, default)).Required;

        Assert.DoesNotContain("pelicans", await ShownAsync(), StringComparison.Ordinal);
        await RenderAsync();
        var post = await forum.PostAsync(linking.PostId);
        Assert.Equal(PostRenderer.Version, post.RendererVersion);
        Assert.DoesNotContain("pelicans", post.Html! + post.Text, StringComparison.Ordinal);

        _ = (await forum.Get<RestorePost>().RunAsync(moderator, topic.PostId, default)).Required;
        await RenderAsync();
        Assert.Contains("pelicans", (await forum.PostAsync(linking.PostId)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_title_and_a_solution_are_shown_where_others_lead_to_the_topic()
    {
        await EditAsync(topic, Scenario.Body, "How do swallows find their way?");
        await RenderAsync();
        Assert.Contains("swallows", (await forum.PostAsync(linking.PostId)).Html, StringComparison.Ordinal);

        var unsolved = (await forum.PostAsync(linking.PostId)).Html;
        var reply = await forum.ReplyAsync(moderator, topic.TopicId);
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        await RenderAsync();
        Assert.NotEqual(unsolved, (await forum.PostAsync(linking.PostId)).Html);
        _ = (await forum.UnmarkAsync(asker, reply)).Required;
        await RenderAsync();
        Assert.Equal(unsolved, (await forum.PostAsync(linking.PostId)).Html);
    }

    [Fact]
    public async Task Whoever_keeps_the_page_of_the_post_is_told_and_neither_version_nor_date_of_the_post_changes()
    {
        var before = await forum.PostAsync(linking.PostId);
        await EditAsync(topic, Scenario.Body, "How do swallows find their way?");
        await RenderAsync();

        await using var db = forum.Db();
        var last = await db.OutboxEvents.OrderBy(e => e.Sequence).LastAsync();
        Assert.Equal(new PostEdited(linking.TopicId, (await forum.BoardRowAsync()).Id, linking.PostId, 1), ForumEvent.Read(last));
        var after = await forum.PostAsync(linking.PostId);
        Assert.Equal((before.Version, before.Edited), (after.Version, after.Edited));
    }

    [Fact]
    public async Task A_note_that_leads_to_a_topic_changes_without_a_word_to_the_topics_readers()
    {
        var note = (await forum.Get<WriteNote>().RunAsync(moderator, new(linking.TopicId, $"Compare it with {Link} before you answer.", null, null), default)).Required;
        await EditAsync(topic, Scenario.Body, "How do swallows find their way?");
        await RenderAsync();

        Assert.Contains("swallows", (await forum.PostAsync(note.PostId)).Html, StringComparison.Ordinal);
        await using var db = forum.Db();
        var told = (await db.OutboxEvents.OrderByDescending(e => e.Sequence).Take(2).ToListAsync()).Select(ForumEvent.Read).ToList();
        Assert.Contains(new NoteChanged(linking.TopicId, (await forum.BoardRowAsync()).Id, note.PostId), told);
    }

    [Fact]
    public async Task A_post_leads_where_its_present_text_leads_and_never_to_its_own_topic_or_to_what_is_not_there()
    {
        Assert.Equal([topic.TopicId], await LinksAsync());
        var other = await forum.AskAsync(asker, title: "Another one that is of interest");

        await EditAsync(linking, $"See /t/{other.TopicId} and [that](/t/{other.TopicId}/x) and /t/{linking.TopicId} and {forum.Options.Site.Url}t/{other.TopicId}/x and {forum.Options.Site.Url}t/987654 for this.");

        Assert.Equal([other.TopicId], await LinksAsync());
    }
}
