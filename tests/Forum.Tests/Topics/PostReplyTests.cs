using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Topics;

public sealed class PostReplyTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, member = null!;
    private PostedPost question = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        asker = await forum.MemberAsync();
        member = await forum.MemberAsync("Muhammad Ali");
        question = await forum.AskAsync(asker);
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    private Task<Result<PostedPost>> PostAsync(Actor actor, string? text = "Choose Transfer.", long? replyTo = null, string? key = null, long? topic = null) =>
        forum.Get<PostReply>().RunAsync(actor, new(topic ?? question.TopicId, text, replyTo, key), default);

    [Fact]
    public async Task Fifty_replies_at_once_get_fifty_numbers_without_a_gap()
    {
        var posted = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => PostAsync(i % 2 == 0 ? asker : member))));

        Assert.Equal(Enumerable.Range(2, 50), posted.Select(p => p.Required.Number).Order());
        Assert.Equal(50, (await forum.TopicAsync(question.TopicId)).Replies);
    }

    [Fact]
    public async Task The_same_key_posts_once_another_key_or_member_posts_again()
    {
        var posted = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => PostAsync(member, key: "Key-1"))));

        Assert.Single(posted.Select(p => p.Required.PostId).Distinct());
        Assert.NotEqual(posted[0].Required.PostId, (await PostAsync(member, key: "key-1")).Required.PostId);
        Assert.NotEqual(posted[0].Required.PostId, (await PostAsync(asker, key: "Key-1")).Required.PostId);
        Assert.Equal(3, (await forum.TopicAsync(question.TopicId)).Replies);
    }

    [Fact]
    public async Task A_key_of_any_length_and_letters_is_a_key()
    {
        foreach (var key in new[] { new string('k', 5000), "clé 🔑 \0", "\ud800", " " })
            Assert.Equal((await PostAsync(member, key: key)).Required.PostId, (await PostAsync(member, key: key)).Required.PostId);
    }

    [Fact]
    public async Task A_closed_topic_takes_no_replies()
    {
        await forum.CloseAsync(question.TopicId);

        Assert.Equal(RefusalKind.Forbidden, (await PostAsync(member)).Refusal?.Kind);
        Assert.Equal(0, (await forum.TopicAsync(question.TopicId)).Replies);
    }

    [Fact]
    public async Task A_deleted_topic_takes_no_replies_and_one_that_never_was_is_not_found()
    {
        await forum.Get<DeletePost>().RunAsync(asker, question.PostId, default);

        Assert.Equal(RefusalKind.Gone, (await PostAsync(member)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await PostAsync(member, topic: 4711)).Refusal?.Kind);
    }

    [Fact]
    public async Task Visitors_and_suspended_members_do_not_reply_until_they_may()
    {
        await forum.SuspendAsync(member, TimeSpan.FromDays(1));

        Assert.Equal(RefusalKind.SignIn, (await PostAsync(Actor.Visitor)).Refusal?.Kind);
        Assert.Equal(RefusalKind.SignIn, (await PostAsync(Actor.Member(4711))).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await PostAsync(member)).Refusal?.Kind);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null((await PostAsync(member)).Refusal);
    }

    [Fact]
    public async Task A_reply_to_a_post_of_another_topic_or_to_a_deleted_one_is_refused_with_its_field()
    {
        var elsewhere = await forum.AskAsync(asker, title: "Where do I find the invoices of last year?");
        var gone = (await PostAsync(member)).Required;
        await forum.Get<DeletePost>().RunAsync(member, gone.PostId, default);

        Assert.Equal("ReplyTo", (await PostAsync(member, replyTo: elsewhere.PostId)).Refusal?.Field);
        Assert.Equal("ReplyTo", (await PostAsync(member, replyTo: gone.PostId)).Refusal?.Field);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("  \n\t  x \n")]
    [InlineData("\u200b\u200b\u200b\u2060\u00ad")]
    [InlineData("\u3164\u3164\u3164\u2800")]
    public async Task A_reply_that_says_nothing_is_refused(string? text) =>
        Assert.Equal((RefusalKind.Invalid, "Markdown"), ((await PostAsync(member, text)).Refusal?.Kind, (await PostAsync(member, text)).Refusal?.Field));

    [Fact]
    public async Task The_longest_reply_is_taken_and_one_character_more_is_not()
    {
        var longest = string.Concat(Enumerable.Repeat("words and ", Post.MaxBodyLength / 10));

        Assert.Null((await PostAsync(member, longest[..^1] + "x")).Refusal);
        Assert.Equal(RefusalKind.Invalid, (await PostAsync(member, longest + "x")).Refusal?.Kind);
    }

    [Fact]
    public async Task Replies_and_the_hiding_of_their_topic_at_once_leave_true_counters()
    {
        var moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            if (i % 5 == 0)
                await forum.Get<HidePost>().RunAsync(moderator, question.PostId, null, default);
            else if (i % 5 == 1)
                await forum.Get<RestorePost>().RunAsync(moderator, question.PostId, default);
            else
                await PostAsync(member);
        })));
    }

    [Fact]
    public async Task What_one_may_not_read_exists_for_no_deed()
    {
        await forum.BoardAsync("secret", read: ReadAccess.Staff);
        var staff = await forum.MemberAsync("Sam Staff", SiteRole.Staff);
        var secret = await forum.AskAsync(staff, "secret");
        var reply = await forum.ReplyAsync(staff, secret.TopicId);

        Assert.Equal(Refusal.NotFound, (await PostAsync(member, topic: secret.TopicId)).Refusal);
        Assert.Equal(Refusal.NotFound, (await forum.UpvoteAsync(member, reply.PostId)).Refusal);
        Assert.Equal(Refusal.NotFound, (await forum.UpvoteAsync(Actor.Visitor, reply.PostId)).Refusal);
        Assert.Equal(Refusal.NotFound, (await forum.AcceptAsync(member, reply)).Refusal);
        Assert.Equal(Refusal.NotFound, (await forum.UnmarkAsync(member, reply)).Refusal);
        Assert.Equal(Refusal.NotFound, (await forum.Get<EditPost>().RunAsync(member, new(reply.PostId, 1, "Other words."), default)).Refusal);
        Assert.Equal(Refusal.NotFound, (await forum.Get<DeletePost>().RunAsync(member, reply.PostId, default)).Refusal);
        Assert.Equal(Refusal.NotFound, (await forum.Get<HidePost>().RunAsync(member, reply.PostId, null, default)).Refusal);
        var there = (await forum.Get<AskQuestion>().RunAsync(member, new("secret", Scenario.Question, Scenario.Body, [], null), default)).Refusal;
        var nowhere = (await forum.Get<AskQuestion>().RunAsync(member, new("nowhere", Scenario.Question, Scenario.Body, [], null), default)).Refusal;
        Assert.Equal((there?.Kind, there?.Message), (nowhere?.Kind, nowhere?.Message));
    }

    [Fact]
    public async Task Only_staff_and_the_moderators_of_the_board_announce_and_members_reply()
    {
        await forum.BoardAsync("news", BoardKind.Announcements);
        var announced = await forum.AskAsync(await forum.BoardModeratorAsync("news"), "news");

        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<AskQuestion>().RunAsync(member, new("news", Scenario.Question, Scenario.Body, [], null), default)).Refusal?.Kind);
        Assert.Null((await PostAsync(member, topic: announced.TopicId)).Refusal);
        await using var db = forum.Db();
        Assert.Equal(1, await db.Topics.CountAsync(t => t.Board.Slug == "news"));
    }
}
