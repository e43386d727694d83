using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

/// <summary>One deed on many topics or members, and undoing it.</summary>
public sealed class BulkTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, moderator = null!;
    private List<PostedPost> topics = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync(options => options.Limits.Enabled = false);
        await forum.BoardAsync();
        await forum.BoardAsync("other");
        (asker, moderator) = (await forum.MemberAsync(), await forum.MemberAsync("Sam Staff", SiteRole.Moderator));
        topics = [];
        for (var i = 0; i < 3; i++)
        {
            topics.Add(await forum.AskAsync(asker));
            await forum.ReplyAsync(await forum.MemberAsync("Muhammad Ali"), topics[i].TopicId);
        }
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    private async Task<Rights> RightsAsync(Actor actor)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(actor, forum.Clock.GetUtcNow().UtcDateTime, default);
    }

    private Task<Result<int>> ChangeAsync(UndoableKind kind, Actor? actor = null, string? board = null, ClosureReason? closure = null) =>
        forum.Get<ChangeTopics>().RunAsync(actor ?? moderator, new([.. topics.Select(t => t.TopicId), 4711], kind, board, closure, "all of a kind"), default);

    private async Task<UndoView?> UndoableAsync(Actor? actor = null) => await forum.Get<UndoQueries>().LatestAsync(await RightsAsync(actor ?? moderator), default);

    private async Task<int> UndoAsync() => (await forum.Get<UndoDeed>().RunAsync(moderator, (await UndoableAsync())!.Id, default)).Required;

    private async Task<IReadOnlyList<TopicRow>> ListAsync(string board = "help") =>
        (await forum.Get<TopicListQueries>().ListAsync(Rights.OfVisitor, new(BoardId: (await forum.BoardRowAsync(board)).Id), default)).Items;

    [Theory]
    [InlineData(UndoableKind.Hide)]
    [InlineData(UndoableKind.Delete)]
    public async Task Topics_go_out_of_sight_and_come_back(UndoableKind kind)
    {
        Assert.Equal(3, (await ChangeAsync(kind)).Required);
        Assert.Empty(await ListAsync());
        Assert.Equal(3, (await forum.Get<TalkQueries>().MineAsync(await RightsAsync(asker), default)).Count);
        forum.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(3, await UndoAsync());
        Assert.Equal(3, (await ListAsync()).Count);
        Assert.Empty(await forum.Get<TalkQueries>().MineAsync(await RightsAsync(asker), default));
    }

    [Fact]
    public async Task Topics_are_closed_and_opened_again_but_for_the_one_that_was_closed_before()
    {
        _ = (await forum.Get<CloseTopic>().RunAsync(moderator, new(topics[0].TopicId, ClosureReason.NotEnoughDetail), default)).Required;
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await ChangeAsync(UndoableKind.Close, closure: ClosureReason.OffTopic)).Required);
        Assert.All(await ListAsync(), t => Assert.True(t.Closed));
        Assert.Equal(2, await UndoAsync());
        Assert.Equal([topics[0].TopicId], (await ListAsync()).Where(t => t.Closed).Select(t => t.Id));
    }

    [Fact]
    public async Task Topics_go_to_another_board_and_back_but_for_the_one_that_went_on()
    {
        await forum.BoardAsync("third");
        Assert.Equal(3, (await ChangeAsync(UndoableKind.Move, board: "other")).Required);
        Assert.Equal(3, (await ListAsync("other")).Count);
        _ = (await forum.Get<ArrangeTopic>().RunAsync(moderator, new(topics[1].TopicId, Board: "third"), default)).Required;
        Assert.Equal(2, await UndoAsync());
        Assert.Equal((2, 0, 1), ((await ListAsync()).Count, (await ListAsync("other")).Count, (await ListAsync("third")).Count));
    }

    [Fact]
    public async Task What_is_not_the_moderators_own_stays_and_what_is_not_said_whole_is_refused()
    {
        Assert.Equal("Topics", (await ChangeAsync(UndoableKind.Delete, await forum.BoardModeratorAsync("other"))).Refusal?.Field);
        Assert.Equal(RefusalKind.Forbidden, (await ChangeAsync(UndoableKind.Delete, asker)).Refusal?.Kind);
        Assert.Equal("Board", (await ChangeAsync(UndoableKind.Move, board: "nowhere")).Refusal?.Field);
        Assert.Equal("Closure", (await ChangeAsync(UndoableKind.Close)).Refusal?.Field);
        Assert.Equal("Kind", (await ChangeAsync(UndoableKind.Spam)).Refusal?.Field);
        Assert.Equal("Topics", (await forum.Get<ChangeTopics>().RunAsync(moderator, new([.. Enumerable.Range(1, ChangeTopics.Max + 1).Select(i => (long)i)], UndoableKind.Delete), default)).Refusal?.Field);
        Assert.Equal(3, (await ListAsync()).Count);
    }

    [Fact]
    public async Task A_wave_of_spam_goes_in_one_deed_and_comes_back_in_one()
    {
        var spammers = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            var spammer = await forum.MemberAsync("Wanda Watch");
            spammers.Add((await forum.MemberRowAsync(spammer)).Handle);
            var topic = await forum.AskAsync(spammer, body: $"Watches number {i} are cheap at our shop.");
            for (var reply = 0; reply < 9; reply++)
                await forum.ReplyAsync(spammer, topic.TopicId, $"Watch {reply} of {i} is even cheaper.");
        }
        var newcomers = (await forum.Get<NewcomerQueries>().ListAsync(await RightsAsync(moderator), 7, writing: true, null, default)).Required.Items;
        Assert.Equal((10, "Watch 8 of 19 is even cheaper."), (newcomers[0].Posts, newcomers[0].Last));
        Assert.Superset(spammers.ToHashSet(), newcomers.Select(n => n.Who.Handle).ToHashSet());

        var staff = (await forum.MemberRowAsync(moderator)).Handle;
        Assert.Equal((20, 200), (await forum.Get<RemoveSpammers>().RunAsync(moderator, [.. spammers, staff], "Spam", default)).Required);
        Assert.Equal(3, (await ListAsync()).Count);
        Assert.DoesNotContain(spammers[0], (await forum.Get<NewcomerQueries>().ListAsync(await RightsAsync(moderator), 7, writing: true, null, default)).Required.Items.Select(n => n.Who.Handle));

        forum.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal((UndoableKind.Spam, 20), (await UndoableAsync() is { } undo ? (undo.Kind, undo.Count) : default));
        Assert.Equal(20, await UndoAsync());
        Assert.Equal(Paging.PageSize, (await ListAsync()).Count);
        Assert.Equal((10, null), (await MemberAsync(spammers[0])));
    }

    private async Task<(int Posts, DateTime? Suspended)> MemberAsync(string handle)
    {
        await using var db = forum.Db();
        var member = await db.OfHandle(handle).SingleAsync();
        return (member.Posts, member.SuspendedUntil);
    }

    [Fact]
    public async Task Nobody_but_moderators_of_the_site_sees_new_accounts_or_removes_them()
    {
        foreach (var other in new[] { asker, Actor.Visitor, await forum.BoardModeratorAsync("help"), await forum.MemberAsync("Stefan Staff", SiteRole.Staff) })
        {
            Assert.Equal(RefusalKind.NotFound, (await forum.Get<NewcomerQueries>().ListAsync(await RightsAsync(other), 7, true, null, default)).Refusal?.Kind);
            Assert.Equal(RefusalKind.Forbidden, (await forum.Get<RemoveSpammers>().RunAsync(other, ["anybody"], "Spam", default)).Refusal?.Kind);
        }
        Assert.Equal("Members", (await forum.Get<RemoveSpammers>().RunAsync(moderator, [], "Spam", default)).Refusal?.Field);
        Assert.Equal("Members", (await forum.Get<RemoveSpammers>().RunAsync(moderator, ["nobody-there"], "Spam", default)).Refusal?.Field);
        Assert.Equal("Why", (await forum.Get<RemoveSpammers>().RunAsync(moderator, ["nobody-there"], " ", default)).Refusal?.Field);
    }
}
