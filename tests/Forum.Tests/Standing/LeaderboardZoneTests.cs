using Forum.Boards;
using Forum.Jobs;
using Forum.Standing;
using Forum.Topics;
using Forum.Votes;

namespace Forum.Tests.Standing;

/// <summary>Leaderboards of a forum that is at home half an hour beside full hours, where the day begins at 18:30 in UTC.</summary>
public sealed class LeaderboardZoneTests : IAsyncLifetime
{
    private TestForum forum = null!;
    private Actor author = null!, voter = null!;
    private PostedPost question = null!, reply = null!;

    public async Task InitializeAsync()
    {
        forum = await TestForum.StartAsync(options => options.Site.TimeZone = "Asia/Kolkata");
        await forum.BoardAsync();
        (author, voter) = (await forum.MemberAsync("Muhammad Ali"), await forum.MemberAsync("Vera Voter"));
        question = await forum.AskAsync(voter);
        reply = await forum.ReplyAsync(author, question.TopicId);
        forum.Clock.SetUtcNow(new DateTimeOffset(2026, 4, 1, 19, 0, 0, TimeSpan.Zero));
    }

    public async Task DisposeAsync()
    {
        await Recount.AssertEverythingAsync(forum);
        Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, repair: false, null, default)).Required.Findings);
        await forum.DisposeAsync();
    }

    private async Task<int> CountAsync(LeaderboardKind kind)
    {
        forum.Get<LeaderboardQueries>().Forget();
        return (await forum.Get<LeaderboardQueries>().MovedAsync(Rights.OfVisitor, kind, LeaderboardPeriod.Week, null, default)).Required.Sum(r => r.Count);
    }

    [Theory]
    [InlineData(LeaderboardKind.Upvotes)]
    [InlineData(LeaderboardKind.Solutions)]
    public async Task What_was_given_on_a_day_of_the_site_is_in_the_week_until_the_seventh_day_after_it_begins_there(LeaderboardKind kind)
    {
        _ = kind == LeaderboardKind.Upvotes ? (await forum.UpvoteAsync(voter, reply.PostId)).Refusal : (await forum.AcceptAsync(voter, reply)).Refusal;
        Assert.Equal(1, await CountAsync(kind));

        forum.Clock.SetUtcNow(new DateTimeOffset(2026, 4, 8, 18, 29, 59, TimeSpan.Zero));
        Assert.Equal(1, await CountAsync(kind));
        forum.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, await CountAsync(kind));
    }

    [Fact]
    public async Task An_upvote_goes_from_the_day_it_was_cast_on_though_the_site_has_moved()
    {
        _ = (await forum.UpvoteAsync(voter, reply.PostId)).Required;
        await using (var db = forum.Db())
            Assert.Equal(new DateOnly(2026, 4, 2), Assert.Single(db.UpvoteDays).Day);
        forum.Options.Site.TimeZone = "America/Los_Angeles";

        Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, repair: false, null, default)).Required.Findings);
        _ = (await forum.Get<TakeBackUpvote>().RunAsync(voter, reply.PostId, default)).Required;
        await using (var db = forum.Db())
            Assert.DoesNotContain(db.UpvoteDays, d => d.Upvotes != 0);
    }
}
