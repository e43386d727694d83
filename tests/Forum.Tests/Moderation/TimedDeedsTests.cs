using Forum.Boards;
using Forum.Jobs;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;

namespace Forum.Tests.Moderation;

/// <summary>Topics closed and pinned for a time, posts that stay as they are, and posts that are somebody else's.</summary>
public sealed class TimedDeedsTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, author = null!, moderator = null!, boardModerator = null!;
    private PostedPost question = null!, reply = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        (asker, author) = (await forum.MemberAsync(), await forum.MemberAsync("Muhammad Ali"));
        (moderator, boardModerator) = (await forum.MemberAsync("Sam Staff", SiteRole.Moderator), await forum.BoardModeratorAsync("help"));
        question = await forum.AskAsync(asker);
        reply = await forum.ReplyAsync(author, question.TopicId);
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private async Task<int> EndAsync() => (await forum.Get<EndTimedDeeds>().RunAsync(Actor.Operator, default)).Required;

    private Task<Result<Done>> PinAsync(Actor actor, bool everywhere = false, int? days = null) => forum.Get<PinTopic>().RunAsync(actor, new(question.TopicId, everywhere, days), default);

    private async Task<long[]> PinnedAsync(long? boardId) => [.. (await forum.Get<TopicListQueries>().PinnedAsync(Rights.OfVisitor, boardId, default)).Select(t => t.Id)];

    private async Task<AuditRow> LastStepAsync() => (await forum.Get<AuditQueries>().LogAsync(Rights.OfOperator, new(), null, default)).Required.Items[0];

    private async Task<string?> RepairsAsync() => string.Join("; ", (await forum.Get<Doctor>().RunAsync(Actor.Operator, false, null, default)).Required.Findings.Select(f => f.What));

    [Fact]
    public async Task A_topic_closed_for_an_hour_opens_again_by_itself()
    {
        _ = (await forum.Get<CloseTopic>().RunAsync(moderator, new(question.TopicId, ClosureReason.OffTopic, Hours: 1), default)).Required;
        forum.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await EndAsync());
        forum.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((1, 0), (await EndAsync(), await EndAsync()));
        await forum.ReplyAsync(author, question.TopicId, "So it can be said now.");
        var step = (await forum.Get<AuditQueries>().OfTopicAsync(Rights.OfVisitor, question.TopicId, null, default)).Required.Items[0];
        Assert.Equal(("topic.closure-lapsed", null, "OffTopic"), (step.Deed, step.By, step.Before));
    }

    [Fact]
    public async Task What_is_closed_again_for_good_stays_closed()
    {
        _ = (await forum.Get<CloseTopic>().RunAsync(moderator, new(question.TopicId, ClosureReason.OffTopic, Hours: 1), default)).Required;
        _ = (await forum.Get<CloseTopic>().RunAsync(moderator, new(question.TopicId, ClosureReason.OffTopic), default)).Required;
        forum.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal(0, await EndAsync());
    }

    [Theory]
    [InlineData(ClosureReason.OffTopic, 2)]
    [InlineData(ClosureReason.Resolved, 24)]
    public async Task Topics_are_closed_for_a_time_of_the_list_and_not_where_they_are_solved(ClosureReason reason, int hours) =>
        Assert.Equal("Hours", (await forum.Get<CloseTopic>().RunAsync(moderator, new(question.TopicId, reason, Note: "It was the owner.", Hours: hours), default)).Refusal?.Field);

    [Fact]
    public async Task A_pinned_topic_stands_first_on_its_board_until_its_days_are_over()
    {
        var board = (await forum.BoardRowAsync()).Id;
        _ = (await PinAsync(boardModerator, days: 7)).Required;
        Assert.Equal([question.TopicId], await PinnedAsync(board));
        Assert.Empty(await PinnedAsync(null));
        forum.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(1, await EndAsync());
        Assert.Empty(await PinnedAsync(board));
        Assert.Equal("topic.pin-lapsed", (await LastStepAsync()).Deed);
    }

    [Fact]
    public async Task Moderators_of_the_site_pin_on_the_home_page_and_those_of_a_board_do_not()
    {
        Assert.Equal("Everywhere", (await PinAsync(boardModerator, everywhere: true)).Refusal?.Field);
        _ = (await PinAsync(moderator, everywhere: true)).Required;
        Assert.Equal([question.TopicId], await PinnedAsync(null));
        var step = await LastStepAsync();
        Assert.Equal(("topic.pinned", null, "site"), (step.Deed, step.Before, step.After));

        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<UnpinTopic>().RunAsync(boardModerator, question.TopicId, default)).Refusal?.Kind);
        for (var twice = 0; twice < 2; twice++)
            _ = (await forum.Get<UnpinTopic>().RunAsync(moderator, question.TopicId, default)).Required;
        Assert.Empty(await PinnedAsync(null));
        Assert.False((await forum.TopicAsync(question.TopicId)).Pinned);
    }

    [Fact]
    public async Task A_locked_post_is_neither_edited_nor_deleted_by_its_author()
    {
        _ = (await forum.Get<LockPost>().RunAsync(boardModerator, reply.PostId, "It is quoted elsewhere.", default)).Required;
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<DeletePost>().RunAsync(author, reply.PostId, default)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<EditPost>().RunAsync(author, new(reply.PostId, 1, "Another answer altogether, as it is."), default)).Refusal?.Kind);
        _ = (await forum.Get<EditPost>().RunAsync(boardModerator, new(reply.PostId, 1, "Another answer altogether, as it is."), default)).Required;
        _ = (await forum.Get<UnlockPost>().RunAsync(boardModerator, reply.PostId, default)).Required;
        _ = (await forum.Get<DeletePost>().RunAsync(author, reply.PostId, default)).Required;
    }

    [Fact]
    public async Task Nobody_else_pins_locks_or_gives_a_post_away()
    {
        foreach (var other in new[] { asker, Actor.Visitor, await forum.TrustedAsync(4) })
        {
            Assert.NotNull((await PinAsync(other)).Refusal);
            Assert.NotNull((await forum.Get<LockPost>().RunAsync(other, reply.PostId, null, default)).Refusal);
            Assert.NotNull((await forum.Get<ChangeAuthor>().RunAsync(other, reply.PostId, (await forum.MemberRowAsync(asker)).Handle, "Mine.", default)).Refusal);
        }
    }

    [Fact]
    public async Task A_post_becomes_somebody_elses_with_all_that_is_counted_by_it()
    {
        var heir = await forum.MemberAsync("Stella Maris");
        foreach (var voter in new[] { asker, heir })
            _ = (await forum.UpvoteAsync(voter, reply.PostId)).Required;
        var handle = (await forum.MemberRowAsync(heir)).Handle;
        _ = (await forum.Get<ChangeAuthor>().RunAsync(moderator, reply.PostId, $"@{handle}", "They wrote it with a second account.", default)).Required;

        var (from, to) = (await forum.MemberRowAsync(author), await forum.MemberRowAsync(heir));
        Assert.Equal((0, 0, 1, 10), (from.Posts, from.Points, to.Posts, to.Points));
        Assert.Equal((1, to.Id), ((await forum.PostAsync(reply.PostId)).Score, (await forum.TopicAsync(question.TopicId)).LastPosterId));
        var step = await LastStepAsync();
        Assert.Equal(("post.author-changed", from.Handle, to.Handle, "They wrote it with a second account."), (step.Deed, step.Before, step.After, step.Note));
        Assert.Equal("", await RepairsAsync());
    }

    [Fact]
    public async Task A_question_goes_along_with_its_topic_and_a_solution_does_not_go()
    {
        var heir = await forum.MemberAsync("Stella Maris");
        var handle = (await forum.MemberRowAsync(heir)).Handle;
        _ = (await forum.Get<ChangeAuthor>().RunAsync(moderator, question.PostId, handle, "Asked for her.", default)).Required;
        Assert.Equal(heir.MemberId, (await forum.TopicAsync(question.TopicId)).AuthorId);
        _ = (await forum.AcceptAsync(heir, reply)).Required;
        Assert.Equal("Handle", (await forum.Get<ChangeAuthor>().RunAsync(moderator, reply.PostId, handle, "Hers.", default)).Refusal?.Field);
        Assert.Equal("Handle", (await forum.Get<ChangeAuthor>().RunAsync(moderator, question.PostId, (await forum.MemberRowAsync(asker)).Handle, "His.", default)).Refusal?.Field);
        Assert.Equal("Handle", (await forum.Get<ChangeAuthor>().RunAsync(moderator, reply.PostId, "nobody-there", "Whose?", default)).Refusal?.Field);
        Assert.Equal("", await RepairsAsync());
    }
}
