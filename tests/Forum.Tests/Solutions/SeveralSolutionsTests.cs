using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Standing;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Solutions;

/// <summary>A board that has several solutions a topic.</summary>
public sealed class SeveralSolutionsTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!;
    private PostedPost question = null!;
    private readonly List<Actor> solvers = [];
    private readonly List<PostedPost> replies = [];

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", Solutions: 3), default)).Required;
        asker = await forum.MemberAsync();
        question = await forum.AskAsync(asker);
        for (var i = 0; i < 5; i++)
        {
            solvers.Add(await forum.MemberAsync($"Solver {i}"));
            replies.Add(await forum.ReplyAsync(solvers[i], question.TopicId));
        }
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    private async Task<IReadOnlyList<(int Slot, long PostId)>> SlotsAsync()
    {
        await using var db = forum.Db();
        return [.. (await db.Solutions.AsNoTracking().Where(s => s.TopicId == question.TopicId).OrderBy(s => s.Slot).ToListAsync()).Select(s => (s.Slot, s.PostId))];
    }

    private async Task<TopicView> PageAsync() => (await forum.Get<TopicQueries>().PageAsync(Rights.OfVisitor, question.TopicId, PostSort.Oldest, 1, null, false, default)).Required;

    [Fact]
    public async Task Each_is_credited_up_to_as_many_as_the_board_has_and_one_more_is_refused()
    {
        foreach (var reply in replies.Take(3))
            Assert.Null((await forum.AcceptAsync(asker, reply)).Refusal);
        Assert.Equal(RefusalKind.Forbidden, (await forum.AcceptAsync(asker, replies[3])).Refusal!.Kind);
        Assert.Null((await forum.AcceptAsync(asker, replies[0])).Refusal);

        Assert.Equal([(0, replies[0].PostId), (1, replies[1].PostId), (2, replies[2].PostId)], await SlotsAsync());
        Assert.All(await Task.WhenAll(solvers.Take(3).Select(forum.LedgerAsync)), ledger => Assert.Equal([PointEntry.ForSolution], ledger));
        Assert.Equal(3 * PointEntry.ForMarking, (await forum.MemberRowAsync(asker)).Points);
        Assert.Equal(1, (await forum.BoardRowAsync()).Solved);
    }

    [Fact]
    public async Task All_are_shown_the_most_upvoted_first()
    {
        foreach (var reply in replies.Take(3))
            _ = (await forum.AcceptAsync(asker, reply)).Required;
        _ = (await forum.UpvoteAsync(asker, replies[2].PostId)).Required;

        Assert.Equal([replies[2].PostId, replies[0].PostId, replies[1].PostId], (await PageAsync()).Solutions.Select(s => s.Post.Id));
        Assert.Equal(replies[0].PostId, (await forum.Get<TopicListQueries>().RowsAsync([question.TopicId], default))[0].SolutionPostId);
    }

    [Fact]
    public async Task The_topic_is_solved_while_one_is_left_and_the_first_slot_is_never_empty()
    {
        foreach (var reply in replies.Take(3))
            _ = (await forum.AcceptAsync(asker, reply)).Required;

        _ = (await forum.UnmarkAsync(asker, replies[0])).Required;
        Assert.Equal([(0, replies[1].PostId), (2, replies[2].PostId)], await SlotsAsync());
        Assert.Equal([PointEntry.ForSolution, -PointEntry.ForSolution], await forum.LedgerAsync(solvers[0]));
        Assert.True((await forum.TopicAsync(question.TopicId)).Solved);
        _ = (await forum.AcceptAsync(asker, replies[3])).Required;
        Assert.Equal([0, 1, 2], (await SlotsAsync()).Select(s => s.Slot));

        foreach (var reply in new[] { replies[1], replies[2], replies[3] })
            _ = (await forum.UnmarkAsync(asker, reply)).Required;
        Assert.False((await forum.TopicAsync(question.TopicId)).Solved);
        Assert.Empty(await SlotsAsync());
    }

    [Fact]
    public async Task A_solution_that_is_deleted_leaves_the_others()
    {
        foreach (var reply in replies.Take(2))
            _ = (await forum.AcceptAsync(asker, reply)).Required;
        _ = (await forum.Get<DeletePost>().RunAsync(solvers[0], replies[0].PostId, default)).Required;

        Assert.Equal([(0, replies[1].PostId)], await SlotsAsync());
        Assert.True((await forum.TopicAsync(question.TopicId)).Solved);
    }

    [Fact]
    public async Task The_topic_is_outdated_when_none_of_them_works_still()
    {
        foreach (var reply in replies.Take(2))
            _ = (await forum.AcceptAsync(asker, reply)).Required;
        _ = (await forum.Get<DoubtSolution>().RunAsync(asker, question.TopicId, replies[0].PostId, "Gone.", default)).Required;
        Assert.False((await PageAsync()).Outdated);
        Assert.False((await forum.Get<TopicListQueries>().RowsAsync([question.TopicId], default))[0].Outdated);

        _ = (await forum.Get<DoubtSolution>().RunAsync(asker, question.TopicId, replies[1].PostId, "Gone.", default)).Required;
        Assert.True((await PageAsync()).Outdated);
        Assert.True((await forum.Get<TopicListQueries>().RowsAsync([question.TopicId], default))[0].Outdated);
    }

    [Fact]
    public async Task Where_a_board_goes_back_to_one_the_next_mark_stands_in_the_place_of_all()
    {
        foreach (var reply in replies.Take(3))
            _ = (await forum.AcceptAsync(asker, reply)).Required;
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", Solutions: 1), default)).Required;
        Assert.Equal(3, (await SlotsAsync()).Count);

        _ = (await forum.AcceptAsync(asker, replies[4])).Required;
        Assert.Equal([(0, replies[4].PostId)], await SlotsAsync());
    }

    [Fact]
    public async Task Of_many_accepted_and_unmarked_at_once_no_slot_is_taken_twice_and_nobody_is_paid_twice()
    {
        var moderator = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        await Task.WhenAll(replies.SelectMany(r => new[] { asker, moderator }.Select(a => Task.Run(() => forum.AcceptAsync(a, r)))));
        Assert.Equal([0, 1, 2], (await SlotsAsync()).Select(s => s.Slot));

        var marked = (await SlotsAsync()).Select(s => replies.Single(r => r.PostId == s.PostId)).ToList();
        await Task.WhenAll(marked.Select(r => Task.Run(() => forum.UnmarkAsync(asker, r))).Concat(replies.Select(r => Task.Run(() => forum.AcceptAsync(moderator, r)))));

        var slots = await SlotsAsync();
        Assert.True(slots.Count == 0 || slots[0].Slot == 0);
        Assert.InRange(slots.Count, 0, 3);
        var points = 0;
        foreach (var solver in solvers)
            points += (await forum.MemberRowAsync(solver)).Points;
        Assert.Equal(slots.Count * PointEntry.ForSolution, points);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task A_topic_has_one_solution_to_five(int solutions) =>
        Assert.Equal("solutions", (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", Solutions: solutions), default)).Refusal!.Field);
}
