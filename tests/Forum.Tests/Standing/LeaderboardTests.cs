using Forum.Boards;
using Forum.Jobs;
using Forum.Members;
using Forum.Moderation;
using Forum.Standing;
using Forum.Topics;
using Forum.Votes;

namespace Forum.Tests.Standing;

/// <summary>"Top upvoted members" in a forum that is older than its voters.</summary>
public sealed class LeaderboardTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor author = null!, voter = null!;
    private PostedPost question = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        author = await forum.MemberAsync("Muhammad Ali");
        question = await forum.AskAsync(author);
        forum.Clock.Advance(TimeSpan.FromDays(100));
        voter = await forum.MemberAsync("Vera Voter");
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, repair: false, null, default)).Required.Findings);
        await forum.DisposeAsync();
    }

    [Fact]
    public async Task An_upvote_by_an_account_younger_than_three_days_counts_on_the_post_and_for_points_but_on_no_leaderboard()
    {
        forum.Clock.Advance(TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1));
        Assert.Equal(new VoteState(1, true), (await forum.UpvoteAsync(voter, question.PostId)).Required);

        Assert.Equal(PointEntry.ForUpvote, (await forum.MemberRowAsync(author)).Points);
        Assert.Equal("", await TopAsync());
    }

    [Fact]
    public async Task From_three_days_on_an_account_s_upvotes_count()
    {
        forum.Clock.Advance(TimeSpan.FromDays(3));
        await forum.UpvoteAsync(voter, question.PostId);

        Assert.Equal("1 Muhammad A 1", await TopAsync());
    }

    [Fact]
    public async Task An_upvote_that_did_not_count_does_not_begin_to_when_the_account_grows_older()
    {
        await forum.UpvoteAsync(voter, question.PostId);
        forum.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal("", await TopAsync());

        _ = (await forum.Get<TakeBackUpvote>().RunAsync(voter, question.PostId, default)).Required;
        Assert.Equal("", await TopAsync());
        await forum.UpvoteAsync(voter, question.PostId);
        Assert.Equal("1 Muhammad A 1", await TopAsync());
    }

    [Fact]
    public async Task A_post_that_is_hidden_and_comes_back_brings_only_the_upvotes_that_count()
    {
        var moderator = await forum.MemberAsync("Berta Brett", SiteRole.Moderator);
        forum.Clock.Advance(TimeSpan.FromDays(3));
        await forum.UpvoteAsync(voter, question.PostId);
        await forum.UpvoteAsync(await forum.MemberAsync("Nora Neu"), question.PostId);

        _ = (await forum.Get<HidePost>().RunAsync(moderator, question.PostId, null, default)).Required;
        Assert.Equal("", await TopAsync());
        _ = (await forum.Get<RestorePost>().RunAsync(moderator, question.PostId, default)).Required;
        Assert.Equal("1 Muhammad A 1", await TopAsync());
    }

    [Fact]
    public async Task Those_who_begin_a_forum_have_upvotes_that_count_at_once()
    {
        await using var young = await TestForum.StartAsync();
        await young.BoardAsync();
        var asker = await young.MemberAsync("Ada Asker");
        var topic = await young.AskAsync(asker);
        young.Clock.Advance(TimeSpan.FromDays(2));
        await young.UpvoteAsync(await young.MemberAsync(), topic.PostId);

        Assert.Equal("1 Ada A 1", await TopAsync(young));
        await Recount.AssertEverythingAsync(young);
    }

    [Fact]
    public async Task Staff_are_left_out_for_as_long_as_they_are_staff()
    {
        var staff = await forum.MemberAsync("Stefan Staff", SiteRole.Staff);
        forum.Clock.Advance(TimeSpan.FromDays(3));
        await forum.UpvoteAsync(voter, (await forum.ReplyAsync(staff, question.TopicId)).PostId);
        await forum.UpvoteAsync(staff, question.PostId);
        Assert.Equal("1 Muhammad A 1", await TopAsync());

        _ = (await forum.Get<RevokeRole>().RunAsync(Actor.Operator, (await forum.MemberRowAsync(staff)).Handle, SiteRole.Staff, null, default)).Required;
        Assert.Equal("1 Muhammad A 1, 2 Stefan S 1", await TopAsync());
    }

    [Fact]
    public async Task Ties_go_to_who_solved_more_for_others_and_then_to_who_came_first()
    {
        var (second, third) = (await forum.MemberAsync("Sonia Second"), await forum.MemberAsync("Theo Third"));
        forum.Clock.Advance(TimeSpan.FromDays(3));
        await forum.UpvoteAsync(voter, question.PostId);
        await forum.UpvoteAsync(voter, (await forum.ReplyAsync(second, question.TopicId)).PostId);
        var solution = await forum.ReplyAsync(third, question.TopicId);
        await forum.UpvoteAsync(voter, solution.PostId);
        _ = (await forum.AcceptAsync(author, solution)).Required;
        Assert.Equal("1 Theo T 1, 2 Muhammad A 1, 3 Sonia S 1", await TopAsync());

        _ = (await forum.AcceptAsync(author, await forum.ReplyAsync(author, question.TopicId))).Required;
        Assert.Equal("1 Muhammad A 1, 2 Sonia S 1, 3 Theo T 1", await TopAsync());
    }

    [Fact]
    public async Task A_period_counts_its_whole_days_up_to_today_by_the_day_the_upvote_was_cast()
    {
        forum.Clock.Advance(TimeSpan.FromDays(3));
        var cast = forum.Clock.GetUtcNow();
        await forum.UpvoteAsync(voter, question.PostId);
        foreach (var (days, period) in new[] { (7, LeaderboardPeriod.Week), (30, LeaderboardPeriod.Month), (365, LeaderboardPeriod.Year) })
        {
            forum.Clock.SetUtcNow(cast.AddDays(days - 1));
            Assert.Equal("1 Muhammad A 1", await TopAsync(period: period));
            forum.Clock.Advance(TimeSpan.FromDays(1));
            Assert.Equal("", await TopAsync(period: period));
        }
        Assert.Equal("1 Muhammad A 1", await TopAsync());
    }

    [Fact]
    public async Task A_board_counts_with_those_below_it_and_nothing_that_the_reader_may_not_read()
    {
        await forum.BoardAsync("inside", read: ReadAccess.Members);
        forum.Clock.Advance(TimeSpan.FromDays(3));
        await forum.UpvoteAsync(voter, (await forum.AskAsync(author, "inside")).PostId);

        Assert.Equal("", await TopAsync());
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<LeaderboardQueries>().TopAsync(Rights.OfVisitor, LeaderboardPeriod.All, "inside", default)).Refusal?.Kind);
        Assert.Equal("1 Muhammad A 1", await TopAsync(rights: new Rights { MemberId = voter.MemberId }));
    }

    [Fact]
    public async Task Top_solvers_are_those_whose_answers_solved_the_questions_of_others_and_still_do()
    {
        await forum.BoardAsync("other");
        var (solver, staff) = (await forum.MemberAsync("Sonia Solver"), await forum.MemberAsync("Stefan Staff", SiteRole.Staff));
        async Task<PostedPost> SolveAsync(Actor by, string board = "help")
        {
            var topic = await forum.AskAsync(voter, board, $"How do I hand over team {Guid.NewGuid():N}?");
            var reply = await forum.ReplyAsync(by, topic.TopicId);
            _ = (await forum.AcceptAsync(voter, reply)).Required;
            return reply;
        }
        await SolveAsync(author);
        forum.Clock.Advance(TimeSpan.FromDays(10));
        var (hidden, taken) = (await SolveAsync(solver), await SolveAsync(solver));
        await SolveAsync(solver);
        await SolveAsync(solver, "other");
        await SolveAsync(voter);
        await SolveAsync(staff);
        Assert.Equal("1 Sonia S 4 new", await SolversAsync(LeaderboardPeriod.Week));
        Assert.Equal("1 Sonia S 4, 2 Muhammad A 1", await SolversAsync(LeaderboardPeriod.All));
        Assert.Equal("1 Sonia S 1 new", await SolversAsync(LeaderboardPeriod.Week, "other"));

        _ = (await forum.Get<HidePost>().RunAsync(await forum.MemberAsync("Mo", SiteRole.Moderator), hidden.PostId, null, default)).Required;
        _ = (await forum.UnmarkAsync(voter, taken)).Required;
        forum.Get<LeaderboardQueries>().Forget();
        Assert.Equal("1 Sonia S 2 new", await SolversAsync(LeaderboardPeriod.Week));
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<LeaderboardQueries>().MovedAsync(Rights.OfVisitor, LeaderboardKind.Solutions, LeaderboardPeriod.Week, "nowhere", default)).Refusal!.Kind);
    }

    [Fact]
    public async Task Each_place_is_told_with_the_one_in_the_period_before()
    {
        forum.Clock.Advance(TimeSpan.FromDays(3));
        var rival = await forum.MemberAsync("Rosa Rival");
        var rivals = await forum.AskAsync(rival);
        await forum.UpvoteAsync(voter, question.PostId);
        forum.Clock.Advance(TimeSpan.FromDays(7));
        await forum.UpvoteAsync(voter, rivals.PostId);
        await forum.UpvoteAsync(voter, (await forum.ReplyAsync(rival, question.TopicId)).PostId);
        await forum.UpvoteAsync(voter, (await forum.ReplyAsync(author, question.TopicId, "As said, choose Transfer.")).PostId);

        var rows = (await forum.Get<LeaderboardQueries>().MovedAsync(Rights.OfVisitor, LeaderboardKind.Upvotes, LeaderboardPeriod.Week, null, default)).Required;

        Assert.Equal([("Rosa R", 1, null), ("Muhammad A", 2, 1)], rows.Select(r => (r.Member.DisplayName, r.Place, r.Before)));
    }

    private async Task<string> SolversAsync(LeaderboardPeriod period, string? board = null) => string.Join(", ",
        (await forum.Get<LeaderboardQueries>().MovedAsync(Rights.OfVisitor, LeaderboardKind.Solutions, period, board, default)).Required.Select(r => $"{r.Place} {r.Member.DisplayName} {r.Count}{(r.Before is null && period != LeaderboardPeriod.All ? " new" : "")}"));

    private Task<string> TopAsync(LeaderboardPeriod period = LeaderboardPeriod.All, Rights? rights = null) => TopAsync(forum, period, rights);

    private static async Task<string> TopAsync(TestForum forum, LeaderboardPeriod period = LeaderboardPeriod.All, Rights? rights = null)
    {
        forum.Get<LeaderboardQueries>().Forget();
        var rows = (await forum.Get<LeaderboardQueries>().TopAsync(rights ?? Rights.OfVisitor, period, null, default)).Required;
        return string.Join(", ", rows.Select(r => $"{r.Place} {r.Member.DisplayName} {r.Count}"));
    }
}
