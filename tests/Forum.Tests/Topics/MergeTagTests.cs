using Forum.Boards;
using Forum.Jobs;
using Forum.Members;
using Forum.Moderation;
using Forum.Outbox;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

/// <summary>What those who look after tags do with them.</summary>
public sealed class MergeTagTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor manager = null!, asker = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        manager = await forum.MemberAsync("Mara Manager", SiteRole.Manager);
        asker = await forum.MemberAsync();
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private Task<Result<Done>> MergeAsync(string name, string into) => forum.Get<MergeTag>().RunAsync(manager, name, into, default);

    private Task<Result<Done>> RenameAsync(string name, string to) => forum.Get<RenameTag>().RunAsync(manager, name, to, default);

    /// <summary>Every row: name, number of topics, and what it is a synonym of.</summary>
    private async Task<IReadOnlyList<string>> RowsAsync()
    {
        await using var db = forum.Db();
        return [.. (await db.Tags.Include(t => t.SynonymOf).OrderBy(t => t.Name).ToListAsync()).Select(t => $"{t.Name} {t.Topics}{(t.SynonymOf is null ? "" : $" → {t.SynonymOf.Name}")}")];
    }

    private async Task AssertHealthyAsync()
    {
        await Standing.Recount.AssertEverythingAsync(forum);
        Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, repair: false, null, default)).Required.Findings);
    }

    private async Task<int> ListedAsync(string tag) => (await forum.Get<TopicListQueries>().ListAsync(Rights.OfVisitor, new(Tag: tag), default)).Items.Count;

    [Fact]
    public async Task Topics_of_a_merged_tag_carry_the_other_one_once_and_its_name_stands_for_it()
    {
        await forum.AskAsync(asker, tags: ["js"]);
        await forum.AskAsync(asker, tags: ["js", "javascript", "browser"]);
        var hidden = await forum.AskAsync(asker, tags: ["js"]);
        _ = (await forum.Get<HidePost>().RunAsync(await forum.MemberAsync("Sam Staff", SiteRole.Moderator), hidden.PostId, null, default)).Required;

        _ = (await MergeAsync("JS", "#JavaScript")).Required;

        Assert.Equal(["browser 1", "javascript 2", "js 0 → javascript"], await RowsAsync());
        Assert.Equal((2, 2), (await ListedAsync("js"), await ListedAsync("javascript")));
        await using var db = forum.Db();
        Assert.Equal(4, await db.TopicTags.CountAsync());
        await AssertHealthyAsync();
    }

    [Fact]
    public async Task A_name_that_there_was_not_becomes_a_synonym_and_saying_so_twice_is_saying_it_once()
    {
        await forum.AskAsync(asker, tags: ["javascript"]);

        _ = (await MergeAsync("js", "javascript")).Required;
        _ = (await MergeAsync("js", "javascript")).Required;

        Assert.Equal(["javascript 1", "js 0 → javascript"], await RowsAsync());
        await using var db = forum.Db();
        var audit = await db.AuditEntries.SingleAsync(e => e.Deed == "tag.merged");
        Assert.Equal((manager.MemberId, "js", "javascript"), (audit.ActorId, audit.Before, audit.After));
        Assert.Single(await db.OutboxEvents.Where(e => e.Kind == nameof(TagMerged)).ToListAsync());
    }

    [Fact]
    public async Task Synonyms_go_along_with_their_tag()
    {
        await forum.AskAsync(asker, tags: ["ecmascript"]);
        await forum.TagsAsync("javascript");
        _ = (await MergeAsync("es6", "ecmascript")).Required;
        _ = (await MergeAsync("ecmascript", "javascript")).Required;
        _ = (await MergeAsync("es2015", "es6")).Required;

        Assert.Equal(["ecmascript 0 → javascript", "es2015 0 → javascript", "es6 0 → javascript", "javascript 1"], await RowsAsync());
        Assert.Equal(1, await ListedAsync("es6"));
        await AssertHealthyAsync();
    }

    [Fact]
    public async Task A_tag_takes_over_the_description_of_a_merged_one_only_where_it_has_none()
    {
        await forum.TagsAsync("js", "javascript", "ecmascript");
        _ = (await forum.Get<ChangeTag>().RunAsync(manager, new("js", "The language of browsers."), default)).Required;
        _ = (await forum.Get<ChangeTag>().RunAsync(manager, new("ecmascript", "A standard."), default)).Required;

        _ = (await MergeAsync("js", "javascript")).Required;
        _ = (await MergeAsync("ecmascript", "javascript")).Required;

        Assert.Equal("The language of browsers.", (await forum.Get<TagQueries>().FindAsync(Rights.OfVisitor, "js", default))!.Tag.Description);
    }

    [Fact]
    public async Task A_merged_tag_leaves_its_place_among_those_that_a_board_asks_for_but_not_its_place_with_the_staff()
    {
        await forum.TagsAsync("bug", "defect", "planned", "done");
        _ = (await forum.Get<SetBoardTags>().RunAsync(manager, new("help", false, ["defect"], ["planned", "bug"]), default)).Required;

        _ = (await MergeAsync("defect", "bug")).Required;
        _ = (await MergeAsync("planned", "done")).Required;

        await using var db = forum.Db();
        Assert.Equal(["bug OneOf", "bug StaffOnly"], await db.BoardTags.OrderBy(b => b.Use).Select(b => $"{b.Tag.Name} {b.Use}").ToListAsync());
    }

    [Fact]
    public async Task A_tag_is_not_merged_into_itself_nor_into_one_that_there_is_not()
    {
        await forum.TagsAsync("javascript");
        _ = (await MergeAsync("js", "javascript")).Required;

        Assert.Equal(RefusalKind.Invalid, (await MergeAsync("javascript", "js")).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await MergeAsync("javascript", "javascript")).Refusal?.Kind);
        Assert.Equal("Into", (await MergeAsync("javascript", "coffee")).Refusal?.Field);
        Assert.Equal(RefusalKind.Invalid, (await MergeAsync("two words", "javascript")).Refusal?.Kind);
    }

    [Fact]
    public async Task A_renamed_tag_keeps_its_topics_and_is_found_by_its_old_name()
    {
        await forum.AskAsync(asker, tags: ["javascript"]);

        _ = (await RenameAsync("javascript", "js")).Required;
        Assert.Equal(["javascript 0 → js", "js 1"], await RowsAsync());
        Assert.Equal((1, 1), (await ListedAsync("js"), await ListedAsync("javascript")));
        _ = (await RenameAsync("js", "javascript")).Required;
        Assert.Equal(["javascript 1", "js 0 → javascript"], await RowsAsync());
        await AssertHealthyAsync();
    }

    [Fact]
    public async Task A_tag_is_not_renamed_to_what_means_something_else_already()
    {
        await forum.TagsAsync("js", "java", "coffee");
        _ = (await MergeAsync("jvm", "java")).Required;

        Assert.Equal(RefusalKind.Conflict, (await RenameAsync("js", "java")).Refusal?.Kind);
        Assert.Equal(RefusalKind.Conflict, (await RenameAsync("js", "jvm")).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await RenameAsync("jvm", "virtual")).Refusal?.Kind);
        _ = (await RenameAsync("js", "js")).Required;
        Assert.Equal(["coffee 0", "java 0", "js 0", "jvm 0 → java"], await RowsAsync());
    }

    [Fact]
    public async Task A_freed_synonym_is_a_name_like_any_other_and_topics_stay_where_they_are()
    {
        await forum.AskAsync(asker, tags: ["js"]);
        await forum.TagsAsync("javascript");
        _ = (await MergeAsync("js", "javascript")).Required;

        _ = (await forum.Get<FreeSynonym>().RunAsync(manager, "js", default)).Required;

        Assert.Equal(["javascript 1", "js 0"], await RowsAsync());
        Assert.Null(await forum.Get<TagQueries>().FindAsync(Rights.OfVisitor, "js", default));
        await forum.AskAsync(asker, tags: ["js"]);
        Assert.Equal(1, await ListedAsync("js"));
        await AssertHealthyAsync();
    }

    [Fact]
    public async Task A_tag_that_staff_make_is_there_for_everybody_before_a_topic_carries_it()
    {
        _ = (await forum.Get<CreateTag>().RunAsync(manager, "contracts", "All about contracts. And more.", default)).Required;

        var tag = Assert.Single(await forum.Get<TagQueries>().MostUsedAsync(Rights.OfVisitor, "con", default));
        Assert.Equal(("contracts", 0, "All about contracts."), (tag.Name, tag.Topics, tag.Summary));
        Assert.Equal(RefusalKind.Conflict, (await forum.Get<CreateTag>().RunAsync(manager, "contracts", null, default)).Refusal?.Kind);
        _ = (await forum.Get<ChangeTag>().RunAsync(manager, new("contracts", Kept: false), default)).Required;
        Assert.Empty(await forum.Get<TagQueries>().MostUsedAsync(Rights.OfVisitor, null, default));
    }

    [Fact]
    public async Task Suggestions_offer_the_tag_to_whoever_types_its_synonym()
    {
        await forum.TagsAsync("javascript", "json");
        _ = (await MergeAsync("ecma", "javascript")).Required;

        Assert.Equal(["javascript"], await forum.Get<TagQueries>().SuggestAsync(Rights.OfVisitor, "ec", 5, default));
        Assert.Equal(["json"], await forum.Get<TagQueries>().SuggestAsync(Rights.OfVisitor, "js", 5, default));
    }

    [Fact]
    public async Task Only_managers_and_administrators_look_after_tags()
    {
        await forum.TagsAsync("one", "two");
        foreach (var (role, may) in new[] { (SiteRole.None, false), (SiteRole.Staff, false), (SiteRole.Moderator, false), (SiteRole.Manager, true), (SiteRole.Admin, true) })
        {
            var who = await forum.MemberAsync("Rita Role", role);
            var results = new[]
            {
                await forum.Get<CreateTag>().RunAsync(who, $"new-{role}", null, default),
                await forum.Get<ChangeTag>().RunAsync(who, new("one", $"For {role}."), default),
                await forum.Get<MergeTag>().RunAsync(who, $"merged-{role}", "one", default),
                await forum.Get<RenameTag>().RunAsync(who, "two", "two", default),
                await forum.Get<FreeSynonym>().RunAsync(who, $"merged-{role}", default),
            };
            Assert.All(results, r => Assert.Equal(may ? null : RefusalKind.Forbidden, r.Refusal?.Kind));
            Assert.Equal(may, (await forum.Get<TagQueries>().ManagedAsync(await RightsAsync(who), null, null, default)).Refusal is null);
        }
        Assert.All(await Task.WhenAll(new[] { Actor.Visitor, Actor.Member(manager.MemberId!.Value, Power.Moderator) }.Select(a => forum.Get<MergeTag>().RunAsync(a, "two", "one", default))), r => Assert.Equal(RefusalKind.Forbidden, r.Refusal?.Kind));
    }

    [Fact]
    public async Task Tags_are_paged_by_name_for_those_who_look_after_them_and_found_by_their_synonyms()
    {
        await forum.TagsAsync([.. Enumerable.Range(100, Paging.MaxSize + 1).Select(i => $"tag{i}")]);
        _ = (await MergeAsync("zebra", "tag150")).Required;
        var rights = await RightsAsync(manager);

        var first = (await forum.Get<TagQueries>().ManagedAsync(rights, null, null, default)).Required;
        Assert.Equal((Paging.MaxSize, "tag199"), (first.Items.Count, first.Next));
        Assert.Equal(["tag200"], (await forum.Get<TagQueries>().ManagedAsync(rights, null, first.Next, default)).Required.Items.Select(t => t.Tag.Name));
        var found = Assert.Single((await forum.Get<TagQueries>().ManagedAsync(rights, "Zebr", null, default)).Required.Items);
        Assert.Equal(("tag150", "zebra"), (found.Tag.Name, Assert.Single(found.Synonyms)));
    }

    private async Task<Rights> RightsAsync(Actor actor)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(actor, forum.Clock.GetUtcNow().UtcDateTime, default);
    }
}
