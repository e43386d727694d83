using Forum.Boards;
using Forum.Data;
using Forum.Following;
using Forum.Jobs;
using Forum.Members;
using Forum.Moderation;
using Forum.Outbox;
using Forum.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forum.Tests.Standing;

public sealed class BadgeTests : IAsyncLifetime
{
    /// <summary>Longer than it takes on a busy machine; only a failing test waits for it.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    private TestForum forum = null!;
    private Actor asker = null!, helper = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        asker = await forum.MemberAsync();
        helper = await forum.MemberAsync("Muhammad Ali");
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private async Task<int> ReviewAsync(Actor member, params BadgeFact[] facts) =>
        (await forum.Get<ReviewBadges>().RunAsync(Actor.Operator, [member.MemberId!.Value], facts.Length == 0 ? null : facts, default)).Required;

    private async Task<IReadOnlyList<string>> NamesAsync(Actor member) => [.. (await HeldAsync(member, Rights.OfOperator)).Select(b => b.Name).Order()];

    private Task<IReadOnlyList<HeldBadge>> HeldAsync(Actor member, Rights rights) => forum.Get<BadgeQueries>().OfMemberAsync(rights, member.MemberId!.Value, default);

    private async Task<BadgeView> BadgeAsync(string name) => (await forum.Get<BadgeQueries>().AllAsync(default)).Single(b => b.Name == name);

    private async Task<Actor> ManagerAsync() => await forum.MemberAsync("Mara Manager", SiteRole.Manager);

    private async Task<PostedPost> SolveAsync(int times = 1)
    {
        PostedPost reply = null!;
        for (var i = 0; i < times; i++)
        {
            reply = await forum.ReplyAsync(helper, (await forum.AskAsync(asker)).TopicId);
            _ = (await forum.AcceptAsync(asker, reply)).Required;
        }
        return reply;
    }

    private async Task HealthyAsync() => Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, false, null, default)).Required.Findings);

    [Fact]
    public async Task First_steps_are_given_for_the_post_they_were_and_once()
    {
        var question = await forum.AskAsync(asker);
        var reply = await forum.ReplyAsync(helper, question.TopicId);
        await forum.ReplyAsync(helper, question.TopicId, "And one more thing.");
        await forum.UpvoteAsync(asker, reply.PostId);
        _ = (await forum.AcceptAsync(asker, reply)).Required;

        Assert.Equal((2, 3), (await ReviewAsync(asker), await ReviewAsync(helper)));
        Assert.Equal((0, 0), (await ReviewAsync(asker), await ReviewAsync(helper)));

        Assert.Equal(["First question", "First upvote"], await NamesAsync(asker));
        Assert.Equal(["First reply", "Problem solver", "That was it"], await NamesAsync(helper));
        Assert.All(await HeldAsync(helper, Rights.OfVisitor), badge => Assert.Equal((question.TopicId, 2), (badge.For!.TopicId, badge.For.Number)));
        Assert.Equal("1,3", (await forum.MemberRowAsync(asker)).Badges);
        Assert.Equal(1, (await BadgeAsync("Problem solver")).Holders);
        await HealthyAsync();
    }

    [Fact]
    public async Task Solutions_give_badges_at_1_and_10_and_take_them_when_they_no_longer_hold()
    {
        Assert.Equal([1, 10, 50, 150], (await forum.Get<BadgeQueries>().AllAsync(default)).Where(b => b.Fact == BadgeFact.Solutions).Select(b => b.Threshold));
        var last = await SolveAsync(10);
        await ReviewAsync(helper);
        Assert.Contains("Experienced solver", await NamesAsync(helper));
        Assert.Equal(last.TopicId, (await HeldAsync(helper, Rights.OfVisitor)).Single(b => b.Name == "Experienced solver").For!.TopicId);

        _ = (await forum.UnmarkAsync(asker, last)).Required;
        Assert.Equal(1, await ReviewAsync(helper, BadgeFact.Solutions));

        Assert.Contains("Problem solver", await NamesAsync(helper));
        Assert.DoesNotContain("Experienced solver", await NamesAsync(helper));
        Assert.Equal(0, (await BadgeAsync("Experienced solver")).Holders);
        await HealthyAsync();
    }

    [Fact]
    public async Task A_solution_of_ones_own_gives_no_badge_and_one_that_staff_accepted_is_not_the_askers()
    {
        var question = await forum.AskAsync(asker);
        _ = (await forum.AcceptAsync(asker, await forum.ReplyAsync(asker, question.TopicId))).Required;
        var reply = await forum.ReplyAsync(helper, (await forum.AskAsync(asker)).TopicId);
        _ = (await forum.AcceptAsync(await forum.MemberAsync("Silke Site", SiteRole.Moderator), reply)).Required;

        await ReviewAsync(asker);
        await ReviewAsync(helper);

        Assert.Equal(["First question", "First reply"], await NamesAsync(asker));
        Assert.Equal(["First reply", "Problem solver"], await NamesAsync(helper));
    }

    [Fact]
    public async Task What_was_liked_helped_read_and_how_long_one_is_here_count()
    {
        var reply = await forum.ReplyAsync(helper, (await forum.AskAsync(asker)).TopicId);
        for (var i = 0; i < 9; i++)
        {
            await forum.UpvoteAsync(await forum.MemberAsync("Kwame Osei"), reply.PostId);
            await forum.ReplyAsync(helper, (await forum.AskAsync(asker)).TopicId);
        }
        await ReviewAsync(helper);
        Assert.Equal(["First reply", "Helper"], await NamesAsync(helper));
        await forum.UpvoteAsync(asker, reply.PostId);
        await using (var db = forum.Db())
            await db.Users.Where(m => m.Id == helper.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.PostsRead, 100));
        forum.Clock.Advance(TimeSpan.FromDays(364));
        await ReviewAsync(helper);
        Assert.Equal(["First reply", "Helper", "Reader", "Well received"], await NamesAsync(helper));
        Assert.Equal(2, (await HeldAsync(helper, Rights.OfVisitor)).Single(b => b.Name == "Well received").For!.Number);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await ReviewAsync(helper);
        Assert.Contains("A year here", await NamesAsync(helper));
    }

    [Fact]
    public async Task The_round_looks_at_those_who_came_lately()
    {
        await forum.AskAsync(asker);
        await forum.Get<BadgeRounds>().ReviewVisitorsAsync(default);
        Assert.Empty(await NamesAsync(asker));
        forum.Get<Visits>().Note(asker.MemberId!.Value);
        await forum.Get<Visits>().FlushAsync(default);
        await forum.Get<BadgeRounds>().ReviewVisitorsAsync(default);
        Assert.Equal(["First question"], await NamesAsync(asker));
    }

    [Fact]
    public async Task Four_nodes_at_once_give_each_badge_once()
    {
        await SolveAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReviewAsync(helper))));
        Assert.Equal(3, (await NamesAsync(helper)).Count);
        await HealthyAsync();
    }

    [Fact]
    public async Task Events_give_badges_and_take_them_on_every_node_as_on_one()
    {
        // They go on from where one like them stood, also through what happened before they were started.
        await using (var db = forum.Db())
        {
            db.ConsumerCursors.Add(new ConsumerCursor { Consumer = nameof(BadgeGiver), Sequence = 0 });
            await db.SaveChangesAsync();
        }
        using var first = Giver();
        using var second = Giver();
        await first.StartAsync(default);
        await second.StartAsync(default);

        var reply = await SolveAsync();
        await UntilAsync(async () => (await NamesAsync(helper)).SequenceEqual(["First reply", "Problem solver", "That was it"]) && (await NamesAsync(asker)).SequenceEqual(["First question"]));
        await forum.UpvoteAsync(asker, reply.PostId);
        await UntilAsync(async () => (await NamesAsync(asker)).Contains("First upvote"));
        // Unmarked with the post that goes.
        _ = (await forum.Get<DeletePost>().RunAsync(helper, reply.PostId, default)).Required;
        await UntilAsync(async () => (await NamesAsync(helper)).Count == 0);
        Assert.Equal([], forum.Get<BadgeShelf>().RarestOf((await forum.MemberRowAsync(helper)).Badges));

        await first.StopAsync(default);
        await second.StopAsync(default);
        await HealthyAsync();
    }

    private BadgeGiver Giver() => new(forum.Get<IDbContextFactory<ForumDbContext>>(), forum.Get<ForumWriter>(), forum.Get<Signal>(), forum.Get<ReviewBadges>(), forum.Get<BadgeRounds>(),
        forum.Get<BadgeShelf>(), TimeProvider.System, NullLogger<BadgeGiver>.Instance);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(patience);
        while (!await holds())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_rule_of_a_manager_is_tried_on_everybody_and_again_when_it_is_changed()
    {
        var manager = await ManagerAsync();
        for (var i = 0; i < 3; i++)
            await forum.AskAsync(asker);
        await forum.AskAsync(helper);
        await forum.Get<BadgeRounds>().JudgeNewAsync(default);

        var id = (await forum.Get<SetBadge>().RunAsync(manager, null, new("Curious", "Asked three questions.", BadgeFact.Questions, 3, BadgeGrade.Silver), default)).Required;
        await forum.Get<BadgeRounds>().JudgeNewAsync(default);
        Assert.Contains("Curious", await NamesAsync(asker));
        Assert.DoesNotContain("Curious", await NamesAsync(helper));

        _ = (await forum.Get<SetBadge>().RunAsync(manager, id, new("Inquisitive", "Asked four questions.", BadgeFact.Questions, 4, BadgeGrade.Silver), default)).Required;
        await forum.Get<BadgeRounds>().JudgeNewAsync(default);
        Assert.Equal(["First question"], await NamesAsync(asker));

        _ = (await forum.Get<SetBadge>().RunAsync(manager, id, new("Inquisitive", "Asked a question.", BadgeFact.Questions, 1, BadgeGrade.Silver), default)).Required;
        await forum.Get<BadgeRounds>().JudgeNewAsync(default);
        Assert.Equal(2, (await BadgeAsync("Inquisitive")).Holders);
        _ = (await forum.Get<RemoveBadge>().RunAsync(manager, id, default)).Required;
        _ = (await forum.Get<RemoveBadge>().RunAsync(manager, id, default)).Required;
        Assert.Equal(["First question"], await NamesAsync(asker));
        await HealthyAsync();
    }

    public static TheoryData<BadgeFact> Facts => new(Enum.GetValues<BadgeFact>().Where(f => f != BadgeFact.ByHand));

    [Theory]
    [MemberData(nameof(Facts))]
    public async Task Every_fact_of_the_list_gives_a_badge(BadgeFact fact)
    {
        var id = (await forum.Get<SetBadge>().RunAsync(Actor.Operator, null, new("Lucky", "By a rule.", fact, 1, BadgeGrade.Bronze), default)).Required;
        await ReviewAsync(helper);
        Assert.DoesNotContain("Lucky", await NamesAsync(helper));
        var reply = await SolveAsync();
        await forum.UpvoteAsync(asker, reply.PostId);
        await forum.UpvoteAsync(helper, (await forum.AskAsync(helper) is var own ? await forum.ReplyAsync(asker, own.TopicId) : reply).PostId);
        forum.Clock.Advance(TimeSpan.FromDays(365));
        forum.Get<ReadMarks>().Note(helper.MemberId!.Value, reply.TopicId, 2);
        await forum.Get<ReadMarks>().FlushAsync(default);
        await ReviewAsync(helper);
        Assert.Contains("Lucky", await NamesAsync(helper));
        Assert.Equal(1, (await forum.Get<BadgeQueries>().FindAsync(id, default))!.Holders);
    }

    [Fact]
    public async Task A_manager_gives_and_takes_with_a_reason_what_no_rule_gives()
    {
        var manager = await ManagerAsync();
        var (thanks, handle) = ((await BadgeAsync("With thanks")).Id, (await forum.MemberRowAsync(helper)).Handle);
        for (var twice = 0; twice < 2; twice++)
            _ = (await forum.Get<GiveBadge>().RunAsync(manager, thanks, handle, "For the guide to contracts.", default)).Required;
        Assert.Equal("For the guide to contracts.", Assert.Single(await HeldAsync(helper, Rights.OfVisitor)).Reason);
        // No rule takes it.
        Assert.Equal(0, await ReviewAsync(helper));

        Assert.Equal("Handle", (await forum.Get<GiveBadge>().RunAsync(manager, thanks, "Nobody99", null, default)).Refusal?.Field);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<GiveBadge>().RunAsync(manager, (await BadgeAsync("Helper")).Id, handle, null, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<GiveBadge>().RunAsync(manager, 4711, handle, null, default)).Refusal?.Kind);

        for (var twice = 0; twice < 2; twice++)
            _ = (await forum.Get<TakeBadge>().RunAsync(manager, thanks, handle, "Given to the wrong one.", default)).Required;
        Assert.Empty(await NamesAsync(helper));
        await using var db = forum.Db();
        Assert.Equal(["badge.given: With thanks: For the guide to contracts.", "badge.taken: With thanks: Given to the wrong one."],
            await db.AuditEntries.Where(e => e.MemberId == helper.MemberId && e.ActorId == manager.MemberId).OrderBy(e => e.Id).Select(e => e.Deed + ": " + e.Note).ToListAsync());
    }

    [Fact]
    public async Task Only_managers_look_after_badges()
    {
        var (thanks, handle) = ((await BadgeAsync("With thanks")).Id, (await forum.MemberRowAsync(helper)).Handle);
        foreach (var actor in new[] { Actor.Visitor, helper, await forum.TrustedAsync(4), await forum.MemberAsync("Silke Site", SiteRole.Moderator), await forum.BoardModeratorAsync("help") })
        {
            Assert.Equal(RefusalKind.Forbidden, (await forum.Get<GiveBadge>().RunAsync(actor, thanks, handle, null, default)).Refusal?.Kind);
            Assert.Equal(RefusalKind.Forbidden, (await forum.Get<TakeBadge>().RunAsync(actor, thanks, handle, null, default)).Refusal?.Kind);
            Assert.Equal(RefusalKind.Forbidden, (await forum.Get<SetBadge>().RunAsync(actor, null, new("Curious", "Asks.", BadgeFact.Questions, 3, BadgeGrade.Silver), default)).Refusal?.Kind);
            Assert.Equal(RefusalKind.Forbidden, (await forum.Get<RemoveBadge>().RunAsync(actor, thanks, default)).Refusal?.Kind);
        }
    }

    [Fact]
    public async Task What_a_badge_cannot_be_is_refused_at_the_field()
    {
        var good = new BadgeInput("Curious", "Asks.", BadgeFact.Questions, 3, BadgeGrade.Silver);
        foreach (var (input, field) in new (BadgeInput, string)[]
        {
            (good with { Name = " " }, "Name"), (good with { Name = new string('a', Badge.MaxNameLength + 1) }, "Name"), (good with { Name = "helper" }, "Name"),
            (good with { Description = null }, "Description"), (good with { Description = new string('a', Badge.MaxDescriptionLength + 1) }, "Description"),
            (good with { Threshold = 0 }, "Threshold"), (good with { Threshold = Badge.MaxThreshold + 1 }, "Threshold"),
            (good with { Fact = (BadgeFact)99 }, "Fact"), (good with { Grade = 0 }, "Grade"),
        })
            Assert.Equal(field, (await forum.Get<SetBadge>().RunAsync(Actor.Operator, null, input, default)).Refusal?.Field);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<SetBadge>().RunAsync(Actor.Operator, 1, good, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<RemoveBadge>().RunAsync(Actor.Operator, 1, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<SetBadge>().RunAsync(Actor.Operator, 4711, good, default)).Refusal?.Kind);
        for (var i = (await forum.Get<BadgeQueries>().AllAsync(default)).Count; i < Badge.MaxBadges; i++)
            _ = (await forum.Get<SetBadge>().RunAsync(Actor.Operator, null, good with { Name = $"Curious {i}" }, default)).Required;
        Assert.Equal(RefusalKind.Invalid, (await forum.Get<SetBadge>().RunAsync(Actor.Operator, null, good, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_badge_for_a_post_that_one_may_not_read_is_shown_without_it()
    {
        await forum.BoardAsync("staff", read: ReadAccess.Members);
        await forum.AskAsync(asker, "staff");
        await ReviewAsync(asker);
        Assert.NotNull(Assert.Single(await HeldAsync(asker, Rights.OfOperator)).For);
        Assert.Null(Assert.Single(await HeldAsync(asker, Rights.OfVisitor)).For);
    }

    [Fact]
    public async Task Beside_the_name_stand_the_two_that_the_fewest_hold()
    {
        await SolveAsync();
        for (var i = 0; i < 2; i++)
        {
            var other = await forum.MemberAsync("Kwame Osei");
            await forum.ReplyAsync(other, (await forum.AskAsync(other)).TopicId);
            await ReviewAsync(other);
        }
        await forum.AskAsync(helper);
        await ReviewAsync(helper);
        await using (var db = forum.Db())
            await forum.Get<BadgeShelf>().ReadAsync(db, default);

        var badges = (await forum.MemberRowAsync(helper)).Badges;
        Assert.Equal("1,2,4,8", badges);
        Assert.Equal(["That was it", "Problem solver"], forum.Get<BadgeShelf>().RarestOf(badges).Select(b => b.Name));
        Assert.Empty(forum.Get<BadgeShelf>().RarestOf("4711"));
    }

    [Fact]
    public async Task Holders_are_paged_by_key()
    {
        var all = new List<long>();
        for (var i = 0; i < Paging.PageSize + 5; i++)
        {
            var other = await forum.MemberAsync("Kwame Osei");
            await forum.AskAsync(other);
            all.Add(other.MemberId!.Value);
            if (i % 3 == 0)
                forum.Clock.Advance(TimeSpan.FromMinutes(1));
            await ReviewAsync(other);
        }
        all.Reverse();
        var first = await forum.Get<BadgeQueries>().HoldersAsync(1, null, default);
        var second = await forum.Get<BadgeQueries>().HoldersAsync(1, first.Next, default);
        Assert.Equal(all, first.Items.Concat(second.Items).Select(h => h.Member.Id));
        Assert.Null(second.Next);
    }
}
