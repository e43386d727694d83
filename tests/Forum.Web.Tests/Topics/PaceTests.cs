using System.Globalization;
using System.Net;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Forum.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Forum.Web.Tests.Topics;

/// <summary>How fast members may write, with limits on. Numbers are those of the list of checks.</summary>
public sealed class PaceTests : IAsyncLifetime
{
    private static readonly LimitOptions limits = new();

    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private WebForum forum = null!;
    private string board = null!;
    private PostedPost topic = null!;

    public async Task InitializeAsync()
    {
        forum = await WebForum.StartAsync([("Forum:Limits:Enabled", "true")], services => services.AddSingleton<TimeProvider>(clock));
        board = await forum.FreshBoardAsync();
        topic = await forum.AskAsync(await forum.MemberAsync("Stefan Staff", SiteRole.Moderator), board);
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private static Task<Reply> AskAsync(ApiClient api, string board, int number) =>
        api.PostAsync("topics", new { board, title = $"How do I hand project {number} over?", markdown = $"{Scenario.Body} It is number {number}." });

    private Task<Reply> ReplyAsync(ApiClient api, string markdown) => api.PostAsync($"topics/{topic.TopicId}/posts", new { markdown });

    private static void Waits(Reply refused, double seconds) =>
        Assert.InRange(refused.Is(HttpStatusCode.TooManyRequests).Message.Headers.RetryAfter!.Delta!.Value.TotalSeconds, seconds - 1, seconds + 1);

    private async Task<ApiClient> OfTrustAsync(byte trust) => await forum.ApiOfAsync(await forum.TrustedAsync(trust));

    [Theory]
    [InlineData(1, 15)]
    [InlineData(0, 120)]
    public async Task Check_48_a_member_waits_between_topics(byte trust, int seconds)
    {
        var api = await OfTrustAsync(trust);
        (await AskAsync(api, board, 1)).Is(HttpStatusCode.Created);
        clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Waits(await AskAsync(api, board, 2), 1);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await AskAsync(api, board, 2)).Is(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(0, 30)]
    public async Task Check_48_a_member_waits_between_posts(byte trust, int seconds)
    {
        var api = await OfTrustAsync(trust);
        (await ReplyAsync(api, "One thing to try.")).Is(HttpStatusCode.Created);
        clock.Advance(TimeSpan.FromSeconds(seconds - 1));
        Waits(await ReplyAsync(api, "Another thing to try."), 1);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await ReplyAsync(api, "Another thing to try.")).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Check_48_a_form_that_came_too_soon_says_when_and_keeps_the_text()
    {
        var browser = await forum.SignInAsync((await forum.TrustedAsync(1)).Email!);
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        Assert.True((await browser.SubmitAsync(await browser.GetAsync(address), "#reply form", ("Markdown", "One thing to try."))).IsRedirect);
        var refused = await browser.SubmitAsync(await browser.GetAsync(address), "#reply form", ("Markdown", "Another thing to try."));
        Assert.Equal((HttpStatusCode.TooManyRequests, "Another thing to try."), (refused.Status, refused.One("#reply textarea").TextContent));
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, limits.SecondsBetweenPosts);
        clock.Advance(TimeSpan.FromSeconds(limits.SecondsBetweenPosts));
        Assert.True((await browser.SubmitAsync(refused, "#reply form")).IsRedirect);
    }

    [Theory]
    [InlineData(1, 20)]
    [InlineData(0, 3)]
    public async Task Check_48_a_member_posts_so_many_topics_a_day(byte trust, int most)
    {
        var api = await OfTrustAsync(trust);
        for (var i = 0; i < most; i++)
        {
            (await AskAsync(api, board, i)).Is(HttpStatusCode.Created);
            clock.Advance(TimeSpan.FromSeconds(limits.SecondsBetweenTopicsOfNewcomers));
        }
        (await AskAsync(api, board, most)).Is(HttpStatusCode.TooManyRequests);
        clock.Advance(TimeSpan.FromDays(1));
        (await AskAsync(api, board, most)).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Check_48_a_newcomer_writes_ten_replies_on_the_first_day_and_a_member_reports_so_many_posts()
    {
        var (api, author) = (await OfTrustAsync(0), await forum.MemberAsync("Mo Derat", SiteRole.Moderator));
        var topics = new List<PostedPost>();
        for (var i = 0; i <= limits.ReportsPerDay; i++)
            topics.Add(await forum.AskAsync(author, board, $"How do I hand project {i} over?"));
        for (var i = 0; i < limits.RepliesOnFirstDay; i++)
        {
            (await api.PostAsync($"topics/{topics[i].TopicId}/posts", new { markdown = $"Thing {i} to try." })).Is(HttpStatusCode.Created);
            clock.Advance(TimeSpan.FromSeconds(limits.SecondsBetweenPostsOfNewcomers));
        }
        (await api.PostAsync($"topics/{topics[^1].TopicId}/posts", new { markdown = "One thing more." })).Is(HttpStatusCode.TooManyRequests);

        var reporter = await OfTrustAsync(1);
        foreach (var reported in topics[..limits.ReportsPerDay])
            (await reporter.PostAsync($"posts/{reported.PostId}/flags", new { reason = "offtopic" })).Is(HttpStatusCode.NoContent);
        Assert.NotNull((await reporter.PostAsync($"posts/{topics[^1].PostId}/flags", new { reason = "offtopic" })).Is(HttpStatusCode.TooManyRequests).Message.Headers.RetryAfter);
    }

    [Fact]
    public async Task Check_49_two_nodes_count_together_even_what_comes_at_once()
    {
        var data = forum.Get<ForumOptions>().DataPath;
        await using var second = await WebForum.StartAsync([("Forum:Limits:Enabled", "true"), ("Forum:DataPath", data), ("Forum:NodePath", Path.Combine(data, "second"))], services => services.AddSingleton<TimeProvider>(clock));
        var member = await forum.TrustedAsync(1);
        var token = (await forum.Get<CreateToken>().RunAsync(Actor.Operator, member.Handle, TokenScope.Write, default)).Required;
        var nodes = new[] { new ApiClient(forum.Client(), token), new ApiClient(second.Client(), token) };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => ReplyAsync(nodes[i % 2], $"Thing {i} to try.")));
        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(a => a.Status == HttpStatusCode.TooManyRequests));
        var browser = await second.SignInAsync(member.Email!);
        var page = await browser.SubmitAsync(await browser.GetAsync($"/t/{topic.TopicId}/{topic.Slug}"), "#reply form", ("Markdown", "By the form of the other node."));
        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        await using var db = forum.Db();
        Assert.Equal(1, await db.Posts.CountAsync(p => p.AuthorId == member.Id));
    }

    [Fact]
    public async Task Check_50_a_newcomer_puts_two_links_one_image_and_two_mentions_into_a_post_and_the_text_is_kept()
    {
        var browser = await forum.SignInAsync((await forum.TrustedAsync(0)).Email!);
        clock.Advance(Newcomers.LeastTime);
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        var handles = new List<string>();
        for (var i = 0; i < 3; i++)
            handles.Add($"@{(await forum.VoterAsync()).Handle}");
        foreach (var text in new[] { "See https://a.example/1 and https://b.example/2 and https://c.example/3", "![a](/uploads/abcdefghijklmnopqrstuv/a.png) and ![b](/uploads/abcdefghijklmnopqrstuv/b.png)", $"I ask {string.Join(" and ", handles)}" })
        {
            var page = await browser.GetAsync(address);
            clock.Advance(TimeSpan.FromSeconds(limits.SecondsBetweenPostsOfNewcomers));
            var refused = await browser.SubmitAsync(page, "#reply form", ("Markdown", text));
            Assert.Equal((HttpStatusCode.BadRequest, text), (refused.Status, refused.One("#reply textarea").TextContent));
        }
        clock.Advance(TimeSpan.FromSeconds(limits.SecondsBetweenPostsOfNewcomers));
        Assert.True((await browser.SubmitAsync(await browser.GetAsync(address), "#reply form", ("Markdown", $"See https://a.example/1 and ask {handles[0]}"))).IsRedirect);
    }

    [Fact]
    public async Task Check_50_the_same_text_within_five_minutes_is_a_repeat()
    {
        var api = await OfTrustAsync(1);
        (await ReplyAsync(api, "One thing to try.")).Is(HttpStatusCode.Created);
        clock.Advance(TimeSpan.FromMinutes(4));
        Waits(await ReplyAsync(api, "One thing to try."), 60);
        clock.Advance(TimeSpan.FromMinutes(1));
        (await ReplyAsync(api, "One thing to try.")).Is(HttpStatusCode.Created);
    }
}
