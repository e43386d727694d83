using System.Globalization;
using System.Net;
using Forum.Topics;
using Forum.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Forum.Web.Tests.Security;

/// <summary>How fast members write and what newcomers may, by the forms of pages. Numbers are those of the list of checks.</summary>
public sealed class PacesTests : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new(TimeProvider.System.GetUtcNow());
    private WebForum forum = null!;
    private string board = "";

    public async Task InitializeAsync()
    {
        forum = await WebForum.StartAsync([("Forum:Limits:Enabled", "true")], services => services.AddSingleton<TimeProvider>(clock));
        board = await forum.FreshBoardAsync();
    }

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    /// <summary>Opens the form, takes the time that a person takes, and sends it.</summary>
    private async Task<Answer> AskAsync(Browser browser, string title, string body)
    {
        var form = await browser.GetAsync($"/ask?board={board}");
        clock.Advance(TimeSpan.FromSeconds(4));
        return await browser.SubmitAsync(form, "main form:has(#title)", ("Title", title), ("Board", board), ("Markdown", body));
    }

    private async Task<Answer> ReplyAsync(Browser browser, PostedPost topic, string body)
    {
        var page = await browser.GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        clock.Advance(TimeSpan.FromSeconds(4));
        return await browser.SubmitAsync(page, "form:has(textarea[name$=Markdown])", ("Markdown", body));
    }

    private static void Waits(Answer answer, int least, int most, string text)
    {
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.InRange(int.Parse(answer.Header("Retry-After")!, CultureInfo.InvariantCulture), least, most);
        Assert.Contains(text, answer.One("textarea[name$=Markdown]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 120, 30)]
    [InlineData(1, 15, 5)]
    public async Task Check_48_a_member_waits_between_topics_and_between_posts_and_keeps_the_text(byte trust, int topics, int posts)
    {
        var other = await forum.AskAsync(await forum.MemberAsync("Otto Other"), board);
        var browser = await forum.SignInAsync((await forum.TrustedAsync(trust)).Email!);
        Assert.True((await AskAsync(browser, "How do I move a project elsewhere?", Scenario.Body)).IsRedirect);
        Waits(await AskAsync(browser, "And how do I move it back again?", "A second question that came to mind."), 1, topics, "A second question that came to mind.");
        clock.Advance(TimeSpan.FromSeconds(topics));
        Assert.True((await AskAsync(browser, "And how do I move it back again?", "A second question that came to mind.")).IsRedirect);

        clock.Advance(TimeSpan.FromSeconds(posts));
        Assert.True((await ReplyAsync(browser, other, "Choose Transfer and invite the other owner.")).IsRedirect);
        Waits(await ReplyAsync(browser, other, "Or ask them to do it for you."), 1, posts, "Or ask them to do it for you.");
        clock.Advance(TimeSpan.FromSeconds(posts));
        Assert.True((await ReplyAsync(browser, other, "Or ask them to do it for you.")).IsRedirect);
        clock.Advance(TimeSpan.FromSeconds(posts));
        Waits(await ReplyAsync(browser, other, "Or ask them to do it for you."), 1, 300, "Or ask them to do it for you.");
    }

    [Fact]
    public async Task Check_48_on_the_first_day_there_are_three_topics_and_ten_replies()
    {
        var browser = await forum.SignInAsync((await forum.TrustedAsync(0)).Email!);
        for (var i = 0; i < 4; i++)
        {
            var answer = await AskAsync(browser, $"How do I move project number {i}?", $"This is about the project with the number {i}.");
            Assert.Equal(i < 3, answer.IsRedirect);
            if (i == 3)
                Waits(answer, 3600, 24 * 3600, "number 3");
            clock.Advance(TimeSpan.FromMinutes(3));
        }
        for (var i = 0; i < 11; i++)
        {
            var topic = await forum.AskAsync(await forum.MemberAsync("Olga Other"), board);
            var answer = await ReplyAsync(browser, topic, $"This is what I know about case {i}.");
            Assert.Equal(i < 10, answer.IsRedirect);
            clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Theory]
    [InlineData("See https://a.example and https://b.example and https://c.example for more.")]
    [InlineData("![a](/uploads/a.png) and ![b](/uploads/b.png) show what I mean.")]
    [InlineData("What do @inesr, @inesr2 and @inesr3 say about this?")]
    public async Task Check_50_a_newcomer_has_two_links_one_image_and_two_mentions_in_a_post(string text)
    {
        foreach (var _ in Enumerable.Range(0, 3))
            await forum.MemberAsync();
        var topic = await forum.AskAsync(await forum.MemberAsync("Otto Other"), board);
        var newcomer = await forum.SignInAsync((await forum.TrustedAsync(0)).Email!);
        var refused = await ReplyAsync(newcomer, topic, text);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(text, refused.One("textarea[name$=Markdown]").TextContent.Trim());
        Assert.True((await ReplyAsync(await forum.SignInAsync((await forum.TrustedAsync(2)).Email!), topic, text)).IsRedirect);
    }

    [Fact]
    public async Task Check_22_and_52_nobody_upvotes_their_own_post_and_what_is_taken_back_or_deleted_gives_no_points()
    {
        var (author, voter) = (await forum.TrustedAsync(1), await forum.TrustedAsync(1));
        var topic = await forum.AskAsync(author, board);
        var (own, other) = (await forum.ApiOfAsync(author), await forum.ApiOfAsync(voter));
        async Task<int> PointsAsync()
        {
            await using var db = forum.Db();
            return await db.Users.Where(m => m.Id == author.Id).Select(m => m.Points).SingleAsync();
        }
        (await own.PutAsync($"posts/{topic.PostId}/vote")).Is(HttpStatusCode.Forbidden);
        foreach (var _ in Enumerable.Range(0, 3))
            Assert.True((int)(await other.PutAsync($"posts/{topic.PostId}/vote")).Status < 300);
        Assert.Equal(10, await PointsAsync());
        await other.DeleteAsync($"posts/{topic.PostId}/vote");
        Assert.Equal(0, await PointsAsync());
        await other.PutAsync($"posts/{topic.PostId}/vote");
        await own.DeleteAsync($"posts/{topic.PostId}");
        Assert.Equal(0, await PointsAsync());
    }

    [Fact]
    public async Task Check_53_what_is_made_to_be_hard_is_refused_in_words()
    {
        var script = await forum.ApiOfAsync(await forum.TrustedAsync(2));
        foreach (var bomb in new[] { new string('[', 10_000), new string('>', 5_000) + " a", string.Concat(Enumerable.Repeat("*a **a ", 4_000)), string.Concat(Enumerable.Repeat("|a", 5_000)) + "\n" + string.Concat(Enumerable.Repeat("|-", 5_000)), new string('a', 100_000) })
            Assert.True((await script.PostAsync("preview", new { markdown = bomb })).Status is HttpStatusCode.BadRequest or HttpStatusCode.OK);
        (await script.PostAsync("preview", new { markdown = new string('[', 10_000) })).Is(HttpStatusCode.BadRequest);
        (await script.PostAsync("preview", new { markdown = new string('>', 5_000) + " a" })).Is(HttpStatusCode.BadRequest);
        foreach (var query in new[] { new string('(', 180), string.Concat(Enumerable.Repeat("\"", 150)), string.Concat(Enumerable.Repeat("a* ", 60)), string.Concat(Enumerable.Repeat("-a ", 60)), "~~~~~~~^^^^^^^ AND OR NOT" })
            Assert.Equal(HttpStatusCode.OK, (await forum.Client().GetAsync($"/api/v1/search?q={Uri.EscapeDataString(query)}")).StatusCode);
    }
}
