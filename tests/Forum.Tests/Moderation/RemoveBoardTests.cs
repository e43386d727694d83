using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Tests.Standing;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

public sealed class RemoveBoardTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, helper = null!, manager = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        await forum.BoardAsync("other");
        (asker, helper) = (await forum.MemberAsync(), await forum.MemberAsync("Kwame Osei"));
        manager = await forum.MemberAsync("Mara Manager", SiteRole.Manager);
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    private Task<Result<Done>> RemoveAsync(string slug, string? into, Actor? actor = null) => forum.Get<RemoveBoard>().RunAsync(actor ?? manager, slug, into, default);

    private async Task<Rights> RightsAsync(Actor who)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(who, forum.Clock.GetUtcNow().UtcDateTime, default);
    }

    [Fact]
    public async Task Its_topics_stand_on_the_other_board_with_all_that_is_counted_by_it()
    {
        foreach (var board in new[] { "help", "other" })
        {
            var topic = await forum.AskAsync(asker, board);
            var reply = await forum.ReplyAsync(helper, topic.TopicId);
            _ = (await forum.UpvoteAsync(asker, reply.PostId)).Required;
            _ = (await forum.AcceptAsync(asker, reply)).Required;
        }
        var late = await forum.AskAsync(helper);
        _ = (await forum.UpvoteAsync(asker, late.PostId)).Required;
        _ = await forum.BoardModeratorAsync("help");
        _ = (await RemoveAsync("help", "other")).Required;

        var other = await forum.BoardRowAsync("other");
        Assert.Equal((3, 5, 2), (other.Topics, other.Posts, other.Solved));
        await using var db = forum.Db();
        Assert.Equal([(other.Id, 3)], (await db.UpvoteDays.ToListAsync()).Select(d => (d.BoardId, d.Upvotes)));
        Assert.Equal(["other"], await db.Boards.Select(b => b.Slug).ToListAsync());
        Assert.Equal("help: 2 topics > other", await db.AuditEntries.Where(e => e.Deed == "board.removed").Select(e => $"{e.Note}: {e.Before} > {e.After}").SingleAsync());
    }

    [Fact]
    public async Task Its_address_leads_to_the_other_board_for_those_who_may_read_that()
    {
        await forum.AskAsync(asker);
        await forum.BoardAsync("back", read: ReadAccess.Staff);
        var boards = forum.Get<BoardQueries>();
        _ = (await RemoveAsync("help", "other")).Required;
        Assert.Equal("other", await boards.MovedAsync(Rights.OfVisitor, "Help", default));
        _ = (await RemoveAsync("other", "back")).Required;
        Assert.Null(await boards.MovedAsync(Rights.OfVisitor, "help", default));
        Assert.Equal(("back", "back"), (await boards.MovedAsync(await RightsAsync(manager), "help", default), await boards.MovedAsync(await RightsAsync(manager), "other", default)));
        // A new board of that name has its address back.
        await forum.BoardAsync("help");
        Assert.Null(await boards.MovedAsync(await RightsAsync(manager), "help", default));
    }

    [Fact]
    public async Task A_board_with_topics_goes_nowhere_without_a_place_for_them()
    {
        await forum.AskAsync(asker);
        foreach (var into in new[] { null, "", "help", "nowhere" })
            Assert.Equal((RefusalKind.Invalid, "into"), ((await RemoveAsync("help", into)).Refusal!.Kind, (await RemoveAsync("help", into)).Refusal!.Field));
        _ = (await RemoveAsync("other", null)).Required;
        Assert.Equal(RefusalKind.NotFound, (await RemoveAsync("other", null)).Refusal!.Kind);
    }

    [Fact]
    public async Task A_board_with_others_below_it_stays()
    {
        _ = (await forum.Get<CreateBoard>().RunAsync(manager, new("sub", "Sub", Parent: "help"), default)).Required;
        Assert.Equal("into", (await RemoveAsync("help", "other")).Refusal!.Field);
        _ = (await RemoveAsync("sub", null)).Required;
        _ = (await RemoveAsync("help", null)).Required;
    }

    [Fact]
    public async Task Only_managers_take_boards_away()
    {
        foreach (var actor in new[] { asker, await forum.MemberAsync("Silke Site", SiteRole.Moderator), await forum.BoardModeratorAsync("help"), Actor.Visitor })
            Assert.Equal(RefusalKind.Forbidden, (await RemoveAsync("help", null, actor)).Refusal!.Kind);
    }

    [Fact]
    public async Task Titles_that_others_may_not_read_there_are_shown_no_more()
    {
        await forum.BoardAsync("back", read: ReadAccess.Staff);
        var secret = await forum.AskAsync(asker, title: "What do we do about the greenfinch contract?");
        var open = await forum.AskAsync(asker, "other", body: $"As said there:\n\n{new Uri(forum.Options.Site.Url, $"/t/{secret.TopicId}/{secret.Slug}")}\n\nSo it is.");
        Assert.Contains("greenfinch contract?", (await forum.PostAsync(open.PostId)).Html!, StringComparison.Ordinal);
        _ = (await RemoveAsync("help", "back")).Required;
        Assert.Null((await forum.PostAsync(open.PostId)).Html);
    }
}
