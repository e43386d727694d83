using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

/// <summary>What one account did in some time is rolled back, what others changed since stays, and all of it is undone in one go.</summary>
public sealed class RollBackTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor rogue = null!, asker = null!, moderator = null!, manager = null!;
    private PostedPost topic = null!;
    private DateTime from;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        await forum.BoardAsync("other");
        (rogue, asker) = (await forum.TrustedAsync(4), await forum.MemberAsync());
        (moderator, manager) = (await forum.MemberAsync("Silke Site", SiteRole.Moderator), await forum.MemberAsync("Mara Manager", SiteRole.Manager));
        topic = await forum.AskAsync(asker);
        // What was before is nobody's business.
        await forum.ReplyAsync(rogue, topic.TopicId, "This was written by the owner.");
        forum.Clock.Advance(TimeSpan.FromDays(1));
        from = Now;
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await using (var db = forum.Db())
            Assert.Empty(await db.Topics.Where(t => db.Closures.Count(c => c.TopicId == t.Id) > 1).ToListAsync());
        await forum.DisposeAsync();
    }

    private DateTime Now => forum.Clock.GetUtcNow().UtcDateTime;

    private RollBackSpan Span(params RollBackKind[] kinds) => new(from, from + TimeSpan.FromHours(12), kinds.Length > 0 ? kinds : Enum.GetValues<RollBackKind>());

    /// <summary>The account is back with its owner.</summary>
    private void Later() => forum.Clock.Advance(TimeSpan.FromDays(1));

    private async Task<string> HandleAsync(Actor actor) => (await forum.MemberRowAsync(actor)).Handle;

    private async Task<Result<(int Done, int Left)>> RollBackAsync(Actor? by = null, Actor? whom = null, RollBackSpan? span = null, string? reason = "Somebody else had the account.") =>
        await forum.Get<RollBack>().RunAsync(by ?? moderator, new(await HandleAsync(whom ?? rogue), span ?? Span(), reason), default);

    private async Task<RollBackPlan> PlanAsync(RollBackSpan? span = null, Actor? whom = null) =>
        (await forum.Get<RollBackQueries>().PlanAsync(await RightsAsync(manager), await HandleAsync(whom ?? rogue), span ?? Span(), default)).Required;

    private async Task<Rights> RightsAsync(Actor actor)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(actor, Now, default);
    }

    private async Task<Result<int>> UndoAsync(Actor? by = null)
    {
        await using var db = forum.Db();
        return await forum.Get<UndoDeed>().RunAsync(by ?? moderator, await db.UndoableDeeds.Where(d => d.Kind == UndoableKind.RollBack).OrderByDescending(d => d.Id).Select(d => d.Id).FirstAsync(), default);
    }

    private async Task<Visibility> SightAsync(PostedPost post) => (await forum.PostAsync(post.PostId)).Visibility;

    private async Task<IReadOnlyList<string>> DeedsAsync()
    {
        await using var db = forum.Db();
        return await db.AuditEntries.Where(e => e.ActorId == moderator.MemberId).OrderBy(e => e.Id).Select(e => e.Deed).ToListAsync();
    }

    private async Task EditAsync(Actor editor, PostedPost post, string words, string? title = null)
    {
        var version = (await forum.PostAsync(post.PostId)).Version;
        _ = (await forum.Get<EditPost>().RunAsync(editor, new(post.PostId, version, words, title, Reason: "I know better."), default)).Required;
    }

    /// <summary>Rolls back, once more, and undoes it: what was rolled back first is rolled forth, and nothing twice.</summary>
    private async Task BackAndForthAsync(int things, int conflicts, Func<Task> rolledBack, Func<Task> asItWas, Actor? by = null, Actor? whom = null)
    {
        Later();
        var plan = await PlanAsync(whom: whom);
        Assert.Equal((things, conflicts), (plan.Things.Count, plan.Conflicts.Count));
        await asItWas();
        Assert.Equal((things, conflicts), (await RollBackAsync(by, whom)).Required);
        await rolledBack();
        await Recount.AssertEverythingAsync(forum);
        var again = (await RollBackAsync(by, whom)).Required;
        Assert.Equal(0, again.Done);
        await rolledBack();
        forum.Clock.Advance(TimeSpan.FromDays(6));
        Assert.Equal(things, (await UndoAsync(by)).Required);
        await asItWas();
        await Recount.AssertEverythingAsync(forum);
        Assert.Equal(0, (await UndoAsync(by)).Required);
        await asItWas();
    }

    [Fact]
    public async Task What_was_written_goes_and_comes_back()
    {
        var own = await forum.AskAsync(rogue, title: "Cheap watches for everybody here");
        var below = await forum.ReplyAsync(rogue, own.TopicId, "Cheaper still on Sundays.");
        var reply = await forum.ReplyAsync(rogue, topic.TopicId, "Buy watches.");
        _ = (await forum.UpvoteAsync(asker, reply.PostId)).Required;
        await BackAndForthAsync(3, 0,
            async () => Assert.Equal((Visibility.Deleted, Visibility.Deleted, Visibility.Deleted, 1), (await SightAsync(own), await SightAsync(below), await SightAsync(reply), (await forum.TopicAsync(topic.TopicId)).Replies)),
            async () => Assert.Equal((Visibility.Visible, Visibility.Visible, Visibility.Visible, 2), (await SightAsync(own), await SightAsync(below), await SightAsync(reply), (await forum.TopicAsync(topic.TopicId)).Replies)));
    }

    [Fact]
    public async Task A_question_that_others_answered_loses_its_words_and_keeps_their_answers()
    {
        var own = await forum.AskAsync(rogue, title: "Cheap watches for everybody here");
        var answer = await forum.ReplyAsync(asker, own.TopicId, "Please do not advertise here.");
        await BackAndForthAsync(1, 0,
            async () => Assert.Equal((RollBack.InPlace, Visibility.Visible, Visibility.Visible), ((await forum.PostAsync(own.PostId)).Markdown, await SightAsync(own), await SightAsync(answer))),
            async () => Assert.Equal(Scenario.Body, (await forum.PostAsync(own.PostId)).Markdown));
    }

    [Fact]
    public async Task What_waited_and_notes_of_staff_go_and_are_again_what_they_were()
    {
        var staff = await forum.MemberAsync("Stefan Staff", SiteRole.Moderator);
        var note = (await forum.Get<WriteNote>().RunAsync(staff, new(topic.TopicId, "Do not help this one.", null, null), default)).Required;
        await BackAndForthAsync(1, 0, async () => Assert.Equal(Visibility.Deleted, await SightAsync(note)), async () => Assert.Equal(Visibility.StaffNote, await SightAsync(note)), manager, staff);

        var newcomer = await forum.MemberAsync("Nils Neu");
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", ApprovesNewcomers: true), default)).Required;
        from = Now;
        var held = await forum.ReplyAsync(newcomer, topic.TopicId, "Buy kites.");
        await BackAndForthAsync(1, 0, async () => Assert.Equal(Visibility.Deleted, await SightAsync(held)), async () => Assert.Equal(Visibility.Held, await SightAsync(held)), whom: newcomer);
    }

    [Fact]
    public async Task What_somebody_edited_or_took_for_the_solution_stays()
    {
        var (edited, solution) = (await forum.ReplyAsync(rogue, topic.TopicId, "Buy watches."), await forum.ReplyAsync(rogue, topic.TopicId, "Choose Transfer in the menu."));
        Later();
        await EditAsync(manager, edited, "Please look at the menu.");
        _ = (await forum.AcceptAsync(asker, solution)).Required;
        var plan = await PlanAsync();
        Assert.Equal([(solution.PostId, RollBackConflict.Solution), (edited.PostId, RollBackConflict.Edited)], plan.Conflicts.Select(c => (c.PostId, c.Conflict!.Value)));
        Assert.Equal((0, 2), (await RollBackAsync()).Required);
        Assert.Equal((Visibility.Visible, Visibility.Visible), (await SightAsync(edited), await SightAsync(solution)));
    }

    [Fact]
    public async Task Edits_give_way_to_what_was_there_before_the_first_of_them_as_a_version_of_its_own()
    {
        var reply = await forum.ReplyAsync(asker, topic.TopicId, "Choose Transfer and invite the owner.");
        await EditAsync(rogue, topic, "Cheap watches are sold at our shop, come and see them.", "Watches that are cheap and good");
        forum.Clock.Advance(TimeSpan.FromMinutes(5));
        await EditAsync(rogue, topic, "Even cheaper watches are sold at our shop, come and see.");
        await EditAsync(rogue, reply, "Buy watches.");
        await BackAndForthAsync(2, 0,
            async () => Assert.Equal((Scenario.Body, Scenario.Question, "Choose Transfer and invite the owner."), ((await forum.PostAsync(topic.PostId)).Markdown, (await forum.TopicAsync(topic.TopicId)).Title, (await forum.PostAsync(reply.PostId)).Markdown)),
            async () => Assert.Equal(("Even cheaper watches are sold at our shop, come and see.", "Watches that are cheap and good", "Buy watches."), ((await forum.PostAsync(topic.PostId)).Markdown, (await forum.TopicAsync(topic.TopicId)).Title, (await forum.PostAsync(reply.PostId)).Markdown)));
        var versions = (await forum.Get<RevisionQueries>().VersionsAsync(await RightsAsync(moderator), reply.PostId, null, 10, default)).Required.Items;
        Assert.Equal(["Roll-back undone", "Rolled back: Somebody else had the account.", "I know better.", null], versions.Select(v => v.Reason));
    }

    [Fact]
    public async Task What_somebody_edited_after_the_edit_stays_be_it_the_owner()
    {
        var (foreign, own) = (await forum.ReplyAsync(asker, topic.TopicId, "Choose Transfer."), await forum.ReplyAsync(asker, topic.TopicId, "Choose Hand over."));
        await EditAsync(rogue, foreign, "Buy watches.");
        await EditAsync(rogue, own, "Buy more watches.");
        Later();
        await EditAsync(asker, foreign, "Choose Transfer in the menu.");
        await EditAsync(rogue, own, "Choose Hand over in the menu.");
        Assert.Equal([RollBackConflict.Edited, RollBackConflict.Edited], (await PlanAsync()).Conflicts.Select(c => c.Conflict!.Value));
        Assert.Equal((0, 2), (await RollBackAsync()).Required);
        Assert.Equal(("Choose Transfer in the menu.", "Choose Hand over in the menu."), ((await forum.PostAsync(foreign.PostId)).Markdown, (await forum.PostAsync(own.PostId)).Markdown));
    }

    [Fact]
    public async Task Upvotes_are_taken_back_with_all_that_they_count_for_and_cast_again_when_it_is_undone()
    {
        var reply = await forum.ReplyAsync(asker, topic.TopicId);
        _ = (await forum.UpvoteAsync(rogue, topic.PostId)).Required;
        _ = (await forum.UpvoteAsync(rogue, reply.PostId)).Required;
        _ = (await forum.UpvoteAsync(moderator, reply.PostId)).Required;
        await BackAndForthAsync(2, 0,
            async () => Assert.Equal((0, 1), ((await forum.TopicAsync(topic.TopicId)).Score, (await forum.PostAsync(reply.PostId)).Score)),
            async () => Assert.Equal((1, 2), ((await forum.TopicAsync(topic.TopicId)).Score, (await forum.PostAsync(reply.PostId)).Score)));
    }

    [Fact]
    public async Task A_mark_goes_and_the_one_that_it_replaced_comes_back()
    {
        var (right, wrong) = (await forum.ReplyAsync(moderator, topic.TopicId), await forum.ReplyAsync(manager, topic.TopicId, "Buy watches at our shop."));
        _ = (await forum.AcceptAsync(asker, right)).Required;
        _ = (await forum.AcceptAsync(rogue, wrong)).Required;
        var second = await forum.AskAsync(asker);
        var other = await forum.ReplyAsync(moderator, second.TopicId);
        _ = (await forum.AcceptAsync(rogue, other)).Required;
        await BackAndForthAsync(2, 0,
            async () => Assert.Equal((right.PostId, asker.MemberId, null), ((await forum.SolutionAsync(topic.TopicId))!.PostId, (await forum.SolutionAsync(topic.TopicId))!.MarkedById, await forum.SolutionAsync(second.TopicId))),
            async () => Assert.Equal((wrong.PostId, rogue.MemberId, other.PostId), ((await forum.SolutionAsync(topic.TopicId))!.PostId, (await forum.SolutionAsync(topic.TopicId))!.MarkedById, (await forum.SolutionAsync(second.TopicId))!.PostId)));
    }

    [Fact]
    public async Task A_mark_that_was_taken_off_is_given_back()
    {
        var reply = await forum.ReplyAsync(moderator, topic.TopicId);
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        forum.Clock.Advance(TimeSpan.FromMinutes(5));
        _ = (await forum.UnmarkAsync(rogue, reply)).Required;
        // Given and taken off by the same hand, it is as if it had not been.
        var other = await forum.AskAsync(asker);
        var wrong = await forum.ReplyAsync(manager, other.TopicId);
        _ = (await forum.AcceptAsync(rogue, wrong)).Required;
        _ = (await forum.UnmarkAsync(rogue, wrong)).Required;
        await BackAndForthAsync(1, 0,
            async () => Assert.Equal((reply.PostId, asker.MemberId), ((await forum.SolutionAsync(topic.TopicId))?.PostId, (await forum.SolutionAsync(topic.TopicId))?.MarkedById)),
            async () => Assert.Null(await forum.SolutionAsync(topic.TopicId)));
    }

    [Fact]
    public async Task A_mark_that_was_taken_off_stays_so_where_another_one_is_by_now()
    {
        var (first, second) = (await forum.ReplyAsync(moderator, topic.TopicId), await forum.ReplyAsync(manager, topic.TopicId, "Choose Hand over."));
        _ = (await forum.AcceptAsync(asker, first)).Required;
        _ = (await forum.UnmarkAsync(rogue, first)).Required;
        Later();
        _ = (await forum.AcceptAsync(asker, second)).Required;
        Assert.Equal([(first.PostId, RollBackConflict.Marked)], (await PlanAsync()).Conflicts.Select(c => (c.PostId, c.Conflict!.Value)));
        Assert.Equal((0, 1), (await RollBackAsync()).Required);
        Assert.Equal(second.PostId, (await forum.SolutionAsync(topic.TopicId))!.PostId);
    }

    [Fact]
    public async Task A_solution_that_was_replaced_since_stays()
    {
        var (wrong, right) = (await forum.ReplyAsync(manager, topic.TopicId, "Buy watches at our shop."), await forum.ReplyAsync(moderator, topic.TopicId));
        _ = (await forum.AcceptAsync(rogue, wrong)).Required;
        Later();
        _ = (await forum.AcceptAsync(asker, right)).Required;
        Assert.Equal([(wrong.PostId, RollBackConflict.Marked)], (await PlanAsync()).Conflicts.Select(c => (c.PostId, c.Conflict!.Value)));
        Assert.Equal((0, 1), (await RollBackAsync()).Required);
        Assert.Equal(right.PostId, (await forum.SolutionAsync(topic.TopicId))!.PostId);
    }

    [Fact]
    public async Task A_reply_of_the_members_that_the_member_marked_goes_with_its_mark()
    {
        var own = await forum.AskAsync(rogue, title: "Cheap watches for everybody here");
        var reply = await forum.ReplyAsync(rogue, own.TopicId, "At our shop.");
        _ = (await forum.AcceptAsync(rogue, reply)).Required;
        await BackAndForthAsync(3, 0,
            async () => Assert.Equal((Visibility.Deleted, null), (await SightAsync(own), await forum.SolutionAsync(own.TopicId))),
            async () => Assert.Equal((Visibility.Visible, reply.PostId), (await SightAsync(own), (await forum.SolutionAsync(own.TopicId))?.PostId)));
    }

    [Fact]
    public async Task Deeds_of_staff_on_posts_and_topics_are_taken_back_by_a_manager()
    {
        var staff = await forum.MemberAsync("Stefan Staff", SiteRole.Moderator);
        var (hidden, back) = (await forum.ReplyAsync(asker, topic.TopicId), await forum.ReplyAsync(asker, topic.TopicId, "Buy watches."));
        var (closed, opened, moved, gone) = (await forum.AskAsync(asker), await forum.AskAsync(asker), await forum.AskAsync(asker), await forum.AskAsync(asker));
        _ = (await forum.Get<DeletePost>().RunAsync(moderator, back.PostId, default)).Required;
        _ = (await forum.Get<CloseTopic>().RunAsync(moderator, new(opened.TopicId, ClosureReason.OffTopic), default)).Required;
        _ = (await forum.Get<HidePost>().RunAsync(staff, hidden.PostId, null, default)).Required;
        _ = (await forum.Get<DeletePost>().RunAsync(staff, hidden.PostId, default)).Required;
        _ = (await forum.Get<RestorePost>().RunAsync(staff, back.PostId, default)).Required;
        _ = (await forum.Get<DeletePost>().RunAsync(staff, gone.PostId, default)).Required;
        _ = (await forum.Get<CloseTopic>().RunAsync(staff, new(closed.TopicId, ClosureReason.NotEnoughDetail), default)).Required;
        _ = (await forum.Get<ReopenTopic>().RunAsync(staff, opened.TopicId, default)).Required;
        _ = (await forum.Get<ArrangeTopic>().RunAsync(staff, new(moved.TopicId, Board: "other"), default)).Required;
        await BackAndForthAsync(6, 0,
            async () =>
            {
                Assert.Equal((Visibility.Visible, Visibility.Deleted, Visibility.Visible), (await SightAsync(hidden), await SightAsync(back), await SightAsync(gone)));
                Assert.Equal((null, ClosureReason.OffTopic, "help"), (await ClosureAsync(closed), await ClosureAsync(opened), await BoardAsync(moved)));
            },
            async () =>
            {
                Assert.Equal((Visibility.Deleted, Visibility.Visible, Visibility.Deleted), (await SightAsync(hidden), await SightAsync(back), await SightAsync(gone)));
                Assert.Equal((ClosureReason.NotEnoughDetail, null, "other"), (await ClosureAsync(closed), await ClosureAsync(opened), await BoardAsync(moved)));
            }, manager, staff);
    }

    private async Task<ClosureReason?> ClosureAsync(PostedPost of)
    {
        await using var db = forum.Db();
        return await db.Closures.Where(c => c.TopicId == of.TopicId).Select(c => (ClosureReason?)c.Reason).SingleOrDefaultAsync();
    }

    private async Task<string> BoardAsync(PostedPost of)
    {
        await using var db = forum.Db();
        return await db.Topics.Where(t => t.Id == of.TopicId).Select(t => t.Board.Slug).SingleAsync();
    }

    [Fact]
    public async Task Deeds_that_others_went_on_from_stay_each_with_its_reason()
    {
        var staff = await forum.MemberAsync("Stefan Staff", SiteRole.Moderator);
        await forum.BoardAsync("third");
        var hidden = await forum.ReplyAsync(asker, topic.TopicId);
        List<PostedPost> topics = [];
        for (var i = 0; i < 6; i++)
            topics.Add(await forum.AskAsync(asker));
        var (closed, reasoned, duplicate, moved, split) = (topics[0], topics[1], topics[2], topics[3], topics[4]);
        _ = (await forum.Get<CloseTopic>().RunAsync(moderator, new(reasoned.TopicId, ClosureReason.OffTopic), default)).Required;
        _ = (await forum.Get<CloseTopic>().RunAsync(moderator, new(duplicate.TopicId, ClosureReason.Duplicate, topic.TopicId), default)).Required;
        _ = (await forum.Get<HidePost>().RunAsync(staff, hidden.PostId, null, default)).Required;
        _ = (await forum.Get<CloseTopic>().RunAsync(staff, new(closed.TopicId, ClosureReason.OffTopic), default)).Required;
        _ = (await forum.Get<CloseTopic>().RunAsync(staff, new(reasoned.TopicId, ClosureReason.NotEnoughDetail), default)).Required;
        _ = (await forum.Get<ReopenTopic>().RunAsync(staff, duplicate.TopicId, default)).Required;
        _ = (await forum.Get<ArrangeTopic>().RunAsync(staff, new(moved.TopicId, Board: "other"), default)).Required;
        _ = (await forum.Get<MergeTopics>().RunAsync(staff, split.TopicId, topics[5].TopicId, null, default)).Required;
        Later();
        _ = (await forum.Get<DeletePost>().RunAsync(moderator, hidden.PostId, default)).Required;
        _ = (await forum.Get<CloseTopic>().RunAsync(moderator, new(closed.TopicId, ClosureReason.NoLongerRelevant), default)).Required;
        _ = (await forum.Get<ArrangeTopic>().RunAsync(moderator, new(moved.TopicId, Board: "third"), default)).Required;
        var plan = await PlanAsync(whom: staff);
        Assert.Equal([(hidden.TopicId, RollBackConflict.Seen), (closed.TopicId, RollBackConflict.Closed), (reasoned.TopicId, RollBackConflict.ClosedBefore), (duplicate.TopicId, RollBackConflict.ClosedBefore), (moved.TopicId, RollBackConflict.Moved), (topics[5].TopicId, RollBackConflict.Rearranged)],
            plan.Conflicts.Select(c => (c.TopicId, c.Conflict!.Value)).OrderBy(c => c.TopicId));
        Assert.Equal((0, 6), (await RollBackAsync(manager, staff)).Required);
        Assert.Equal((Visibility.Deleted, ClosureReason.NoLongerRelevant, ClosureReason.NotEnoughDetail, null, "third"),
            (await SightAsync(hidden), await ClosureAsync(closed), await ClosureAsync(reasoned), await ClosureAsync(duplicate), await BoardAsync(moved)));
    }

    [Fact]
    public async Task What_others_undid_by_themselves_is_no_conflict()
    {
        var staff = await forum.MemberAsync("Stefan Staff", SiteRole.Moderator);
        var hidden = await forum.ReplyAsync(asker, topic.TopicId);
        _ = (await forum.Get<HidePost>().RunAsync(staff, hidden.PostId, null, default)).Required;
        _ = (await forum.Get<CloseTopic>().RunAsync(staff, new(topic.TopicId, ClosureReason.OffTopic), default)).Required;
        _ = (await forum.Get<EditPost>().RunAsync(staff, new(hidden.PostId, 1, "Buy watches."), default)).Required;
        Later();
        _ = (await forum.Get<RestorePost>().RunAsync(moderator, hidden.PostId, default)).Required;
        _ = (await forum.Get<ReopenTopic>().RunAsync(moderator, topic.TopicId, default)).Required;
        _ = (await forum.Get<RollBackPost>().RunAsync(moderator, hidden.PostId, 1, 2, "Not so.", default)).Required;
        Assert.Equal((0, 0), (await RollBackAsync(manager, staff)).Required);
    }

    [Fact]
    public async Task What_others_change_after_it_stays_when_it_is_undone()
    {
        var (reply, edited, voted) = (await forum.ReplyAsync(rogue, topic.TopicId, "Buy watches."), await forum.ReplyAsync(asker, topic.TopicId, "Choose Transfer."), await forum.ReplyAsync(moderator, topic.TopicId, "Choose Hand over."));
        await EditAsync(rogue, edited, "Buy more watches.");
        _ = (await forum.UpvoteAsync(rogue, voted.PostId)).Required;
        _ = (await forum.AcceptAsync(rogue, voted)).Required;
        Later();
        Assert.Equal((4, 0), (await RollBackAsync()).Required);
        _ = (await forum.Get<HidePost>().RunAsync(moderator, reply.PostId, null, default)).Required;
        await EditAsync(asker, edited, "Choose Transfer in the menu.");
        _ = (await forum.UpvoteAsync(rogue, voted.PostId)).Required;
        _ = (await forum.AcceptAsync(asker, edited)).Required;
        Assert.Equal(0, (await UndoAsync()).Required);
        Assert.Equal((Visibility.Hidden, "Choose Transfer in the menu.", 1, edited.PostId),
            (await SightAsync(reply), (await forum.PostAsync(edited.PostId)).Markdown, (await forum.PostAsync(voted.PostId)).Score, (await forum.SolutionAsync(topic.TopicId))!.PostId));
    }

    [Fact]
    public async Task Only_what_was_chosen_and_done_in_that_time_is_rolled_back()
    {
        var reply = await forum.ReplyAsync(rogue, topic.TopicId, "Buy watches.");
        _ = (await forum.UpvoteAsync(rogue, topic.PostId)).Required;
        Later();
        var after = await forum.ReplyAsync(rogue, topic.TopicId, "I have my account again.");
        Assert.Equal((1, 0), (await RollBackAsync(span: Span(RollBackKind.Upvotes))).Required);
        Assert.Equal((Visibility.Visible, 0), (await SightAsync(reply), (await forum.PostAsync(topic.PostId)).Score));
        Assert.Equal((1, 0), (await RollBackAsync(span: Span(RollBackKind.Written))).Required);
        Assert.Equal((Visibility.Deleted, Visibility.Visible), (await SightAsync(reply), await SightAsync(after)));
    }

    [Fact]
    public async Task Each_thing_and_the_whole_are_in_the_log_with_the_reason_and_the_member_is_told()
    {
        var reply = await forum.ReplyAsync(rogue, topic.TopicId, "Buy watches.");
        _ = (await forum.UpvoteAsync(rogue, topic.PostId)).Required;
        await EditAsync(rogue, topic, "Cheap watches are sold at our shop, come and see them.");
        Later();
        _ = (await RollBackAsync()).Required;
        await using var db = forum.Db();
        var entries = await db.AuditEntries.Where(e => e.ActorId == moderator.MemberId).OrderBy(e => e.Id).ToListAsync();
        Assert.Equal(["vote.rolled-back", "post.words-rolled-back", "post.deleted", "member.rolled-back"], entries.Select(e => e.Deed));
        Assert.All(entries, e => Assert.Equal("Somebody else had the account.", e.Note));
        Assert.Equal((reply.PostId, "Visible", "Deleted"), (entries[2].PostId, entries[2].Before, entries[2].After));
        Assert.Equal((rogue.MemberId, "2026-03-03 09:00 – 2026-03-03 21:00", "3"), (entries[3].MemberId, entries[3].Before, entries[3].After));
        var talk = Assert.Single(await forum.Get<TalkQueries>().MineAsync(await RightsAsync(rogue), default));
        Assert.Equal(("member.rolled-back", "Somebody else had the account."), (talk.Words[0].Deed, talk.Words[0].Text));
        var record = (await forum.Get<RecordQueries>().OfAsync(await RightsAsync(moderator), await HandleAsync(rogue), default)).Required;
        Assert.Equal((3, await HandleAsync(moderator), null, true), (record.RollBacks[0].Things, record.RollBacks[0].By?.Handle, record.RollBacks[0].Undone, record.RollBacks[0].MayBeUndone(Now)));
        Assert.Equal((UndoableKind.RollBack, 3), (await forum.Get<UndoQueries>().LatestAsync(await RightsAsync(moderator), default)) is { } undo ? (undo.Kind, undo.Count) : default);
    }

    [Fact]
    public async Task Nothing_is_written_where_there_is_nothing_to_roll_back()
    {
        Later();
        Assert.Equal((0, 0), (await RollBackAsync()).Required);
        Assert.Empty(await DeedsAsync());
        Assert.Empty(await forum.Get<TalkQueries>().MineAsync(await RightsAsync(rogue), default));
    }

    [Fact]
    public async Task Moderators_of_the_site_roll_back_members_managers_staff_and_administrators_each_other()
    {
        var admin = await forum.MemberAsync("Ada Admin", SiteRole.Admin);
        Actor[] staff = [await forum.BoardModeratorAsync("help"), await forum.MemberAsync("Stefan Staff", SiteRole.Staff), await forum.MemberAsync("Mona Mod", SiteRole.Moderator)];
        foreach (var other in staff[..2].Append(asker).Append(rogue).Append(Actor.Visitor))
            Assert.NotNull((await RollBackAsync(other)).Refusal);
        Assert.Equal(RefusalKind.SignIn, (await RollBackAsync(Actor.Operator)).Refusal!.Kind);
        foreach (var whom in staff)
        {
            Assert.Equal(RefusalKind.Forbidden, (await RollBackAsync(moderator, whom)).Refusal?.Kind);
            Assert.Null((await RollBackAsync(manager, whom)).Refusal);
        }
        Assert.Equal(RefusalKind.Forbidden, (await RollBackAsync(manager, admin)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await RollBackAsync(admin, admin)).Refusal?.Kind);
        Assert.Null((await RollBackAsync(admin, await forum.MemberAsync("Anna Admin", SiteRole.Admin))).Refusal);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<RollBackQueries>().PlanAsync(await RightsAsync(moderator), await HandleAsync(admin), Span(), default)).Refusal?.Kind);
    }

    [Fact]
    public async Task Whoever_was_rolled_back_does_not_undo_it()
    {
        var staff = await forum.MemberAsync("Mona Mod", SiteRole.Moderator);
        var reply = await forum.ReplyAsync(staff, topic.TopicId, "Buy watches.");
        Later();
        Assert.Equal((1, 0), (await RollBackAsync(manager, staff)).Required);
        Assert.Equal(RefusalKind.Forbidden, (await UndoAsync(staff)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await UndoAsync(asker)).Refusal?.Kind);
        Assert.Equal(Visibility.Deleted, await SightAsync(reply));
        forum.Clock.Advance(SpamRemoval.Restorable);
        Assert.Equal(RefusalKind.Forbidden, (await UndoAsync(manager)).Refusal?.Kind);
    }

    [Fact]
    public async Task What_is_not_said_whole_is_refused()
    {
        foreach (var (span, field) in new[]
        {
            (Span() with { From = null }, "From"), (Span() with { To = null }, "To"), (Span() with { To = from }, "To"), (Span() with { To = from.AddDays(32) }, "From"), (Span() with { Kinds = [] }, "Kinds"), (Span() with { Kinds = [(RollBackKind)9] }, "Kinds"),
        })
            Assert.Equal(field, (await RollBackAsync(span: span)).Refusal?.Field);
        Assert.Equal("Why", (await RollBackAsync(reason: " ")).Refusal?.Field);
        Assert.Equal("Why", (await RollBackAsync(reason: new string('x', Sanction.MaxReasonLength + 1))).Refusal?.Field);
        Assert.Null((await RollBackAsync(span: Span() with { To = from.AddDays(31) })).Refusal);
        Assert.Equal(RefusalKind.Invalid, (await forum.Get<RollBack>().RunAsync(moderator, new("nobody-there", Span(), "Why not"), default)).Refusal?.Kind);
    }

    [Fact]
    public async Task More_than_can_be_done_at_once_is_refused_and_nothing_is_changed()
    {
        var now = Now;
        await using (var db = forum.Db())
        {
            for (var number = 10; number < RollBack.Max + 11; number++)
                db.Posts.Add(new Post { TopicId = topic.TopicId, Number = number, AuthorId = rogue.MemberId!.Value, Markdown = "Buy watches.", Text = "Buy watches.", RendererVersion = 1, Created = now, Visibility = Visibility.Held });
            await db.Topics.Where(t => t.Id == topic.TopicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastNumber, RollBack.Max + 10));
            await db.SaveChangesAsync();
        }
        Later();
        Assert.True((await PlanAsync()).TooMany);
        Assert.Equal("From", (await RollBackAsync()).Refusal?.Field);
        Assert.Empty(await DeedsAsync());
    }
}
