using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Browser.Tests;

/// <summary>Making an account, seen from two browsers.</summary>
public sealed class SignUpTests(Site site) : IClassFixture<Site>
{
    [BrowserFact]
    public async Task How_good_a_password_is_is_told_and_the_link_asks_for_another_where_nobody_knows_the_browser()
    {
        var page = await site.OpenAsync("/account/sign-up");
        var password = page.GetByLabel("Password");
        var told = page.GetByRole(AriaRole.Status).Filter(new() { Has = page.Locator("meter") });
        await password.PressSequentiallyAsync("password123");
        await Expect(told).ToHaveTextAsync("Too weak");
        await Site.IsAccessibleAsync(page);
        await password.FillAsync("violet hammers swim northwards");
        await Expect(told).ToHaveTextAsync("Strong");
        await password.FillAsync("");
        await Expect(told).ToBeHiddenAsync();

        await page.GetByLabel("Your name").FillAsync("Nora Neu");
        await page.GetByLabel("E-mail").FillAsync("nora@example.test");
        await password.FillAsync("violet hammers swim northwards");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Look into your mail" })).ToBeVisibleAsync();

        var phone = await site.OpenAsync(await site.LinkToAsync("nora@example.test"));
        await Expect(phone.GetByText("This is not the browser")).ToBeVisibleAsync();
        await Site.FitsPhonesAsync(phone);
        await phone.GetByLabel("Password").FillAsync("other hammers walk southwards");
        await phone.Keyboard.PressAsync("Enter");
        // Whoever is new finds first steps, and a step leads on.
        var steps = phone.GetByRole(AriaRole.Region, new() { Name = "First steps" });
        await Expect(steps.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(5);
        await Site.PressAsync(steps.GetByRole(AriaRole.Link, new() { Name = "Add a passkey" }));
        await Expect(phone.GetByRole(AriaRole.Heading, new() { Name = "Passkeys", Level = 1 })).ToBeVisibleAsync();
        await phone.GotoAsync("/");
        await Site.PressAsync(phone.GetByRole(AriaRole.Button, new() { Name = "Hide" }));
        await Expect(steps).ToHaveCountAsync(0);
    }
}
