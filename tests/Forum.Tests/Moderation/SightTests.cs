using Forum.Members;
using Forum.Moderation;
using Forum.Standing;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

public sealed class SightTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, solver = null!, moderator = null!;
    private PostedPost question = null!, reply = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        asker = await forum.MemberAsync();
        solver = await forum.MemberAsync("Muhammad Ali");
        moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        question = await forum.AskAsync(asker, tags: ["contracts"]);
        reply = await forum.ReplyAsync(solver, question.TopicId);
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    private Task<Result<Done>> DeleteAsync(Actor actor, PostedPost post) => forum.Get<DeletePost>().RunAsync(actor, post.PostId, default);
    private Task<Result<Done>> HideAsync(Actor actor, PostedPost post, string? reason = null) => forum.Get<HidePost>().RunAsync(actor, post.PostId, reason, default);
    private Task<Result<Done>> RestoreAsync(Actor actor, PostedPost post) => forum.Get<RestorePost>().RunAsync(actor, post.PostId, default);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Taking_the_solution_out_of_sight_unmarks_it_and_reverses_its_credit(bool delete)
    {
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        _ = (delete ? await DeleteAsync(solver, reply) : await HideAsync(moderator, reply, "rude")).Required;

        Assert.Null(await forum.SolutionAsync(question.TopicId));
        Assert.Equal([PointEntry.ForSolution, -PointEntry.ForSolution], await forum.LedgerAsync(solver));
        Assert.Equal([PointEntry.ForMarking, -PointEntry.ForMarking], await forum.LedgerAsync(asker));
        Assert.Equal((0, 0), ((await forum.MemberRowAsync(solver)).Solutions, (await forum.BoardRowAsync()).Solved));
    }

    [Fact]
    public async Task Bringing_the_post_back_brings_counters_and_upvotes_back_but_not_the_mark()
    {
        _ = (await forum.UpvoteAsync(asker, reply.PostId)).Required;
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        _ = (await DeleteAsync(moderator, reply)).Required;
        Assert.Equal(0, (await forum.MemberRowAsync(solver)).Points);
        forum.Clock.Advance(TimeSpan.FromDays(2));
        _ = (await RestoreAsync(moderator, reply)).Required;

        Assert.Equal(PointEntry.ForUpvote, (await forum.MemberRowAsync(solver)).Points);
        Assert.Equal(1, (await forum.TopicAsync(question.TopicId)).Replies);
        Assert.Null(await forum.SolutionAsync(question.TopicId));
        await using var db = forum.Db();
        Assert.Equal(new DateOnly(2026, 3, 2), (await db.UpvoteDays.SingleAsync(d => d.Upvotes > 0)).Day);
    }

    [Fact]
    public async Task Deleting_the_question_takes_its_topic_along_and_bringing_it_back_too()
    {
        var before = await forum.BoardRowAsync();
        _ = (await forum.AcceptAsync(asker, reply)).Required;
        _ = (await DeleteAsync(moderator, question)).Required;

        Assert.Equal(Visibility.Deleted, (await forum.TopicAsync(question.TopicId)).Visibility);
        var after = await forum.BoardRowAsync();
        Assert.Equal((0, 0, 0), (after.Topics, after.Posts, after.Solved));
        Assert.Equal(RefusalKind.Gone, (await forum.Get<PostReply>().RunAsync(solver, new(question.TopicId, "More words.", null, null), default)).Refusal?.Kind);

        _ = (await RestoreAsync(moderator, question)).Required;
        after = await forum.BoardRowAsync();
        Assert.Equal((before.Topics, before.Posts, 1), (after.Topics, after.Posts, after.Solved));
    }

    [Fact]
    public async Task Deleting_the_last_reply_makes_the_one_before_it_the_last_activity()
    {
        forum.Clock.Advance(TimeSpan.FromHours(1));
        var last = await forum.ReplyAsync(asker, question.TopicId, replyTo: reply.PostId);
        Assert.Equal(1, (await forum.PostAsync(reply.PostId)).Replies);
        _ = (await DeleteAsync(asker, last)).Required;

        var topic = await forum.TopicAsync(question.TopicId);
        Assert.Equal(solver.MemberId, topic.LastPosterId);
        Assert.Equal(0, (await forum.PostAsync(reply.PostId)).Replies);
        Assert.Equal(4, (await forum.ReplyAsync(solver, question.TopicId)).Number);
    }

    [Fact]
    public async Task Members_delete_their_own_posts_only_and_hide_none()
    {
        Assert.Equal(RefusalKind.Forbidden, (await DeleteAsync(asker, reply)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await HideAsync(solver, reply)).Refusal?.Kind);
        Assert.Equal(RefusalKind.SignIn, (await DeleteAsync(Actor.Visitor, reply)).Refusal?.Kind);
        Assert.Null((await DeleteAsync(solver, reply)).Refusal);
        Assert.Equal(RefusalKind.Gone, (await RestoreAsync(solver, reply)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_question_that_others_replied_to_is_not_for_its_asker_to_delete()
    {
        Assert.Equal(RefusalKind.Forbidden, (await DeleteAsync(asker, question)).Refusal?.Kind);
        _ = (await DeleteAsync(solver, reply)).Required;
        Assert.Null((await DeleteAsync(asker, question)).Refusal);
    }

    [Fact]
    public async Task Trust_does_not_make_a_moderator() =>
        Assert.Equal(RefusalKind.Forbidden, (await HideAsync(await forum.TrustedAsync(4), reply)).Refusal?.Kind);

    [Fact]
    public async Task The_moderator_of_a_board_acts_there_and_nowhere_else()
    {
        await forum.BoardAsync("other");
        var there = await forum.BoardModeratorAsync("other");
        var elsewhere = await forum.AskAsync(asker, "other");

        Assert.Equal(RefusalKind.Forbidden, (await HideAsync(there, reply)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await DeleteAsync(there, reply)).Refusal?.Kind);
        Assert.Null((await HideAsync(there, elsewhere)).Refusal);
        Assert.Null((await RestoreAsync(there, elsewhere)).Refusal);
    }

    [Fact]
    public async Task A_suspended_moderator_moderates_nothing()
    {
        await forum.SuspendAsync(moderator, TimeSpan.FromDays(1));

        Assert.Equal(RefusalKind.Forbidden, (await HideAsync(moderator, reply)).Refusal?.Kind);
    }

    [Fact]
    public async Task Who_hid_what_and_why_is_written_down()
    {
        _ = (await HideAsync(moderator, reply, "  rude\n words ")).Required;
        _ = (await HideAsync(moderator, reply, "again")).Required;

        await using var db = forum.Db();
        var entry = await db.AuditEntries.SingleAsync(e => e.Deed == "post.hidden");
        Assert.Equal((moderator.MemberId, reply.PostId, "rude words"), (entry.ActorId, entry.PostId, entry.Note));
    }

    [Fact]
    public async Task A_reason_longer_than_can_be_kept_is_refused() =>
        Assert.Equal(RefusalKind.Invalid, (await HideAsync(moderator, reply, new string('x', AuditEntry.MaxNoteLength + 1))).Refusal?.Kind);

    [Fact]
    public async Task A_post_that_does_not_exist_cannot_be_deleted() =>
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<DeletePost>().RunAsync(moderator, 4711, default)).Refusal?.Kind);

    [Fact]
    public async Task Retagging_a_hidden_topic_counts_its_tags_when_it_comes_back()
    {
        _ = (await HideAsync(moderator, question)).Required;
        _ = (await forum.Get<EditPost>().RunAsync(moderator, new(question.PostId, 1, Scenario.Body, Tags: ["invoices"]), default)).Required;
        await Recount.AssertEverythingAsync(forum);
        _ = (await RestoreAsync(moderator, question)).Required;

        await using var db = forum.Db();
        Assert.Equal(1, (await db.Tags.SingleAsync(t => t.Name == "invoices")).Topics);
    }
}
