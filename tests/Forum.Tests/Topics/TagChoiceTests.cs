using Forum.Boards;
using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

/// <summary>Which tags one may put on a topic.</summary>
public sealed class TagChoiceTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor newcomer = null!, regular = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        newcomer = await forum.MemberAsync();
        regular = await forum.TrustedAsync(Rights.TaggingTrust);
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private Task<Result<PostedPost>> AskAsync(Actor actor, params string[] tags) => AskOnAsync("help", actor, tags);

    private Task<Result<PostedPost>> AskOnAsync(string board, Actor actor, params string[] tags) => forum.Get<AskQuestion>().RunAsync(actor, new(board, Scenario.Question, Scenario.Body, tags, null), default);

    private Task<Result<PostedPost>> RetagAsync(Actor actor, PostedPost question, int version, params string[] tags) =>
        forum.Get<EditPost>().RunAsync(actor, new(question.PostId, version, Scenario.Body, Tags: tags), default);

    private Task<Result<Board>> RuleAsync(bool needs = false, string[]? oneOf = null, string[]? staffOnly = null) =>
        forum.Get<SetBoardTags>().RunAsync(Actor.Operator, new("help", needs, oneOf ?? [], staffOnly ?? []), default);

    private async Task<string> TagsAsync(PostedPost question)
    {
        await using var db = forum.Db();
        return string.Join(' ', await db.TopicTags.Where(t => t.TopicId == question.TopicId).Select(t => t.Tag.Name).OrderBy(n => n).ToListAsync());
    }

    [Fact]
    public async Task Members_of_trust_2_and_staff_make_new_tags_by_using_them()
    {
        Assert.Equal("contracts", await TagsAsync((await AskAsync(regular, "contracts")).Required));
        Assert.Equal("handover", await TagsAsync((await AskAsync(await forum.MemberAsync("Stefan Staff", SiteRole.Staff), "handover")).Required));
        Assert.Equal("agency", await TagsAsync((await AskAsync(await forum.BoardModeratorAsync("help"), "agency")).Required));
    }

    [Fact]
    public async Task Others_are_told_which_tag_there_is_not_and_nothing_is_made()
    {
        foreach (var actor in new[] { newcomer, await forum.TrustedAsync(1) })
        {
            var refusal = (await AskAsync(actor, "contracts")).Refusal!;
            Assert.Equal((RefusalKind.Forbidden, "Tags"), (refusal.Kind, refusal.Field));
            Assert.Contains("“contracts”", refusal.ToString(), StringComparison.Ordinal);
        }
        await using var db = forum.Db();
        Assert.False(await db.Tags.AnyAsync() || await db.Topics.AnyAsync());
    }

    [Theory]
    [InlineData("hand-ovr", "hand-over")]
    [InlineData("handover", "hand-over")]
    [InlineData("hand", "hand-over")]
    [InlineData("contract", "contracts")]
    [InlineData("contrakt", "contracts")]
    [InlineData("zebra", "")]
    public async Task The_refusal_offers_what_may_have_been_meant(string typed, string meant)
    {
        await forum.TagsAsync("hand-over", "contracts", "invoices", "clients");

        var words = (await AskAsync(newcomer, typed)).Refusal!.ToString();

        Assert.Equal(meant.Length > 0, words.Contains("Did you mean", StringComparison.Ordinal));
        Assert.Contains(meant, words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_refusal_names_all_unknown_tags_at_once()
    {
        await forum.TagsAsync("contracts", "invoices", "files");

        Assert.Contains("There are no tags “contract”, “invoyces” yet", (await AskAsync(newcomer, "contract", "files", "invoyces")).Refusal!.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("Did you mean contracts, invoices?", (await AskAsync(newcomer, "contract", "files", "invoyces")).Refusal!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_that_exist_only_where_one_may_not_read_do_not_exist()
    {
        await forum.BoardAsync("inside", read: ReadAccess.Staff);
        var staff = await forum.MemberAsync("Stefan Staff", SiteRole.Staff);
        _ = (await AskOnAsync("inside", staff, "secret-plan")).Required;

        Assert.DoesNotContain("Did you mean", (await AskAsync(newcomer, "secret-plans")).Refusal!.ToString(), StringComparison.Ordinal);
        Assert.Contains("There is no tag “secret-plan”", (await AskAsync(newcomer, "secret-plan")).Refusal!.ToString(), StringComparison.Ordinal);
        _ = (await AskAsync(regular, "secret-plan")).Required;
        Assert.Equal("secret-plan", await TagsAsync((await AskAsync(newcomer, "secret-plan")).Required));
    }

    [Fact]
    public async Task Whoever_may_not_make_tags_may_still_keep_a_topics_own_and_roll_back_to_them()
    {
        var question = (await AskAsync(newcomer)).Required;
        _ = (await RetagAsync(await forum.MemberAsync("Stefan Staff", SiteRole.Moderator), question, 1, "contracts")).Required;

        Assert.Equal(RefusalKind.Forbidden, (await RetagAsync(newcomer, question, 2, "contracts", "unheard-of")).Refusal?.Kind);
        _ = (await RetagAsync(newcomer, question, 2)).Required;
        Assert.Equal("", await TagsAsync(question));
        _ = (await forum.Get<RollBackPost>().RunAsync(newcomer, question.PostId, 2, 3, null, default)).Required;
        Assert.Equal("contracts", await TagsAsync(question));
    }

    [Fact]
    public async Task Typing_a_synonym_gives_the_tag_and_both_together_give_it_once()
    {
        await forum.TagsAsync("contracts");
        _ = (await forum.Get<MergeTag>().RunAsync(Actor.Operator, "agreements", "contracts", default)).Required;

        var question = (await AskAsync(newcomer, "agreements", "Contracts")).Required;
        Assert.Equal("contracts", await TagsAsync(question));
        _ = (await RetagAsync(newcomer, question, 1, "agreements")).Required;
        Assert.Equal(1, (await forum.PostAsync(question.PostId)).Version);
    }

    [Fact]
    public async Task A_board_that_asks_for_a_tag_takes_no_topic_without_one()
    {
        await forum.TagsAsync("contracts");
        _ = (await RuleAsync(needs: true)).Required;

        Assert.Equal((RefusalKind.Invalid, "Tags"), (await AskAsync(newcomer)).Refusal is { } refusal ? (refusal.Kind, refusal.Field) : default);
        var question = (await AskAsync(newcomer, "contracts")).Required;
        Assert.Equal(RefusalKind.Invalid, (await RetagAsync(newcomer, question, 1)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_board_that_asks_for_one_of_some_tags_names_them_and_lets_everybody_use_them()
    {
        await using (var db = forum.Db())
        {
            db.Tags.AddRange(new Tag { Name = "bug" }, new Tag { Name = "wish" });
            await db.SaveChangesAsync();
        }
        _ = (await RuleAsync(oneOf: ["bug", "wish"])).Required;
        await forum.TagsAsync("contracts");

        Assert.Contains("bug, wish", (await AskAsync(newcomer, "contracts")).Refusal!.ToString(), StringComparison.Ordinal);
        Assert.Equal("contracts wish", await TagsAsync((await AskAsync(newcomer, "contracts", "wish")).Required));
    }

    [Fact]
    public async Task A_topic_from_before_the_rule_may_be_edited_as_long_as_its_tags_stay()
    {
        await forum.TagsAsync("contracts");
        var question = (await AskAsync(newcomer)).Required;
        _ = (await RuleAsync(needs: true)).Required;

        _ = (await forum.Get<EditPost>().RunAsync(newcomer, new(question.PostId, 1, Scenario.Body + " It is urgent, and we have no plan.", Tags: []), default)).Required;
        Assert.Equal(2, (await forum.PostAsync(question.PostId)).Version);
    }

    [Fact]
    public async Task Only_staff_put_a_tag_of_theirs_on_a_topic_and_edits_by_others_keep_it()
    {
        await forum.TagsAsync("planned", "contracts", "files");
        _ = (await RuleAsync(staffOnly: ["planned"])).Required;
        var moderator = await forum.BoardModeratorAsync("help");

        var refusal = (await AskAsync(regular, "planned")).Refusal!;
        Assert.Equal((RefusalKind.Forbidden, "Tags"), (refusal.Kind, refusal.Field));
        Assert.Contains("“planned”", refusal.ToString(), StringComparison.Ordinal);

        var question = (await AskAsync(newcomer, "contracts")).Required;
        _ = (await RetagAsync(moderator, question, 1, "contracts", "planned")).Required;
        _ = (await RetagAsync(newcomer, question, 2, "files")).Required;
        Assert.Equal("files planned", await TagsAsync(question));
        _ = (await RetagAsync(newcomer, question, 3, "files", "planned")).Required;
        Assert.Equal(3, (await forum.PostAsync(question.PostId)).Version);
        _ = (await RetagAsync(moderator, question, 3, "files")).Required;
        Assert.Equal("files", await TagsAsync(question));
        // The version that had it is not a way round the rule.
        _ = (await forum.Get<RollBackPost>().RunAsync(newcomer, question.PostId, 2, 4, null, default)).Required;
        Assert.Equal("contracts", await TagsAsync(question));
    }

    [Fact]
    public async Task Tags_of_the_staff_count_among_the_five()
    {
        await forum.TagsAsync("planned", "a1", "a2", "a3", "a4", "a5");
        _ = (await RuleAsync(staffOnly: ["planned"])).Required;
        var question = (await AskAsync(newcomer)).Required;
        _ = (await RetagAsync(await forum.MemberAsync("Stefan Staff", SiteRole.Moderator), question, 1, "planned")).Required;

        Assert.Equal("Tags", (await RetagAsync(newcomer, question, 2, "a1", "a2", "a3", "a4", "a5")).Refusal?.Field);
        _ = (await RetagAsync(newcomer, question, 2, "a1", "a2", "a3", "a4")).Required;
        Assert.Equal("a1 a2 a3 a4 planned", await TagsAsync(question));
    }

    [Fact]
    public async Task Only_managers_say_what_a_board_asks_of_tags_and_only_of_tags_that_there_are()
    {
        Assert.Equal("OneOf", (await RuleAsync(oneOf: ["unheard-of"])).Refusal?.Field);
        Assert.Equal("NeedsTag", (await RuleAsync(needs: true)).Refusal?.Field);
        await forum.TagsAsync("contracts");
        foreach (var (role, may) in new[] { (SiteRole.None, false), (SiteRole.Staff, false), (SiteRole.Moderator, false), (SiteRole.Manager, true), (SiteRole.Admin, true) })
            Assert.Equal(may, (await forum.Get<SetBoardTags>().RunAsync(await forum.MemberAsync("Rita Role", role), new("help", true, [], []), default)).Refusal is null);
        await using var db = forum.Db();
        Assert.Equal(["help: any needed", "help: none for staff only"], await db.AuditEntries.Where(e => e.Deed == "board.tags").OrderBy(e => e.Id).Select(e => e.Note).ToListAsync());
        _ = (await RuleAsync()).Required;
        _ = (await AskAsync(newcomer)).Required;
    }
}
