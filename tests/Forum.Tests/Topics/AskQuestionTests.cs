using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

public sealed class AskQuestionTests
{
    [Fact]
    public async Task A_member_asks_and_the_topic_is_there_with_its_first_post()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var asker = await forum.MemberAsync();

        var posted = await forum.AskAsync(asker, tags: ["Contracts", "handover"]);

        var topic = await forum.TopicAsync(posted.TopicId);
        Assert.Equal(Scenario.Question, topic.Title);
        Assert.Equal("how-do-i-hand-a-project-over-to-another-agency", topic.Slug);
        var post = await forum.PostAsync(posted.PostId);
        Assert.Equal(1, post.Number);
        Assert.Contains("<p>I would like", post.Html, StringComparison.Ordinal);
        await using var db = forum.Db();
        Assert.Equal(["contracts", "handover"], await db.Tags.OrderBy(t => t.Name).Select(t => t.Name).ToListAsync());
        Assert.Equal((1, 1), await db.Boards.Select(b => new ValueTuple<int, int>(b.Topics, b.Posts)).SingleAsync());
    }

    [Fact]
    public async Task The_same_key_asks_once_even_when_fifty_come_at_once()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var asker = await forum.MemberAsync();
        var question = new NewTopic("help", Scenario.Question, Scenario.Body, [], "key-1");

        var posted = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => forum.Get<AskQuestion>().RunAsync(asker, question, default))));

        Assert.Single(posted.Select(p => p.Required.PostId).Distinct());
        await using var db = forum.Db();
        Assert.Equal(1, await db.Topics.CountAsync());
    }
}
