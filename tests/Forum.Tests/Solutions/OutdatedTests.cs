using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Tests.Search;
using Forum.Solutions;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Solutions;

/// <summary>Accepted solutions that no longer work.</summary>
public sealed class OutdatedTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, solver = null!, staff = null!;
    private PostedPost question = null!, reply = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        (asker, solver, staff) = (await forum.MemberAsync(), await forum.MemberAsync("Muhammad Ali"), await forum.MemberAsync("Stefan Staff", SiteRole.Staff));
        question = await forum.AskAsync(asker);
        reply = await forum.ReplyAsync(solver, question.TopicId);
        _ = (await forum.AcceptAsync(asker, reply)).Required;
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    private Task<Result<Done>> DoubtAsync(Actor who, string note = "The page is gone.", PostedPost? post = null) =>
        forum.Get<DoubtSolution>().RunAsync(who, (post ?? reply).TopicId, (post ?? reply).PostId, note, default);

    private Task<Result<Done>> TakeBackAsync(Actor who) => forum.Get<TakeBackDoubt>().RunAsync(who, reply.TopicId, reply.PostId, default);

    private Task<Result<Done>> JudgeAsync(Actor who, bool outdated, string? note = null, long? successor = null, int? number = null) =>
        forum.Get<JudgeSolution>().RunAsync(who, new(reply.TopicId, reply.PostId, outdated, note, successor, number), default);

    private async Task<SolutionView> ViewAsync(Rights? rights = null) =>
        (await forum.Get<TopicQueries>().PageAsync(rights ?? Rights.OfVisitor, question.TopicId, PostSort.Oldest, 1, null, false, default)).Required.Solution!;

    private async Task<IReadOnlyList<string>> StepsAsync() =>
        [.. (await forum.Get<AuditQueries>().OfTopicAsync(Rights.OfVisitor, question.TopicId, null, default)).Required.Items.Select(r => $"{r.Deed}{(r.By is null ? "" : " by one")}{(r.Note is null ? "" : ": " + r.Note)}")];

    [Fact]
    public async Task As_many_members_as_are_enough_make_a_solution_outdated_and_fewer_do_not()
    {
        var members = new List<Actor>();
        for (var i = 0; i < Doubt.Enough; i++)
        {
            Assert.Null((await ViewAsync()).Outdated);
            members.Add(await forum.MemberAsync());
            _ = (await DoubtAsync(members[i], $" It fails  since {i}. ")).Required;
            // Twice is once.
            _ = (await DoubtAsync(members[i], "Again.")).Required;
        }

        var outdated = (await ViewAsync()).Outdated!;
        Assert.Equal(("It fails since 2.", null, forum.Clock.GetUtcNow().UtcDateTime), (outdated.Note, outdated.By, outdated.Since));
        Assert.Equal(["solution.outdated-by-members: It fails since 2.", "solution.accepted by one"], await StepsAsync());

        _ = (await TakeBackAsync(members[0])).Required;
        _ = (await TakeBackAsync(members[0])).Required;
        Assert.Null((await ViewAsync()).Outdated);
        Assert.Equal("solution.doubts-withdrawn", (await StepsAsync())[0]);
    }

    [Fact]
    public async Task The_asker_and_staff_of_the_board_say_so_once_for_all_and_what_staff_say_members_do_not_take_back()
    {
        _ = (await DoubtAsync(asker)).Required;
        Assert.Null((await ViewAsync()).Outdated!.By);
        _ = (await TakeBackAsync(asker)).Required;
        Assert.Null((await ViewAsync()).Outdated);

        _ = (await DoubtAsync(asker)).Required;
        var moderator = await forum.BoardModeratorAsync("help");
        _ = (await DoubtAsync(moderator, "Gone for good.")).Required;
        _ = (await TakeBackAsync(asker)).Required;

        var outdated = (await ViewAsync()).Outdated!;
        Assert.Equal(("Gone for good.", (await forum.MemberRowAsync(moderator)).UserName), (outdated.Note, outdated.By!.Handle));
    }

    [Fact]
    public async Task Only_staff_and_the_asker_see_how_many_say_so_and_each_member_what_they_said()
    {
        var (one, other) = (await forum.MemberAsync(), await forum.MemberAsync());
        _ = (await DoubtAsync(one)).Required;

        Assert.Equal((0, true), (await ViewAsync(new() { MemberId = one.MemberId })) is var own ? (own.Doubts, own.Doubted) : default);
        Assert.Equal((0, false), (await ViewAsync(new() { MemberId = other.MemberId })) is var others ? (others.Doubts, others.Doubted) : default);
        Assert.Equal((1, false), (await ViewAsync(new() { MemberId = asker.MemberId })) is var askers ? (askers.Doubts, askers.Doubted) : default);
        Assert.Equal(1, (await ViewAsync(new() { MemberId = staff.MemberId, Roles = SiteRole.Staff })).Doubts);
        Assert.Equal("The page is gone.", Assert.Single(await forum.Get<DoubtQueries>().OfAsync(new() { MemberId = staff.MemberId, Roles = SiteRole.Staff }, reply.PostId, default)).Note);
        Assert.Empty(await forum.Get<DoubtQueries>().OfAsync(new() { MemberId = asker.MemberId }, reply.PostId, default));
    }

    [Fact]
    public async Task Staff_confirm_it_and_name_what_works_instead_which_only_those_see_who_may_read_it()
    {
        await forum.BoardAsync("back", read: ReadAccess.Staff);
        _ = (await DoubtAsync(await forum.MemberAsync(), "Fails since 5.")).Required;
        var secret = await forum.AskAsync(staff, "back");

        _ = (await JudgeAsync(staff, true, successor: secret.TopicId)).Required;

        var (seen, unseen) = ((await ViewAsync(new() { MemberId = staff.MemberId, Roles = SiteRole.Staff })).Outdated!, (await ViewAsync()).Outdated!);
        Assert.Equal(("Fails since 5.", new SuccessorLink(secret.TopicId, secret.Slug, Scenario.Question, 1)), (seen.Note, seen.Successor));
        Assert.Null(unseen.Successor);

        var better = await forum.ReplyAsync(solver, question.TopicId, "Choose Transfer in the new menu.");
        _ = (await JudgeAsync(staff, true, "The menu is new.", question.TopicId, better.Number)).Required;
        Assert.Equal(("The menu is new.", better.Number), (await ViewAsync()).Outdated is { } now ? (now.Note, now.Successor!.Number) : default);
        _ = (await forum.Get<HidePost>().RunAsync(await forum.MemberAsync("Silke Site", SiteRole.Moderator), better.PostId, null, default)).Required;
        Assert.Null((await ViewAsync()).Outdated!.Successor);
    }

    [Fact]
    public async Task A_successor_is_another_post_that_staff_may_read_and_outdated_needs_a_reason()
    {
        Assert.Equal("Note", (await JudgeAsync(staff, true)).Refusal!.Field);
        Assert.Equal("Successor", (await JudgeAsync(staff, true, "Gone.", question.TopicId, reply.Number)).Refusal!.Field);
        Assert.Equal("Successor", (await JudgeAsync(staff, true, "Gone.", question.TopicId)).Refusal!.Field);
        Assert.Equal("Successor", (await JudgeAsync(staff, true, "Gone.", 4711)).Refusal!.Field);
        Assert.Equal("Note", (await JudgeAsync(staff, true, new('x', Doubt.MaxNoteLength + 1))).Refusal!.Field);
        Assert.Equal(RefusalKind.Forbidden, (await JudgeAsync(asker, true, "Gone.")).Refusal!.Kind);
        Assert.Null((await ViewAsync()).Outdated);
    }

    [Fact]
    public async Task Staff_who_find_that_it_works_end_all_doubts_and_members_are_quiet_about_it_for_a_day_unless_it_was_edited()
    {
        var member = await forum.MemberAsync();
        _ = (await DoubtAsync(asker)).Required;
        _ = (await JudgeAsync(staff, false, "Works in version 5.")).Required;

        Assert.Equal((null, 0), (await ViewAsync(new() { MemberId = asker.MemberId })) is var view ? (view.Outdated, view.Doubts) : default);
        Assert.Equal("solution.works by one: Works in version 5.", (await StepsAsync())[0]);
        Assert.Equal(RefusalKind.Forbidden, (await DoubtAsync(member)).Refusal!.Kind);
        forum.Clock.Advance(Review.Rest);
        Assert.Null((await DoubtAsync(member)).Refusal);
        _ = (await JudgeAsync(staff, false)).Required;
        forum.Clock.Advance(TimeSpan.FromMinutes(10));
        _ = (await forum.Get<EditPost>().RunAsync(staff, new(reply.PostId, 1, "Choose Transfer, then Hand over."), default)).Refusal;
        await using (var db = forum.Db())
            await db.Posts.Where(p => p.Id == reply.PostId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Edited, forum.Clock.GetUtcNow().UtcDateTime));
        Assert.Null((await DoubtAsync(member)).Refusal);
    }

    [Fact]
    public async Task Another_solution_in_its_place_or_no_mark_at_all_clears_it()
    {
        _ = (await DoubtAsync(asker)).Required;
        var better = await forum.ReplyAsync(await forum.MemberAsync("Second Solver"), question.TopicId);
        _ = (await forum.AcceptAsync(asker, better)).Required;
        Assert.Null((await ViewAsync()).Outdated);

        _ = (await forum.AcceptAsync(asker, reply)).Required;
        Assert.Null((await ViewAsync()).Outdated);
        _ = (await DoubtAsync(asker)).Required;
        _ = (await forum.UnmarkAsync(asker, reply)).Required;
        await using var db = forum.Db();
        Assert.Empty(db.Doubts);
    }

    [Fact]
    public async Task Only_a_solution_is_doubted_by_a_member_who_may_write_and_points_stay_as_they_are()
    {
        Assert.Equal(RefusalKind.SignIn, (await DoubtAsync(Actor.Visitor)).Refusal!.Kind);
        Assert.Equal("Note", (await DoubtAsync(asker, " ")).Refusal!.Field);
        Assert.Equal(RefusalKind.Invalid, (await DoubtAsync(asker, post: await forum.ReplyAsync(solver, question.TopicId))).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await DoubtAsync(asker, post: new(4711, "", 4712, 2))).Refusal!.Kind);
        var banned = await forum.MemberAsync();
        await forum.SuspendAsync(banned, TimeSpan.FromDays(1));
        Assert.Equal(RefusalKind.Forbidden, (await DoubtAsync(banned)).Refusal!.Kind);

        var before = await forum.LedgerAsync(solver);
        _ = (await DoubtAsync(asker)).Required;
        Assert.Equal(before, await forum.LedgerAsync(solver));
        Assert.True((await forum.TopicAsync(question.TopicId)).Solved);
    }

    [Fact]
    public async Task Doubts_and_reports_together_have_their_limit_in_a_day()
    {
        await using var limited = await TestForum.StartAsync(options => options.Limits.Enabled = true);
        await limited.BoardAsync();
        var (asking, busy) = (await limited.MemberAsync(role: SiteRole.Staff), await limited.MemberAsync());
        for (var i = 0; i <= forum.Options.Limits.ReportsPerDay; i++)
        {
            var topic = await limited.AskAsync(asking, title: $"{Scenario.Question} {i}");
            var answer = await limited.ReplyAsync(asking, topic.TopicId);
            _ = (await limited.AcceptAsync(asking, answer)).Required;
            var said = i % 2 == 0 ? await limited.Get<DoubtSolution>().RunAsync(busy, topic.TopicId, answer.PostId, "Gone.", default) : await limited.Get<FlagPost>().RunAsync(busy, new(answer.PostId, FlagReason.Spam), default);
            Assert.Equal(i < forum.Options.Limits.ReportsPerDay ? null : RefusalKind.TooMany, said.Refusal?.Kind);
        }
    }

    [Fact]
    public async Task Moderators_find_what_is_doubted_by_age_and_views_each_on_their_boards()
    {
        await forum.BoardAsync("other");
        var (doubting, moderator) = (await forum.MemberAsync(), await forum.BoardModeratorAsync("other"));
        forum.Clock.Advance(TimeSpan.FromDays(10));
        var elsewhere = await forum.ReplyAsync(solver, (await forum.AskAsync(asker, "other")).TopicId);
        var fresh = await forum.ReplyAsync(solver, (await forum.AskAsync(asker)).TopicId);
        foreach (var post in new[] { elsewhere, fresh })
            _ = (await forum.AcceptAsync(asker, post)).Required;
        forum.Clock.Advance(TimeSpan.FromDays(10));
        foreach (var post in new[] { reply, elsewhere, fresh })
            _ = (await DoubtAsync(doubting, post: post)).Required;
        await forum.Get<CountViews>().RunAsync(Actor.Operator, new Dictionary<long, int> { [reply.TopicId] = 10, [fresh.TopicId] = 30, [elsewhere.TopicId] = 12 }, default);

        async Task<IEnumerable<long>> OpenAsync(Rights rights) => (await forum.Get<DoubtQueries>().OpenAsync(rights, default)).Required.Select(s => s.PostId);
        var site = new Rights { MemberId = 1, Roles = SiteRole.Moderator };
        var own = new Rights { MemberId = moderator.MemberId, OnBoards = new Dictionary<long, Right> { [(await forum.BoardRowAsync("other")).Id] = Right.Moderate } };
        Assert.Equal([fresh.PostId, reply.PostId, elsewhere.PostId], await OpenAsync(site));
        Assert.Equal([elsewhere.PostId], await OpenAsync(own));
        Assert.Equal((3, 1, 0), (await forum.Get<DoubtQueries>().CountAsync(site, 9, default), await forum.Get<DoubtQueries>().CountAsync(own, 9, default), await forum.Get<DoubtQueries>().CountAsync(new() { MemberId = asker.MemberId }, 9, default)));
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<DoubtQueries>().OpenAsync(new() { MemberId = asker.MemberId }, default)).Refusal!.Kind);

        _ = (await JudgeAsync(staff, true)).Required;
        Assert.Equal([fresh.PostId, elsewhere.PostId], await OpenAsync(site));
    }

    [Fact]
    public async Task An_outdated_solution_stands_lower_in_the_search_and_is_solved_all_the_same()
    {
        await using var searched = await SearchForum.StartAsync();
        var solver = await searched.MemberAsync("solver", "Muhammad Ali");
        var topics = new List<Topic>();
        for (var i = 0; i < 2; i++)
        {
            topics.Add(await searched.AskAsync("How do I hand a project over?", "To another agency, with its history."));
            await searched.AcceptAsync(await searched.ReplyAsync(topics[i], "Choose Transfer in its settings.", solver));
        }
        async Task<IReadOnlyList<(long, bool)>> FoundAsync() => [.. (await searched.FindAsync("transfer")).Items.Select(f => (f.TopicId, f.Solved))];
        var first = (await FoundAsync())[0].Item1;
        var post = (await searched.Engine.SolutionAsync(first))!.PostId;

        _ = (await searched.Engine.Get<DoubtSolution>().RunAsync(Actor.Member(searched.Asker.Id), first, post, "It is gone.", default)).Required;
        await searched.CaughtUpAsync();

        Assert.Equal([(topics.Single(t => t.Id != first).Id, true), (first, true)], await FoundAsync());
    }
}
