using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

public sealed class EditPostTests : IAsyncLifetime
{
    private const string Better = "I would like to hand a running project over without losing its history or its files.";
    private TestForum forum = null!;
    private Actor asker = null!, other = null!;
    private PostedPost question = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        asker = await forum.MemberAsync();
        other = await forum.MemberAsync("Muhammad Ali");
        await forum.TagsAsync("files");
        question = await forum.AskAsync(asker, tags: ["contracts", "handover"]);
    }

    public async Task DisposeAsync() => await forum.DisposeAsync();

    private Task<Result<PostedPost>> EditAsync(Actor actor, PostEdit edit) => forum.Get<EditPost>().RunAsync(actor, edit, default);

    [Fact]
    public async Task An_edit_changes_what_is_shown_and_keeps_what_was_said()
    {
        var posted = (await EditAsync(asker, new(question.PostId, 1, Better, "How do I hand over a project with all its files?", ["files", "handover"]))).Required;

        var post = await forum.PostAsync(question.PostId);
        Assert.Equal((2, Better, asker.MemberId), (post.Version, post.Markdown, post.EditedById));
        Assert.Contains("its files", post.Html, StringComparison.Ordinal);
        var topic = await forum.TopicAsync(question.TopicId);
        Assert.Equal(("how-do-i-hand-over-a-project-with-all-its-files", 2), (topic.Slug, topic.Version));
        Assert.Equal(topic.Slug, posted.Slug);
        await using var db = forum.Db();
        var revision = await db.Revisions.SingleAsync();
        Assert.Equal((1, Scenario.Question, Scenario.Body), (revision.Version, revision.Title, revision.Markdown));
        Assert.Equal(["files", "handover"], await db.TopicTags.Select(t => t.Tag.Name).OrderBy(n => n).ToListAsync());
        Assert.Equal(0, (await db.Tags.SingleAsync(t => t.Name == "contracts")).Topics);
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_leaves_no_revision()
    {
        _ = (await EditAsync(asker, new(question.PostId, 1, Scenario.Body + "  \n", Scenario.Question, ["handover", "contracts"]))).Required;

        Assert.Equal(1, (await forum.PostAsync(question.PostId)).Version);
    }

    [Fact]
    public async Task Whoever_edits_a_stale_version_gets_the_present_text_back()
    {
        _ = (await EditAsync(asker, new(question.PostId, 1, Better))).Required;
        var refusal = (await EditAsync(asker, new(question.PostId, 1, "An edit that began before the other one ended."))).Refusal;

        var stale = Assert.IsType<StaleEdit>(refusal);
        Assert.Equal((RefusalKind.Conflict, 2, Better, Scenario.Question), (stale.Kind, stale.CurrentVersion, stale.CurrentMarkdown, stale.CurrentTitle));
    }

    [Fact]
    public async Task Of_many_who_edit_the_same_version_at_once_exactly_one_wins()
    {
        var moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => EditAsync(i % 2 == 0 ? asker : moderator, new(question.PostId, 1, $"{Better} {i}")))));

        var now = await forum.PostAsync(question.PostId);
        Assert.Single(results, r => r.Refusal is null);
        Assert.All(results.Where(r => r.Refusal is not null), r => Assert.Equal(now.Markdown, Assert.IsType<StaleEdit>(r.Refusal).CurrentMarkdown));
        Assert.Equal(2, now.Version);
    }

    [Fact]
    public async Task Members_edit_their_own_posts_trust_4_and_moderators_those_of_others()
    {
        Assert.Equal(RefusalKind.Forbidden, (await EditAsync(other, new(question.PostId, 1, Better))).Refusal?.Kind);
        Assert.Equal(RefusalKind.SignIn, (await EditAsync(Actor.Visitor, new(question.PostId, 1, Better))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await EditAsync(await forum.TrustedAsync(3), new(question.PostId, 1, Better))).Refusal?.Kind);
        Assert.Null((await EditAsync(await forum.TrustedAsync(4), new(question.PostId, 1, Better))).Refusal);
        Assert.Null((await EditAsync(await forum.BoardModeratorAsync("help"), new(question.PostId, 2, Scenario.Body))).Refusal);
    }

    [Fact]
    public async Task A_deleted_post_is_not_edited_by_its_author()
    {
        var reply = await forum.ReplyAsync(other, question.TopicId);
        await forum.Get<DeletePost>().RunAsync(other, reply.PostId, default);

        Assert.Equal(RefusalKind.Gone, (await EditAsync(other, new(reply.PostId, 1, "Other words."))).Refusal?.Kind);
    }

    [Fact]
    public async Task A_question_stays_as_long_as_questions_are()
    {
        Assert.Equal(RefusalKind.Invalid, (await EditAsync(asker, new(question.PostId, 1, "Too short"))).Refusal?.Kind);
        Assert.Equal("Title", (await EditAsync(asker, new(question.PostId, 1, Better, "Short"))).Refusal?.Field);
        Assert.Equal("Tags", (await EditAsync(asker, new(question.PostId, 1, Better, Tags: ["a", "b", "c", "d", "e", "f"]))).Refusal?.Field);
    }

    [Fact]
    public async Task A_small_correction_by_the_author_within_five_minutes_makes_no_revision_but_a_new_version()
    {
        _ = (await EditAsync(asker, new(question.PostId, 1, Scenario.Body + " Thank you."))).Required;

        var post = await forum.PostAsync(question.PostId);
        Assert.Equal((2, asker.MemberId), (post.Version, post.EditedById));
        Assert.Empty(await RevisionsAsync());
        Assert.IsType<StaleEdit>((await EditAsync(asker, new(question.PostId, 1, Better))).Refusal);
    }

    [Fact]
    public async Task Corrections_one_after_the_other_buy_no_more_time()
    {
        _ = (await EditAsync(asker, new(question.PostId, 1, Scenario.Body + " Thank you."))).Required;
        forum.Clock.Advance(EditRules.Grace + TimeSpan.FromSeconds(1));
        _ = (await EditAsync(asker, new(question.PostId, 2, Scenario.Body + " Thanks."))).Required;
        Assert.Equal([2], (await RevisionsAsync()).Select(r => r.Version));

        forum.Clock.Advance(EditRules.Grace);
        _ = (await EditAsync(asker, new(question.PostId, 3, Scenario.Body))).Required;

        Assert.Single(await RevisionsAsync());
    }

    [Theory]
    [InlineData("large")]
    [InlineData("late")]
    [InlineData("with a reason")]
    [InlineData("of the title")]
    [InlineData("of the tags")]
    [InlineData("after a reply")]
    [InlineData("by a moderator")]
    [InlineData("after a moderator")]
    public async Task Any_other_edit_is_on_record(string which)
    {
        var moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        var (by, before) = (which == "by a moderator" ? moderator : asker, 0);
        var edit = new PostEdit(question.PostId, 1, Scenario.Body + " Thank you.");
        switch (which)
        {
            case "large": edit = edit with { Markdown = string.Concat(Scenario.Body.Reverse()) }; break;
            case "late": forum.Clock.Advance(EditRules.Grace + TimeSpan.FromSeconds(1)); break;
            case "with a reason": edit = edit with { Reason = "Be polite" }; break;
            case "of the title": edit = edit with { Title = Scenario.Question + "!" }; break;
            case "of the tags": edit = edit with { Tags = ["handover"] }; break;
            case "after a reply": await forum.ReplyAsync(other, question.TopicId); break;
            case "after a moderator":
                _ = (await EditAsync(moderator, edit)).Required;
                (edit, before) = (edit with { Version = 2, Markdown = Scenario.Body }, 1);
                break;
        }

        _ = (await EditAsync(by, edit)).Required;

        var revision = (await RevisionsAsync())[before..].Single();
        Assert.Equal((edit.Version, by.MemberId, edit.Reason, "contracts handover"), (revision.Version, revision.ReplacedById, revision.Reason, revision.Tags));
    }

    [Fact]
    public async Task Own_further_replies_are_no_reason_to_keep_a_revision()
    {
        await forum.ReplyAsync(asker, question.TopicId);
        _ = (await EditAsync(asker, new(question.PostId, 1, Scenario.Body + " Thank you."))).Required;

        Assert.Empty(await RevisionsAsync());
    }

    [Fact]
    public async Task A_reason_is_one_line_of_200_characters()
    {
        Assert.Equal("Reason", (await EditAsync(asker, new(question.PostId, 1, Better, Reason: new string('x', Revision.MaxReasonLength + 1)))).Refusal?.Field);
        _ = (await EditAsync(asker, new(question.PostId, 1, Better, Reason: "  Say what\nis lost "))).Required;

        Assert.Equal("Say what is lost", (await RevisionsAsync()).Single().Reason);
    }

    [Fact]
    public async Task A_form_sent_twice_reads_as_success_and_is_one_edit()
    {
        var edit = new PostEdit(question.PostId, 1, Better, Reason: "Clearer");
        var first = (await EditAsync(asker, edit)).Required;
        var second = (await EditAsync(asker, edit)).Required;

        Assert.Equal(first, second);
        Assert.Equal(2, (await forum.PostAsync(question.PostId)).Version);
        Assert.Single(await RevisionsAsync());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 30)]
    [InlineData(3, 30)]
    public async Task Authors_edit_and_delete_for_a_day_and_those_of_trust_2_for_thirty(byte trust, int days)
    {
        var author = await forum.TrustedAsync(trust);
        var reply = await forum.ReplyAsync(author, question.TopicId);
        forum.Clock.Advance(TimeSpan.FromDays(days));
        Assert.Null((await EditAsync(author, new(reply.PostId, 1, "Choose Transfer, then invite them."))).Refusal);

        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(RefusalKind.Forbidden, (await EditAsync(author, new(reply.PostId, 2, "Choose something else."))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<DeletePost>().RunAsync(author, reply.PostId, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task No_window_closes_for_staff_moderators_and_trust_4()
    {
        var product = await forum.MemberAsync("Pia Product", SiteRole.Staff);
        var reply = await forum.ReplyAsync(product, question.TopicId);
        forum.Clock.Advance(TimeSpan.FromDays(1000));

        Assert.Null((await EditAsync(product, new(reply.PostId, 1, "Choose Transfer now."))).Refusal);
        Assert.Equal(RefusalKind.Forbidden, (await EditAsync(product, new(question.PostId, 1, Better))).Refusal?.Kind);
        Assert.Null((await EditAsync(await forum.TrustedAsync(4), new(reply.PostId, 2, "Choose Transfer at once."))).Refusal);
        Assert.Null((await EditAsync(await forum.BoardModeratorAsync("help"), new(reply.PostId, 3, "Choose Transfer today."))).Refusal);
    }

    private async Task<List<Revision>> RevisionsAsync()
    {
        await using var db = forum.Db();
        return await db.Revisions.AsNoTracking().OrderBy(r => r.Version).ToListAsync();
    }
}
