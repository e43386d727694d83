using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

/// <summary>Solved topics that close by themselves.</summary>
public sealed class CloseQuietTopicsTests : IAsyncLifetime
{
    private const int Hours = 24;

    private TestForum forum = null!;
    private Actor asker = null!, solver = null!;
    private PostedPost reply = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", AutoCloseHours: Hours), default)).Required;
        (asker, solver) = (await forum.MemberAsync(), await forum.MemberAsync("Muhammad Ali"));
        reply = await SolvedAsync();
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private async Task<PostedPost> SolvedAsync(string board = "help")
    {
        var answer = await forum.ReplyAsync(solver, (await forum.AskAsync(asker, board)).TopicId);
        _ = (await forum.AcceptAsync(asker, answer)).Required;
        return answer;
    }

    private async Task<int> CloseAsync() => (await forum.Get<CloseQuietTopics>().RunAsync(Actor.Operator, default)).Required;

    private async Task<ClosureView?> ClosureAsync(PostedPost? post = null) =>
        (await forum.Get<TopicQueries>().PageAsync(Rights.OfVisitor, (post ?? reply).TopicId, PostSort.Oldest, 1, null, false, default)).Required.Closure;

    [Fact]
    public async Task A_solved_topic_closes_its_hours_after_the_last_post_and_nothing_else_about_it_moves()
    {
        forum.Clock.Advance(TimeSpan.FromHours(Hours - 1));
        await forum.ReplyAsync(asker, reply.TopicId, "It was, thank you.");
        var before = await forum.TopicAsync(reply.TopicId);
        forum.Clock.Advance(TimeSpan.FromHours(Hours) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await CloseAsync());
        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1, 0), (await CloseAsync(), await CloseAsync()));

        var closure = (await ClosureAsync())!;
        Assert.Equal((ClosureReason.Quiet, null, forum.Clock.GetUtcNow().UtcDateTime), (closure.Reason, closure.By, closure.Closed));
        var after = await forum.TopicAsync(reply.TopicId);
        Assert.Equal((before.LastActivity, before.Replies, true, before.Version + 1), (after.LastActivity, after.Replies, after.Solved, after.Version));
        var step = (await forum.Get<AuditQueries>().OfTopicAsync(Rights.OfVisitor, reply.TopicId, null, default)).Required.Items[0];
        Assert.Equal(("topic.closed-quiet", null), (step.Deed, step.By));
    }

    [Fact]
    public async Task What_is_not_solved_any_more_hidden_closed_or_on_a_board_without_hours_is_left_alone()
    {
        await forum.BoardAsync("other");
        await SolvedAsync("other");
        var (hidden, closed, unsolved) = (await SolvedAsync(), await SolvedAsync(), await forum.AskAsync(asker));
        var moderator = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        await using (var db = forum.Db())
            _ = (await forum.Get<HidePost>().RunAsync(moderator, await db.Posts.Where(p => p.TopicId == hidden.TopicId && p.Number == 1).Select(p => p.Id).SingleAsync(), null, default)).Required;
        _ = (await forum.Get<CloseTopic>().RunAsync(moderator, new(closed.TopicId, ClosureReason.OffTopic), default)).Required;
        _ = (await forum.UnmarkAsync(asker, reply)).Required;
        forum.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal(0, await CloseAsync());
        Assert.Equal(ClosureReason.OffTopic, (await ClosureAsync(closed))!.Reason);
        Assert.Null(await ClosureAsync());
        Assert.Null(await ClosureAsync(unsolved));

        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", AutoCloseHours: 0), default)).Required;
        Assert.Null((await forum.BoardRowAsync()).AutoCloseHours);
    }

    [Fact]
    public async Task Unmarking_does_not_open_it_again_and_what_somebody_opened_again_stays_open_until_somebody_writes()
    {
        var moderator = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        forum.Clock.Advance(TimeSpan.FromHours(Hours));
        Assert.Equal(1, await CloseAsync());
        _ = (await forum.UnmarkAsync(moderator, reply)).Required;
        Assert.NotNull(await ClosureAsync());
        _ = (await forum.AcceptAsync(moderator, reply)).Required;

        _ = (await forum.Get<ReopenTopic>().RunAsync(moderator, reply.TopicId, default)).Required;
        forum.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(0, await CloseAsync());
        await forum.ReplyAsync(solver, reply.TopicId, "There is more to say.");
        forum.Clock.Advance(TimeSpan.FromHours(Hours));
        Assert.Equal(1, await CloseAsync());
    }

    [Fact]
    public async Task More_than_a_batch_is_closed_by_two_nodes_at_once_and_each_topic_once()
    {
        for (var i = 0; i < CloseQuietTopics.BatchSize + 10; i++)
            await SolvedAsync();
        forum.Clock.Advance(TimeSpan.FromHours(Hours));

        var closed = await Task.WhenAll(Task.Run(CloseAsync), Task.Run(CloseAsync));

        Assert.Equal(CloseQuietTopics.BatchSize + 11, closed.Sum());
        await using var db = forum.Db();
        Assert.Equal(CloseQuietTopics.BatchSize + 11, await db.AuditEntries.CountAsync(e => e.Deed == "topic.closed-quiet"));
    }

    [Fact]
    public async Task Nobody_chooses_it_as_a_reason_and_nobody_but_the_operator_does_it()
    {
        var moderator = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        Assert.Equal("Reason", (await forum.Get<CloseTopic>().RunAsync(moderator, new(reply.TopicId, ClosureReason.Quiet), default)).Refusal!.Field);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<CloseQuietTopics>().RunAsync(moderator, default)).Refusal!.Kind);
        foreach (var hours in new[] { -1, Board.MaxAutoCloseHours + 1 })
            Assert.Equal("autoCloseHours", (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", AutoCloseHours: hours), default)).Refusal!.Field);
    }
}
