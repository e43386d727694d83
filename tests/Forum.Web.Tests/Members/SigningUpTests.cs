using System.Net;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Members;

/// <summary>What the form of an account takes. Numbers are those of the list of checks.</summary>
public sealed class SigningUpTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string Form = "form[method=post]";

    private async Task<Answer> SendAsync(string email, string password = WebForum.Password, string handle = "", Browser? browser = null)
    {
        browser ??= forum.Visitor();
        return await browser.SubmitAsync(await browser.GetAsync("/account/sign-up"), Form, ("Name", "Nora Neu"), ("Handle", handle), ("Email", email), ("Password", password));
    }

    private static string NewAddress() => $"{Guid.NewGuid():N}@example.org";

    [Theory]
    [InlineData("nine char")]
    [InlineData("µ ß 9 €")]
    public async Task Check_1_a_password_of_less_than_ten_characters_is_refused(string password)
    {
        var refused = await SendAsync(NewAddress(), password);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("at least 10 characters", refused.TextOf("#password-error"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qxvmwlkzpt")]
    [InlineData("  Grüße an die Möwe, die über dem Fährhaus kreist: 海鷗 и чайка  !")]
    [InlineData("the gull over the ferry house circles twice & then it looks for bread that nobody brought, for it was raining — Ünïcödé stays 12")]
    public async Task Check_1_a_password_of_any_characters_is_taken_as_it_is(string password)
    {
        var email = NewAddress();
        Assert.InRange(password.Length, Passwords.MinLength, Passwords.MaxLength);
        var browser = forum.Visitor();
        Assert.Equal("/account/sent", (await SendAsync(email, password, browser: browser)).Location);
        Assert.True((await browser.SubmitAsync(await browser.GetAsync(await forum.LinkToAsync(email)), "main form", [])).IsRedirect);
        async Task<bool> OpensAsync(string typed)
        {
            var visitor = forum.Visitor();
            return (await visitor.SubmitAsync(await visitor.GetAsync("/account/sign-in"), "main form", ("Email", email), ("Password", typed))).IsRedirect;
        }
        Assert.True(await OpensAsync(password));
        Assert.False(await OpensAsync(password[..^1]));
        Assert.False(await OpensAsync(password + " "));
        Assert.False(await OpensAsync(" " + password));
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("abcdefghijklmnopqrstu")]
    [InlineData("\u0430dele")]
    [InlineData("ad\u0435le")]
    [InlineData("ade\u200ble")]
    [InlineData("admin")]
    [InlineData("Staff")]
    [InlineData("MODERATOR")]
    [InlineData("\uff41\uff44\uff4d\uff49\uff4e")]
    [InlineData("former-member")]
    public async Task Check_13_a_handle_that_could_be_taken_for_another_is_refused(string handle)
    {
        var refused = await SendAsync(NewAddress(), handle: handle);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.True(refused.Has("#handle-error"));
    }

    [Fact]
    public async Task Check_13_a_handle_is_kept_in_its_plain_form_and_its_other_spellings_are_the_same()
    {
        var handle = $"Zoe{Guid.NewGuid():N}"[..12];
        var wide = string.Concat(handle.Select(c => (char)(c + 0xFEE0)));
        var email = NewAddress();
        var browser = forum.Visitor();
        Assert.Equal("/account/sent", (await SendAsync(email, handle: wide, browser: browser)).Location);
        Assert.True((await browser.SubmitAsync(await browser.GetAsync(await forum.LinkToAsync(email)), "main form", [])).IsRedirect);
        await using var db = forum.Db();
        Assert.Equal(handle, await db.Users.Where(m => m.Email == email).Select(m => m.UserName).SingleAsync());
        foreach (var other in new[] { handle, handle.ToUpperInvariant(), handle.ToLowerInvariant(), wide })
            Assert.True((await SendAsync(NewAddress(), handle: other)).Has("#handle-error"));
    }

    [Fact]
    public async Task Check_67_an_address_counts_once_its_owner_has_confirmed_it_with_a_press_and_not_by_opening_the_link()
    {
        var email = NewAddress();
        Assert.Equal("/account/sent", (await SendAsync(email)).Location);
        var (browser, link) = (forum.Visitor(), await forum.LinkToAsync(email));
        async Task<bool> CountsAsync()
        {
            await using var db = forum.Db();
            return await db.Users.Where(m => m.Email == email).Select(m => m.EmailConfirmed).SingleAsync();
        }
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(link)).Status);
        Assert.False(await CountsAsync());
        await browser.SubmitAsync(await browser.GetAsync("/account/sign-in"), "main form", ("Email", email), ("Password", WebForum.Password));
        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/account/security")).Status);
        Assert.False(await CountsAsync());
        // Whoever tries to sign in gets another letter, whose link counts instead.
        Assert.NotEqual(link, link = await forum.LinkToAsync(email));
        Assert.False((await browser.SubmitAsync(await browser.GetAsync(link), "main form", [])).IsRedirect);
        Assert.True((await browser.SubmitAsync(await browser.GetAsync(link), "main form", ("Password", WebForum.Password))).IsRedirect);
        Assert.True(await CountsAsync());
    }
}
