using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Outbox;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

/// <summary>On a board that asks for it, what a new member writes first waits for a moderator.</summary>
public sealed class HeldPostTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, newcomer = null!, moderator = null!;
    private PostedPost question = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        await forum.BoardAsync("other");
        asker = await forum.MemberAsync();
        question = await forum.AskAsync(asker);
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", ApprovesNewcomers: true), default)).Required;
        newcomer = await forum.MemberAsync("Nils Neu");
        moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    private async Task<Rights> RightsAsync(Actor who)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(who, forum.Clock.GetUtcNow().UtcDateTime, default);
    }

    private async Task<Result<TopicView>> PageAsync(Actor who, long topicId) => await forum.Get<TopicQueries>().PageAsync(await RightsAsync(who), topicId, PostSort.Oldest, 1, null, true, default);

    private async Task<IReadOnlyList<HeldItem>> WaitingAsync(Actor who) => (await forum.Get<ReviewQueries>().HeldAsync(await RightsAsync(who), new(), default)).Required;

    private Task<Result<Done>> DecideAsync(PostedPost post, Verdict verdict, Actor? actor = null) => forum.Get<DecideHeld>().RunAsync(actor ?? moderator, post.PostId, verdict, null, default);

    private async Task<List<ForumEvent>> ToldAsync()
    {
        await using var db = forum.Db();
        return [.. (await db.OutboxEvents.OrderBy(e => e.Sequence).ToListAsync()).Select(ForumEvent.Read)];
    }

    [Fact]
    public async Task A_first_reply_waits_seen_by_its_author_and_moderators_alone()
    {
        var reply = await forum.ReplyAsync(newcomer, question.TopicId, "I would like to know that, too.");
        var other = await forum.MemberAsync();
        foreach (var (who, sees) in new[] { (newcomer, true), (moderator, true), (asker, false), (other, false), (Actor.Visitor, false) })
        {
            Assert.Equal(sees, (await PageAsync(who, question.TopicId)).Required.Posts.Any(p => p.Id == reply.PostId));
            Assert.Equal(sees, (await forum.Get<TopicQueries>().PostAsync(await RightsAsync(who), reply.PostId, default)).Refusal is null);
        }
        Assert.Equal((0, asker.MemberId), ((await forum.TopicAsync(question.TopicId)).Replies, (await forum.TopicAsync(question.TopicId)).LastPosterId));
        Assert.Equal(0, (await forum.MemberRowAsync(newcomer)).Posts);
        Assert.DoesNotContain(await ToldAsync(), e => e is ReplyPosted);
        Assert.Equal([(reply.PostId, HeldReason.FirstPost)], (await WaitingAsync(moderator)).Select(h => (h.PostId, h.Reason)));
    }

    [Fact]
    public async Task A_first_question_waits_and_stands_in_no_list()
    {
        var held = await forum.AskAsync(newcomer, title: "How do I get paid by an agency?");
        foreach (var (who, sees) in new[] { (newcomer, true), (moderator, true), (asker, false), (Actor.Visitor, false) })
            Assert.Equal(sees ? null : RefusalKind.NotFound, (await PageAsync(who, held.TopicId)).Refusal?.Kind);
        Assert.DoesNotContain((await forum.Get<TopicListQueries>().ListAsync(await RightsAsync(newcomer), new(), default)).Items, t => t.Id == held.TopicId);
        Assert.Equal((1, 1), ((await forum.BoardRowAsync()).Topics, (await forum.BoardRowAsync()).Posts));
        Assert.NotNull((await forum.Get<PostReply>().RunAsync(newcomer, new(held.TopicId, "And one more thing.", null, null), default)).Refusal);
        Assert.NotNull((await forum.Get<PostReply>().RunAsync(asker, new(held.TopicId, "And one more thing.", null, null), default)).Refusal);
    }

    [Fact]
    public async Task What_is_let_stand_counts_and_is_news_from_then_on()
    {
        var held = await forum.AskAsync(newcomer, title: "How do I get paid by an agency?");
        var reply = await forum.ReplyAsync(newcomer, question.TopicId, "I would like to know that, too.", question.PostId);
        _ = (await DecideAsync(held, Verdict.Keep)).Required;
        _ = (await DecideAsync(reply, Verdict.Keep)).Required;
        _ = (await DecideAsync(reply, Verdict.Keep)).Required;

        Assert.Null((await PageAsync(Actor.Visitor, held.TopicId)).Refusal);
        Assert.Equal((1, newcomer.MemberId), ((await forum.TopicAsync(question.TopicId)).Replies, (await forum.TopicAsync(question.TopicId)).LastPosterId));
        Assert.Equal((2, 3), ((await forum.BoardRowAsync()).Topics, (await forum.BoardRowAsync()).Posts));
        Assert.Equal(2, (await forum.MemberRowAsync(newcomer)).Posts);
        Assert.Empty(await WaitingAsync(moderator));
        var told = await ToldAsync();
        Assert.Contains(told, e => e is TopicPosted posted && posted.PostId == held.PostId);
        Assert.Contains(told, e => e is ReplyPosted posted && posted.PostId == reply.PostId);
    }

    [Theory]
    [InlineData(Verdict.Hide)]
    [InlineData(Verdict.Delete)]
    public async Task What_is_not_let_stand_can_be_brought_back(Verdict verdict)
    {
        var reply = await forum.ReplyAsync(newcomer, question.TopicId);
        _ = (await DecideAsync(reply, verdict)).Required;
        Assert.NotNull((await forum.Get<TopicQueries>().PostAsync(await RightsAsync(newcomer), reply.PostId, default)).Refusal);
        Assert.Equal(RefusalKind.Conflict, (await DecideAsync(reply, Verdict.Keep, await forum.MemberAsync("Silke Site", SiteRole.Moderator))).Refusal!.Kind);
        Assert.Empty(await WaitingAsync(moderator));
        _ = (await forum.Get<RestorePost>().RunAsync(moderator, reply.PostId, default)).Required;
        Assert.Equal(1, (await forum.TopicAsync(question.TopicId)).Replies);
    }

    [Fact]
    public async Task Whoever_was_let_in_once_waits_no_more()
    {
        _ = (await DecideAsync(await forum.ReplyAsync(newcomer, question.TopicId), Verdict.Keep)).Required;
        await forum.ReplyAsync(newcomer, question.TopicId, "And one more thing.");
        Assert.Empty(await WaitingAsync(moderator));
        Assert.Equal(2, (await forum.TopicAsync(question.TopicId)).Replies);
    }

    [Fact]
    public async Task Neither_staff_nor_members_of_some_trust_wait_nor_anybody_on_other_boards()
    {
        await forum.ReplyAsync(await forum.TrustedAsync(1), question.TopicId);
        await forum.ReplyAsync(await forum.MemberAsync("Pia Produkt", SiteRole.Staff), question.TopicId, "Choose Transfer, please.");
        await forum.ReplyAsync(await forum.BoardModeratorAsync("help"), question.TopicId, "Choose Transfer, really.");
        await forum.AskAsync(newcomer, "other");
        Assert.Empty(await WaitingAsync(moderator));
    }

    [Fact]
    public async Task Authors_edit_and_delete_what_waits()
    {
        var reply = await forum.ReplyAsync(newcomer, question.TopicId);
        _ = (await forum.Get<EditPost>().RunAsync(newcomer, new(reply.PostId, 1, "I would like to know that, too."), default)).Required;
        Assert.StartsWith("I would like to know", (await WaitingAsync(moderator)).Single().Excerpt, StringComparison.Ordinal);
        _ = (await forum.Get<DeletePost>().RunAsync(newcomer, reply.PostId, default)).Required;
        Assert.Empty(await WaitingAsync(moderator));
    }

    [Fact]
    public async Task Moderators_of_other_boards_decide_nothing_and_nobody_lets_their_own_stand()
    {
        var reply = await forum.ReplyAsync(newcomer, question.TopicId);
        var elsewhere = await forum.BoardModeratorAsync("other");
        Assert.Empty(await WaitingAsync(elsewhere));
        foreach (var actor in new[] { elsewhere, newcomer, asker, Actor.Visitor })
            Assert.NotNull((await DecideAsync(reply, Verdict.Keep, actor)).Refusal);
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<ReviewQueries>().HeldAsync(await RightsAsync(newcomer), new(), default)).Refusal!.Kind);
        Assert.Equal(Visibility.Held, (await forum.PostAsync(reply.PostId)).Visibility);
        Assert.Equal(1, await forum.Get<ReviewQueries>().CountAsync(await RightsAsync(moderator), 99, default));
    }
}
