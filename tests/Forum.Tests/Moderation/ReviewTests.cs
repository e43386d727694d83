using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

public sealed class ReviewTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, author = null!, moderator = null!;
    private PostedPost question = null!, reply = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        asker = await forum.MemberAsync();
        author = await forum.MemberAsync("Muhammad Ali");
        moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        question = await forum.AskAsync(asker);
        reply = await forum.ReplyAsync(author, question.TopicId);
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    private Task<Result<Done>> FlagAsync(Actor actor, PostedPost? post = null, FlagReason reason = FlagReason.Spam, string? note = null) =>
        forum.Get<FlagPost>().RunAsync(actor, new((post ?? reply).PostId, reason, note), default);

    private async Task<Result<Done>> DecideAsync(Verdict verdict, Actor? actor = null, long? review = null) =>
        await forum.Get<DecideReview>().RunAsync(actor ?? moderator, review ?? Assert.Single(await OpenAsync()).Id, verdict, "looked at", default);

    private async Task<IReadOnlyList<ReviewItem>> OpenAsync(Actor? actor = null) => (await forum.Get<ReviewQueries>().OpenAsync(await RightsAsync(actor ?? moderator), new(), default)).Required;

    private async Task<Rights> RightsAsync(Actor actor)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(actor, forum.Clock.GetUtcNow().UtcDateTime, default);
    }

    private async Task<Visibility> SightAsync(PostedPost post) => (await forum.PostAsync(post.PostId)).Visibility;

    [Fact]
    public async Task Reports_of_a_post_come_to_its_moderators_as_one()
    {
        _ = (await FlagAsync(asker)).Required;
        _ = (await FlagAsync(asker, reason: FlagReason.Rude)).Required;
        _ = (await FlagAsync(await forum.TrustedAsync(2), reason: FlagReason.Other, note: " It sells\nwatches. ")).Required;

        var item = Assert.Single(await OpenAsync());
        Assert.Equal((reply.PostId, "Muhammad A", Visibility.Visible, 400), (item.PostId, item.Author.DisplayName, item.Visibility, item.Weight));
        Assert.Equal([("Ines R", FlagReason.Spam, null), ("Vera T", FlagReason.Other, "It sells watches.")], item.Flags.Select(f => (f.By.DisplayName, f.Reason, f.Note)));
        Assert.Equal(1, await forum.Get<ReviewQueries>().CountAsync(await RightsAsync(moderator), 99, default));
    }

    [Fact]
    public async Task Moderators_see_what_was_reported_on_their_boards_and_nobody_else_does()
    {
        await forum.BoardAsync("other");
        _ = (await FlagAsync(asker)).Required;

        Assert.Single(await OpenAsync(await forum.BoardModeratorAsync("help")));
        Assert.Empty(await OpenAsync(await forum.BoardModeratorAsync("other")));
        foreach (var other in new[] { asker, author, Actor.Visitor, await forum.TrustedAsync(4), await forum.MemberAsync("Stefan Staff", SiteRole.Staff) })
        {
            Assert.Equal(RefusalKind.NotFound, (await forum.Get<ReviewQueries>().OpenAsync(await RightsAsync(other), new(), default)).Refusal?.Kind);
            Assert.Equal(RefusalKind.NotFound, (await forum.Get<ReviewQueries>().DecidedAsync(await RightsAsync(other), new(), null, default)).Refusal?.Kind);
            Assert.Equal(0, await forum.Get<ReviewQueries>().CountAsync(await RightsAsync(other), 99, default));
            Assert.Equal(RefusalKind.NotFound, (await DecideAsync(Verdict.Delete, other)).Refusal?.Kind);
        }
        Assert.Equal(RefusalKind.NotFound, (await DecideAsync(Verdict.Delete, await forum.BoardModeratorAsync("other"))).Refusal?.Kind);
    }

    [Fact]
    public async Task Who_reported_what_is_known_to_themselves_alone()
    {
        _ = (await FlagAsync(asker, reason: FlagReason.Rude)).Required;

        Assert.Equal(FlagReason.Rude, await forum.Get<ReviewQueries>().MineAsync(asker, reply.PostId, default));
        Assert.Null(await forum.Get<ReviewQueries>().MineAsync(author, reply.PostId, default));
        Assert.Null(await forum.Get<ReviewQueries>().MineAsync(Actor.Visitor, reply.PostId, default));
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(1, 4)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public async Task Enough_reports_hide_a_post_until_a_moderator_decides(byte trust, int enough)
    {
        for (var i = 1; i <= enough; i++)
        {
            Assert.Equal(Visibility.Visible, await SightAsync(reply));
            _ = (await FlagAsync(await forum.TrustedAsync(trust))).Required;
        }
        Assert.Equal(Visibility.Hidden, await SightAsync(reply));
        await using var db = forum.Db();
        var entry = await db.AuditEntries.SingleAsync(e => e.PostId == reply.PostId);
        Assert.Equal(("post.hidden-by-reports", (long?)null), (entry.Deed, entry.ActorId));

        _ = (await DecideAsync(Verdict.Keep)).Required;
        Assert.Equal(Visibility.Visible, await SightAsync(reply));
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task Reports_hide_neither_what_staff_wrote_nor_duplicates()
    {
        var other = await forum.AskAsync(author);
        var ofStaff = await forum.ReplyAsync(moderator, question.TopicId);
        for (var i = 0; i < 3; i++)
        {
            _ = (await FlagAsync(await forum.TrustedAsync(3), ofStaff)).Required;
            _ = (await FlagAsync(await forum.TrustedAsync(3), question, FlagReason.Duplicate, $"see http://localhost/t/{other.TopicId}/how")).Required;
        }
        Assert.Equal(Visibility.Visible, await SightAsync(ofStaff));
        Assert.Equal(Visibility.Visible, await SightAsync(question));
        Assert.Equal(2, (await OpenAsync(await forum.MemberAsync("Silke Site", SiteRole.Moderator))).Count);
    }

    [Fact]
    public async Task Reports_do_not_hide_what_was_accepted_as_the_solution()
    {
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        for (var i = 0; i < 3; i++)
            _ = (await FlagAsync(await forum.TrustedAsync(3))).Required;
        Assert.Equal(Visibility.Visible, await SightAsync(reply));
        Assert.NotNull(await forum.SolutionAsync(question.TopicId));
        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task Whose_report_hid_the_post_has_reported_it_and_may_say_so_again()
    {
        var members = new[] { await forum.TrustedAsync(3), await forum.TrustedAsync(3) };
        foreach (var member in members)
            _ = (await FlagAsync(member)).Required;
        Assert.Equal(Visibility.Hidden, await SightAsync(reply));
        _ = (await FlagAsync(members[1])).Required;
        Assert.Equal(RefusalKind.NotFound, (await FlagAsync(asker)).Refusal?.Kind);
    }

    [Fact]
    public async Task Moderators_learn_nothing_of_reports_of_their_own_posts_and_decide_nothing_about_them()
    {
        var own = await forum.ReplyAsync(moderator, question.TopicId);
        _ = (await FlagAsync(asker, own)).Required;
        var other = await forum.MemberAsync("Silke Site", SiteRole.Moderator);

        Assert.Empty(await OpenAsync());
        Assert.Equal(0, await forum.Get<ReviewQueries>().CountAsync(await RightsAsync(moderator), 99, default));
        var review = Assert.Single(await OpenAsync(other)).Id;
        Assert.Equal(RefusalKind.NotFound, (await DecideAsync(Verdict.Keep, moderator, review)).Refusal?.Kind);
        _ = (await forum.Get<DeletePost>().RunAsync(moderator, own.PostId, default)).Required;
        Assert.Equal(ReviewOutcome.Withdrawn, Assert.Single((await forum.Get<ReviewQueries>().DecidedAsync(await RightsAsync(other), new(), null, default)).Required.Items).Outcome);
    }

    [Fact]
    public async Task Hiding_and_deleting_uphold_the_reports_and_keeping_dismisses_them_which_is_what_the_next_ones_count_by()
    {
        var flagger = await forum.TrustedAsync(1);
        var second = await forum.ReplyAsync(author, question.TopicId);
        _ = (await FlagAsync(flagger)).Required;
        Assert.Equal(200, Assert.Single(await OpenAsync()).Weight);
        _ = (await DecideAsync(Verdict.Keep)).Required;
        _ = (await FlagAsync(flagger, second)).Required;
        Assert.Equal(133, Assert.Single(await OpenAsync()).Weight);
        _ = (await DecideAsync(Verdict.Hide)).Required;
        Assert.Equal(Visibility.Hidden, await SightAsync(second));
        _ = (await FlagAsync(flagger, question)).Required;
        Assert.Equal((150, 0), (Assert.Single(await OpenAsync()).Weight, Assert.Single(await OpenAsync()).AuthorsUpheld));
        _ = (await DecideAsync(Verdict.Delete)).Required;
        Assert.Equal(Visibility.Deleted, await SightAsync(question));

        var decided = (await forum.Get<ReviewQueries>().DecidedAsync(await RightsAsync(moderator), new(), null, default)).Required;
        Assert.Equal([ReviewOutcome.Upheld, ReviewOutcome.Upheld, ReviewOutcome.Dismissed], decided.Items.Select(i => i.Outcome!.Value));
        Assert.All(decided.Items, i => Assert.Equal("Sam S", i.DecidedBy?.DisplayName));
        await using var db = forum.Db();
        Assert.Equal(["post.kept", "post.hidden", "post.deleted"], await db.AuditEntries.Where(e => e.Note == "looked at").OrderBy(e => e.Id).Select(e => e.Deed).ToListAsync());
    }

    [Fact]
    public async Task One_of_two_moderators_decides_and_the_other_is_told()
    {
        _ = (await FlagAsync(asker)).Required;
        var review = Assert.Single(await OpenAsync()).Id;
        _ = (await DecideAsync(Verdict.Keep, review: review)).Required;

        Assert.Equal(RefusalKind.Conflict, (await DecideAsync(Verdict.Delete, review: review)).Refusal?.Kind);
        _ = (await DecideAsync(Verdict.Keep, review: review)).Required;
        Assert.Equal(Visibility.Visible, await SightAsync(reply));
    }

    [Fact]
    public async Task What_was_let_stand_is_reported_again_after_a_day_or_an_edit()
    {
        _ = (await FlagAsync(asker)).Required;
        _ = (await DecideAsync(Verdict.Keep)).Required;
        Assert.Equal(RefusalKind.Forbidden, (await FlagAsync(asker)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await FlagAsync(await forum.TrustedAsync(3))).Refusal?.Kind);

        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        _ = (await forum.Get<EditPost>().RunAsync(author, new(reply.PostId, 1, "Buy watches instead, they are cheap here."), default)).Required;
        _ = (await FlagAsync(asker)).Required;
        _ = (await DecideAsync(Verdict.Keep)).Required;
        forum.Clock.Advance(Review.Rest);
        _ = (await FlagAsync(asker)).Required;
        Assert.Single(await OpenAsync());
    }

    [Theory]
    [InlineData(false, ReviewOutcome.Withdrawn)]
    [InlineData(true, ReviewOutcome.Upheld)]
    public async Task A_post_that_is_deleted_meanwhile_ends_its_review(bool byModerator, ReviewOutcome outcome)
    {
        _ = (await FlagAsync(asker)).Required;
        _ = (await forum.Get<DeletePost>().RunAsync(byModerator ? moderator : author, reply.PostId, default)).Required;

        Assert.Empty(await OpenAsync());
        Assert.Equal(outcome, Assert.Single((await forum.Get<ReviewQueries>().DecidedAsync(await RightsAsync(moderator), new(), null, default)).Required.Items).Outcome);
    }

    [Fact]
    public async Task A_report_says_what_is_wrong()
    {
        Assert.Equal("Note", (await FlagAsync(asker, reason: FlagReason.Other, note: "  ")).Refusal?.Field);
        Assert.Equal("Note", (await FlagAsync(asker, reason: FlagReason.Other, note: new('x', Flag.MaxNoteLength + 1))).Refusal?.Field);
        Assert.Equal("Reason", (await FlagAsync(asker, reason: (FlagReason)77)).Refusal?.Field);
        Assert.Equal("Note", (await FlagAsync(asker, reason: FlagReason.Duplicate)).Refusal?.Field);
        Assert.Equal("Note", (await FlagAsync(asker, reason: FlagReason.Duplicate, note: $"/t/{question.TopicId}")).Refusal?.Field);
        Assert.Equal("Note", (await FlagAsync(asker, reason: FlagReason.Duplicate, note: "/t/99999999999999999999")).Refusal?.Field);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task One_reports_what_others_wrote_and_everybody_sees()
    {
        Assert.Equal(RefusalKind.Forbidden, (await FlagAsync(author)).Refusal?.Kind);
        Assert.Equal(RefusalKind.SignIn, (await FlagAsync(Actor.Visitor)).Refusal?.Kind);
        await forum.SuspendAsync(asker, TimeSpan.FromHours(1));
        Assert.Equal(RefusalKind.Forbidden, (await FlagAsync(asker)).Refusal?.Kind);
        var note = (await forum.Get<WriteNote>().RunAsync(moderator, new(question.TopicId, "He has been warned before.", null, null), default)).Required;
        Assert.Equal(RefusalKind.NotFound, (await FlagAsync(await forum.TrustedAsync(4), note)).Refusal?.Kind);
        _ = (await forum.Get<HidePost>().RunAsync(moderator, reply.PostId, null, default)).Required;
        Assert.Equal(RefusalKind.NotFound, (await FlagAsync(await forum.TrustedAsync(1))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await FlagAsync(moderator)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_member_reports_twenty_posts_a_day()
    {
        await using var forum = await TestForum.StartAsync(o => o.Limits.Enabled = true);
        await forum.BoardAsync();
        var (flagger, staff) = (await forum.MemberAsync(), await forum.MemberAsync("Sam Staff", SiteRole.Moderator));
        var topic = await forum.AskAsync(staff);
        for (var i = 0; i < forum.Options.Limits.ReportsPerDay; i++)
            _ = (await forum.Get<FlagPost>().RunAsync(flagger, new((await forum.ReplyAsync(staff, topic.TopicId)).PostId, FlagReason.Spam), default)).Required;
        var last = await forum.ReplyAsync(staff, topic.TopicId);

        var refusal = (await forum.Get<FlagPost>().RunAsync(flagger, new(last.PostId, FlagReason.Spam), default)).Refusal;
        Assert.Equal((RefusalKind.TooMany, TimeSpan.FromHours(24)), (refusal?.Kind, refusal?.RetryAfter));
        forum.Clock.Advance(TimeSpan.FromHours(24));
        _ = (await forum.Get<FlagPost>().RunAsync(flagger, new(last.PostId, FlagReason.Spam), default)).Required;
    }

    [Fact]
    public async Task Two_reports_at_once_join_in_one_review()
    {
        var members = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => forum.TrustedAsync(0)));
        await Task.WhenAll(members.Select(m => Task.Run(() => FlagAsync(m))));
        Assert.Equal(4, Assert.Single(await OpenAsync()).Flags.Count);
    }
}
