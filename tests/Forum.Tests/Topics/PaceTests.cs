using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

public sealed class PaceTests : IAsyncLifetime
{
    private static readonly LimitOptions limits = new();
    private static readonly TimeSpan betweenTopics = TimeSpan.FromSeconds(limits.SecondsBetweenTopics), betweenPosts = TimeSpan.FromSeconds(limits.SecondsBetweenPosts),
        betweenTopicsOfNewcomers = TimeSpan.FromSeconds(limits.SecondsBetweenTopicsOfNewcomers), betweenPostsOfNewcomers = TimeSpan.FromSeconds(limits.SecondsBetweenPostsOfNewcomers);

    private TestForum forum = null!;
    private Actor member = null!;
    private int texts;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync(options => options.Limits.Enabled = true);
        await forum.BoardAsync();
        member = await forum.TrustedAsync(1);
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    [Fact]
    public async Task Members_wait_between_two_topics_and_are_told_how_long()
    {
        await AskAsync(member);
        forum.Clock.Advance(betweenTopics - TimeSpan.FromSeconds(4));
        var refusal = (await TryAskAsync(member)).Refusal!;
        Assert.Equal((RefusalKind.TooMany, TimeSpan.FromSeconds(4)), (refusal.Kind, refusal.RetryAfter));
        Assert.Contains("4 seconds", refusal.ToString(), StringComparison.Ordinal);

        forum.Clock.Advance(TimeSpan.FromSeconds(4));
        await AskAsync(member);
    }

    [Fact]
    public async Task Newcomers_wait_longer_than_others()
    {
        var newcomer = await forum.TrustedAsync(0);
        await AskAsync(newcomer);
        forum.Clock.Advance(betweenTopics);
        Assert.Equal(betweenTopicsOfNewcomers - betweenTopics, (await TryAskAsync(newcomer)).Refusal?.RetryAfter);
    }

    [Fact]
    public async Task Members_wait_between_two_posts()
    {
        var topic = await AskAsync(member);
        Assert.Equal(betweenPosts, (await TryReplyAsync(member, topic)).Refusal?.RetryAfter);
        forum.Clock.Advance(betweenPosts);
        _ = (await TryReplyAsync(member, topic)).Required;
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_post_and_no_flood()
    {
        var topic = await AskAsync(member);
        forum.Clock.Advance(betweenPosts);
        var reply = new NewReply(topic.TopicId, "Sent by a double click.", null, "a-form");
        var first = (await forum.Get<PostReply>().RunAsync(member, reply, default)).Required;
        Assert.Equal(first, (await forum.Get<PostReply>().RunAsync(member, reply, default)).Required);
    }

    [Fact]
    public async Task The_same_text_is_not_taken_again_within_five_minutes()
    {
        var topic = await AskAsync(await forum.TrustedAsync(2));
        _ = (await TryReplyAsync(member, topic, "The very same words.")).Required;
        forum.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((RefusalKind.TooMany, TimeSpan.FromMinutes(3)), (await TryReplyAsync(member, topic, "The very same words.")).Refusal is { } no ? (no.Kind, no.RetryAfter) : default);
        forum.Clock.Advance(TimeSpan.FromMinutes(3));
        _ = (await TryReplyAsync(member, topic, "The very same words.")).Required;
    }

    [Fact]
    public async Task After_three_posts_in_a_row_somebody_else_is_to_write()
    {
        var topic = await AskAsync(member);
        for (var post = 2; post <= limits.PostsInARow; post++)
        {
            forum.Clock.Advance(betweenPosts);
            _ = (await TryReplyAsync(member, topic)).Required;
        }
        forum.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(RefusalKind.Forbidden, (await TryReplyAsync(member, topic)).Refusal?.Kind);

        _ = (await TryReplyAsync(await forum.TrustedAsync(1), topic)).Required;
        _ = (await TryReplyAsync(member, topic)).Required;
    }

    [Fact]
    public async Task A_day_has_twenty_topics()
    {
        for (var topic = 0; topic < limits.TopicsPerDay; topic++)
        {
            await AskAsync(member);
            forum.Clock.Advance(TimeSpan.FromMinutes(30));
        }
        // The first of them is as old as twenty half hours.
        Assert.Equal(TimeSpan.FromHours(14), (await TryAskAsync(member)).Refusal?.RetryAfter);
        forum.Clock.Advance(TimeSpan.FromHours(14));
        await AskAsync(member);
    }

    [Fact]
    public async Task A_first_day_has_three_topics_and_ten_replies()
    {
        var newcomer = await forum.TrustedAsync(0);
        var begun = forum.Clock.GetUtcNow();
        for (var topic = 0; topic < limits.TopicsOnFirstDay; topic++)
        {
            await AskAsync(newcomer);
            forum.Clock.Advance(betweenTopicsOfNewcomers);
        }
        Assert.Equal(RefusalKind.TooMany, (await TryAskAsync(newcomer)).Refusal?.Kind);
        for (var reply = 0; reply < limits.RepliesOnFirstDay; reply++)
        {
            _ = (await TryReplyAsync(newcomer, await AskAsync(await forum.TrustedAsync(1)))).Required;
            forum.Clock.Advance(betweenPostsOfNewcomers);
        }
        var elsewhere = await AskAsync(member);
        var left = begun + TimeSpan.FromHours(24) - forum.Clock.GetUtcNow();
        Assert.Equal((RefusalKind.TooMany, left), (await TryReplyAsync(newcomer, elsewhere)).Refusal is { } no ? (no.Kind, no.RetryAfter) : default);

        forum.Clock.Advance(left);
        _ = (await TryReplyAsync(newcomer, elsewhere)).Required;
        forum.Clock.Advance(betweenPostsOfNewcomers);
        await AskAsync(newcomer);
    }

    [Fact]
    public async Task Staff_and_moderators_of_the_board_write_as_fast_as_they_can()
    {
        foreach (var busy in new[] { await forum.MemberAsync("Stella Stab", SiteRole.Staff), await forum.BoardModeratorAsync("help") })
        {
            var topic = await AskAsync(busy);
            await AskAsync(busy);
            for (var reply = 0; reply < limits.PostsInARow + 1; reply++)
                _ = (await TryReplyAsync(busy, topic)).Required;
        }
    }

    [Fact]
    public async Task Two_posts_at_once_are_counted_one_after_the_other()
    {
        var topic = await AskAsync(await forum.TrustedAsync(2));
        var both = await Task.WhenAll(TryReplyAsync(member, topic), TryReplyAsync(member, topic));
        Assert.Single(both, r => r.Refusal is null);
        await using var db = forum.Db();
        Assert.Equal(1, await db.Users.Where(m => m.Id == member.MemberId).Select(m => m.Posts).SingleAsync());
    }

    private async Task<PostedPost> AskAsync(Actor asker) => (await TryAskAsync(asker)).Required;

    private Task<Result<PostedPost>> TryAskAsync(Actor asker) =>
        forum.Get<AskQuestion>().RunAsync(asker, new("help", Scenario.Question, $"{Scenario.Body} Case {++texts}.", [], null), default);

    private Task<Result<PostedPost>> TryReplyAsync(Actor author, PostedPost topic, string? text = null) =>
        forum.Get<PostReply>().RunAsync(author, new(topic.TopicId, text ?? $"This is reply {++texts}.", null, null), default);
}
