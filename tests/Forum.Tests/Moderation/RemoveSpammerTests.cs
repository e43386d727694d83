using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

/// <summary>A spammer goes with everything they wrote, and comes back with it if they were none.</summary>
public sealed class RemoveSpammerTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor spammer = null!, asker = null!, moderator = null!;
    private PostedPost topic = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        (spammer, asker) = (await forum.MemberAsync("Sam Spam"), await forum.MemberAsync());
        moderator = await forum.MemberAsync("Silke Site", SiteRole.Moderator);
        topic = await forum.AskAsync(asker);
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    private async Task<Result<int>> RemoveAsync(Actor? actor = null, Actor? whom = null) =>
        await forum.Get<RemoveSpammer>().RunAsync(actor ?? moderator, (await forum.MemberRowAsync(whom ?? spammer)).Handle, "Spam", default);

    private async Task<Result<Done>> UndoAsync(Actor? actor = null)
    {
        await using var db = forum.Db();
        return await forum.Get<RestoreSpammer>().RunAsync(actor ?? moderator, await db.SpamRemovals.Select(r => r.Id).SingleAsync(), default);
    }

    private async Task<int> VisibleAsync()
    {
        await using var db = forum.Db();
        return await db.Posts.CountAsync(p => p.AuthorId == spammer.MemberId && p.Visibility == Visibility.Visible);
    }

    [Fact]
    public async Task All_posts_go_and_come_back_with_what_is_counted_by_them()
    {
        var own = await forum.AskAsync(spammer);
        await forum.ReplyAsync(asker, own.TopicId, "Is this spam?");
        var parent = await forum.ReplyAsync(spammer, topic.TopicId, "Buy kites.");
        await forum.ReplyAsync(spammer, topic.TopicId, "Buy more kites.", parent.PostId);
        _ = (await forum.UpvoteAsync(asker, parent.PostId)).Required;

        Assert.Equal(3, (await RemoveAsync()).Required);
        Assert.Equal((0, 0, 0), (await VisibleAsync(), (await forum.TopicAsync(topic.TopicId)).Replies, (await forum.MemberRowAsync(spammer)).Points));
        Assert.NotNull((await forum.Get<PostReply>().RunAsync(spammer, new(topic.TopicId, "Buy again.", null, null), default)).Refusal);
        await Recount.AssertEverythingAsync(forum);

        _ = (await UndoAsync()).Required;
        _ = (await UndoAsync()).Required;
        Assert.Equal((3, 2), (await VisibleAsync(), (await forum.TopicAsync(topic.TopicId)).Replies));
        Assert.Null((await forum.Get<PostReply>().RunAsync(spammer, new(topic.TopicId, "I am none.", null, null), default)).Refusal);
    }

    [Fact]
    public async Task More_posts_than_one_transaction_takes_go_in_one_deed_and_come_back_in_one()
    {
        for (var i = 0; i < 120; i++)
            await forum.ReplyAsync(spammer, topic.TopicId, $"Buy {i} kites.");
        Assert.Equal(120, (await RemoveAsync()).Required);
        Assert.Equal(0, await VisibleAsync());
        _ = (await UndoAsync()).Required;
        Assert.Equal(120, await VisibleAsync());
    }

    [Fact]
    public async Task What_somebody_else_had_taken_out_of_sight_or_has_decided_since_stays_as_it_is()
    {
        var (hidden, gone) = (await forum.ReplyAsync(spammer, topic.TopicId, "Buy kites."), await forum.ReplyAsync(spammer, topic.TopicId, "Buy more kites."));
        _ = (await forum.Get<HidePost>().RunAsync(moderator, hidden.PostId, null, default)).Required;
        Assert.Equal(1, (await RemoveAsync()).Required);
        _ = (await forum.Get<RestorePost>().RunAsync(moderator, gone.PostId, default)).Required;
        _ = (await forum.Get<HidePost>().RunAsync(moderator, gone.PostId, null, default)).Required;
        _ = (await UndoAsync()).Required;
        Assert.Equal((Visibility.Hidden, Visibility.Hidden), ((await forum.PostAsync(hidden.PostId)).Visibility, (await forum.PostAsync(gone.PostId)).Visibility));
    }

    [Fact]
    public async Task A_suspension_for_something_else_holds_whatever_is_undone()
    {
        await forum.ReplyAsync(spammer, topic.TopicId, "Buy kites.");
        _ = (await RemoveAsync()).Required;
        forum.Clock.Advance(TimeSpan.FromHours(1));
        _ = (await forum.Get<SanctionMember>().RunAsync(moderator, new((await forum.MemberRowAsync(spammer)).Handle, SanctionKind.Suspension, 30, "Rude by mail."), default)).Required;
        _ = (await UndoAsync()).Required;
        Assert.Equal(1, await VisibleAsync());
        Assert.NotNull((await forum.MemberRowAsync(spammer)).SuspendedUntil);
    }

    [Fact]
    public async Task Whoever_is_removed_once_more_is_suspended_once_more()
    {
        _ = (await RemoveAsync()).Required;
        await using (var db = forum.Db())
            _ = (await forum.Get<LiftSanction>().RunAsync(moderator, await db.Sanctions.Select(s => s.Id).SingleAsync(), default)).Required;
        await forum.ReplyAsync(spammer, topic.TopicId, "Buy kites.");
        Assert.Equal(1, (await RemoveAsync()).Required);
        Assert.NotNull((await forum.MemberRowAsync(spammer)).SuspendedUntil);
    }

    [Fact]
    public async Task What_waited_waits_again()
    {
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", ApprovesNewcomers: true), default)).Required;
        var held = await forum.ReplyAsync(spammer, topic.TopicId, "Buy kites.");
        Assert.Equal(1, (await RemoveAsync()).Required);
        _ = (await UndoAsync()).Required;
        Assert.Equal(Visibility.Held, (await forum.PostAsync(held.PostId)).Visibility);
        _ = (await forum.Get<DecideHeld>().RunAsync(moderator, held.PostId, Verdict.Keep, null, default)).Required;
    }

    [Fact]
    public async Task After_a_week_it_is_not_undone_in_one_go()
    {
        await forum.ReplyAsync(spammer, topic.TopicId, "Buy kites.");
        _ = (await RemoveAsync()).Required;
        forum.Clock.Advance(SpamRemoval.Restorable + TimeSpan.FromMinutes(1));
        Assert.Equal(RefusalKind.Forbidden, (await UndoAsync()).Refusal!.Kind);
        Assert.Equal(0, await VisibleAsync());
    }

    [Fact]
    public async Task Only_moderators_of_the_site_do_it_and_never_to_staff()
    {
        await forum.ReplyAsync(spammer, topic.TopicId, "Buy kites.");
        foreach (var actor in new[] { asker, await forum.BoardModeratorAsync("help"), await forum.TrustedAsync(4), Actor.Visitor })
            Assert.NotNull((await RemoveAsync(actor)).Refusal);
        Assert.Equal(1, await VisibleAsync());
        Assert.Equal(RefusalKind.Forbidden, (await RemoveAsync(whom: await forum.BoardModeratorAsync("help"))).Refusal!.Kind);
        _ = (await RemoveAsync()).Required;
        Assert.NotNull((await UndoAsync(asker)).Refusal);
    }
}
