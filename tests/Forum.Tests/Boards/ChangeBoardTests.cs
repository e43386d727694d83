using Forum.Boards;
using Forum.Topics;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Boards;

public sealed class ChangeBoardTests : IAsyncLifetime
{
    private TestForum forum = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private Task<Result<Board>> ChangeAsync(BoardChange change, Actor? actor = null) => forum.Get<ChangeBoard>().RunAsync(actor ?? Actor.Operator, change, default);

    [Fact]
    public async Task What_is_named_changes_and_the_rest_stays()
    {
        _ = (await ChangeAsync(new("help", " Help  desk ", AllowsWiki: true, Guidance: "Have your **order** at hand.\n", AskTemplate: "What did you try?"))).Required;
        _ = (await ChangeAsync(new("help", Description: "All about orders."))).Required;

        var board = await forum.BoardRowAsync();
        Assert.Equal(("Help desk", "All about orders.", true), (board.Name, board.Description, board.AllowsWiki));
        Assert.Equal(("Have your **order** at hand.", "What did you try?"), (board.Guidance, board.AskTemplate));
        await using var db = forum.Db();
        Assert.Equal([
            "help: AllowsWiki: False; AskTemplate: ; Guidance: ; Name: help > AllowsWiki: True; AskTemplate: What did you try?; Guidance: Have your **order** at hand.; Name: Help desk",
            "help: Description:  > Description: All about orders.",
        ], await db.AuditEntries.Where(e => e.Deed == "board.changed").OrderBy(e => e.Id).Select(e => $"{e.Note}: {e.Before} > {e.After}").ToListAsync());
    }

    [Fact]
    public async Task A_change_that_changes_nothing_leaves_no_trace()
    {
        _ = (await ChangeAsync(new("help", AllowsWiki: true))).Required;
        _ = (await ChangeAsync(new("help", AllowsWiki: true))).Required;

        await using var db = forum.Db();
        Assert.Equal(1, await db.AuditEntries.CountAsync(e => e.Deed == "board.changed"));
    }

    [Fact]
    public async Task The_form_of_new_topics_has_fields_in_their_order_until_they_are_taken_away()
    {
        AskField[] fields = [new("What did you do?", "Step by step.", true), new("Version")];
        Assert.Equal(fields, AskField.Of((await ChangeAsync(new("help", AskFields: fields))).Required));
        Assert.Equal(fields, AskField.Of(await forum.BoardRowAsync()));

        Assert.Null((await ChangeAsync(new("help", AskFields: []))).Required.AskFields);
    }

    [Fact]
    public async Task A_whole_form_fits_in_every_script()
    {
        var fields = Enumerable.Range(0, AskField.MaxCount).Select(i => new AskField(new string('ع', AskField.MaxNameLength - 1) + i, new string('喜', AskField.MaxHintLength), true)).ToList();

        Assert.Equal(fields, AskField.Of((await ChangeAsync(new("help", AskFields: fields))).Required));
    }

    public static TheoryData<string, AskField[]> Forms => new()
    {
        { "a field without a name", [new(" ")] },
        { "a name too long", [new(new string('a', AskField.MaxNameLength + 1))] },
        { "a hint too long", [new("Version", new string('a', AskField.MaxHintLength + 1))] },
        { "the same field twice", [new("Version"), new("version ")] },
        { "more than people fill in", [.. Enumerable.Range(0, AskField.MaxCount + 1).Select(i => new AskField($"Field {i}"))] },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_is_refused_with(string what, AskField[] fields) =>
        Assert.True((await ChangeAsync(new("help", AskFields: fields))).Refusal is { Kind: RefusalKind.Invalid, Field: "field" }, what);

    [Fact]
    public async Task Texts_have_limits()
    {
        var much = new string('a', Board.MaxGuidanceLength + 1);
        Assert.Equal("name", (await ChangeAsync(new("help", " "))).Refusal?.Field);
        Assert.Equal("description", (await ChangeAsync(new("help", Description: much))).Refusal?.Field);
        Assert.Equal("guidance", (await ChangeAsync(new("help", Guidance: much))).Refusal?.Field);
        Assert.Equal("template", (await ChangeAsync(new("help", AskTemplate: much))).Refusal?.Field);
    }

    [Fact]
    public async Task Managers_and_administrators_change_boards_and_nobody_else()
    {
        var change = new BoardChange("help", AllowsWiki: true);
        foreach (var actor in new[] { Actor.Visitor, await forum.MemberAsync("Mo Moderator", SiteRole.Moderator), await forum.BoardModeratorAsync("help") })
            Assert.Equal(RefusalKind.Forbidden, (await ChangeAsync(change, actor)).Refusal?.Kind);
        var manager = await forum.MemberAsync("Mara Manager", SiteRole.Manager);
        Assert.Null((await ChangeAsync(change, manager)).Refusal);
        Assert.Equal(RefusalKind.NotFound, (await ChangeAsync(change with { Slug = "nowhere" })).Refusal?.Kind);
        await forum.SuspendAsync(manager, TimeSpan.FromDays(1));
        Assert.Equal(RefusalKind.Forbidden, (await ChangeAsync(change, manager)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_board_moves_with_all_below_it_but_not_under_itself_nor_too_deep()
    {
        foreach (var (slug, parent) in new[] { ("a", null), ("b", "a"), ("c", "b"), ("d", null), ("e", "d") })
            _ = (await forum.Get<CreateBoard>().RunAsync(Actor.Operator, new(slug, slug, Parent: parent), default)).Required;
        Task<Result<Board>> MoveAsync(string slug, string parent) => forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new(slug, Parent: parent), default);

        foreach (var (slug, parent) in new[] { ("a", "a"), ("a", "c"), ("a", "d"), ("d", "c"), ("d", "b"), ("b", "nowhere") })
            Assert.Equal((slug, parent, "parent"), (slug, parent, (await MoveAsync(slug, parent)).Refusal?.Field));
        Assert.Equal("parent", (await forum.Get<CreateBoard>().RunAsync(Actor.Operator, new("deep", "Deep", Parent: "c"), default)).Refusal!.Field);
        _ = (await MoveAsync("b", "d")).Required;
        _ = (await MoveAsync("e", "")).Required;

        var tree = await forum.Get<BoardQueries>().TreeAsync(Rights.OfVisitor, default);
        Assert.Equal(["a", "d b c", "e"], tree.Where(b => b.Slug.Length == 1).Select(b => string.Join(' ', b.Whole.Select(w => w.Slug))).Order());
    }

    [Fact]
    public async Task Boards_beside_each_other_change_places()
    {
        _ = (await forum.Get<CreateBoard>().RunAsync(Actor.Operator, new("top", "Top"), default)).Required;
        foreach (var slug in new[] { "a", "b", "c" })
            _ = (await forum.Get<CreateBoard>().RunAsync(Actor.Operator, new(slug, slug, Parent: "top"), default)).Required;
        async Task<string> OrderAsync(string slug, int to)
        {
            _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new(slug, Position: to), default)).Required;
            return string.Join(' ', (await forum.Get<BoardQueries>().TreeAsync(Rights.OfVisitor, default)).Single(b => b.Slug == "top").Boards.Select(b => b.Slug));
        }

        Assert.Equal("c a b", await OrderAsync("c", 0));
        Assert.Equal("a b c", await OrderAsync("c", 99));
        Assert.Equal("b a c", await OrderAsync("a", 1));
        Assert.Equal("b a c", await OrderAsync("b", -1));
    }

    [Fact]
    public async Task A_board_that_becomes_a_conversation_keeps_its_marks_and_shows_them_no_more_and_one_for_staff_is_nowhere_for_others()
    {
        await forum.BoardAsync("turning");
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, "turning");
        _ = (await forum.AcceptAsync(asker, await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), topic.TopicId))).Required;
        async Task<bool> SolvedAsync() => (await forum.Get<TopicQueries>().PageAsync(Rights.OfVisitor, topic.TopicId, PostSort.Oldest, 1, null, false, default)).Required.Solved;

        foreach (var (kind, shown) in new[] { (BoardKind.Conversation, false), (BoardKind.Questions, true) })
        {
            _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("turning", Kind: kind), default)).Required;
            Assert.Equal(shown, await SolvedAsync());
        }

        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("turning", Read: ReadAccess.Staff), default)).Required;
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<TopicQueries>().FindAsync(new() { MemberId = asker.MemberId }, topic.TopicId, default)).Refusal!.Kind);
        Assert.Equal("kind", (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("turning", Kind: (BoardKind)9), default)).Refusal!.Field);
        Assert.Equal("read", (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("turning", Read: (ReadAccess)9), default)).Refusal!.Field);
    }
}
