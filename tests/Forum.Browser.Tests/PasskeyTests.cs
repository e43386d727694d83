using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Browser.Tests;

/// <summary>Passkeys, with a device that the browser plays.</summary>
public sealed class PasskeyTests(Site site) : IClassFixture<Site>
{
    [BrowserFact]
    public async Task Check_9_a_passkey_is_added_signs_in_without_a_password_and_its_proof_is_good_once()
    {
        var (_, email, _) = await site.MemberAsync("Mei Tanaka");
        var page = await site.BlankAsync();
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        var key = await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
        });
        await Site.SignInAsync(page, email);
        await page.GotoAsync("/account/passkeys");
        await Site.IsAccessibleAsync(page);
        await page.GetByLabel("Name").FillAsync("My laptop");
        await page.GetByLabel("Your password").FillAsync(Site.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "My laptop" })).ToBeVisibleAsync();

        await page.Context.ClearCookiesAsync();
        string? sent = null;
        page.Request += (_, request) => sent = request is { Method: "POST" } && request.Url.Contains("/account/sign-in", StringComparison.Ordinal) ? request.PostData : sent;
        await page.GotoAsync("/account/sign-in?returnUrl=%2Fbookmarks");
        // The device offers itself beside the field of the address, and its owner says yes.
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/bookmarks$"));
        Assert.NotNull(sent);

        // Whoever has seen the answer of the device sends it again, with a form of their own.
        await device.SendAsync("WebAuthn.removeVirtualAuthenticator", new() { ["authenticatorId"] = key!.Value.GetProperty("authenticatorId").GetString()! });
        await page.Context.ClearCookiesAsync();
        var seen = QueryHelpers.ParseQuery(sent);
        var state = seen["Passkey.State"].ToString();
        // The sealed question can be written in several ways; it is the same question.
        foreach (var written in new[] { state, $"{state}=", $" {state}", $"{state[..20]} {state[20..]}" })
        {
            await page.GotoAsync("/account/sign-in");
            await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" })).ToBeVisibleAsync();
            await page.EvaluateAsync("""
                ([state, credential]) => {
                  const form = document.querySelector("[data-passkey] + form");
                  const { elements } = form;
                  elements["Passkey.State"].value = state;
                  elements["Passkey.Credential"].value = credential;
                  form.submit();
                }
                """, new[] { written, seen["Passkey.Credential"].ToString() });
            await Expect(page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("This passkey was not taken");
        }
    }
}
