using System.Net;
using Bunit;
using Forum.Members;
using Forum.Search;
using Forum.Web.Search;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Search;

public sealed class SearchReportPageTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task What_people_search_for_and_follow_is_counted_without_a_write_while_they_read()
    {
        await forum.BoardAsync("dulcimers");
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, "dulcimers", "How is a dulcimer tuned?", "Mine is out of tune again.");
        await forum.CaughtUpAsync();
        Browser[] searchers = [forum.Visitor(), await forum.SignInAsync(asker.Email!), await forum.SignUpAsync(), await forum.SignUpAsync()];
        foreach (var browser in searchers)
        {
            await PageAsync(browser, "/search?q=Dulcimer");
            await PageAsync(browser, "/search?q=glockenspiel");
            // None of these is another search.
            await PageAsync(browser, "/search?q=Dulcimer&board=dulcimers");
            await PageAsync(browser, $"/search?q=Dulcimer&topic={topic.TopicId}");
            await PageAsync(browser, "/search");
        }
        await PageAsync(searchers[0], "/search?q=Dulcimer", agent: "Examplebot/1.0");
        // The visitors' second page of the same words comes from the cache, and counts.
        await PageAsync(searchers[0], "/search?q=Dulcimer");
        foreach (var from in new[] { "/search?q=dulcimer&sort=newest", $"/search?q=dulcimer&topic={topic.TopicId}", "/forums" })
            await PageAsync(searchers[0], $"/t/{topic.TopicId}/{topic.Slug}/1", new Uri($"http://localhost{from}"));
        await PageAsync(searchers[0], $"/t/{topic.TopicId}/{topic.Slug}/1", new Uri("https://evil.example/search?q=dulcimer"));
        await using var db = forum.Db();
        Assert.False(await db.SearchedWords.AnyAsync());

        await forum.Get<SearchCounter>().FlushAsync(default);

        Assert.Equal(["dulcimer 5 0 1", "glockenspiel 4 4 0"], (await db.SearchedDays.OrderBy(d => d.Of.Words).Select(d => new { d.Of.Words, d.Searches, d.Empty, d.Clicks }).ToListAsync()).Select(d => $"{d.Words} {d.Searches} {d.Empty} {d.Clicks}"));
        Assert.All(await db.SearchedWords.Select(w => w.Searchers).ToListAsync(), searchers => Assert.InRange(searchers, 1, 4));

        // Marks fall together by chance; for the page there are enough of them.
        _ = (await forum.Get<CountSearches>().RunAsync(Actor.Operator, [new("glockenspiel", DateOnly.FromDateTime(DateTime.UnixEpoch), 0, 0, 0, -1)], default)).Required;
        var manager = await forum.SignInAsync((await forum.MemberAsync("Mara Manager", SiteRole.Manager)).Email!);
        var page = await manager.GetAsync((await manager.GetAsync("/search")).One("a[href='/admin/searches']").GetAttribute("href")!);
        page = await manager.GetAsync(Assert.Single(page.Document.QuerySelectorAll(".tabs a"), a => a.TextContent == "Without result").GetAttribute("href")!);
        Assert.Empty(page.Document.QuerySelectorAll(".notice"));
        Assert.Equal(["glockenspiel", "4", "4", "0"], page.TextsOf(".searches tbody td"));
        Assert.Equal("/search?q=glockenspiel", page.One(".searches a").GetAttribute("href"));
        page = await manager.GetAsync(Assert.Single(page.Document.QuerySelectorAll(".sort a"), a => a.TextContent == "Past week").GetAttribute("href")!);
        Assert.Equal(["Without result", "Past week"], page.TextsOf("[aria-current=page], [aria-current=true]"));
    }

    [Theory]
    [InlineData(true, false, "The search index of this node is being built: 40 % (5,301 posts a second).")]
    [InlineData(false, false, "The search index of this node is not level with the database yet.")]
    [InlineData(false, true, "")]
    public void It_tells_how_far_the_index_of_the_node_is(bool building, bool ready, string says)
    {
        using var stage = new Stage();
        var state = stage.Render<IndexState>(p => p.Add(c => c.Build, building ? new(0.404, 5300.7) : null).Add(c => c.Ready, ready));
        Assert.Equal(says, string.Concat(state.FindAll(".notice p").Select(p => p.TextContent)));
    }

    [Fact]
    public async Task For_everybody_but_managers_and_administrators_it_is_not_there()
    {
        foreach (var (role, status) in new[] { (SiteRole.None, HttpStatusCode.NotFound), (SiteRole.Staff, HttpStatusCode.NotFound), (SiteRole.Moderator, HttpStatusCode.NotFound), (SiteRole.Manager, HttpStatusCode.OK), (SiteRole.Admin, HttpStatusCode.OK) })
            Assert.Equal(status, (await (await forum.SignInAsync((await forum.MemberAsync("Rita Role", role)).Email!)).GetAsync("/admin/searches?view=nonsense&period=any")).Status);
    }

    private static async Task PageAsync(Browser browser, string address, Uri? from = null, string agent = "Mozilla/5.0")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.ParseAdd(agent);
        request.Headers.Referrer = from;
        Assert.True((int)(await browser.SendAsync(request)).Status < 400, address);
    }
}
