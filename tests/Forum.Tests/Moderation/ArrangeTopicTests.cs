using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Outbox;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

public sealed class ArrangeTopicTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, regular = null!, moderator = null!;
    private PostedPost question = null!, reply = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        await forum.BoardAsync("other");
        await forum.TagsAsync("contracts", "payment");
        asker = await forum.MemberAsync();
        regular = await forum.TrustedAsync(Rights.ArrangingTrust);
        moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        question = await forum.AskAsync(asker, tags: ["contracts"]);
        reply = await forum.ReplyAsync(regular, question.TopicId);
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    private Task<Result<PostedPost>> ArrangeAsync(Arrangement arrangement, Actor? actor = null) => forum.Get<ArrangeTopic>().RunAsync(actor ?? regular, arrangement, default);

    [Fact]
    public async Task The_topic_gets_another_title_and_other_tags_and_the_old_ones_are_on_record()
    {
        var done = (await ArrangeAsync(new(question.TopicId, "How do I get paid by an agency?", ["payment"], Reason: "Says what it is about"))).Required;
        var topic = await forum.TopicAsync(question.TopicId);
        Assert.Equal(("How do I get paid by an agency?", "how-do-i-get-paid-by-an-agency", done.Slug), (topic.Title, topic.Slug, topic.Slug));
        Assert.Equal("help", (await forum.BoardRowAsync()).Slug);
        await using var db = forum.Db();
        Assert.Equal(["payment"], await db.TopicTags.Where(t => t.TopicId == topic.Id).Select(t => t.Tag.Name).ToListAsync());
        var revision = await db.Revisions.SingleAsync(r => r.PostId == question.PostId);
        Assert.Equal((Scenario.Question, "contracts", "Says what it is about", regular.MemberId), (revision.Title, revision.Tags, revision.Reason, revision.ReplacedById));
        Assert.Equal(Scenario.Body, (await forum.PostAsync(question.PostId)).Markdown);
    }

    [Fact]
    public async Task Askers_rename_their_own_while_they_may_edit_it_and_do_not_move_it()
    {
        _ = (await ArrangeAsync(new(question.TopicId, "How do I get paid by an agency?"), asker)).Required;
        Assert.Equal(RefusalKind.Forbidden, (await ArrangeAsync(new(question.TopicId, Board: "other"), asker)).Refusal!.Kind);
        forum.Clock.Advance(EditRules.AuthorsWindow + TimeSpan.FromMinutes(1));
        Assert.Equal(RefusalKind.Forbidden, (await ArrangeAsync(new(question.TopicId, "How do I move a project?"), asker)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await ArrangeAsync(new(question.TopicId, "How do I move a project?"), await forum.MemberAsync())).Refusal!.Kind);
    }

    [Fact]
    public async Task A_topic_moves_with_all_that_is_counted_by_its_board()
    {
        _ = (await forum.UpvoteAsync(asker, reply.PostId)).Required;
        _ = (await forum.UpvoteAsync(moderator, question.PostId)).Required;
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        _ = (await ArrangeAsync(new(question.TopicId, Board: "other"))).Required;
        _ = (await ArrangeAsync(new(question.TopicId, Board: "other"))).Required;

        var (from, to) = (await forum.BoardRowAsync(), await forum.BoardRowAsync("other"));
        Assert.Equal((0, 0, 0), (from.Topics, from.Posts, from.Solved));
        Assert.Equal((1, 2, 1), (to.Topics, to.Posts, to.Solved));
        await using var db = forum.Db();
        Assert.Equal([(to.Id, 1), (to.Id, 1)], (await db.UpvoteDays.Where(d => d.Upvotes > 0).ToListAsync()).Select(d => (d.BoardId, d.Upvotes)));
        Assert.Single(await db.AuditEntries.Where(e => e.Deed == "topic.moved").ToListAsync());
        Assert.NotNull(await forum.SolutionAsync(question.TopicId));
    }

    [Fact]
    public async Task On_a_board_without_solutions_the_mark_is_kept_and_not_shown()
    {
        await forum.BoardAsync("talk", BoardKind.Conversation);
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        _ = (await ArrangeAsync(new(question.TopicId, Board: "talk"))).Required;
        Assert.Null((await PageAsync()).Solution);
        _ = (await ArrangeAsync(new(question.TopicId, Board: "help"))).Required;
        Assert.Equal(reply.PostId, (await PageAsync()).Solution!.Post.Id);

        async Task<TopicView> PageAsync() => (await forum.Get<TopicQueries>().PageAsync(Rights.OfVisitor, question.TopicId, PostSort.Oldest, 1, null, false, default)).Required;
    }

    [Fact]
    public async Task Nothing_goes_where_the_actor_may_not_begin_topics_or_may_not_even_look()
    {
        await forum.BoardAsync("news", BoardKind.Announcements);
        await forum.BoardAsync("back", read: ReadAccess.Staff);
        await forum.BoardAsync("old");
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("old", Archived: true), default)).Required;
        Assert.Equal((RefusalKind.Forbidden, "Board"), Of(await ArrangeAsync(new(question.TopicId, Board: "news"))));
        Assert.Equal((RefusalKind.Invalid, "Board"), Of(await ArrangeAsync(new(question.TopicId, Board: "back"))));
        Assert.Equal((RefusalKind.Invalid, "Board"), Of(await ArrangeAsync(new(question.TopicId, Board: "nowhere"))));
        Assert.Equal((RefusalKind.Forbidden, "Board"), Of(await ArrangeAsync(new(question.TopicId, Board: "old"), moderator)));

        static (RefusalKind, string?) Of(Result<PostedPost> result) => (result.Refusal!.Kind, result.Refusal.Field);
    }

    [Fact]
    public async Task Only_a_moderator_takes_a_question_where_its_asker_may_not_read_it()
    {
        await forum.BoardAsync("partners", read: ReadAccess.Staff);
        _ = (await forum.Get<CreateGroup>().RunAsync(Actor.Operator, "partners", new("Partners", null, GroupJoining.Open), default)).Required;
        _ = (await forum.Get<GiveGroupRights>().RunAsync(Actor.Operator, "partners", "partners", Right.Ask, default)).Required;
        _ = (await forum.Get<JoinGroup>().RunAsync(regular, "partners", null, default)).Required;
        var only = await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("partners", Ask: WriteAccess.Staff), default);
        Assert.Null(only.Refusal);
        Assert.Equal("Whoever began this topic may not read that board. Ask a moderator to move it.", (await ArrangeAsync(new(question.TopicId, Board: "partners"))).Refusal!.Message);
        _ = (await ArrangeAsync(new(question.TopicId, Board: "partners"), moderator)).Required;
        // What others wrote in it went along, and who asked reads it no longer.
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<TopicQueries>().FindAsync(new Rights { MemberId = asker.MemberId }, question.TopicId, default)).Refusal!.Kind);
    }

    [Fact]
    public async Task Only_a_moderator_shows_everybody_what_was_written_for_members()
    {
        await forum.BoardAsync("club", read: ReadAccess.Members);
        _ = (await ArrangeAsync(new(question.TopicId, Board: "club"))).Required;
        var refused = (await ArrangeAsync(new(question.TopicId, Board: "other"))).Refusal!;
        Assert.Equal((RefusalKind.Forbidden, "Board"), (refused.Kind, refused.Field));
        _ = (await ArrangeAsync(new(question.TopicId, Board: "other"), moderator)).Required;
    }

    [Fact]
    public async Task What_a_post_says_of_topics_that_its_new_readers_may_not_read_is_rendered_again()
    {
        await forum.BoardAsync("back", read: ReadAccess.Staff);
        var secret = await forum.AskAsync(moderator, "back", "What do we do about the greenfinch contract?");
        var open = await forum.AskAsync(moderator, "back", "A question that leads to another one", body: $"As said there:\n\n{new Uri(forum.Options.Site.Url, $"/t/{secret.TopicId}/{secret.Slug}")}\n\nSo it is.");
        Assert.Contains("greenfinch contract?", (await forum.PostAsync(open.PostId)).Html!, StringComparison.Ordinal);
        _ = (await ArrangeAsync(new(open.TopicId, Board: "help"), moderator)).Required;
        Assert.Null((await forum.PostAsync(open.PostId)).Html);
        var page = (await forum.Get<TopicQueries>().PageAsync(Rights.OfVisitor, open.TopicId, PostSort.Oldest, 1, null, false, default)).Required;
        Assert.DoesNotContain("greenfinch contract", page.Question!.Html.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_came_from_is_for_moderators_of_the_site()
    {
        await forum.BoardAsync("back", read: ReadAccess.Staff);
        var topic = await forum.AskAsync(moderator, "back", "What do we do about the greenfinch contract?");
        _ = (await ArrangeAsync(new(topic.TopicId, Board: "help", Reason: "Everybody asks"), moderator)).Required;
        var step = await StepAsync(new Rights { MemberId = moderator.MemberId, Roles = SiteRole.Moderator });
        Assert.Equal(("back", "help", "Everybody asks"), (step.Before, step.After, step.Note));
        step = await StepAsync(Rights.OfVisitor);
        Assert.Equal((null, null, null), (step.Before, step.After, step.Note));

        async Task<AuditRow> StepAsync(Rights rights) => (await forum.Get<AuditQueries>().OfTopicAsync(rights, topic.TopicId, null, default)).Required.Items.Single();
    }

    [Fact]
    public async Task A_board_that_asks_for_a_tag_gets_no_topic_without_one()
    {
        _ = (await forum.Get<SetBoardTags>().RunAsync(Actor.Operator, new("other", true, ["payment"], []), default)).Required;
        Assert.Equal("Tags", (await ArrangeAsync(new(question.TopicId, Board: "other"))).Refusal!.Field);
        _ = (await ArrangeAsync(new(question.TopicId, Tags: ["payment"], Board: "other"))).Required;
    }

    [Fact]
    public async Task Whoever_began_from_an_older_version_is_shown_what_it_says_now()
    {
        _ = (await ArrangeAsync(new(question.TopicId, "How do I get paid by an agency?", Version: 1))).Required;
        var stale = Assert.IsType<StaleEdit>((await ArrangeAsync(new(question.TopicId, "How do I move a project?", Version: 1), moderator)).Refusal);
        Assert.Equal(("How do I get paid by an agency?", 2), (stale.CurrentTitle, stale.CurrentVersion));
    }

    [Fact]
    public async Task Lists_and_the_search_are_told()
    {
        _ = (await ArrangeAsync(new(question.TopicId, Board: "other"))).Required;
        await using var db = forum.Db();
        var told = ForumEvent.Read(await db.OutboxEvents.OrderByDescending(e => e.Sequence).FirstAsync());
        Assert.Equal(new TopicMoved(question.TopicId, (await forum.BoardRowAsync("other")).Id, (await forum.BoardRowAsync()).Id), told);
    }
}
