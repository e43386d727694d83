using Forum.Boards;
using Forum.Jobs;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Boards;

public sealed class GroupTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor manager = null!;
    private Actor ines = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        manager = await forum.MemberAsync("Mara Manager", SiteRole.Manager);
        ines = await forum.MemberAsync();
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private async Task<Group> GroupAsync(string slug = "agencies", GroupJoining joining = GroupJoining.Open, bool hidden = false) =>
        (await forum.Get<CreateGroup>().RunAsync(manager, slug, new("Agencies", "They work for others.", joining, hidden), default)).Required;

    private Task<Result<Done>> JoinAsync(Actor who, string slug = "agencies") => forum.Get<JoinGroup>().RunAsync(who, slug, "We are one.", default);

    private Task<Result<Done>> LeaveAsync(Actor who, string slug = "agencies") => forum.Get<LeaveGroup>().RunAsync(who, slug, default);

    private async Task GiveAsync(Right rights, string board = "help", string slug = "agencies") =>
        _ = (await forum.Get<GiveGroupRights>().RunAsync(manager, slug, board, rights, default)).Required;

    private async Task<Rights> RightsAsync(Actor who)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(who, forum.Clock.GetUtcNow().UtcDateTime, default);
    }

    private async Task<GroupView> SeenByAsync(Actor who, string slug = "agencies") => (await forum.Get<GroupQueries>().FindAsync(await RightsAsync(who), slug, default)).Required;

    private async Task<string> HandleAsync(Actor who) => (await forum.MemberRowAsync(who)).Handle;

    [Fact]
    public async Task Whoever_wants_to_joins_an_open_group_and_leaves_it_again()
    {
        await GroupAsync();
        _ = (await JoinAsync(ines)).Required;
        _ = (await JoinAsync(ines)).Required;
        Assert.Equal((1, Belonging.Member), ((await SeenByAsync(ines)).Members, (await SeenByAsync(ines)).Mine));

        _ = (await LeaveAsync(ines)).Required;
        _ = (await LeaveAsync(ines)).Required;
        Assert.Equal((0, Belonging.None), ((await SeenByAsync(ines)).Members, (await SeenByAsync(ines)).Mine));
        await using var db = forum.Db();
        Assert.Equal(["group.created", "group.joined", "group.left"], await db.AuditEntries.Where(e => e.Deed.StartsWith("group.")).OrderBy(e => e.Id).Select(e => e.Deed).ToListAsync());
    }

    [Fact]
    public async Task Where_one_asks_a_manager_says_yes_or_no()
    {
        await GroupAsync(joining: GroupJoining.Request);
        var olaf = await forum.MemberAsync("Olaf Zander");
        _ = (await JoinAsync(ines)).Required;
        _ = (await JoinAsync(olaf)).Required;
        Assert.Equal((0, Belonging.Asked), ((await SeenByAsync(ines)).Members, (await SeenByAsync(ines)).Mine));
        var asked = (await forum.Get<GroupQueries>().ManagedAsync(await RightsAsync(manager), "agencies", default)).Required.Requests;
        Assert.Equal([("Ines R", "We are one."), ("Olaf Z", "We are one.")], asked.Select(r => (r.Who.DisplayName, r.Note!)));

        _ = (await forum.Get<AddToGroup>().RunAsync(manager, "agencies", await HandleAsync(ines), default)).Required;
        _ = (await forum.Get<TakeFromGroup>().RunAsync(manager, "agencies", await HandleAsync(olaf), default)).Required;
        Assert.Equal((Belonging.Member, Belonging.None), ((await SeenByAsync(ines)).Mine, (await SeenByAsync(olaf)).Mine));
        Assert.Empty((await forum.Get<GroupQueries>().ManagedAsync(await RightsAsync(manager), "agencies", default)).Required.Requests);
    }

    [Fact]
    public async Task Nobody_joins_a_group_that_managers_choose_for()
    {
        await GroupAsync(joining: GroupJoining.Assigned);
        Assert.Equal(RefusalKind.Forbidden, (await JoinAsync(ines)).Refusal!.Kind);
        _ = (await forum.Get<AddToGroup>().RunAsync(manager, "agencies", await HandleAsync(ines), default)).Required;
        Assert.Equal(Belonging.Member, (await SeenByAsync(ines)).Mine);
    }

    [Fact]
    public async Task A_hidden_group_is_there_for_those_in_it_and_for_managers_alone()
    {
        await GroupAsync(hidden: true);
        var groups = forum.Get<GroupQueries>();
        Assert.Equal(RefusalKind.NotFound, (await JoinAsync(ines)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await LeaveAsync(ines)).Refusal!.Kind);
        Assert.Empty(await groups.AllAsync(await RightsAsync(ines), default));

        _ = (await forum.Get<AddToGroup>().RunAsync(manager, "agencies", await HandleAsync(ines), default)).Required;
        Assert.Single(await groups.AllAsync(await RightsAsync(ines), default));
        Assert.Single(await groups.AllAsync(await RightsAsync(manager), default));
        Assert.Single(await groups.OfMemberAsync(await RightsAsync(ines), ines.MemberId!.Value, default));
        Assert.Empty(await groups.OfMemberAsync(Rights.OfVisitor, ines.MemberId!.Value, default));
        Assert.Equal(RefusalKind.NotFound, (await groups.FindAsync(Rights.OfVisitor, "agencies", default)).Refusal!.Kind);
    }

    [Fact]
    public async Task Only_managers_look_after_groups()
    {
        await GroupAsync(joining: GroupJoining.Request);
        _ = (await JoinAsync(ines)).Required;
        var moderator = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        foreach (var actor in new[] { ines, moderator, Actor.Visitor })
        {
            Assert.NotNull((await forum.Get<CreateGroup>().RunAsync(actor, "mine", new("Mine", null, GroupJoining.Open), default)).Refusal);
            Assert.NotNull((await forum.Get<ChangeGroup>().RunAsync(actor, "agencies", new("Mine", null, GroupJoining.Open), default)).Refusal);
            Assert.NotNull((await forum.Get<AddToGroup>().RunAsync(actor, "agencies", await HandleAsync(ines), default)).Refusal);
            Assert.NotNull((await forum.Get<TakeFromGroup>().RunAsync(actor, "agencies", await HandleAsync(ines), default)).Refusal);
            Assert.NotNull((await forum.Get<GiveGroupRights>().RunAsync(actor, "agencies", "help", Right.Moderate, default)).Refusal);
            Assert.NotNull((await forum.Get<RemoveGroup>().RunAsync(actor, "agencies", default)).Refusal);
            Assert.NotNull((await forum.Get<GroupQueries>().ManagedAsync(await RightsAsync(actor), "agencies", default)).Refusal);
        }
        Assert.Equal(Belonging.Asked, (await SeenByAsync(ines)).Mine);
    }

    [Fact]
    public async Task A_board_for_staff_opens_to_a_group_that_may_read_it_and_to_nobody_else()
    {
        await forum.BoardAsync("partners", read: ReadAccess.Staff);
        var topic = await forum.AskAsync(manager, "partners", "Where do partners find the price list?");
        await GroupAsync();
        await GiveAsync(Right.Read, "partners");
        var olaf = await forum.MemberAsync("Olaf Zander");
        _ = (await JoinAsync(ines)).Required;

        Assert.True(await SeesAsync(ines));
        Assert.False(await SeesAsync(olaf));
        Assert.False(await SeesAsync(Actor.Visitor));
        Assert.Contains(await forum.Get<BoardQueries>().TreeAsync(await RightsAsync(ines), default), b => b.Slug == "partners");
        Assert.DoesNotContain(await forum.Get<BoardQueries>().TreeAsync(await RightsAsync(olaf), default), b => b.Slug == "partners");
        // What stays hidden from them there stays so.
        _ = (await forum.Get<HidePost>().RunAsync(manager, topic.PostId, null, default)).Required;
        Assert.False(await SeesAsync(ines));
        _ = (await forum.Get<RestorePost>().RunAsync(manager, topic.PostId, default)).Required;

        _ = (await LeaveAsync(ines)).Required;
        Assert.False(await SeesAsync(ines));

        async Task<bool> SeesAsync(Actor who)
        {
            var rights = await RightsAsync(who);
            var page = (await forum.Get<TopicQueries>().FindAsync(rights, topic.TopicId, default)).Refusal is null;
            await using var db = forum.Db();
            Assert.Equal(page, await db.Topics.ReadableBy(rights).AnyAsync(t => t.Id == topic.TopicId));
            Assert.Equal(page, await db.Posts.ReadableBy(rights).AnyAsync(p => p.Id == topic.PostId));
            return page;
        }
    }

    [Fact]
    public async Task Where_only_staff_ask_and_reply_a_group_may_do_what_it_is_given()
    {
        _ = (await forum.Get<ChangeBoard>().RunAsync(manager, new("help", Ask: WriteAccess.Staff, Reply: WriteAccess.Staff), default)).Required;
        await GroupAsync();
        _ = (await JoinAsync(ines)).Required;
        var topic = await forum.AskAsync(manager);
        Assert.Equal((RefusalKind.Forbidden, RefusalKind.Forbidden), (await AskedAsync(), await RepliedAsync()));
        Assert.Empty(await forum.Get<BoardChoices>().ForAsync(await RightsAsync(ines), default));

        await GiveAsync(Right.Reply);
        Assert.Equal((RefusalKind.Forbidden, null), (await AskedAsync(), await RepliedAsync()));
        await GiveAsync(Right.Ask);
        Assert.Equal((null, RefusalKind.Forbidden), (await AskedAsync(), await RepliedAsync()));
        Assert.Single(await forum.Get<BoardChoices>().ForAsync(await RightsAsync(ines), default));
        await GiveAsync(Right.None);
        Assert.Equal((RefusalKind.Forbidden, RefusalKind.Forbidden), (await AskedAsync(), await RepliedAsync()));

        async Task<RefusalKind?> AskedAsync() => (await forum.Get<AskQuestion>().RunAsync(ines, new("help", Scenario.Question, Scenario.Body, [], null), default)).Refusal?.Kind;
        async Task<RefusalKind?> RepliedAsync() => (await forum.Get<PostReply>().RunAsync(ines, new(topic.TopicId, "Choose Transfer.", null, null), default)).Refusal?.Kind;
    }

    [Theory]
    [InlineData(Right.MarkSolutions)]
    [InlineData(Right.EditOthers)]
    [InlineData(Right.Close)]
    [InlineData(Right.MakeTags)]
    [InlineData(Right.Moderate)]
    public async Task A_group_may_do_what_it_is_given_there_and_nowhere_else(Right right)
    {
        await forum.BoardAsync("other");
        await GroupAsync();
        _ = (await JoinAsync(ines)).Required;
        await GiveAsync(right);
        foreach (var deed in new[] { Right.MarkSolutions, Right.EditOthers, Right.Close, Right.MakeTags, Right.Moderate })
        {
            Assert.Equal((deed, deed == right || right == Right.Moderate), (deed, await DoesAsync(deed, "help")));
            Assert.Equal((deed, false), (deed, await DoesAsync(deed, "other")));
        }

        async Task<bool> DoesAsync(Right deed, string board)
        {
            var topic = await forum.AskAsync(manager, board);
            var reply = await forum.ReplyAsync(manager, topic.TopicId);
            return deed switch
            {
                Right.MarkSolutions => (await forum.AcceptAsync(ines, reply)).Refusal is null,
                Right.EditOthers => (await forum.Get<EditPost>().RunAsync(ines, new(reply.PostId, 1, "Other words."), default)).Refusal is null,
                Right.Close => (await forum.Get<CloseTopic>().RunAsync(ines, new(topic.TopicId, ClosureReason.OffTopic), default)).Refusal is null,
                Right.MakeTags => (await forum.Get<AskQuestion>().RunAsync(ines, new(board, Scenario.Question, Scenario.Body, [$"new-{Guid.NewGuid():N}"[..12]], null), default)).Refusal is null,
                _ => (await forum.Get<HidePost>().RunAsync(ines, reply.PostId, null, default)).Refusal is null,
            };
        }
    }

    [Fact]
    public async Task Who_moderates_by_a_group_is_shown_as_staff_there()
    {
        await GroupAsync();
        _ = (await JoinAsync(ines)).Required;
        var topic = await forum.AskAsync(ines);
        await GiveAsync(Right.Moderate);
        var question = (await forum.Get<TopicQueries>().PageAsync(Rights.OfVisitor, topic.TopicId, PostSort.Oldest, 1, null, false, default)).Required.Question!;
        Assert.Equal((true, "Moderator"), (question.Author.Staff, question.Author.Rank));
    }

    [Fact]
    public async Task A_key_for_what_members_do_holds_no_right_over_others_that_a_group_gives()
    {
        await GroupAsync();
        _ = (await JoinAsync(ines)).Required;
        await GiveAsync(Right.Moderate | Right.Ask);
        await using var db = forum.Db();
        var narrow = await db.RightsOfAsync(Actor.Member(ines.MemberId!.Value, Power.Member), forum.Clock.GetUtcNow().UtcDateTime, default);
        Assert.Equal((Right.Ask | Right.Read, false), (narrow.OnBoards.Values.Single(), narrow.ModeratesAny));
    }

    [Fact]
    public async Task A_board_below_begins_with_what_groups_may_do_above_it()
    {
        await GroupAsync();
        await GiveAsync(Right.Close);
        _ = (await forum.Get<CreateBoard>().RunAsync(manager, new("sub", "Sub", Parent: "help"), default)).Required;
        Assert.Equal(["help", "sub"], (await forum.Get<GroupQueries>().ManagedAsync(await RightsAsync(manager), "agencies", default)).Required.Rights.Select(r => r.BoardSlug));
    }

    [Fact]
    public async Task A_group_that_is_taken_away_takes_its_rights_along()
    {
        await GroupAsync();
        _ = (await JoinAsync(ines)).Required;
        await GiveAsync(Right.Moderate);
        _ = (await forum.Get<RemoveGroup>().RunAsync(manager, "agencies", default)).Required;
        _ = (await forum.Get<RemoveGroup>().RunAsync(manager, "agencies", default)).Required;
        Assert.Empty((await RightsAsync(ines)).OnBoards);
        Assert.Empty(await forum.Get<GroupQueries>().AllAsync(await RightsAsync(manager), default));
    }

    [Fact]
    public async Task The_log_tells_what_a_group_could_do_before_and_what_it_may_do_now()
    {
        await GroupAsync();
        await GiveAsync(Right.Close);
        await GiveAsync(Right.Close | Right.Ask);
        await GiveAsync(Right.None);
        await using var db = forum.Db();
        Assert.Equal(["agencies, help: None > Close", "agencies, help: Close > Ask, Close", "agencies, help: Ask, Close > None"],
            await db.AuditEntries.Where(e => e.Deed == "group.rights").OrderBy(e => e.Id).Select(e => $"{e.Note}: {e.Before} > {e.After}").ToListAsync());
    }

    [Fact]
    public async Task A_note_of_any_length_fits_into_the_log()
    {
        _ = (await forum.Get<ChangeBoard>().RunAsync(manager, new("help", Guidance: new string('x', AuditEntry.MaxNoteLength - "Guidance: ".Length - 1) + "🌵 and more"), default)).Required;
        await using var db = forum.Db();
        var note = await db.AuditEntries.Where(e => e.Deed == "board.changed").Select(e => e.After!).SingleAsync();
        Assert.InRange(note.Length, AuditEntry.MaxNoteLength - 1, AuditEntry.MaxNoteLength);
        Assert.DoesNotContain(note, char.IsHighSurrogate);
    }

    [Fact]
    public async Task Many_who_join_at_once_are_counted_right()
    {
        await GroupAsync();
        var members = new List<Actor>();
        for (var i = 0; i < 8; i++)
            members.Add(await forum.MemberAsync());
        await Task.WhenAll(members.Concat(members).Select(m => JoinAsync(m)));
        Assert.Equal(8, (await SeenByAsync(ines)).Members);
        await using (var db = forum.Db())
            await db.Groups.ExecuteUpdateAsync(set => set.SetProperty(g => g.Members, 3));
        Assert.False((await forum.Get<Doctor>().RunAsync(Actor.Operator, repair: true, null, default)).Required.Healthy);
        Assert.Equal(8, (await SeenByAsync(ines)).Members);
    }

    [Fact]
    public async Task Members_of_a_group_are_read_page_by_page()
    {
        await GroupAsync();
        for (var i = 0; i < Paging.PageSize + 2; i++)
            _ = (await JoinAsync(await forum.MemberAsync())).Required;
        var groups = forum.Get<GroupQueries>();
        var group = await SeenByAsync(ines);
        var first = await groups.MembersAsync(group, null, default);
        var second = await groups.MembersAsync(group, first.Next, default);
        Assert.Equal((Paging.PageSize, 2, null), (first.Items.Count, second.Items.Count, second.Next));
        Assert.Empty(first.Items.Select(m => m.Id).Intersect(second.Items.Select(m => m.Id)));
    }

    [Fact]
    public async Task An_archived_board_is_read_and_takes_nothing_more()
    {
        var topic = await forum.AskAsync(ines);
        _ = (await forum.Get<ChangeBoard>().RunAsync(manager, new("help", Archived: true), default)).Required;
        foreach (var actor in new[] { ines, manager })
        {
            Assert.Equal(RefusalKind.Forbidden, (await forum.Get<AskQuestion>().RunAsync(actor, new("help", Scenario.Question, Scenario.Body, [], null), default)).Refusal!.Kind);
            Assert.Equal(RefusalKind.Forbidden, (await forum.Get<PostReply>().RunAsync(actor, new(topic.TopicId, "Choose Transfer.", null, null), default)).Refusal!.Kind);
        }
        var page = (await forum.Get<TopicQueries>().PageAsync(await RightsAsync(ines), topic.TopicId, PostSort.Oldest, 1, null, false, default)).Required;
        Assert.False(page.Mine.MayReply);
    }
}
