using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Forum.Members;
using Forum.Web.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Forum.Web.Tests.Host;

/// <summary>Limits on requests: so many in any minute, over all nodes.</summary>
public sealed class SharedWindowTests : IAsyncLifetime
{
    /// <summary>Begins with a minute, so that it can be told how much of it is gone.</summary>
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2027, 1, 4, 12, 0, 0, TimeSpan.Zero));
    private WebForum forum = null!;

    public async Task InitializeAsync() => forum = await WebForum.StartAsync(
        [("Forum:Limits:Enabled", "true"), ("Forum:Limits:SearchesPerMinute", "4"), ("Forum:Limits:SearchesPerMinuteOfVisitors", "2")], services => services.AddSingleton<TimeProvider>(clock));

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private SharedWindows Node() => new(forum.Get<ShareTallies>(), clock, NullLogger<SharedWindows>.Instance);

    private static int Taken(RateLimiter limiter, int asked)
    {
        var taken = 0;
        for (var i = 0; i < asked; i++)
            taken += limiter.AttemptAcquire().IsAcquired ? 1 : 0;
        return taken;
    }

    [Fact]
    public void What_lies_a_minute_back_counts_no_more_and_who_is_refused_knows_when_to_come()
    {
        using var limiter = Node().Make("deeds", "somebody", 60);
        Assert.Equal(60, Taken(limiter, 70));
        var refused = limiter.AttemptAcquire();
        Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out var wait));
        clock.Advance(wait - TimeSpan.FromSeconds(1));
        Assert.Equal(0, Taken(limiter, 1));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, Taken(limiter, 5));
        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.InRange(Taken(limiter, 60), 27, 29);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(60, Taken(limiter, 70));
    }

    [Fact]
    public void Another_number_holds_from_the_next_request_on()
    {
        var node = Node();
        using var before = node.Make("searches", "somebody", 4);
        using var after = node.Make("searches", "somebody", 10);
        Assert.Equal((4, 6, 0), (Taken(before, 9), Taken(after, 9), Taken(before, 1)));
    }

    [Fact]
    public async Task Check_49_what_somebody_asks_of_one_node_counts_at_the_others()
    {
        var (here, there) = (Node(), Node());
        using var first = here.Make("deeds", "somebody", 30);
        using var second = there.Make("deeds", "somebody", 30);
        using var another = there.Make("deeds", "somebody else", 30);
        Assert.Equal((20, 4, 5), (Taken(first, 20), Taken(second, 4), Taken(another, 5)));
        await here.FlushAsync(default);
        await there.FlushAsync(default);
        Assert.Equal(6, Taken(second, 30));
        await there.FlushAsync(default);
        await here.FlushAsync(default);
        Assert.Equal(0, Taken(first, 30));
        Assert.Equal(25, Taken(another, 30));
        await using var db = forum.Db();
        Assert.DoesNotContain(await db.RequestTallies.Select(t => t.Key).ToListAsync(), key => key.Contains("somebody", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_is_far_below_a_limit_costs_the_database_nothing_and_old_counts_go()
    {
        var node = Node();
        using var few = node.Make("deeds", "a person", 30);
        using var many = node.Make("deeds", "a program", 30);
        Taken(few, 2);
        await node.FlushAsync(default);
        await using var db = forum.Db();
        Assert.Empty(await db.RequestTallies.ToListAsync());
        Taken(many, 30);
        await node.FlushAsync(default);
        Assert.Equal(30, await db.RequestTallies.SumAsync(t => t.Count));
        clock.Advance(TimeSpan.FromMinutes(10));
        Taken(many, 7);
        await node.FlushAsync(default);
        Assert.Equal(7, await db.RequestTallies.SumAsync(t => t.Count));
    }

    [Fact]
    public async Task Check_48_searches_have_a_limit_that_keeps_the_words()
    {
        var (visitor, member) = (forum.Visitor(), await forum.SignInAsync((await forum.MemberAsync()).Email!));
        foreach (var (browser, searches) in new[] { (visitor, 2), (member, 4) })
        {
            for (var i = 0; i < searches; i++)
                Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/search?q=words+{i}")).Status);
            var refused = await browser.GetAsync("/search?q=silver+spoons");
            Assert.Equal((HttpStatusCode.TooManyRequests, "silver spoons"), (refused.Status, refused.One("main input[name=q]").GetAttribute("value")));
            Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 60);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/search")).Status);
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.GetAsync("/api/v1/search?q=spoons")).Status);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/search?q=silver+spoons")).Status);
    }
}
