using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Standing;
using Forum.Tests.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Moderation;

public sealed class MovePostsTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor asker = null!, helper = null!, moderator = null!;
    private PostedPost question = null!, second = null!, third = null!, fourth = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        await forum.BoardAsync("other");
        (asker, helper) = (await forum.MemberAsync(), await forum.MemberAsync("Kwame Osei"));
        moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        question = await forum.AskAsync(asker, tags: ["contracts"]);
        second = await forum.ReplyAsync(helper, question.TopicId, "Choose Transfer.");
        third = await forum.ReplyAsync(asker, question.TopicId, "And how do I get paid by an agency then?", second.PostId);
        fourth = await forum.ReplyAsync(helper, question.TopicId, "By the end of the month.", third.PostId);
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    private Task<Result<PostedPost>> MoveAsync(PostMove move, Actor? actor = null) => forum.Get<MovePosts>().RunAsync(actor ?? moderator, move, default);

    private Task<Result<PostedPost>> MergeAsync(long topic, long into, Actor? actor = null) => forum.Get<MergeTopics>().RunAsync(actor ?? moderator, topic, into, "The same", default);

    private async Task<TopicView> PageAsync(long topicId, Rights? rights = null) =>
        (await forum.Get<TopicQueries>().PageAsync(rights ?? Rights.OfVisitor, topicId, PostSort.Oldest, 1, null, true, default)).Required;

    [Fact]
    public async Task A_reply_with_its_replies_becomes_a_question_of_its_own()
    {
        var made = (await MoveAsync(new(third.PostId, MovedPart.WithReplies, Title: "How do I get paid by an agency?", Reason: "Another question"))).Required;
        var (old, page) = (await PageAsync(question.TopicId), await PageAsync(made.TopicId));
        Assert.Equal([second.PostId], old.Posts.Select(p => p.Id));
        Assert.Equal((1, 0), (old.Replies, old.Posts[0].Replies));
        Assert.Equal((third.PostId, 1, "Ines R", "How do I get paid by an agency?"), (page.Question!.Id, page.Replies, page.Author.DisplayName, page.Title));
        Assert.Equal([(fourth.PostId, 2, 1)], page.Posts.Select(p => (p.Id, p.Number, p.ReplyTo!.Number)));
        Assert.Equal(["contracts"], page.Tags.Select(t => t.Name));
        Assert.Equal([(3, 2, made.TopicId, 1)], old.Moved.Select(m => (m.Number, m.Count, m.Topic.Id, m.Now)));
        Assert.Equal((2, 4), ((await forum.BoardRowAsync()).Topics, (await forum.BoardRowAsync()).Posts));
    }

    [Fact]
    public async Task What_comes_next_takes_a_number_that_nothing_had()
    {
        _ = (await MoveAsync(new(third.PostId, MovedPart.AndLater, Title: "How do I get paid by an agency?"))).Required;
        Assert.Equal(5, (await forum.ReplyAsync(helper, question.TopicId, "One more thing.")).Number);
    }

    [Fact]
    public async Task Old_addresses_lead_to_where_the_posts_are_for_those_who_may_read_that()
    {
        await forum.BoardAsync("back", read: ReadAccess.Staff);
        var made = (await MoveAsync(new(third.PostId, MovedPart.Post, Title: "How do I get paid by an agency?"))).Required;
        Assert.Equal((made.TopicId, 1), await WhereAsync(3, Rights.OfVisitor));
        Assert.Null(await WhereAsync(2, Rights.OfVisitor));
        var again = (await MoveAsync(new(fourth.PostId, MovedPart.Post, Title: "When do I get paid by an agency?", Board: "back"))).Required;
        Assert.Null(await WhereAsync(4, Rights.OfVisitor));
        Assert.DoesNotContain((await PageAsync(question.TopicId)).Moved, m => m.Topic.Id == again.TopicId);
        Assert.Equal((again.TopicId, 1), await WhereAsync(4, Rights.OfOperator));

        async Task<(long, int)?> WhereAsync(int number, Rights rights) =>
            await forum.Get<TopicQueries>().MovedAsync(rights, question.TopicId, number, default) is var (topic, now) ? (topic.Id, now) : null;
    }

    [Fact]
    public async Task An_accepted_solution_goes_along_with_its_credit()
    {
        _ = (await forum.UpvoteAsync(asker, fourth.PostId)).Required;
        _ = (await forum.AcceptAsync(asker, fourth)).Required;
        var made = (await MoveAsync(new(third.PostId, MovedPart.WithReplies, Title: "How do I get paid by an agency?", Board: "other"))).Required;
        Assert.Null(await forum.SolutionAsync(question.TopicId));
        Assert.Equal((fourth.PostId, asker.MemberId), ((await forum.SolutionAsync(made.TopicId))!.PostId, (await forum.SolutionAsync(made.TopicId))!.MarkedById));
        Assert.Equal((1, PointEntry.ForSolution + PointEntry.ForUpvote), ((await forum.MemberRowAsync(helper)).Solutions, (await forum.MemberRowAsync(helper)).Points));
        Assert.Equal((0, 1), ((await forum.BoardRowAsync()).Solved, (await forum.BoardRowAsync("other")).Solved));
    }

    [Fact]
    public async Task What_members_say_of_a_solution_goes_along_with_it()
    {
        _ = (await forum.AcceptAsync(asker, fourth)).Required;
        _ = (await forum.Get<DoubtSolution>().RunAsync(helper, question.TopicId, fourth.PostId, "The button is gone.", default)).Required;
        var made = (await MoveAsync(new(third.PostId, MovedPart.WithReplies, Title: "How do I get paid by an agency?"))).Required;
        await using var db = forum.Db();
        Assert.Equal((fourth.PostId, "The button is gone."), await db.Doubts.Select(d => new ValueTuple<long, string>(d.PostId, d.Note)).SingleAsync());
        Assert.Equal(fourth.PostId, (await forum.SolutionAsync(made.TopicId))!.PostId);
    }

    [Fact]
    public async Task Where_there_is_a_solution_none_comes_along_and_its_credit_is_reversed()
    {
        var other = await forum.AskAsync(asker, "other");
        _ = (await forum.AcceptAsync(asker, await forum.ReplyAsync(moderator, other.TopicId))).Required;
        _ = (await forum.AcceptAsync(asker, second)).Required;
        _ = (await MergeAsync(question.TopicId, other.TopicId)).Required;
        Assert.NotEqual(second.PostId, (await forum.SolutionAsync(other.TopicId))!.PostId);
        Assert.Equal([PointEntry.ForSolution, -PointEntry.ForSolution], await forum.LedgerAsync(helper));
        Assert.Equal(0, (await forum.MemberRowAsync(helper)).Solutions);
    }

    [Fact]
    public async Task A_merged_topic_stands_at_the_end_of_the_other_and_leads_there()
    {
        var other = await forum.AskAsync(helper, "other", "How do I move a project elsewhere?");
        await forum.ReplyAsync(asker, other.TopicId, "I wonder, too.");
        _ = (await forum.UpvoteAsync(asker, second.PostId)).Required;
        _ = (await forum.Get<SayMeToo>().RunAsync(moderator, question.TopicId, default)).Required;
        _ = (await forum.Get<SayMeToo>().RunAsync(helper, question.TopicId, default)).Required;
        var merged = (await MergeAsync(question.TopicId, other.TopicId)).Required;

        var page = await PageAsync(other.TopicId);
        Assert.Equal([2, 3, 4, 5, 6], page.Posts.Select(p => p.Number));
        Assert.Equal((other.TopicId, question.PostId, 3), (merged.TopicId, merged.PostId, merged.Number));
        Assert.Equal((4, 5), (page.Posts.Single(p => p.Id == third.PostId).ReplyTo!.Number, page.Posts.Single(p => p.Id == fourth.PostId).ReplyTo!.Number));
        // Who asked there needs not say so.
        Assert.Equal(1, page.MeToos);
        var (from, to) = (await forum.BoardRowAsync(), await forum.BoardRowAsync("other"));
        Assert.Equal((0, 0, 1, 6), (from.Topics, from.Posts, to.Topics, to.Posts));
        Assert.Equal(RefusalKind.Gone, (await forum.Get<TopicQueries>().FindAsync(Rights.OfVisitor, question.TopicId, default)).Refusal!.Kind);
        Assert.Equal(other.TopicId, (await forum.Get<TopicQueries>().MergedAsync(Rights.OfVisitor, question.TopicId, default))!.Id);
        Assert.Equal(5, (await forum.Get<TopicQueries>().MovedAsync(Rights.OfVisitor, question.TopicId, 3, default))!.Value.Now);
        await using var db = forum.Db();
        Assert.Equal([(to.Id, 1)], (await db.UpvoteDays.Where(d => d.Upvotes > 0).ToListAsync()).Select(d => (d.BoardId, d.Upvotes)));
        Assert.Equal(3, await db.Watches.CountAsync(w => w.TopicId == other.TopicId));
    }

    [Fact]
    public async Task Nothing_is_done_any_more_with_a_merged_topic()
    {
        var other = await forum.AskAsync(helper, "other");
        _ = (await MergeAsync(question.TopicId, other.TopicId)).Required;
        Assert.NotNull((await forum.Get<ArrangeTopic>().RunAsync(moderator, new(question.TopicId, Board: "other"), default)).Refusal);
        Assert.NotNull((await forum.Get<CloseTopic>().RunAsync(moderator, new(question.TopicId, ClosureReason.OffTopic), default)).Refusal);
        Assert.NotNull((await forum.Get<PostReply>().RunAsync(moderator, new(question.TopicId, "One more thing.", null, null), default)).Refusal);
        Assert.NotNull((await forum.Get<WriteNote>().RunAsync(moderator, new(question.TopicId, "One more thing.", null, null), default)).Refusal);
        Assert.NotNull((await MergeAsync(question.TopicId, other.TopicId)).Refusal);
        Assert.NotNull((await MergeAsync(other.TopicId, question.TopicId)).Refusal);
    }

    [Fact]
    public async Task What_led_to_a_merged_topic_leads_on()
    {
        var (duplicate, other, last) = (await forum.AskAsync(helper), await forum.AskAsync(helper), await forum.AskAsync(helper));
        _ = (await forum.Get<CloseTopic>().RunAsync(moderator, new(duplicate.TopicId, ClosureReason.Duplicate, question.TopicId), default)).Required;
        _ = (await forum.Get<CloseTopic>().RunAsync(moderator, new(other.TopicId, ClosureReason.Duplicate, question.TopicId), default)).Required;
        _ = (await MergeAsync(question.TopicId, other.TopicId)).Required;
        _ = (await MergeAsync(other.TopicId, last.TopicId)).Required;
        var topics = forum.Get<TopicQueries>();
        Assert.Equal(last.TopicId, (await PageAsync(duplicate.TopicId)).Closure!.DuplicateOf!.Id);
        Assert.Null((await PageAsync(last.TopicId)).Closure);
        Assert.Equal(last.TopicId, (await topics.MergedAsync(Rights.OfVisitor, question.TopicId, default))!.Id);
        Assert.Equal(last.TopicId, (await topics.MovedAsync(Rights.OfVisitor, question.TopicId, 2, default))!.Value.Topic.Id);
    }

    [Fact]
    public async Task Notes_of_staff_stay_with_the_post_they_are_about()
    {
        _ = (await forum.Get<WriteNote>().RunAsync(moderator, new(question.TopicId, "Is that so?", third.PostId, null), default)).Required;
        _ = (await forum.Get<WriteNote>().RunAsync(moderator, new(question.TopicId, "Well known.", question.PostId, null), default)).Required;
        var made = (await MoveAsync(new(third.PostId, MovedPart.Post, Title: "How do I get paid by an agency?"))).Required;
        await using var db = forum.Db();
        Assert.Equal([(made.TopicId, -1), (question.TopicId, -2)], (await db.Posts.Where(p => p.Number < 0).OrderByDescending(p => p.Number).ToListAsync()).Select(p => (p.TopicId, p.Number)));
    }

    [Fact]
    public async Task Only_moderators_of_both_boards_move_posts()
    {
        var other = await forum.AskAsync(helper, "other");
        var (here, trusted) = (await forum.BoardModeratorAsync("help"), await forum.TrustedAsync(4));
        foreach (var actor in new[] { asker, helper, trusted, Actor.Visitor })
        {
            Assert.NotNull((await MoveAsync(new(third.PostId, MovedPart.Post, Title: "How do I get paid by an agency?"), actor)).Refusal);
            Assert.NotNull((await MergeAsync(question.TopicId, other.TopicId, actor)).Refusal);
        }
        Assert.Equal("Into", (await MoveAsync(new(third.PostId, MovedPart.Post, other.TopicId), here)).Refusal!.Field);
        Assert.Equal("Into", (await MergeAsync(question.TopicId, other.TopicId, here)).Refusal!.Field);
        _ = (await MoveAsync(new(third.PostId, MovedPart.Post, Title: "How do I get paid by an agency?"), here)).Required;
        Assert.Equal(4, (await PageAsync(question.TopicId)).Replies + (await PageAsync(other.TopicId)).Replies + 2);
    }

    [Fact]
    public async Task Wrong_places_are_refused()
    {
        Assert.Equal("Title", (await MoveAsync(new(third.PostId, MovedPart.Post, Title: "Short"))).Refusal!.Field);
        Assert.Equal("Into", (await MoveAsync(new(third.PostId, MovedPart.Post, question.TopicId))).Refusal!.Field);
        Assert.Equal("Into", (await MoveAsync(new(third.PostId, MovedPart.Post, 4711))).Refusal!.Field);
        Assert.Equal(RefusalKind.Invalid, (await MoveAsync(new(question.PostId, MovedPart.Post, Title: "How do I get paid by an agency?"))).Refusal!.Kind);
        Assert.Equal("Into", (await MergeAsync(question.TopicId, question.TopicId)).Refusal!.Field);
        Assert.Equal(RefusalKind.NotFound, (await MoveAsync(new(4711, MovedPart.Post, Title: "How do I get paid by an agency?"))).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await MergeAsync(4711, question.TopicId)).Refusal!.Kind);
    }

    [Fact]
    public async Task Two_who_merge_in_opposite_directions_lose_nothing()
    {
        var other = await forum.AskAsync(helper, "other");
        await Task.WhenAll(MergeAsync(question.TopicId, other.TopicId), MergeAsync(other.TopicId, question.TopicId));
        await using var db = forum.Db();
        Assert.Equal(5, await db.Posts.CountAsync(p => p.Topic.Visibility == Visibility.Visible));
        Assert.Equal(1, await db.Topics.CountAsync(t => t.Visibility == Visibility.Visible));
    }
}
