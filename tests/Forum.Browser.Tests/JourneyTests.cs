using System.Text.RegularExpressions;
using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Forum.Web.Topics;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Browser.Tests;

public sealed class JourneyTests(Site site) : IClassFixture<Site>
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_visitor_finds_an_answer(bool script)
    {
        var (asker, _, _) = await site.MemberAsync("Ines Rosa");
        var (helper, _, _) = await site.MemberAsync("Kwame Osei");
        var title = $"How is a firkin measured by {(script ? "script" : "hand")} here?";
        var topic = await site.AskAsync(asker, title);
        var reply = await site.ReplyAsync(helper, topic, "A firkin holds nine gallons.");
        await site.AcceptAsync(asker, reply);

        var page = await site.OpenAsync("/", script);
        var link = page.GetByRole(AriaRole.Link, new() { Name = title });
        // What was kept of the page for other visitors goes a moment after the question came.
        for (var again = 0; await link.CountAsync() == 0 && again < 200; again++)
            await page.ReloadAsync();
        if (script)
            await Site.IsAccessibleAsync(page);
        await link.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        var solution = page.GetByRole(AriaRole.Region, new() { Name = "Accepted solution" });
        await Expect(solution).ToContainTextAsync("A firkin holds nine gallons.");
        await Expect(solution).ToContainTextAsync("Kwame O");
        if (script)
            await Site.IsAccessibleAsync(page);
        await solution.GetByRole(AriaRole.Link, new() { Name = "View solution in original post" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("#post-2$"));
        Assert.Empty(await page.Context.CookiesAsync());
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_newcomer_signs_up_asks_accepts_a_reply_and_takes_it_back(bool script)
    {
        var (helper, _, _) = await site.MemberAsync("Kwame Osei");
        var title = $"Where do newcomers begin {(script ? "with" : "without")} a script?";

        var page = await site.OpenAsync("/account/sign-up", script);
        if (script)
            await Site.IsAccessibleAsync(page);
        await page.GetByLabel("Your name").FillAsync("Mei Tanaka");
        await page.GetByLabel("E-mail").FillAsync($"mei{(script ? "1" : "2")}@example.test");
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Look into your mail");
        await page.GotoAsync(await site.LinkToAsync($"mei{(script ? "1" : "2")}@example.test"));
        if (script)
            await Site.IsAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and sign in" }).ClickAsync();

        await page.GotoAsync("/ask?board=journeys");
        if (script)
            await Site.IsAccessibleAsync(page);
        await page.GetByLabel("Title").FillAsync(title);
        await page.GetByLabel("Your question").FillAsync("I have read the guide and still wonder **where** to begin.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Post question" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        var id = long.Parse(Regex.Match(page.Url, @"/t/(\d+)/").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        await site.ReplyAsync(helper, new(id, "", 0, 1), "Begin with the welcome topic.");
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept as solution" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Accepted solution" })).ToContainTextAsync("marked by the asker");
        if (script)
            await Site.IsAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Not the solution" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Accepted solution" })).ToHaveCountAsync(0);
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_replies_to_a_post_open_in_their_place_and_without_a_script_on_their_page(bool script)
    {
        var (member, _, _) = await site.MemberAsync("Radia Lindqvist");
        var topic = await site.AskAsync(member, $"What was said of the second answer {(script ? "with" : "without")} a script?");
        var answer = await site.ReplyAsync(member, topic);
        foreach (var text in new[] { "That worked for me.", "It did not for me." })
            await site.ReplyAsync(member, topic, text, answer.PostId);

        var page = await site.OpenAsync($"/t/{topic.TopicId}/{topic.Slug}", script);
        var link = page.Locator("#post-2").GetByRole(AriaRole.Link, new() { Name = "2 replies" });
        await link.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        if (!script)
        {
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Replies to Radia L");
            await Expect(page.Locator("[data-replies] .post .body")).ToHaveTextAsync(["That worked for me.", "It did not for me."]);
            return;
        }
        await Expect(page.Locator("#post-2 .post .body")).ToHaveTextAsync(["That worked for me.", "It did not for me."]);
        await Site.IsAccessibleAsync(page);
        await link.ClickAsync();
        await Expect(page.Locator("#post-2 .post")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task What_opened_in_its_place_has_its_deeds_though_it_stands_on_another_page()
    {
        var (member, _, _) = await site.MemberAsync("Radia Lindqvist");
        var (_, email, _) = await site.MemberAsync("Bjorn Lund");
        var topic = await site.AskAsync(member, "What can be done with a reply that was opened?");
        var first = await site.ReplyAsync(member, topic);
        for (var number = 3; number <= 25; number++)
            await site.ReplyAsync(member, topic, number == 25 ? "The one that was opened." : $"Answer number {number}.", number == 25 ? first.PostId : null);

        var page = await site.BlankAsync();
        await Site.SignInAsync(page, email);
        await page.GotoAsync(Addresses.Topic(topic.TopicId, topic.Slug));
        await page.Locator("#post-2").GetByRole(AriaRole.Link, new() { Name = "1 reply" }).ClickAsync();
        var opened = page.Locator("#post-2 .inside .post");
        await opened.Locator("summary").ClickAsync();
        await page.RunAndWaitForResponseAsync(() => opened.GetByRole(AriaRole.Button, new() { Name = "Bookmark" }).ClickAsync(), new Regex("/bookmark$"));
        await page.GotoAsync("/bookmarks");
        await Expect(page.GetByText("The one that was opened.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Whoever_follows_a_reply_to_the_post_it_answers_finds_the_way_back()
    {
        var (member, _, _) = await site.MemberAsync("Radia Lindqvist");
        var topic = await site.AskAsync(member, "Which of the thirty answers is meant?");
        var first = await site.ReplyAsync(member, topic);
        for (var number = 3; number <= 25; number++)
            await site.ReplyAsync(member, topic, $"Answer number {number}.", number is 4 or 24 ? first.PostId : null);

        var page = await site.OpenAsync($"/t/{topic.TopicId}/{topic.Slug}");
        await FollowAndReturnAsync(page, 4);
        await page.GotoAsync($"/t/{topic.TopicId}/{topic.Slug}?page=2");
        await FollowAndReturnAsync(page, 24);
    }

    private static async Task FollowAndReturnAsync(IPage page, int from)
    {
        await page.Locator($"#post-{from} .rank").GetByRole(AriaRole.Link, new() { Name = "Radia L" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("#post-2$"));
        await Expect(page.Locator("#post-2")).ToBeInViewportAsync();
        await page.Locator("#post-2").GetByRole(AriaRole.Link, new() { Name = "Back to the reply" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"#post-{from}$"));
        await Expect(page.Locator($"#post-{from}")).ToBeInViewportAsync();
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_moderator_of_the_board_marks_a_solution(bool script)
    {
        var (asker, _, _) = await site.MemberAsync("Ines Rosa");
        var (moderator, email, handle) = await site.MemberAsync("Tomas Varga");
        _ = (await site.Get<GrantRole>().RunAsync(Actor.Operator, handle, SiteRole.Moderator, "journeys", default)).Required;
        var topic = await site.AskAsync(asker, $"Who keeps order here {(script ? "with" : "without")} script?");
        await site.ReplyAsync(asker, topic, "The moderators do, I think.");

        var page = await site.OpenAsync("/", script);
        await Site.SignInAsync(page, email);
        await page.GotoAsync(Addresses.Topic(topic.TopicId, topic.Slug));
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept as solution" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Accepted solution" })).ToContainTextAsync("marked by staff");
        Assert.NotNull(moderator.MemberId);
    }

    [BrowserFact]
    public async Task A_moderator_decides_about_reported_posts_by_the_keyboard_alone()
    {
        var (asker, _, _) = await site.MemberAsync("Ines Rosa");
        var (seller, _, _) = await site.MemberAsync("Wanda Watch");
        var (_, email, handle) = await site.MemberAsync("Silke Site");
        _ = (await site.Get<GrantRole>().RunAsync(Actor.Operator, handle, SiteRole.Moderator, null, default)).Required;
        var topic = await site.AskAsync(asker, "What do moderators do all day?");
        var (shop, hint) = (await site.ReplyAsync(seller, topic, "They buy watches at my shop."), await site.ReplyAsync(seller, topic, "They read, most of the time."));
        foreach (var reply in new[] { shop, hint })
            _ = (await site.Get<FlagPost>().RunAsync(asker, new(reply.PostId, FlagReason.Spam), default)).Required;

        var page = await site.BlankAsync();
        await Site.SignInAsync(page, email);
        await page.GotoAsync("/mod/queue");
        await Site.IsAccessibleAsync(page);
        var shops = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "watches at my shop" });
        var hints = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "most of the time" });
        await GoToAsync(shops);
        await page.Keyboard.PressAsync("d");
        await Expect(shops).ToHaveCountAsync(0);
        await GoToAsync(hints);
        await page.Keyboard.PressAsync("a");
        await Expect(hints).ToHaveCountAsync(0);

        await page.GotoAsync($"/t/{topic.TopicId}/{topic.Slug}");
        await Expect(page.Locator("#post-2")).ToContainTextAsync("Post 2 was deleted");
        await Expect(page.Locator("#post-3")).ToContainTextAsync("They read, most of the time.");

        async Task GoToAsync(ILocator row)
        {
            for (var presses = 0; !await row.EvaluateAsync<bool>("row => row.contains(document.activeElement)"); presses++)
            {
                Assert.True(presses < 20, $"The key j does not lead to {row}.");
                await page.Keyboard.PressAsync("j");
                // The first key fetches what keys do; another one meanwhile would lead too far.
                await page.WaitForFunctionAsync("() => document.activeElement.closest('.reviews > li')");
            }
        }
    }

    [BrowserFact]
    public async Task Single_keys_move_through_lists_and_posts_and_can_be_switched_off()
    {
        var (member, _, _) = await site.MemberAsync("Radia Lindqvist");
        await site.AskAsync(member, "The second row of the list of keys");
        var topic = await site.AskAsync(member, "The first row of the list of keys");
        await site.ReplyAsync(member, topic);
        var page = await site.OpenAsync("/?filter=latest");
        var rows = page.Locator(".topics h3 a");
        async Task Press(string key, ILocator focused)
        {
            await page.Keyboard.PressAsync(key);
            await Expect(focused).ToBeFocusedAsync();
        }
        await Press("j", rows.Nth(0));
        await Press("j", rows.Nth(1));
        await Press("k", rows.Nth(0));
        await page.Keyboard.PressAsync("Control+j");
        await Expect(rows.Nth(0)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("o");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("The first row of the list of keys");
        await Press("j", page.Locator("#post-1"));
        await Press("j", page.Locator("#post-2"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("#post-2$"));

        // Whoever writes, writes.
        var search = page.Locator(".bar input[type=search]");
        await Press("/", search);
        await page.Keyboard.TypeAsync("joke/?");
        await Expect(search).ToHaveValueAsync("joke/?");
        await Press("Shift+Tab", page.GetByRole(AriaRole.Link, new() { Name = "Leaderboard" }));

        var help = page.GetByRole(AriaRole.Dialog, new() { Name = "Single keys" });
        await page.Keyboard.PressAsync("?");
        await Expect(help).ToBeVisibleAsync();
        await Site.IsAccessibleAsync(page);
        await help.GetByRole(AriaRole.Switch).UncheckAsync();
        await help.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Leaderboard" })).ToBeFocusedAsync();
        await page.GotoAsync("/help/keyboard");
        await page.Keyboard.PressAsync("/");
        await Expect(search).Not.ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Switch).CheckAsync();
        await page.GetByRole(AriaRole.Switch).BlurAsync();
        await Press("/", search);
    }

    [BrowserFact]
    public async Task No_list_and_no_topic_is_wider_than_a_phone_whatever_was_written()
    {
        const string tag = "abcdefghijklmnopqrstuvwxyz-12345678";
        _ = (await site.Get<CreateBoard>().RunAsync(Actor.Operator, new("wide", new string('W', 60)), default)).Required;
        _ = (await site.Get<CreateTag>().RunAsync(Actor.Operator, tag, null, default)).Required;
        var (asker, _, _) = await site.MemberAsync(new string('m', 30));
        var wide = (await site.Get<AskQuestion>().RunAsync(asker, new("wide", new string('W', Topic.MaxTitleLength), $"{new string('W', 300)} `{new string('c', 300)}` https://example.org/{new string('p', 300)}", [tag], null), default)).Required;
        var arabic = (await site.Get<AskQuestion>().RunAsync(asker, new("wide", "كيف يمكنني تغيير عملة الفاتورة بعد إرسالها؟", "أرسلت الفاتورة بالدولار عن طريق الخطأ، والعميل يطلب اليورو.\n\n| a | b |\n|---|---|\n| " + new string('x', 99) + " | y |", [tag], null), default)).Required;
        foreach (var topic in new[] { wide, arabic })
            for (var number = 2; number <= 8; number++)
                await site.ReplyAsync(asker, topic, new string('R', 300));

        var page = await site.OpenAsync("/help/lists");
        await Site.IsAccessibleAsync(page);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        // Another process indexes what this one wrote, and keeps pages for less than a second.
        while (!(await (await page.APIRequest.GetAsync($"/search?topic={arabic.TopicId}&q=RRR+{new string('R', 300)}+{Guid.NewGuid():N}")).TextAsync()).Contains("class=\"results\"", StringComparison.Ordinal))
            patience.Token.ThrowIfCancellationRequested();
        foreach (var address in new[]
        {
            "/?filter=hot", "/forums", "/forums/wide", $"/tags/{tag}", $"/search?tag={tag}", $"/search?q=xylophone&tag={tag}&solved=true",
            $"/search?topic={arabic.TopicId}&q={new string('R', 300)}", $"/t/{wide.TopicId}/{wide.Slug}", Addresses.Topic(arabic.TopicId, arabic.Slug),
        })
        {
            await page.GotoAsync(address);
            await Expect(page.Locator("main h1")).ToHaveCountAsync(1);
            await Site.FitsPhonesAsync(page);
        }
    }
}
