using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Solutions;
using Forum.Standing;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Solutions;

public sealed class AcceptSolutionTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, solver = null!;
    private PostedPost question = null!, reply = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        await forum.BoardAsync("talk", BoardKind.Conversation);
        asker = await forum.MemberAsync();
        solver = await forum.MemberAsync("Muhammad Ali");
        question = await forum.AskAsync(asker);
        reply = await forum.ReplyAsync(solver, question.TopicId);
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    [Fact]
    public async Task The_asker_accepts_a_reply_and_both_get_their_points()
    {
        Assert.Null((await forum.AcceptAsync(asker, reply)).Refusal);

        var solution = (await forum.SolutionAsync(reply.TopicId))!;
        Assert.Equal((reply.PostId, asker.MemberId, false), (solution.PostId, solution.MarkedById, solution.ByStaff));
        Assert.True((await forum.TopicAsync(reply.TopicId)).Solved);
        Assert.Equal(1, (await forum.BoardRowAsync()).Solved);
        Assert.Equal([PointEntry.ForSolution], await forum.LedgerAsync(solver));
        Assert.Equal([PointEntry.ForMarking], await forum.LedgerAsync(asker));
        Assert.Equal(1, (await forum.MemberRowAsync(solver)).Solutions);
    }

    [Theory]
    [InlineData(SiteRole.Staff)]
    [InlineData(SiteRole.Moderator)]
    [InlineData(SiteRole.Manager)]
    [InlineData(SiteRole.Admin)]
    public async Task Staff_accept_for_the_asker_who_gets_no_points_for_it(SiteRole role)
    {
        Assert.Null((await forum.AcceptAsync(await forum.MemberAsync("Sam Staff", role), reply)).Refusal);

        Assert.True((await forum.SolutionAsync(reply.TopicId))!.ByStaff);
        Assert.Equal([PointEntry.ForSolution], await forum.LedgerAsync(solver));
        Assert.Empty(await forum.LedgerAsync(asker));
    }

    [Fact]
    public async Task The_moderator_of_the_board_accepts_there_and_nowhere_else()
    {
        await forum.BoardAsync("other");
        var moderator = await forum.BoardModeratorAsync("other");

        Assert.Equal(RefusalKind.Forbidden, (await forum.AcceptAsync(moderator, reply)).Refusal?.Kind);
        var there = await forum.AskAsync(asker, "other");
        Assert.Null((await forum.AcceptAsync(moderator, await forum.ReplyAsync(solver, there.TopicId))).Refusal);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public async Task Trust_4_accepts_on_the_topics_of_others_and_less_does_not(byte trust, bool may) =>
        Assert.Equal(may, (await forum.AcceptAsync(await forum.TrustedAsync(trust), reply)).Refusal is null);

    [Fact]
    public async Task What_trust_accepts_is_not_called_the_word_of_staff()
    {
        Assert.Null((await forum.AcceptAsync(await forum.TrustedAsync(4), reply)).Refusal);
        Assert.False((await forum.SolutionAsync(reply.TopicId))!.ByStaff);
    }

    [Fact]
    public async Task Others_may_not_accept_nor_may_the_solver_or_a_visitor()
    {
        Assert.Equal(RefusalKind.Forbidden, (await forum.AcceptAsync(await forum.MemberAsync("Otto Other"), reply)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await forum.AcceptAsync(solver, reply)).Refusal?.Kind);
        Assert.Equal(RefusalKind.SignIn, (await forum.AcceptAsync(Actor.Visitor, reply)).Refusal?.Kind);
        Assert.Null(await forum.SolutionAsync(reply.TopicId));
    }

    [Fact]
    public async Task An_asker_confirms_what_staff_marked_once_and_gets_the_points_for_it()
    {
        var staff = await forum.MemberAsync("Sam Staff", SiteRole.Staff);
        _ = (await forum.AcceptAsync(staff, reply)).Required;
        Assert.True((await forum.SolutionAsync(question.TopicId))!.ByStaff);
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        var mark = (await forum.SolutionAsync(question.TopicId))!;
        Assert.Equal((false, asker.MemberId), (mark.ByStaff, mark.MarkedById));
        Assert.Equal([PointEntry.ForMarking], await forum.LedgerAsync(asker));
        Assert.Equal([PointEntry.ForSolution], await forum.LedgerAsync(solver));
        // Once it is theirs, taking it back is no dispute.
        _ = (await forum.UnmarkAsync(asker, reply)).Required;
        Assert.Equal([PointEntry.ForMarking, -PointEntry.ForMarking], await forum.LedgerAsync(asker));
        await using var db = forum.Db();
        Assert.Equal(["solution.accepted", "solution.confirmed", "solution.unmarked"], await db.AuditEntries.Where(e => e.TopicId == question.TopicId).OrderBy(e => e.Id).Select(e => e.Deed).ToListAsync());
    }

    [Fact]
    public async Task The_asker_of_a_closed_topic_may_neither_accept_nor_unmark_but_staff_may()
    {
        var other = await forum.ReplyAsync(solver, reply.TopicId);
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        await forum.CloseAsync(reply.TopicId);

        Assert.Equal(RefusalKind.Forbidden, (await forum.AcceptAsync(asker, other)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await forum.UnmarkAsync(asker, reply)).Refusal?.Kind);
        Assert.Null((await forum.AcceptAsync(await forum.MemberAsync("Sam Staff", SiteRole.Moderator), other)).Refusal);
    }

    [Fact]
    public async Task A_suspended_asker_may_not_accept_until_the_time_is_over()
    {
        await forum.SuspendAsync(asker, TimeSpan.FromDays(1));
        Assert.Equal(RefusalKind.Forbidden, (await forum.AcceptAsync(asker, reply)).Refusal?.Kind);

        forum.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null((await forum.AcceptAsync(asker, reply)).Refusal);
    }

    [Fact]
    public async Task The_question_itself_is_no_solution() =>
        Assert.Equal(RefusalKind.Invalid, (await forum.AcceptAsync(asker, question)).Refusal?.Kind);

    [Fact]
    public async Task A_reply_of_another_topic_is_no_solution()
    {
        var elsewhere = await forum.ReplyAsync(solver, (await forum.AskAsync(asker, title: "Where do I find the invoices of last year?")).TopicId);

        Assert.Equal(RefusalKind.NotFound, (await forum.Get<AcceptSolution>().RunAsync(asker, question.TopicId, elsewhere.PostId, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<UnmarkSolution>().RunAsync(asker, question.TopicId, elsewhere.PostId, null, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_hidden_or_deleted_reply_is_no_solution()
    {
        var second = await forum.ReplyAsync(solver, question.TopicId);
        var moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        _ = (await forum.Get<HidePost>().RunAsync(moderator, reply.PostId, null, default)).Required;
        _ = (await forum.Get<DeletePost>().RunAsync(solver, second.PostId, default)).Required;

        Assert.Equal(RefusalKind.NotFound, (await forum.AcceptAsync(asker, reply)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Gone, (await forum.AcceptAsync(asker, second)).Refusal?.Kind);
        Assert.Equal(Refusal.OutOfSight, (await forum.AcceptAsync(moderator, reply)).Refusal);
    }

    [Fact]
    public async Task On_a_deleted_topic_only_staff_accept()
    {
        var moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        _ = (await forum.Get<DeletePost>().RunAsync(moderator, question.PostId, default)).Required;

        Assert.Equal(RefusalKind.Gone, (await forum.AcceptAsync(asker, reply)).Refusal?.Kind);
        Assert.Null((await forum.AcceptAsync(moderator, reply)).Refusal);
        Assert.Equal(0, (await forum.BoardRowAsync()).Solved);
        _ = (await forum.Get<RestorePost>().RunAsync(moderator, question.PostId, default)).Required;
        Assert.Equal(1, (await forum.BoardRowAsync()).Solved);
    }

    [Fact]
    public async Task There_are_no_solutions_where_people_only_talk()
    {
        var talk = await forum.AskAsync(asker, "talk");

        Assert.Equal(RefusalKind.Invalid, (await forum.AcceptAsync(asker, await forum.ReplyAsync(solver, talk.TopicId))).Refusal?.Kind);
    }

    [Fact]
    public async Task Accepting_twice_is_accepting_once()
    {
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        Assert.Null((await forum.AcceptAsync(asker, reply)).Refusal);

        Assert.Equal([PointEntry.ForSolution], await forum.LedgerAsync(solver));
        await using var db = forum.Db();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Deed == "solution.accepted"));
    }

    [Fact]
    public async Task Accepting_another_reply_moves_the_mark_and_the_credit_with_it()
    {
        var second = await forum.MemberAsync("Second Solver");
        var better = await forum.ReplyAsync(second, question.TopicId);
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        _ = (await forum.AcceptAsync(asker, better)).Required;

        Assert.Equal(better.PostId, (await forum.SolutionAsync(question.TopicId))!.PostId);
        Assert.Equal([PointEntry.ForSolution, -PointEntry.ForSolution], await forum.LedgerAsync(solver));
        Assert.Equal([PointEntry.ForSolution], await forum.LedgerAsync(second));
        Assert.Equal([PointEntry.ForMarking, -PointEntry.ForMarking, PointEntry.ForMarking], await forum.LedgerAsync(asker));
        Assert.Equal(1, (await forum.BoardRowAsync()).Solved);
    }

    [Fact]
    public async Task Solving_ones_own_question_gives_no_points_whoever_marks_it()
    {
        var own = await forum.ReplyAsync(asker, question.TopicId);
        _ = (await forum.AcceptAsync(asker, own)).Required;
        Assert.Empty(await forum.LedgerAsync(asker));
        _ = (await forum.UnmarkAsync(asker, own)).Required;
        _ = (await forum.AcceptAsync(await forum.MemberAsync("Sam Staff", SiteRole.Admin), own)).Required;

        Assert.Empty(await forum.LedgerAsync(asker));
        Assert.Equal(0, (await forum.MemberRowAsync(asker)).Solutions);
    }

    [Fact]
    public async Task Unmarking_opens_the_topic_again_and_takes_the_credit_back_once()
    {
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        _ = (await forum.UnmarkAsync(asker, reply)).Required;
        _ = (await forum.UnmarkAsync(asker, reply)).Required;

        Assert.Null(await forum.SolutionAsync(question.TopicId));
        Assert.False((await forum.TopicAsync(question.TopicId)).Solved);
        Assert.Equal([PointEntry.ForSolution, -PointEntry.ForSolution], await forum.LedgerAsync(solver));
        Assert.Equal([PointEntry.ForMarking, -PointEntry.ForMarking], await forum.LedgerAsync(asker));
    }

    [Fact]
    public async Task Unmarking_a_reply_that_is_not_the_solution_leaves_the_solution()
    {
        var other = await forum.ReplyAsync(solver, question.TopicId);
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        _ = (await forum.UnmarkAsync(asker, other)).Required;

        Assert.Equal(reply.PostId, (await forum.SolutionAsync(question.TopicId))!.PostId);
    }

    [Fact]
    public async Task The_asker_may_unmark_what_staff_marked_and_others_may_not()
    {
        _ = (await forum.AcceptAsync(await forum.MemberAsync("Sam Staff", SiteRole.Moderator), reply)).Required;

        Assert.Equal(RefusalKind.Forbidden, (await forum.UnmarkAsync(solver, reply)).Refusal?.Kind);
        Assert.Null((await forum.UnmarkAsync(asker, reply)).Refusal);
    }

    [Fact]
    public async Task Of_many_who_accept_different_replies_at_once_one_is_left_and_nobody_is_paid_twice()
    {
        var moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        var solvers = new List<Actor>();
        var replies = new List<PostedPost>();
        for (var i = 0; i < 6; i++)
        {
            solvers.Add(await forum.MemberAsync($"Solver {i}"));
            replies.Add(await forum.ReplyAsync(solvers[i], question.TopicId));
        }

        var results = await Task.WhenAll(replies.SelectMany(r => new[] { asker, moderator }.Select(a => Task.Run(() => forum.AcceptAsync(a, r)))));

        Assert.All(results, r => Assert.Null(r.Refusal));
        var points = 0;
        foreach (var one in solvers)
            points += (await forum.MemberRowAsync(one)).Points;
        Assert.Equal(PointEntry.ForSolution, points);
        Assert.InRange((await forum.MemberRowAsync(asker)).Points, 0, PointEntry.ForMarking);
    }

    [Fact]
    public async Task A_reply_that_is_accepted_and_deleted_at_once_is_never_a_deleted_solution()
    {
        for (var i = 0; i < 10; i++)
        {
            var contested = await forum.ReplyAsync(solver, question.TopicId);
            await Task.WhenAll(
                Task.Run(() => forum.AcceptAsync(asker, contested)),
                Task.Run(() => forum.Get<DeletePost>().RunAsync(solver, contested.PostId, default)));
            Assert.Null(await forum.SolutionAsync(question.TopicId));
        }
        Assert.Equal(0, (await forum.MemberRowAsync(solver)).Points);
    }

    [Fact]
    public async Task An_asker_disputes_what_staff_marked_and_moderators_find_it_among_the_reported_posts()
    {
        var staff = await forum.MemberAsync("Stefan Staff", SiteRole.Staff);
        var moderator = new Rights { MemberId = (await forum.BoardModeratorAsync("help")).MemberId, OnBoards = new Dictionary<long, Right> { [(await forum.BoardRowAsync()).Id] = Right.Moderate } };
        Assert.Null((await forum.AcceptAsync(staff, reply)).Refusal);

        _ = (await forum.Get<UnmarkSolution>().RunAsync(asker, reply.TopicId, reply.PostId, " It still  fails. ", default)).Required;
        _ = (await forum.Get<UnmarkSolution>().RunAsync(asker, reply.TopicId, reply.PostId, "Again.", default)).Required;

        Assert.False((await forum.TopicAsync(reply.TopicId)).Solved);
        var item = Assert.Single((await forum.Get<ReviewQueries>().OpenAsync(moderator, new(), default)).Required);
        var flag = Assert.Single(item.Flags);
        Assert.Equal((reply.PostId, FlagReason.NotSolved, "It still fails.", 0), (item.PostId, flag.Reason, flag.Note, item.Weight));
        Assert.Equal(Visibility.Visible, item.Visibility);

        // Marked and disputed anew, it joins what is open; nobody can report it so.
        Assert.Null((await forum.AcceptAsync(staff, reply)).Refusal);
        _ = (await forum.UnmarkAsync(asker, reply)).Required;
        Assert.Single(Assert.Single((await forum.Get<ReviewQueries>().OpenAsync(moderator, new(), default)).Required).Flags);
        Assert.Equal("Reason", (await forum.Get<FlagPost>().RunAsync(await forum.MemberAsync(), new(reply.PostId, FlagReason.NotSolved), default)).Refusal!.Field);
    }

    [Fact]
    public async Task Taking_ones_own_mark_back_or_that_of_others_by_staff_is_no_dispute()
    {
        var staff = await forum.MemberAsync("Stefan Staff", SiteRole.Staff);
        foreach (var (marks, unmarks) in new[] { (asker, asker), (staff, staff), (asker, staff) })
        {
            Assert.Null((await forum.AcceptAsync(marks, reply)).Refusal);
            Assert.Null((await forum.UnmarkAsync(unmarks, reply)).Refusal);
        }

        await using var db = forum.Db();
        Assert.Empty(db.Reviews);
        Assert.DoesNotContain("solution.disputed", db.AuditEntries.Select(e => e.Deed).ToList());
    }

    [Fact]
    public async Task Whoever_may_read_a_topic_sees_how_it_was_solved_and_its_moderators_all_that_was_done_in_it()
    {
        var moderator = await forum.BoardModeratorAsync("help");
        var rights = new Rights { MemberId = moderator.MemberId, OnBoards = new Dictionary<long, Right> { [(await forum.BoardRowAsync()).Id] = Right.Moderate } };
        Assert.Null((await forum.AcceptAsync(moderator, reply)).Refusal);
        Assert.Null((await forum.Get<UnmarkSolution>().RunAsync(asker, reply.TopicId, reply.PostId, "No.", default)).Refusal);
        _ = (await forum.Get<CloseTopic>().RunAsync(moderator, new(reply.TopicId, ClosureReason.NoLongerRelevant), default)).Required;
        _ = (await forum.Get<HidePost>().RunAsync(moderator, reply.PostId, "Wrong.", default)).Required;

        async Task<IEnumerable<(string, int?, string?)>> StepsAsync(Rights reader) => (await forum.Get<AuditQueries>().OfTopicAsync(reader, reply.TopicId, null, default)).Required.Items.Select(r => (r.Deed, r.Number, r.Note));
        (string, int?, string?)[] steps = [("topic.closed-nolongerrelevant", null, null), ("solution.disputed", 2, "No."), ("solution.unmarked", 2, null), ("solution.accepted", 2, null)];
        Assert.Equal(steps.Prepend(("post.hidden", 2, "Wrong.")), await StepsAsync(rights));
        Assert.Equal(steps.Select(s => (s.Item1, (int?)null, s.Item3)), await StepsAsync(Rights.OfVisitor));

        _ = (await forum.Get<HidePost>().RunAsync(moderator, question.PostId, null, default)).Required;
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<AuditQueries>().OfTopicAsync(Rights.OfVisitor, reply.TopicId, null, default)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<AuditQueries>().OfTopicAsync(rights, 4711, null, default)).Refusal!.Kind);
    }
}
