using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Tests.Standing;
using Forum.Topics;

namespace Forum.Tests.Moderation;

/// <summary>Two moderators at one queue: claims, filters, and what can be undone.</summary>
public sealed class QueueTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor reporter = null!, author = null!, moderator = null!, other = null!;
    private PostedPost question = null!, reply = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        (reporter, author) = (await forum.MemberAsync(), await forum.MemberAsync("Muhammad Ali"));
        (moderator, other) = (await forum.MemberAsync("Sam Staff", SiteRole.Moderator), await forum.MemberAsync("Silke Site", SiteRole.Moderator));
        question = await forum.AskAsync(reporter);
        reply = await forum.ReplyAsync(author, question.TopicId);
        _ = (await forum.Get<FlagPost>().RunAsync(reporter, new(reply.PostId, FlagReason.Rude), default)).Required;
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    private async Task<Rights> RightsAsync(Actor actor)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(actor, forum.Clock.GetUtcNow().UtcDateTime, default);
    }

    private async Task<IReadOnlyList<ReviewItem>> OpenAsync(Actor actor, QueueFilter? filter = null) => (await forum.Get<ReviewQueries>().OpenAsync(await RightsAsync(actor), filter ?? new(), default)).Required;

    private async Task<Result<Done>> DecideAsync(Verdict verdict) => await forum.Get<DecideReview>().RunAsync(moderator, Assert.Single(await OpenAsync(moderator)).Id, verdict, "mind your words", default);

    private async Task<UndoView?> UndoableAsync(Actor actor) => await forum.Get<UndoQueries>().LatestAsync(await RightsAsync(actor), default);

    private async Task<Result<int>> UndoAsync(Actor actor, long id) => await forum.Get<UndoDeed>().RunAsync(actor, id, default);

    private async Task<IReadOnlyList<TalkView>> TalksAsync(Actor actor) => await forum.Get<TalkQueries>().MineAsync(await RightsAsync(actor), default);

    [Fact]
    public async Task Who_looks_at_a_post_is_seen_by_others_and_the_first_keeps_it_for_ten_minutes()
    {
        var id = Assert.Single(await OpenAsync(moderator)).Id;
        foreach (var actor in new[] { moderator, other })
            _ = (await forum.Get<ClaimReview>().RunAsync(actor, id, true, default)).Required;
        Assert.True((await OpenAsync(moderator))[0].Claim!.Mine);
        var seen = (await OpenAsync(other))[0].Claim!;
        Assert.Equal(("Sam S", false), (seen.By.DisplayName, seen.Mine));

        forum.Clock.Advance(Review.ClaimFor);
        Assert.Null((await OpenAsync(other))[0].Claim);
        _ = (await forum.Get<ClaimReview>().RunAsync(other, id, true, default)).Required;
        Assert.Equal("Silke S", (await OpenAsync(moderator))[0].Claim!.By.DisplayName);
        _ = (await forum.Get<ClaimReview>().RunAsync(other, id, false, default)).Required;
        Assert.Null((await OpenAsync(moderator))[0].Claim);
        Assert.Equal(RefusalKind.NotFound, (await forum.Get<ClaimReview>().RunAsync(reporter, id, true, default)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_claim_binds_nobody_and_who_comes_too_late_reads_what_was_decided()
    {
        var id = Assert.Single(await OpenAsync(moderator)).Id;
        _ = (await forum.Get<ClaimReview>().RunAsync(moderator, id, true, default)).Required;
        _ = (await forum.Get<DecideReview>().RunAsync(other, id, Verdict.Hide, null, default)).Required;
        Assert.Equal(Refusal.DecidedMeanwhile, (await forum.Get<DecideReview>().RunAsync(moderator, id, Verdict.Keep, null, default)).Refusal);
        var decided = (await forum.Get<ReviewQueries>().DecidedAlreadyAsync(await RightsAsync(moderator), id, default))!;
        Assert.Equal(("Silke S", ReviewOutcome.Upheld), (decided.DecidedBy?.DisplayName, decided.Outcome));
        Assert.Null(await forum.Get<ReviewQueries>().DecidedAlreadyAsync(await RightsAsync(reporter), id, default));
    }

    [Theory]
    [InlineData("help", null, 1)]
    [InlineData("other", null, 0)]
    [InlineData("help", FlagReason.Rude, 1)]
    [InlineData(null, FlagReason.Spam, 0)]
    public async Task It_is_narrowed_by_board_and_by_what_was_reported(string? board, FlagReason? reason, int expected) =>
        Assert.Equal(expected, (await OpenAsync(moderator, new(board, reason))).Count);

    [Fact]
    public async Task It_tells_what_staff_keep_about_the_author_to_moderators_of_the_site_alone()
    {
        var handle = (await forum.MemberRowAsync(author)).Handle;
        _ = (await forum.Get<SanctionMember>().RunAsync(moderator, new(handle, SanctionKind.Warning, null, "Be kind."), default)).Required;
        _ = (await forum.Get<NoteMember>().RunAsync(moderator, handle, "Was rude before.", default)).Required;
        var item = (await OpenAsync(moderator))[0];
        Assert.Equal((1, 1), (item.AuthorsSanctions, item.AuthorsNotes));
        item = (await OpenAsync(await forum.BoardModeratorAsync("help")))[0];
        Assert.Equal((0, 0), (item.AuthorsSanctions, item.AuthorsNotes));
    }

    [Theory]
    [InlineData(Verdict.Keep)]
    [InlineData(Verdict.Hide)]
    [InlineData(Verdict.Delete)]
    public async Task A_decision_is_undone_for_half_a_minute_and_nobody_keeps_word_of_it(Verdict verdict)
    {
        _ = (await DecideAsync(verdict)).Required;
        var undo = (await UndoableAsync(moderator))!;
        Assert.Equal((UndoableKind.Verdict, Scenario.Question), (undo.Kind, undo.Title));
        Assert.Null(await UndoableAsync(other));
        Assert.Single(await TalksAsync(reporter));
        Assert.Equal(verdict == Verdict.Keep ? 0 : 1, (await TalksAsync(author)).Count);

        forum.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(1, (await UndoAsync(moderator, undo.Id)).Required);
        Assert.Equal(0, (await UndoAsync(moderator, undo.Id)).Required);
        Assert.Equal(Visibility.Visible, (await forum.PostAsync(reply.PostId)).Visibility);
        Assert.Single(await OpenAsync(moderator));
        Assert.Null(await UndoableAsync(moderator));
        Assert.Empty(await TalksAsync(reporter));
        Assert.Empty(await TalksAsync(author));
        _ = (await DecideAsync(Verdict.Delete)).Required;
    }

    [Fact]
    public async Task After_half_a_minute_it_is_too_late_and_others_never_could()
    {
        _ = (await DecideAsync(Verdict.Hide)).Required;
        var undo = (await UndoableAsync(moderator))!;
        Assert.Equal(RefusalKind.NotFound, (await UndoAsync(author, undo.Id)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await UndoAsync(await forum.BoardModeratorAsync("help"), undo.Id)).Refusal?.Kind);
        forum.Clock.Advance(UndoableDeed.ForVerdicts);
        Assert.Null(await UndoableAsync(moderator));
        Assert.Equal(RefusalKind.Forbidden, (await UndoAsync(moderator, undo.Id)).Refusal?.Kind);
    }

    [Fact]
    public async Task What_others_changed_since_stays_as_they_made_it()
    {
        _ = (await DecideAsync(Verdict.Hide)).Required;
        var undo = (await UndoableAsync(moderator))!;
        _ = (await forum.Get<DeletePost>().RunAsync(other, reply.PostId, default)).Required;
        Assert.Equal(0, (await UndoAsync(moderator, undo.Id)).Required);
        Assert.Equal(Visibility.Deleted, (await forum.PostAsync(reply.PostId)).Visibility);
    }

    [Fact]
    public async Task What_waited_waits_again()
    {
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new("help", ApprovesNewcomers: true), default)).Required;
        var held = await forum.ReplyAsync(await forum.MemberAsync("Nora New"), question.TopicId, "May I come in, too?");
        Assert.Equal(Visibility.Held, (await forum.PostAsync(held.PostId)).Visibility);
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            _ = (await forum.Get<DecideHeld>().RunAsync(moderator, held.PostId, verdict, null, default)).Required;
            Assert.Equal(1, (await UndoAsync(moderator, (await UndoableAsync(moderator))!.Id)).Required);
            Assert.Equal(Visibility.Held, (await forum.PostAsync(held.PostId)).Visibility);
            forum.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(HeldReason.FirstPost, Assert.Single((await forum.Get<ReviewQueries>().HeldAsync(await RightsAsync(moderator), new(), default)).Required).Reason);
    }
}
