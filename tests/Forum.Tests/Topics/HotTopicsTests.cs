using Forum.Boards;
using Forum.Members;
using Forum.Tests.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

public sealed class HotTopicsTests
{
    private static readonly DateTime monday = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    /// <summary>The formula as members read it, told in other words: interest ÷ 2^(age in days ÷ 2).</summary>
    [Theory]
    [InlineData(0, 0, 0, 0, 0)]
    [InlineData(0, 0, 3, 0, 0)]
    [InlineData(2, 0, 1, 2, 4)]
    [InlineData(7, 6, 40, 0, 900)]
    [InlineData(7, 0, 40, 0, 900)]
    [InlineData(1, 1, -5, 0, 0)]
    public void Heat_is_interest_halved_with_every_two_days_of_age(int daysSinceFirst, int daysSinceLast, int upvotes, int meToos, int replies)
    {
        double Told(DateTime now) =>
            (1 + Math.Max(0, upvotes) + meToos + Math.Sqrt(replies)) / Math.Pow(2, ((now - monday).TotalDays + daysSinceFirst + (now - monday).TotalDays + daysSinceLast) / 2 / 2);
        var heat = Heat.Of(monday.AddDays(-daysSinceFirst), monday.AddDays(-daysSinceLast), upvotes, meToos, replies);
        // As hot as a topic of interest 1 that was written at that moment, whenever one asks.
        foreach (var now in new[] { monday, monday.AddDays(30) })
            Assert.Equal(1 / Math.Pow(2, (now - heat).TotalDays / 2), Told(now), 6);
    }

    [Fact]
    public async Task The_hottest_topic_stands_first_and_every_topic_on_one_page_only()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var (asker, other) = (await forum.MemberAsync(), await forum.MemberAsync("Kwame Osei"));
        async Task<PostedPost> Ask(string title, int replies = 0, bool upvoted = false, bool shared = false)
        {
            var topic = await forum.AskAsync(asker, title: title);
            for (var i = 0; i < replies; i++)
                await forum.ReplyAsync(other, topic.TopicId);
            if (upvoted)
                _ = (await forum.UpvoteAsync(other, topic.PostId)).Required;
            if (shared)
                _ = (await forum.Get<SayMeToo>().RunAsync(other, topic.TopicId, default)).Required;
            forum.Clock.Advance(TimeSpan.FromMinutes(1));
            return topic;
        }
        await Ask("Old and with one reply to it", replies: 1);
        await Ask("Old and nobody cares about it");
        forum.Clock.Advance(TimeSpan.FromDays(3));
        await Ask("Young with an upvote and four replies", replies: 4, upvoted: true);
        await Ask("Young and others have it, too", shared: true);
        await Ask("Young and nobody has seen it");
        await Ask("Young with four replies to it", replies: 4);

        var (titles, after) = (new List<string>(), (string?)null);
        do
        {
            var page = await forum.Get<TopicListQueries>().ListAsync(Rights.OfVisitor, new(TopicFilter.Hot, After: after, Size: 2), default);
            titles.AddRange(page.Items.Select(t => t.Title));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(
            ["Young with an upvote and four replies", "Young with four replies to it", "Young and others have it, too", "Young and nobody has seen it", "Old and with one reply to it", "Old and nobody cares about it"], titles);
    }

    [Fact]
    public async Task A_hot_list_takes_the_same_queries_in_a_forum_of_any_size_and_compares_the_newest_topics_alone()
    {
        var queries = new CountedQueries();
        await using var forum = await TestForum.StartAsync(add: queries.Attach);
        var board = await forum.BoardAsync();
        var asker = await forum.MemberAsync();
        var loved = await forum.AskAsync(asker, title: "Loved by a thousand and long forgotten");
        IReadOnlyList<TopicRow> hot = [];
        async Task Read() => hot = (await forum.Get<TopicListQueries>().ListAsync(Rights.OfVisitor, new(TopicFilter.Hot), default)).Items;
        var small = await queries.OfAsync(Read);
        Assert.Equal([loved.TopicId], hot.Select(t => t.Id));

        for (var i = 0; i < Paging.PageSize; i++)
            await forum.AskAsync(asker);
        await using (var db = forum.Db())
        {
            await db.Topics.Where(t => t.Id == loved.TopicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Score, 1_000_000));
            await Read();
            Assert.Equal(loved.TopicId, hot[0].Id);
            // Nobody cares about these, but their last posts are newer than the one of the loved topic.
            var (now, slug) = (forum.Clock.GetUtcNow().UtcDateTime, Slug.Of(Scenario.Question));
            await db.Topics.Where(t => t.Id != loved.TopicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastActivity, now.AddSeconds(2)));
            db.Topics.AddRange(Enumerable.Range(1, Heat.Compared).Select(i => new Topic
            {
                BoardId = board.Id,
                AuthorId = asker.MemberId!.Value,
                LastPosterId = asker.MemberId.Value,
                Title = Scenario.Question,
                Slug = slug,
                Created = now.AddYears(-1),
                LastActivity = now.AddSeconds(1),
            }));
            await db.SaveChangesAsync();
        }
        Assert.Equal(small, await queries.OfAsync(Read));
        Assert.Equal(Paging.PageSize, hot.Count);
        Assert.DoesNotContain(loved.TopicId, hot.Select(t => t.Id));
    }

    [Fact]
    public async Task What_one_may_not_read_is_not_hot()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync(read: ReadAccess.Staff);
        await forum.AskAsync(await forum.MemberAsync("Ada Admin", SiteRole.Admin));
        Assert.Empty((await forum.Get<TopicListQueries>().ListAsync(Rights.OfVisitor, new(TopicFilter.Hot), default)).Items);
    }
}
