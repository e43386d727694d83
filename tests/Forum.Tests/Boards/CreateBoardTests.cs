using Forum.Boards;
using Forum.Members;

namespace Forum.Tests.Boards;

public sealed class CreateBoardTests : IAsyncLifetime
{
    private TestForum forum = null!;

    public async Task InitializeAsync() => forum = await TestForum.StartAsync();

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private Task<Result<Board>> CreateAsync(Actor actor, NewBoard board) => forum.Get<CreateBoard>().RunAsync(actor, board, default);

    [Fact]
    public async Task A_board_under_another_may_be_read_by_whom_the_other_may()
    {
        await forum.BoardAsync("team", read: ReadAccess.Staff);

        Assert.Equal(ReadAccess.Staff, (await CreateAsync(Actor.Operator, new("team-talk", "Team talk", Parent: "team"))).Required.Read);
        Assert.Equal(ReadAccess.Members, (await CreateAsync(Actor.Operator, new("team-open", "Open", Parent: "team", Read: ReadAccess.Members))).Required.Read);
        Assert.Equal(RefusalKind.NotFound, (await CreateAsync(Actor.Operator, new("x", "X", Parent: "nowhere"))).Refusal?.Kind);
    }

    [Fact]
    public async Task Managers_and_administrators_make_boards_and_nobody_else()
    {
        Assert.Null((await CreateAsync(await forum.MemberAsync("Mara Manager", SiteRole.Manager), new("one", "One"))).Refusal);
        Assert.Equal(RefusalKind.Forbidden, (await CreateAsync(await forum.MemberAsync("Mo Moderator", SiteRole.Moderator), new("two", "Two"))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await CreateAsync(Actor.Visitor, new("two", "Two"))).Refusal?.Kind);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Help")]
    [InlineData("-help")]
    [InlineData("he lp")]
    [InlineData("hélp")]
    [InlineData("../help")]
    public async Task An_address_has_lower_case_letters_digits_and_hyphens(string? slug) =>
        Assert.Equal("slug", (await CreateAsync(Actor.Operator, new(slug, "Help"))).Refusal?.Field);

    [Fact]
    public async Task Two_boards_never_share_an_address_even_when_made_at_once()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CreateAsync(Actor.Operator, new("help", "Help")))));

        Assert.Single(made, r => r.Refusal is null);
        Assert.All(made.Where(r => r.Refusal is not null), r => Assert.Equal(RefusalKind.Conflict, r.Refusal!.Kind));
    }
}
