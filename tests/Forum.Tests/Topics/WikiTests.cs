using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

public sealed class WikiTests : IAsyncLifetime
{
    private const string Better = "I would like to hand a running project over without losing its history or its files.";
    private TestForum forum = null!;
    private Actor asker = null!, newcomer = null!, member = null!, moderator = null!;
    private PostedPost question = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        await AllowAsync(true);
        asker = await forum.MemberAsync();
        newcomer = await forum.MemberAsync("Nora Neu");
        member = await forum.TrustedAsync(EditRules.TrustOfWikis);
        moderator = await forum.BoardModeratorAsync("help");
        question = await forum.AskAsync(asker, tags: ["contracts"]);
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private async Task AllowAsync(bool wikis) => _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", AllowsWiki: wikis), default)).Required;

    private Task<Result<Done>> MakeAsync(Actor actor) => forum.Get<MakeWiki>().RunAsync(actor, question.PostId, default);

    private Task<Result<Done>> UnmakeAsync(Actor actor) => forum.Get<UnmakeWiki>().RunAsync(actor, question.PostId, default);

    private Task<Result<PostedPost>> EditAsync(Actor actor, int version = 1, string? title = null, string markdown = Better) =>
        forum.Get<EditPost>().RunAsync(actor, new(question.PostId, version, markdown, title), default);

    private async Task<Rights> RightsAsync(Actor actor)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(actor, forum.Clock.GetUtcNow().UtcDateTime, default);
    }

    [Fact]
    public async Task Authors_and_moderators_make_a_post_a_wiki_and_take_it_back()
    {
        Assert.Equal(RefusalKind.SignIn, (await MakeAsync(Actor.Visitor)).Refusal?.Kind);
        foreach (var stranger in new[] { member, await forum.TrustedAsync(4), await forum.MemberAsync("Stefan Staff", SiteRole.Staff) })
            Assert.Equal(RefusalKind.Forbidden, (await MakeAsync(stranger)).Refusal?.Kind);
        foreach (var actor in new[] { asker, moderator, await forum.MemberAsync("Silke Site", SiteRole.Moderator) })
        {
            _ = (await MakeAsync(actor)).Required;
            _ = (await MakeAsync(actor)).Required;
            Assert.True((await forum.PostAsync(question.PostId)).Wiki);
            Assert.Equal(RefusalKind.Forbidden, (await UnmakeAsync(member)).Refusal?.Kind);
            _ = (await UnmakeAsync(actor)).Required;
            Assert.False((await forum.PostAsync(question.PostId)).Wiki);
        }
        await using var db = forum.Db();
        Assert.Equal(3, await db.AuditEntries.CountAsync(e => e.Deed == "wiki.made" && e.PostId == question.PostId));
        Assert.Equal(3, await db.AuditEntries.CountAsync(e => e.Deed == "wiki.unmade" && e.PostId == question.PostId));
    }

    [Fact]
    public async Task A_wiki_is_edited_by_all_but_newcomers_and_its_history_names_them()
    {
        Assert.Equal(RefusalKind.Forbidden, (await EditAsync(member)).Refusal?.Kind);
        _ = (await MakeAsync(asker)).Required;

        Assert.Equal(RefusalKind.SignIn, (await EditAsync(Actor.Visitor)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await EditAsync(newcomer)).Refusal?.Kind);
        _ = (await EditAsync(member)).Required;

        var versions = (await forum.Get<RevisionQueries>().VersionsAsync(Rights.OfVisitor, question.PostId, null, 20, default)).Required.Items;
        Assert.Equal([(2, "Vera T"), (1, "Ines R")], versions.Select(v => (v.Version, v.By!.DisplayName)));
        var post = (await forum.Get<TopicQueries>().PostAsync(await RightsAsync(member), question.PostId, default)).Required;
        Assert.Equal((true, "Vera T", "Ines R"), (post.Wiki, post.EditedBy!.DisplayName, post.Author.DisplayName));

        await forum.SuspendAsync(member, TimeSpan.FromDays(1));
        Assert.Equal(RefusalKind.Forbidden, (await EditAsync(member, 2, markdown: Scenario.Body)).Refusal?.Kind);
    }

    [Fact]
    public async Task Even_a_small_correction_of_a_wiki_by_another_member_is_on_record()
    {
        _ = (await MakeAsync(asker)).Required;
        _ = (await EditAsync(member, markdown: Scenario.Body + " Thanks.")).Required;

        await using var db = forum.Db();
        Assert.Equal(member.MemberId, (await db.Revisions.SingleAsync()).ReplacedById);
    }

    [Fact]
    public async Task Its_title_and_tags_are_for_those_who_may_name_topics()
    {
        _ = (await MakeAsync(asker)).Required;

        Assert.Equal(RefusalKind.Forbidden, (await EditAsync(member, title: "How do I hand over a project with its files?")).Refusal?.Kind);
        _ = (await EditAsync(member, title: Scenario.Question)).Required;
        _ = (await EditAsync(await forum.TrustedAsync(Rights.ArrangingTrust), 2, "How do I hand over a project with its files?", Scenario.Body)).Required;
        Assert.Equal("How do I hand over a project with its files?", (await forum.TopicAsync(question.TopicId)).Title);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<RollBackPost>().RunAsync(member, question.PostId, 1, 3, null, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_wiki_stays_open_to_its_author_when_the_window_of_authors_is_over()
    {
        await using (var db = forum.Db())
            await db.Users.Where(m => m.Id == asker.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Trust, EditRules.TrustOfWikis));
        forum.Clock.Advance(EditRules.AuthorsWindow + TimeSpan.FromHours(1));
        Assert.Equal(RefusalKind.Forbidden, (await EditAsync(asker)).Refusal?.Kind);
        _ = (await MakeAsync(asker)).Required;

        _ = (await EditAsync(asker)).Required;
        Assert.Equal(RefusalKind.Forbidden, (await EditAsync(asker, 2, "How do I hand over a project with its files?")).Refusal?.Kind);
    }

    [Fact]
    public async Task Where_a_board_has_no_wikis_none_is_made_and_none_is_open()
    {
        _ = (await MakeAsync(asker)).Required;
        await AllowAsync(false);

        Assert.Equal(RefusalKind.Forbidden, (await EditAsync(member)).Refusal?.Kind);
        Assert.False((await forum.Get<TopicQueries>().PostAsync(Rights.OfVisitor, question.PostId, default)).Required.Wiki);
        Assert.Equal(RefusalKind.Forbidden, (await MakeAsync(moderator)).Refusal?.Kind);
        Assert.Null((await UnmakeAsync(asker)).Refusal);
    }

    [Fact]
    public async Task What_is_out_of_sight_becomes_no_wiki()
    {
        _ = (await forum.Get<HidePost>().RunAsync(moderator, question.PostId, null, default)).Required;

        Assert.Equal(RefusalKind.NotFound, (await MakeAsync(asker)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await MakeAsync(moderator)).Refusal?.Kind);
    }
}
