using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

public sealed class RollBackPostTests : IAsyncLifetime
{
    private const string Better = "I would like to hand a running project over without losing its history or its files.";
    private const string BetterTitle = "How do I hand over a project with its files?";
    private TestForum forum = null!;
    private Actor asker = null!, moderator = null!;
    private PostedPost question = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        asker = await forum.MemberAsync();
        moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        question = await forum.AskAsync(asker, tags: ["contracts", "handover"]);
        forum.Clock.Advance(TimeSpan.FromHours(1));
        _ = (await forum.Get<EditPost>().RunAsync(moderator, new(question.PostId, 1, Better, BetterTitle, ["files"], "Say what is lost"), default)).Required;
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private Task<Result<PostedPost>> RollBackAsync(Actor actor, int to, int version) => forum.Get<RollBackPost>().RunAsync(actor, question.PostId, to, version, $"Rolled back to version {to}", default);

    private async Task<IReadOnlyList<VersionRow>> VersionsAsync(Actor? reader = null) =>
        (await forum.Get<RevisionQueries>().VersionsAsync(await RightsAsync(reader ?? Actor.Visitor), question.PostId, null, Paging.PageSize, default)).Required.Items;

    private async Task<Rights> RightsAsync(Actor actor)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(actor, forum.Clock.GetUtcNow().UtcDateTime, default);
    }

    [Fact]
    public async Task Each_version_says_who_made_it_when_and_why()
    {
        var rows = await VersionsAsync();

        Assert.Equal([2, 1], rows.Select(r => r.Version));
        Assert.Equal(["Sam S", "Ines R"], rows.Select(r => r.By!.DisplayName));
        Assert.Equal(TimeSpan.FromHours(1), rows[0].At - rows[1].At);
        Assert.Equal(["Say what is lost", null], rows.Select(r => r.Reason));
        Assert.Equal([new(Better, BetterTitle, "files"), new(Scenario.Body, Scenario.Question, "contracts handover")], rows.Select(r => r.Text));
    }

    [Fact]
    public async Task Rolling_back_makes_a_new_version_and_loses_nothing()
    {
        var posted = (await RollBackAsync(asker, 1, 2)).Required;

        var topic = await forum.TopicAsync(question.TopicId);
        Assert.Equal((Scenario.Question, posted.Slug), (topic.Title, topic.Slug));
        var rows = await VersionsAsync();
        Assert.Equal([3, 2, 1], rows.Select(r => r.Version));
        Assert.Equal("Rolled back to version 1", rows[0].Reason);
        Assert.Equal(rows[2].Text, rows[0].Text);
        Assert.Equal(Better, rows[1].Text.Markdown);
        Assert.Contains("without losing its history", (await forum.PostAsync(question.PostId)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rolling_back_twice_is_rolling_back_once()
    {
        _ = (await RollBackAsync(asker, 1, 2)).Required;
        _ = (await RollBackAsync(asker, 1, 2)).Required;

        Assert.Equal(3, (await VersionsAsync()).Count);
    }

    [Fact]
    public async Task What_changed_meanwhile_is_looked_at_before_it_is_rolled_back()
    {
        _ = (await forum.Get<EditPost>().RunAsync(moderator, new(question.PostId, 2, Better + " Please help."), default)).Required;

        Assert.Equal(RefusalKind.Conflict, (await RollBackAsync(asker, 1, 2)).Refusal?.Kind);
        Assert.Equal(3, (await VersionsAsync()).Count);
    }

    [Fact]
    public async Task Whoever_may_not_edit_may_not_roll_back()
    {
        Assert.Equal(RefusalKind.SignIn, (await RollBackAsync(Actor.Visitor, 1, 2)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await RollBackAsync(await forum.MemberAsync("Muhammad Ali"), 1, 2)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await RollBackAsync(asker, 7, 2)).Refusal?.Kind);
        forum.Clock.Advance(EditRules.AuthorsWindow);
        Assert.Equal(RefusalKind.Forbidden, (await RollBackAsync(asker, 1, 2)).Refusal?.Kind);
    }

    [Fact]
    public async Task What_a_hidden_post_said_is_for_moderators_and_on_a_closed_board_for_its_readers()
    {
        _ = (await forum.Get<HidePost>().RunAsync(moderator, question.PostId, null, default)).Required;
        var queries = forum.Get<RevisionQueries>();
        foreach (var reader in new[] { Actor.Visitor, asker })
        {
            Assert.Equal(RefusalKind.NotFound, (await queries.VersionsAsync(await RightsAsync(reader), question.PostId, null, 20, default)).Refusal?.Kind);
            Assert.Equal(RefusalKind.NotFound, (await queries.VersionAsync(await RightsAsync(reader), question.PostId, 1, default)).Refusal?.Kind);
        }
        Assert.Equal(2, (await VersionsAsync(moderator)).Count);

        _ = (await forum.Get<RestorePost>().RunAsync(moderator, question.PostId, default)).Required;
        await using (var db = forum.Db())
            await db.Boards.ExecuteUpdateAsync(set => set.SetProperty(b => b.Read, ReadAccess.Members));
        Assert.Equal(RefusalKind.NotFound, (await queries.VersionsAsync(await RightsAsync(Actor.Visitor), question.PostId, null, 20, default)).Refusal?.Kind);
        Assert.Equal(2, (await VersionsAsync(asker)).Count);
    }

    [Fact]
    public async Task What_a_deleted_post_said_is_gone_for_all_but_moderators()
    {
        var reply = await forum.ReplyAsync(asker, question.TopicId);
        _ = (await forum.Get<EditPost>().RunAsync(moderator, new(reply.PostId, 1, Better), default)).Required;
        _ = (await forum.Get<DeletePost>().RunAsync(asker, reply.PostId, default)).Required;
        var queries = forum.Get<RevisionQueries>();

        foreach (var reader in new[] { Actor.Visitor, asker })
        {
            Assert.Equal(RefusalKind.Gone, (await queries.VersionsAsync(await RightsAsync(reader), reply.PostId, null, 20, default)).Refusal?.Kind);
            Assert.Equal(RefusalKind.Gone, (await queries.VersionAsync(await RightsAsync(reader), reply.PostId, 1, default)).Refusal?.Kind);
        }
        Assert.Equal(2, (await queries.VersionsAsync(await RightsAsync(moderator), reply.PostId, null, 20, default)).Required.Items.Count);
    }

    [Fact]
    public async Task Many_versions_come_page_by_page_and_each_stands_beside_the_one_before_it()
    {
        for (var version = 2; version <= 30; version++)
            _ = (await forum.Get<EditPost>().RunAsync(moderator, new(question.PostId, version, $"{Better} {version}"), default)).Required;
        var queries = forum.Get<RevisionQueries>();
        var seen = new List<VersionRow>();
        int? after = null;
        do
        {
            var page = (await queries.VersionsAsync(Rights.OfVisitor, question.PostId, after, 7, default)).Required;
            seen.AddRange(page.Items);
            after = page.Next is null ? null : int.Parse(page.Next, System.Globalization.CultureInfo.InvariantCulture);
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(1, 31).Reverse(), seen.Select(r => r.Version));
        Assert.Equal(["Ines R", "Sam S"], seen.Select(r => r.By!.DisplayName).Distinct().Order());
        var view = (await queries.VersionAsync(Rights.OfVisitor, question.PostId, 17, default)).Required;
        Assert.Equal((31, 17, 16), (view.Current, view.Version.Version, view.Before!.Version));
        Assert.Equal([$"{Better} 16", $"{Better} 15"], new[] { view.Version, view.Before }.Select(v => v.Text.Markdown));
        Assert.Null((await queries.VersionAsync(Rights.OfVisitor, question.PostId, 1, default)).Required.Before);
        Assert.Equal(RefusalKind.NotFound, (await queries.VersionAsync(Rights.OfVisitor, question.PostId, 32, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await queries.VersionAsync(Rights.OfVisitor, question.PostId, int.MaxValue, default)).Refusal?.Kind);
    }
}
