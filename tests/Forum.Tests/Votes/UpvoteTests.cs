using Forum.Members;
using Forum.Moderation;
using Forum.Standing;
using Forum.Tests.Standing;
using Forum.Topics;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Votes;

public sealed class UpvoteTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor author = null!, voter = null!;
    private PostedPost question = null!, reply = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        author = await forum.MemberAsync("Muhammad Ali");
        voter = await forum.MemberAsync();
        question = await forum.AskAsync(author);
        reply = await forum.ReplyAsync(author, question.TopicId);
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        await forum.DisposeAsync();
    }

    [Fact]
    public async Task An_upvote_counts_on_the_post_its_topic_and_its_author()
    {
        Assert.Equal(new VoteState(1, true), (await forum.UpvoteAsync(voter, question.PostId)).Required);

        Assert.Equal(1, (await forum.PostAsync(question.PostId)).Score);
        Assert.Equal(1, (await forum.TopicAsync(question.TopicId)).Score);
        Assert.Equal(PointEntry.ForUpvote, (await forum.MemberRowAsync(author)).Points);
    }

    [Fact]
    public async Task Voting_twice_is_voting_once_and_so_is_taking_back()
    {
        await forum.UpvoteAsync(voter, reply.PostId);
        Assert.Equal(new VoteState(1, true), (await forum.UpvoteAsync(voter, reply.PostId)).Required);
        Assert.Equal(new VoteState(0, false), (await forum.Get<TakeBackUpvote>().RunAsync(voter, reply.PostId, default)).Required);
        Assert.Equal(new VoteState(0, false), (await forum.Get<TakeBackUpvote>().RunAsync(voter, reply.PostId, default)).Required);

        Assert.Equal([PointEntry.ForUpvote, -PointEntry.ForUpvote], await forum.LedgerAsync(author));
    }

    [Fact]
    public async Task A_vote_taken_back_on_another_day_leaves_the_bucket_of_the_day_it_was_cast()
    {
        await forum.UpvoteAsync(voter, reply.PostId);
        forum.Clock.Advance(TimeSpan.FromDays(3));
        await forum.Get<TakeBackUpvote>().RunAsync(voter, reply.PostId, default);

        await using var db = forum.Db();
        Assert.Equal(0, (await db.UpvoteDays.SingleAsync()).Upvotes);
    }

    [Fact]
    public async Task Nobody_upvotes_their_own_post() =>
        Assert.Equal(RefusalKind.Forbidden, (await forum.UpvoteAsync(author, reply.PostId)).Refusal?.Kind);

    [Fact]
    public async Task Visitors_and_suspended_members_do_not_vote()
    {
        await forum.SuspendAsync(voter, TimeSpan.FromHours(1));

        Assert.Equal(RefusalKind.SignIn, (await forum.UpvoteAsync(Actor.Visitor, reply.PostId)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await forum.UpvoteAsync(voter, reply.PostId)).Refusal?.Kind);
    }

    [Fact]
    public async Task A_post_that_does_not_exist_or_went_out_of_sight_takes_no_votes()
    {
        await forum.Get<DeletePost>().RunAsync(author, reply.PostId, default);

        Assert.Equal(RefusalKind.Gone, (await forum.UpvoteAsync(voter, reply.PostId)).Refusal?.Kind);
        Assert.Equal(RefusalKind.NotFound, (await forum.UpvoteAsync(voter, 4711)).Refusal?.Kind);
        Assert.Equal(Refusal.OutOfSight, (await forum.UpvoteAsync(await forum.BoardModeratorAsync("help"), reply.PostId)).Refusal);
    }

    [Fact]
    public async Task A_hundred_members_who_vote_at_once_make_a_hundred()
    {
        var members = new List<Actor>();
        for (var i = 0; i < 100; i++)
            members.Add(await forum.MemberAsync($"Voter {i}"));

        await Task.WhenAll(members.Select(m => Task.Run(() => forum.UpvoteAsync(m, question.PostId))));

        Assert.Equal(100, (await forum.PostAsync(question.PostId)).Score);
        Assert.Equal(100, (await forum.TopicAsync(question.TopicId)).Score);
        Assert.Equal(PointEntry.MaxFromUpvotesPerDay, (await forum.MemberRowAsync(author)).Points);
    }

    [Fact]
    public async Task One_member_who_clicks_fifty_times_at_once_votes_once()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => forum.UpvoteAsync(voter, question.PostId))));

        Assert.All(results, r => Assert.Equal(new VoteState(1, true), r.Required));
        Assert.Equal(1, (await forum.PostAsync(question.PostId)).Score);
    }

    [Fact]
    public async Task Votes_and_their_taking_back_all_at_once_leave_the_score_that_the_votes_make()
    {
        var members = new List<Actor>();
        for (var i = 0; i < 10; i++)
            members.Add(await forum.MemberAsync($"Voter {i}"));

        await Task.WhenAll(members.SelectMany(m => Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            i % 2 == 0 ? forum.UpvoteAsync(m, question.PostId) : forum.Get<TakeBackUpvote>().RunAsync(m, question.PostId, default)))));

        await using var db = forum.Db();
        Assert.Equal(await db.Votes.CountAsync(), (await forum.PostAsync(question.PostId)).Score);
    }

    [Fact]
    public async Task Six_votes_a_day_for_one_author_and_then_again_when_the_day_is_over()
    {
        var posts = new List<PostedPost>();
        for (var i = 0; i < forum.Options.Limits.UpvotesPerDayForOneAuthor + 1; i++)
            posts.Add(await forum.ReplyAsync(author, question.TopicId));
        forum.Options.Limits.Enabled = true;
        foreach (var post in posts[..^1])
            _ = (await forum.UpvoteAsync(voter, post.PostId)).Required;

        Assert.Equal(RefusalKind.TooMany, (await forum.UpvoteAsync(voter, posts[^1].PostId)).Refusal?.Kind);
        forum.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null((await forum.UpvoteAsync(voter, posts[^1].PostId)).Refusal);
    }

    [Fact]
    public async Task Forty_votes_a_day_and_not_one_more()
    {
        var posts = new List<PostedPost>();
        for (var i = 0; i <= forum.Options.Limits.UpvotesPerDay; i++)
            posts.Add(await forum.ReplyAsync(await forum.MemberAsync($"Author {i}"), question.TopicId));
        forum.Options.Limits.Enabled = true;
        foreach (var post in posts[..^1])
            _ = (await forum.UpvoteAsync(voter, post.PostId)).Required;

        var refusal = (await forum.UpvoteAsync(voter, posts[^1].PostId)).Refusal;
        Assert.Equal((RefusalKind.TooMany, forum.Options.Limits.UpvotesPerDay), (refusal?.Kind, (int)refusal!.Args[0]));
    }

    [Fact]
    public async Task A_day_gives_an_author_two_hundred_points_from_votes_and_the_next_day_more()
    {
        for (var i = 0; i < 22; i++)
            _ = (await forum.UpvoteAsync(await forum.MemberAsync($"Voter {i}"), question.PostId)).Required;
        Assert.Equal(PointEntry.MaxFromUpvotesPerDay, (await forum.MemberRowAsync(author)).Points);
        _ = (await forum.AcceptAsync(await forum.MemberAsync("Sam Staff", SiteRole.Admin), await forum.ReplyAsync(voter, question.TopicId))).Required;
        Assert.Equal(PointEntry.ForSolution, (await forum.MemberRowAsync(voter)).Points);

        forum.Clock.Advance(TimeSpan.FromDays(1));
        _ = (await forum.UpvoteAsync(voter, question.PostId)).Required;
        Assert.Equal(PointEntry.MaxFromUpvotesPerDay + PointEntry.ForUpvote, (await forum.MemberRowAsync(author)).Points);
    }
}

public sealed class UpvoteWithoutLimitsTests
{
    [Fact]
    public async Task With_limits_off_a_member_may_vote_as_often_as_there_are_posts()
    {
        await using var forum = await TestForum.StartAsync();
        await forum.BoardAsync();
        var author = await forum.MemberAsync();
        var voter = await forum.MemberAsync("Muhammad Ali");
        var topic = await forum.AskAsync(author);
        for (var i = 0; i <= forum.Options.Limits.UpvotesPerDay; i++)
            _ = (await forum.UpvoteAsync(voter, (await forum.ReplyAsync(author, topic.TopicId)).PostId)).Required;

        await Recount.AssertEverythingAsync(forum);
    }
}
