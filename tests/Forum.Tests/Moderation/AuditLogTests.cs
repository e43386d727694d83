using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;

namespace Forum.Tests.Moderation;

public sealed class AuditLogTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor author = null!, moderator = null!;
    private PostedPost question = null!, reply = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        author = await forum.MemberAsync("Muhammad Ali");
        moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        question = await forum.AskAsync(await forum.MemberAsync());
        reply = await forum.ReplyAsync(author, question.TopicId);
        _ = (await forum.Get<HidePost>().RunAsync(moderator, reply.PostId, "rude", default)).Required;
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private async Task<Result<Page<AuditRow>>> LogAsync(Actor reader, AuditFilter? filter = null, string? after = null)
    {
        await using var db = forum.Db();
        return await forum.Get<AuditQueries>().LogAsync(await db.RightsOfAsync(reader, forum.Clock.GetUtcNow().UtcDateTime, default), filter ?? new(), after, default);
    }

    private async Task<string[]> DeedsAsync(Actor reader, AuditFilter? filter = null) => [.. (await LogAsync(reader, filter)).Required.Items.Select(r => r.Deed)];

    [Fact]
    public async Task It_tells_who_did_what_to_whose_post_and_why()
    {
        var row = (await LogAsync(moderator)).Required.Items[0];
        Assert.Equal(("post.hidden", "Sam S", "Muhammad A", 2, "rude"), (row.Deed, row.By?.DisplayName, row.About?.DisplayName, row.Number, row.Note));
        Assert.Equal((question.TopicId, Scenario.Question), (row.TopicId, row.Title));
    }

    [Fact]
    public async Task It_is_narrowed_by_what_was_done_to_and_by_whom()
    {
        var handle = (await forum.MemberRowAsync(moderator)).Handle;
        Assert.Equal(["post.hidden"], await DeedsAsync(moderator, new("post", $"@{handle.ToUpperInvariant()}")));
        Assert.Empty(await DeedsAsync(moderator, new("pos")));
        Assert.Empty(await DeedsAsync(moderator, new("%")));
        Assert.Empty(await DeedsAsync(moderator, new("post", (await forum.MemberRowAsync(author)).Handle)));
        Assert.Contains("board.created", await DeedsAsync(moderator, new("board")));
    }

    [Fact]
    public async Task Moderators_of_a_board_read_of_its_topics_and_nobody_else_reads_anything()
    {
        await forum.BoardAsync("other");
        Assert.Equal(["post.hidden"], await DeedsAsync(await forum.BoardModeratorAsync("help")));
        Assert.Empty(await DeedsAsync(await forum.BoardModeratorAsync("other")));
        foreach (var other in new[] { author, Actor.Visitor, await forum.TrustedAsync(4), await forum.MemberAsync("Stefan Staff", SiteRole.Staff) })
            Assert.Equal(RefusalKind.NotFound, (await LogAsync(other)).Refusal?.Kind);
    }

    [Fact]
    public async Task It_goes_on_page_by_page()
    {
        for (var i = 0; i < Paging.PageSize; i++)
            _ = i % 2 == 0 ? await forum.Get<RestorePost>().RunAsync(moderator, reply.PostId, default) : await forum.Get<HidePost>().RunAsync(moderator, reply.PostId, null, default);
        var first = (await LogAsync(moderator, new("post"))).Required;
        var second = (await LogAsync(moderator, new("post"), first.Next)).Required;
        Assert.Equal((Paging.PageSize, 1), (first.Items.Count, second.Items.Count));
        Assert.True(first.Items[^1].Id > second.Items[0].Id);
        Assert.Null(second.Next);
    }
}
