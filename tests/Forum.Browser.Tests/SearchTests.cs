using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Browser.Tests;

/// <summary>Finding the answer: by what is suggested, by what is found, by narrowing that down.</summary>
public sealed class SearchTests(Site site) : IClassFixture<Site>
{
    [BrowserFact]
    public async Task A_topic_is_suggested_while_one_types_and_reached_by_the_keyboard()
    {
        var (asker, _, _) = await site.MemberAsync("Ines Rosa");
        var topic = await site.AskAsync(asker, "Which lacquer suits a mandolin?");
        var page = await site.OpenAsync("/forums");
        var field = page.GetByRole(AriaRole.Combobox, new() { Name = "Search past answers" });
        await page.Locator("form[role=search] input[name=q]").FocusAsync();
        var option = page.GetByRole(AriaRole.Option, new() { NameRegex = new Regex("Which lacquer") });

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!(await (await page.APIRequest.GetAsync("/x/suggest?q=lacq")).TextAsync()).Contains(topic.Slug, StringComparison.Ordinal))
            patience.Token.ThrowIfCancellationRequested();

        await field.PressSequentiallyAsync("lacq");
        await Expect(option).ToBeVisibleAsync();
        await Expect(field).ToHaveAttributeAsync("aria-expanded", "true");
        await Site.IsAccessibleAsync(page);

        // Escape takes the list away and leaves what was typed.
        await page.Keyboard.PressAsync("Escape");
        await Expect(option).ToHaveCountAsync(0);
        await Expect(field).ToHaveValueAsync("lacq");

        // Nothing is chosen by itself: Enter searches.
        await field.PressSequentiallyAsync("u");
        await Expect(option).ToBeVisibleAsync();
        await Expect(option).ToHaveAttributeAsync("aria-selected", "false");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex(@"/search\?q=lacqu$"));

        await page.GotoAsync("/search?q=lacquer&period=week");
        await Expect(page.Locator(".results h3")).ToHaveTextAsync("Which lacquer suits a mandolin?");
        await page.GetByText("Why this result?").ClickAsync();
        await Site.IsAccessibleAsync(page);
        await Site.FitsPhonesAsync(page);

        field = page.GetByRole(AriaRole.Combobox, new() { Name = "What are you looking for?" });
        await page.Locator("main input[name=q]").FocusAsync();
        await field.FillAsync("mando");
        await Expect(option).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(option).ToHaveAttributeAsync("aria-selected", "true");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex($"/t/{topic.TopicId}/"));
    }
}
