using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;

namespace Forum.Tests.Moderation;

/// <summary>What members are told of what was done, and what they say to it.</summary>
public sealed class TalkTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor reporter = null!, author = null!, moderator = null!;
    private PostedPost question = null!, reply = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        (reporter, author, moderator) = (await forum.MemberAsync(), await forum.MemberAsync("Muhammad Ali"), await forum.MemberAsync("Sam Staff", SiteRole.Moderator));
        question = await forum.AskAsync(reporter);
        reply = await forum.ReplyAsync(author, question.TopicId);
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private TalkQueries Talks => forum.Get<TalkQueries>();

    private async Task<Rights> RightsAsync(Actor actor)
    {
        await using var db = forum.Db();
        return await db.RightsOfAsync(actor, forum.Clock.GetUtcNow().UtcDateTime, default);
    }

    private async Task<IReadOnlyList<TalkView>> MineAsync(Actor actor) => await Talks.MineAsync(await RightsAsync(actor), default);

    private async Task<IReadOnlyList<TalkView>> WaitingAsync(Actor actor) => await Talks.WaitingAsync(await RightsAsync(actor), default);

    private Task<Result<Done>> AnswerAsync(Actor actor, long talk, string text = "I meant no harm.") => forum.Get<AnswerTalk>().RunAsync(actor, talk, text, default);

    private async Task<long> HiddenAsync()
    {
        _ = (await forum.Get<FlagPost>().RunAsync(reporter, new(reply.PostId, FlagReason.Rude), default)).Required;
        var review = (await forum.Get<ReviewQueries>().OpenAsync(await RightsAsync(moderator), new(), default)).Required[0].Id;
        _ = (await forum.Get<DecideReview>().RunAsync(moderator, review, Verdict.Hide, "Please mind your words.", default)).Required;
        return Assert.Single(await MineAsync(author)).Id;
    }

    [Fact]
    public async Task The_author_reads_what_was_done_by_which_rule_and_why_with_a_quote_and_not_by_whom()
    {
        await HiddenAsync();
        var talk = Assert.Single(await MineAsync(author));
        var word = Assert.Single(talk.Words);
        Assert.Equal(("post.hidden", FlagReason.Rude, "Please mind your words.", true, null), (word.Deed, word.Rule, word.Text, word.ByStaff, word.By));
        Assert.Equal(("Choose Transfer and invite the other owner.", null, true), (talk.Quote, talk.Post, talk.Unread));
        Assert.Equal(1, await Talks.UnreadAsync(await RightsAsync(author), default));
    }

    [Fact]
    public async Task Whoever_reported_reads_what_came_of_it()
    {
        await HiddenAsync();
        Assert.Equal("report.upheld", Assert.Single(Assert.Single(await MineAsync(reporter)).Words).Deed);
    }

    [Fact]
    public async Task The_member_appeals_staff_answer_and_it_stands_again()
    {
        var id = await HiddenAsync();
        _ = (await AnswerAsync(author, id)).Required;
        var waiting = Assert.Single(await WaitingAsync(moderator));
        Assert.Equal(("I meant no harm.", "Sam S"), (waiting.Words[^1].Text, waiting.Words[0].By?.DisplayName));
        Assert.Empty(await WaitingAsync(author));
        _ = (await AnswerAsync(moderator, id, "So it was. Thank you.")).Required;
        Assert.Empty(await WaitingAsync(moderator));
        _ = (await forum.Get<RestorePost>().RunAsync(moderator, reply.PostId, default)).Required;
        var talk = Assert.Single(await MineAsync(author));
        Assert.Equal(["post.hidden", null, null, "post.restored"], talk.Words.Select(w => w.Deed));
        Assert.Equal((reply.Number, true), (talk.Post?.Number, talk.Unread));
        _ = (await forum.Get<SettleTalk>().RunAsync(author, id, default)).Required;
        Assert.Equal(0, await Talks.UnreadAsync(await RightsAsync(author), default));
    }

    [Fact]
    public async Task A_suspended_member_can_answer_what_they_are_suspended_for_but_not_without_end()
    {
        var handle = (await forum.MemberRowAsync(author)).Handle;
        _ = (await forum.Get<SanctionMember>().RunAsync(moderator, new(handle, SanctionKind.Suspension, 7, "Rude again."), default)).Required;
        var talk = Assert.Single(await MineAsync(author));
        Assert.Equal(("member.suspended", "Rude again."), (talk.Words[0].Deed, talk.Words[0].Text));
        for (var i = 0; i < AnswerTalk.MostInARow; i++)
            _ = (await AnswerAsync(author, talk.Id)).Required;
        Assert.Equal(RefusalKind.Forbidden, (await AnswerAsync(author, talk.Id)).Refusal?.Kind);
        _ = (await forum.Get<SettleTalk>().RunAsync(moderator, talk.Id, default)).Required;
        Assert.Empty(await WaitingAsync(moderator));
    }

    [Fact]
    public async Task A_moderator_begins_a_talk_about_a_post_and_it_stays_with_the_record()
    {
        var handle = (await forum.MemberRowAsync(author)).Handle;
        var id = (await forum.Get<TalkToMember>().RunAsync(moderator, handle, reply.PostId, "Is this still so?", default)).Required;
        Assert.Equal(id, (await forum.Get<TalkToMember>().RunAsync(moderator, handle, reply.PostId, "We ask since it changed.", default)).Required);
        Assert.Equal(2, Assert.Single(await Talks.WithAsync(await RightsAsync(moderator), handle, default)).Words.Count);
        Assert.Equal("Text", (await forum.Get<TalkToMember>().RunAsync(moderator, handle, question.PostId, "Not theirs.", default)).Refusal?.Field);
        Assert.Equal("Text", (await forum.Get<TalkToMember>().RunAsync(moderator, handle, null, " ", default)).Refusal?.Field);
    }

    [Fact]
    public async Task Nobody_else_reads_it_or_has_a_word_in_it()
    {
        var id = await HiddenAsync();
        var others = new[] { await forum.MemberAsync("Nosy Nora"), await forum.MemberAsync("Stefan Staff", SiteRole.Staff), await forum.BoardModeratorAsync((await forum.BoardAsync("other")).Slug), Actor.Visitor };
        foreach (var other in others)
        {
            Assert.Null(await Talks.FindAsync(await RightsAsync(other), id, default));
            Assert.NotNull((await AnswerAsync(other, id)).Refusal);
            Assert.NotNull((await forum.Get<TalkToMember>().RunAsync(other, (await forum.MemberRowAsync(author)).Handle, null, "Hello.", default)).Refusal);
        }
        Assert.True((await Talks.FindAsync(await RightsAsync(await forum.BoardModeratorAsync("help")), id, default))!.Value.AsStaff);
    }

    [Fact]
    public async Task What_reports_hid_is_told_and_what_the_author_deletes_is_not()
    {
        for (var i = 0; i < 3; i++)
            _ = (await forum.Get<FlagPost>().RunAsync(await forum.TrustedAsync(2), new(reply.PostId, FlagReason.Spam), default)).Required;
        var word = Assert.Single(Assert.Single(await MineAsync(author)).Words);
        Assert.Equal(("post.hidden-by-reports", FlagReason.Spam), (word.Deed, word.Rule));
        var own = await forum.ReplyAsync(author, question.TopicId, "I take this one back.");
        _ = (await forum.Get<DeletePost>().RunAsync(author, own.PostId, default)).Required;
        Assert.Single(await MineAsync(author));
    }
}
