using System.Text.RegularExpressions;
using Forum.Web.Topics;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Browser.Tests;

/// <summary>Pages that stay open while others write.</summary>
public sealed class LiveTests(Site site) : IClassFixture<Site>
{
    [BrowserFact]
    public async Task A_visitor_with_an_open_page_is_told_of_a_reply()
    {
        var (member, _, _) = await site.MemberAsync("Radia Lindqvist");
        var topic = await site.AskAsync(member, "Is a visitor told what happens meanwhile?");
        await site.ReplyAsync(member, topic);
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        var page = await site.OpenAsync("/");
        await page.Clock.InstallAsync();
        await page.GotoAsync(address);
        await page.Clock.FastForwardAsync(60_000);
        await Expect(page.Locator("[data-news] a")).ToHaveCountAsync(0);

        await site.ReplyAsync(member, topic, "A second answer came.");
        // Written by another process, it comes to the pages that are kept within a second.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await (await page.APIRequest.GetAsync(address)).TextAsync()).Contains("A second answer came.", StringComparison.Ordinal))
            patience.Token.ThrowIfCancellationRequested();
        await page.Clock.FastForwardAsync(60_000);
        await page.GetByRole(AriaRole.Link, new() { Name = "1 new reply · Show" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("#post-3$"));
        await Expect(page.Locator("#post-3")).ToContainTextAsync("A second answer came.");
    }

    [BrowserFact]
    public async Task What_happens_in_a_topic_comes_into_the_open_page_and_never_touches_a_half_written_reply()
    {
        var (asker, _, _) = await site.MemberAsync("Ines Rosa");
        var (_, email, _) = await site.MemberAsync("Bjorn Lund");
        var (voter, _, _) = await site.MemberAsync("Vera Trau");
        var topic = await site.AskAsync(asker, "Does the news of a reply arrive by itself?");

        var page = await site.OpenAsync("/");
        await Site.SignInAsync(page, email);
        await page.GotoAsync(Addresses.Topic(topic.TopicId, topic.Slug));
        var draft = page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" });
        await draft.FillAsync("A half-written thought");

        await page.GetByRole(AriaRole.Button, new() { Name = "Upvote this question" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove your upvote from this question" })).ToBeVisibleAsync();
        await Expect(draft).ToHaveValueAsync("A half-written thought");

        // Nothing moves under whoever writes: they are told, and look when they like.
        await draft.FocusAsync();
        var reply = await site.ReplyAsync(asker, topic, "It should, in a moment.");
        var news = page.GetByRole(AriaRole.Link, new() { Name = "1 new reply · Show" });
        await Expect(news).ToBeVisibleAsync();
        await Expect(page.Locator("#post-2")).ToHaveCountAsync(0);
        await news.ClickAsync();
        await Expect(page.Locator("#post-2")).ToBeFocusedAsync();
        await Expect(news).ToBeHiddenAsync();

        await site.UpvoteAsync(voter, topic.PostId);
        await Expect(page.Locator("#post-1 .vote")).ToContainTextAsync("2");
        await site.ReplyAsync(voter, topic, "And this one without being asked for.");
        await Expect(page.Locator("#post-3")).ToContainTextAsync("without being asked for");
        await Expect(page.Locator("#replies")).ToHaveTextAsync("2 replies");
        await site.AcceptAsync(asker, reply);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Accepted solution" })).ToContainTextAsync("It should, in a moment.");
        await Expect(draft).ToHaveValueAsync("A half-written thought");
        await Site.IsAccessibleAsync(page);

        // What was in sight is read.
        await page.Locator("#post-3").ScrollIntoViewIfNeededAsync();
        await page.GotoAsync("/forums/journeys");
        await Expect(page.Locator(".topics > li", new() { HasText = "Does the news of a reply arrive" })).Not.ToHaveClassAsync("unread");
    }

    [BrowserFact]
    public async Task A_restarted_server_loses_nothing_that_was_typed_and_nothing_that_was_to_be_read()
    {
        var (asker, _, _) = await site.MemberAsync("Ines Rosa");
        var (_, email, _) = await site.MemberAsync("Bjorn Lund");
        var topic = await site.AskAsync(asker, "What becomes of an open page meanwhile?");
        var page = await site.OpenAsync("/");
        await Site.SignInAsync(page, email);
        await page.GotoAsync(Addresses.Topic(topic.TopicId, topic.Slug));
        await Expect(page.Locator(".news [data-changes]")).ToBeAttachedAsync();
        var draft = page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" });
        await draft.FillAsync("Typed before,");
        await site.RestartAsync();
        await draft.PressSequentiallyAsync(" and after");
        await site.ReplyAsync(asker, topic, "Written while nobody was connected.");

        // The connection is not known any more: the page finds out by asking.
        await draft.BlurAsync();
        await Expect(page.Locator("#post-2")).ToContainTextAsync("Written while nobody was connected.", new() { Timeout = 90_000 });
        await Expect(page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await Expect(draft).ToHaveValueAsync("Typed before, and after");
        await page.GetByRole(AriaRole.Button, new() { Name = "Post reply" }).ClickAsync();
        await Expect(page.Locator("#post-3")).ToContainTextAsync("Typed before, and after");
    }

    [BrowserFact]
    public async Task Where_a_network_lets_no_connection_through_the_page_asks_for_news_instead()
    {
        var (asker, _, _) = await site.MemberAsync("Ines Rosa");
        var (_, email, _) = await site.MemberAsync("Bjorn Lund");
        var topic = await site.AskAsync(asker, "What do networks do that stop every socket?");
        var page = await site.BlankAsync();
        await Site.SignInAsync(page, email);
        await page.RouteWebSocketAsync(new Regex("_blazor"), _ => { });
        await page.Clock.InstallAsync();
        await page.GotoAsync(Addresses.Topic(topic.TopicId, topic.Slug), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await site.ReplyAsync(asker, topic, "They are answered all the same.");
        await page.Clock.FastForwardAsync("01:00");
        await Expect(page.Locator("#post-2")).ToContainTextAsync("They are answered all the same.");
    }
}
