using Microsoft.Playwright;

namespace Forum.Browser.Tests;

/// <summary>A visitor's first look at a topic, who comes from a search engine on a slow line.</summary>
public sealed class FirstVisitTests(Site site) : IClassFixture<Site>
{
    private const int MaxRequests = 6;

    [BrowserFact]
    public async Task A_first_visit_to_a_topic_is_a_few_files_of_this_host_and_nothing_moves()
    {
        var (member, _, _) = await site.MemberAsync("Radia Lindqvist");
        var topic = await site.AskAsync(member, "How heavy is a first look at twenty posts?");
        for (var number = 2; number <= 20; number++)
            await site.ReplyAsync(member, topic, $"Answer {number}. {string.Concat(Enumerable.Repeat("It weighs what its words weigh. ", 15))}");

        var page = await site.OpenAsync("about:blank");
        await page.AddInitScriptAsync("""
            globalThis.shifted = 0;
            new PerformanceObserver(list => list.getEntries().forEach(e => globalThis.shifted += e.value)).observe({ type: "layout-shift", buffered: true });
            """);
        var asked = new List<IRequest>();
        page.Request += (_, request) => { lock (asked) asked.Add(request); };
        await page.GotoAsync($"/t/{topic.TopicId}/{topic.Slug}", new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.InRange(asked.Count, 2, MaxRequests);
        Assert.All(asked, r => Assert.StartsWith(site.Address, r.Url, StringComparison.Ordinal));
        Assert.Equal(0, await page.EvaluateAsync<double>("globalThis.shifted"));
    }
}
