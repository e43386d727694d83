using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Browser.Tests;

/// <summary>The whole day of a moderator, without a mouse.</summary>
public sealed class ModeratorsDayTests(Site site) : IClassFixture<Site>
{
    private IPage page = null!;

    private ILocator Row(string words) => page.Locator("main li:has([data-key], form)").Filter(new() { HasText = words });

    private ILocator Button(string name) => page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = name });

    private async Task<(Actor Actor, string Email, string Handle)> ModeratorAsync(string name)
    {
        var moderator = await site.MemberAsync(name);
        _ = (await site.Get<GrantRole>().RunAsync(Actor.Operator, moderator.Handle, SiteRole.Moderator, null, default)).Required;
        return moderator;
    }

    /// <summary>Opens a page with a menu in the bar by the keyboard and goes to one of its links.</summary>
    private async Task MenuAsync(string name)
    {
        await Site.PressAsync(page.Locator("header.bar details.menu > summary"));
        await Site.PressAsync(page.Locator("header.bar details.menu").GetByRole(AriaRole.Link, new() { Name = name }));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }

    private async Task GoToAsync(ILocator row)
    {
        for (var presses = 0; !await row.EvaluateAsync<bool>("row => row.contains(document.activeElement)"); presses++)
        {
            Assert.True(presses < 30, $"The key j does not lead to {row}.");
            await page.Keyboard.PressAsync("j");
            // The first key fetches what keys do; another one meanwhile would lead too far.
            await page.WaitForFunctionAsync("() => document.activeElement.closest('main li')");
        }
    }

    /// <summary>Goes to a field by the Tab key and types over what it holds.</summary>
    private async Task TypeAsync(ILocator field, string text)
    {
        await field.FocusAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync(text);
    }

    private async Task ChooseAsync(ILocator list, string option)
    {
        await list.FocusAsync();
        await page.Keyboard.TypeAsync(option);
        await Expect(list.Locator("option:checked")).ToHaveTextAsync(option);
    }

    [BrowserFact]
    public async Task A_whole_day_goes_by_the_keyboard_alone()
    {
        var (asker, _, _) = await site.MemberAsync("Ines Rosa");
        var (seller, sellersMail, _) = await site.MemberAsync("Vera Watch");
        var (_, email, _) = await ModeratorAsync("Silke Site");
        var topic = await site.AskAsync(asker, "What do moderators do on a long day?");
        var (shop, hint) = (await site.ReplyAsync(seller, topic, "They buy watches at my shop."), await site.ReplyAsync(seller, topic, "They read, most of the time."));
        foreach (var reply in new[] { shop, hint })
            _ = (await site.Get<FlagPost>().RunAsync(asker, new(reply.PostId, FlagReason.Spam), default)).Required;

        // In the morning: the queue. A claim, a reason, a decision, second thoughts, and the decision after all.
        page = await site.BlankAsync();
        await Site.SignInAsync(page, email);
        await page.GotoAsync("/");
        await MenuAsync("Reported posts");
        await GoToAsync(Row("watches at my shop"));
        await page.Keyboard.PressAsync("c");
        await Expect(Row("watches at my shop").Locator("button[data-key=c]")).ToHaveAttributeAsync("aria-pressed", "true");
        await GoToAsync(Row("watches at my shop"));
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.TypeAsync("We sell no watches.");
        await Site.PressAsync(Row("watches at my shop").GetByRole(AriaRole.Button, new() { Name = "Hide" }));
        await Expect(Row("watches at my shop")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("u");
        await Expect(Row("watches at my shop")).ToHaveCountAsync(1);
        await GoToAsync(Row("watches at my shop"));
        await page.Keyboard.PressAsync("d");
        await Expect(Row("watches at my shop")).ToHaveCountAsync(0);
        await GoToAsync(Row("most of the time"));
        await page.Keyboard.PressAsync("a");
        await Expect(Row("most of the time")).ToHaveCountAsync(0);

        // At noon: the author does not agree, and gets an answer.
        var mine = (await site.Get<TalkQueries>().MineAsync(new Rights { MemberId = seller.MemberId }, default)).Single(t => t.Words.Any(w => w.Deed == "post.deleted"));
        _ = (await site.Get<AnswerTalk>().RunAsync(seller, mine.Id, "But they are good watches.", default)).Required;
        await MenuAsync("Reported posts");
        await Site.PressAsync(Row("But they are good watches.").GetByRole(AriaRole.Link, new() { Name = "Answer" }));
        await TypeAsync(page.Locator("#text"), "They may be. This is no place to sell them.");
        await Site.PressAsync(Button("Send the answer"));
        await Expect(Row("But they are good watches.")).ToHaveCountAsync(0);

        // In the afternoon: a topic is pinned, then closed for a day, and a word is left about a member.
        await page.GotoAsync($"/t/{topic.TopicId}/{topic.Slug}");
        await Site.PressAsync(page.Locator("main header details.menu > summary"));
        await Site.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Pin this topic" }));
        await ChooseAsync(page.Locator("#days"), "7 days");
        await Site.PressAsync(Button("Pin the topic"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("What do moderators do on a long day?");
        await Site.PressAsync(page.Locator("main header details.menu > summary"));
        await Site.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Close this topic" }));
        await page.Locator("input[value=OffTopic]").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await ChooseAsync(page.Locator("#hours"), "24 hours");
        await Site.PressAsync(Button("Close the topic"));
        await Expect(page.Locator("#closed")).ToContainTextAsync("It opens again");

        // In the evening: what was done today.
        await MenuAsync("Log of deeds");
        foreach (var deed in new[] { "closed a topic that does not belong there", "pinned a topic", "let a reported post stand", "deleted a post", "We sell no watches." })
            await Expect(page.Locator(".log")).ToContainTextAsync(deed);

        // And what the member reads of it.
        page = await site.BlankAsync();
        await Site.SignInAsync(page, sellersMail);
        await MenuAsync("You and the moderators");
        await Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("They may be. This is no place to sell them.");
        await Site.IsAccessibleAsync(page);
    }

    [BrowserFact]
    public async Task A_wave_of_two_hundred_posts_from_twenty_accounts_goes_in_a_few_keys_and_comes_back_in_two()
    {
        var (moderator, email, _) = await ModeratorAsync("Silke Site");
        for (var i = 0; i < 20; i++)
        {
            var (spammer, _, _) = await site.MemberAsync("Wanda Wave");
            var topic = await site.AskAsync(spammer, $"Cheap watches of our shop, number {i}");
            for (var reply = 0; reply < 9; reply++)
                await site.ReplyAsync(spammer, topic, $"Watch {reply} of {i} is even cheaper.");
        }
        page = await site.BlankAsync();
        await Site.SignInAsync(page, email);
        await page.GotoAsync("/");
        await MenuAsync("New accounts");
        await ChooseAsync(page.Locator("#days"), "1 day");
        await page.Locator("input[name=all]").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Site.PressAsync(Button("Show"));
        await Expect(page.Locator(".choose :checked").First).ToBeVisibleAsync();
        // Others who came today are none of the wave.
        for (var others = await Others.CountAsync(); others > 0; others--)
        {
            await Others.First.FocusAsync();
            await page.Keyboard.PressAsync("Space");
        }
        await Site.PressAsync(Button("Remove as spammers"));
        await Expect(page.Locator("#sure")).ToHaveTextAsync("Remove 20 members with all posts");
        await Expect(page.GetByText("200 posts go.")).ToBeVisibleAsync();
        await Site.IsAccessibleAsync(page);
        await Site.PressAsync(Button("Remove with all posts"));
        await Expect(page.GetByText("Spammers removed: 20")).ToBeVisibleAsync();
        Assert.Equal((0, 20), await WaveAsync());

        await Site.PressAsync(Button("Undo"));
        await Expect(page.GetByText("Spammers removed: 20")).ToHaveCountAsync(0);
        Assert.Equal((200, 0), await WaveAsync());
        Assert.NotNull(moderator.MemberId);
    }

    private ILocator Others => page.Locator(".choose li:not(:has-text('Wanda W')) input:checked");

    /// <summary>Posts of the wave that stand, and accounts of it that are suspended.</summary>
    private async Task<(int Posts, int Suspended)> WaveAsync()
    {
        var members = (await site.Get<NewcomerQueries>().ListAsync(Rights.OfOperator, 1, writing: false, null, default)).Required.Items.Where(m => m.Who.DisplayName == "Wanda W").ToList();
        var wave = members.Where(m => m.Posts is 10).ToList();
        return (wave.Sum(m => m.Posts), 20 - wave.Count);
    }
}
