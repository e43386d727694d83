using Forum.Boards;
using Forum.Jobs;
using Forum.Standing;
using Forum.Topics;
using Forum.Web.Demo;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Web.Tests.Demo;

public sealed class DemoCommunityTests(DemoCommunityTests.Filled filled) : IClassFixture<DemoCommunityTests.Filled>
{
    private readonly WebForum forum = filled.Forum;

    [Fact]
    public async Task It_shows_every_state_a_topic_can_be_in_and_every_number_in_it_is_counted_right()
    {
        await using var db = forum.Db();
        Assert.Equal(6, await db.Boards.CountAsync());
        Assert.Equal(12, await db.Users.CountAsync());
        Assert.InRange(await db.Topics.CountAsync(), 40, 45);
        Assert.True(await db.Topics.AnyAsync(t => t.Solved));
        Assert.True(await db.Topics.AnyAsync(t => !t.Solved && t.Board.Kind == BoardKind.Questions && t.Replies > 1));
        Assert.True(await db.Topics.AnyAsync(t => t.Replies == 0 && t.Board.Kind == BoardKind.Questions));
        Assert.True(await db.Topics.AnyAsync(t => t.LastNumber > 2 * Paging.PageSize));
        Assert.True(await db.Closures.AnyAsync(c => c.Reason == ClosureReason.Duplicate && c.DuplicateOfId != null));
        Assert.True(await db.Posts.AnyAsync(p => p.Visibility == Visibility.Deleted));
        Assert.True(await db.Posts.AnyAsync(p => p.Visibility == Visibility.Hidden));
        foreach (var element in new[] { "<pre", "<table", "<ul", "<ol", "<blockquote" })
            Assert.True(await db.Posts.AnyAsync(p => p.Html!.Contains(element)), $"No post has a {element}");
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        Assert.True(await db.Posts.AllAsync(p => p.Created <= now));

        Assert.Empty((await forum.Get<Doctor>().RunAsync(Actor.Operator, repair: false, null, default)).Required.Findings);
        Assert.True(await db.PointEntries.Where(e => e.Reason == PointReason.Upvote).GroupBy(e => new { e.MemberId, e.At.Date }).AllAsync(g => g.Sum(e => e.Delta) <= PointEntry.MaxFromUpvotesPerDay));
    }

    [Fact]
    public async Task The_week_the_month_and_the_year_each_have_a_leader_of_their_own()
    {
        var leaders = new List<string>();
        foreach (var period in new[] { LeaderboardPeriod.Week, LeaderboardPeriod.Month, LeaderboardPeriod.Year })
            leaders.Add((await forum.Get<LeaderboardQueries>().TopAsync(Rights.OfVisitor, period, null, default)).Required[0].Member.Handle);
        Assert.Equal(3, leaders.Distinct().Count());
    }

    [Fact]
    public async Task It_is_told_once()
    {
        Assert.Empty(await Filled.FillAsync(forum));
        await using var db = forum.Db();
        Assert.Equal(6, await db.Boards.CountAsync());
    }

    /// <summary>A forum in which the story was told.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        public WebForum Forum { get; } = new();

        public async Task InitializeAsync()
        {
            await Forum.InitializeAsync();
            Assert.NotEmpty(await FillAsync(Forum));
        }

        public async Task DisposeAsync() => await Forum.DisposeAsync();

        internal static Task<IReadOnlyList<string>> FillAsync(WebForum forum) => ActivatorUtilities.CreateInstance<DemoCommunity>(forum.Get<IServiceProvider>()).FillAsync(default);
    }
}
