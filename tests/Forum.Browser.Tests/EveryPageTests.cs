using Forum.Boards;
using Forum.Data;
using Forum.Moderation;
using Forum.Web.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Forum.Browser.Tests;

/// <summary>Every page of the demonstration community, for a visitor and for a member.</summary>
public sealed class EveryPageTests(EveryPageTests.Demonstration demonstration) : IClassFixture<EveryPageTests.Demonstration>
{
    private const int Wide = 1280;
    private const int Phone = 390;

    /// <summary>The narrowest screen that is supported, and 400 % zoom on a wide one [WCAG 1.4.10].</summary>
    private const int Narrowest = 320;

    private const string Gone = "A question that was asked and deleted";

    /// <summary>A title without a place to break; its text is made of everything that is wide.</summary>
    private static readonly string unbreakable = new('W', 150);

    /// <summary>Addresses; a topic stands by its title.</summary>
    public static readonly TheoryData<string> Pages =
    [
        "/", "/?filter=solved", "/forums", "/forums/freelancers", "/forums/announcements", "/forums/journeys-empty", "/tags", "/tags/invoices",
        "How do I hand a running project over to a colleague?",
        "The tracker's screenshots are black on Linux",
        "Captions in a second language: same contract or a new one?",
        "Tracker shows no time after my laptop was asleep",
        "For sale: my old monitor, 27 inches, to be picked up",
        "How do I show work that is under a confidentiality agreement?",
        "Is it worth answering job posts that are older than a week?",
        "What is on your desk that you could not work without?",
        unbreakable, Gone,
        "/search", "/search?q=exchange+rate", "/search?q=zzqxw&board=clients", "/leaderboard?period=week", "/leaderboard?period=all", "/members/radial",
        "/account/sign-in", "/account/sign-up", "/ask", "/api", "/nowhere",
    ];

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task A_page_breaks_no_rule_of_accessibility_and_never_scrolls_sideways(string address)
    {
        var path = address.StartsWith('/') ? address : await TopicAsync(address);
        foreach (var page in demonstration.Readers)
        {
            await page.SetViewportSizeAsync(Narrowest, 700);
            await page.GotoAsync(path);
            Assert.Equal("", await page.EvaluateAsync<string>(Overflowing));
        }
        // Members' pages are under the same rules in the journeys. They cost seconds each, so pages take turns: all share one style, and what it breaks is broken on many.
        var visitor = demonstration.Readers[0];
        var dark = address.Length % 2 == 0;
        await visitor.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        await visitor.SetViewportSizeAsync(dark ? Phone : Wide, 900);
        await Site.IsAccessibleAsync(visitor);
    }

    /// <summary>What reaches past the screen; empty where nothing scrolls sideways.</summary>
    private const string Overflowing = """
        () => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? "" :
            [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth).map(e => e.outerHTML.slice(0, 80)).join(" | ")
        """;

    private async Task<string> TopicAsync(string title)
    {
        var site = demonstration.Site;
        await using var db = await site.Get<IDbContextFactory<ForumDbContext>>().CreateDbContextAsync();
        if (await db.Topics.SingleOrDefaultAsync(t => t.Title == title) is { } known)
            return Addresses.Topic(known.Id, known.Slug);
        var (asker, _, _) = await site.MemberAsync("Maximiliana-Konstantina " + new string('x', 70));
        var posted = await site.AskAsync(asker, title, Wides);
        if (title == Gone)
            _ = (await site.Get<DeletePost>().RunAsync(asker, posted.PostId, default)).Required;
        return Addresses.Topic(posted.TopicId, posted.Slug);
    }

    private static readonly string Wides = $"""
        A word of {new string('x', 300)} letters, https://example.org/{string.Concat(Enumerable.Repeat("path/", 40))} and `{new string('c', 200)}`.

        |{string.Concat(Enumerable.Range(1, 20).Select(i => $" Column number {i} |"))}
        |{string.Concat(Enumerable.Repeat("---|", 20))}
        |{string.Concat(Enumerable.Repeat(" some value |", 20))}

        ```json
        {new string('0', 400)}
        ```

        > > > A quote in a quote in a quote of {new string('y', 200)}.

        هذا سطر باللغة العربية.
        """;

    /// <summary>A forum with the demonstration, and one page each of a visitor and of a member, on which nothing moves.</summary>
    public sealed class Demonstration : IAsyncLifetime
    {
        public Site Site { get; } = new(demonstration: true);

        public IReadOnlyList<IPage> Readers { get; private set; } = [];

        public async Task InitializeAsync()
        {
            await Site.InitializeAsync();
            if (!File.Exists(Site.Chromium))
                return;
            _ = (await Site.Get<CreateBoard>().RunAsync(Actor.Operator, new("journeys-empty", "An empty board"), default)).Required;
            var (_, email, _) = await Site.MemberAsync("Ines Rosa");
            Readers = [await Site.OpenAsync("/"), await Site.OpenAsync("/")];
            foreach (var page in Readers)
                await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
            await Site.SignInAsync(Readers[1], email);
        }

        public async Task DisposeAsync() => await Site.DisposeAsync();
    }
}
