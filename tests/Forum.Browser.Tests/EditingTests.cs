using System.Text.RegularExpressions;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Topics;
using Forum.Web.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Browser.Tests;

/// <summary>What becomes of a post after it was written: edits, its history, wikis and the notes of staff; by the keyboard, at a desk and on a phone.</summary>
public sealed class EditingTests(Site site) : IClassFixture<Site>
{
    private const string Better = "I would like to hand a running project over to another agency without losing its files.";

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_edits_says_why_and_a_moderator_brings_the_first_words_back(bool script)
    {
        var (asker, email, _) = await site.MemberAsync("Ines Rosa");
        var topic = await site.AskAsync(asker);
        var page = await OpenAsync(topic, email, script);
        await EditAsync(page, Better, "It is about the files");
        await EditAsync(page, Better + "\n\nWe use version 7.", "They asked for the version");

        await Site.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "history" }));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What version 3 changed" })).ToBeVisibleAsync();
        var versions = page.GetByRole(AriaRole.Complementary, new() { Name = "Versions" }).GetByRole(AriaRole.Listitem);
        await Expect(versions).ToHaveTextAsync([new Regex("^Version 3.*Ines R.*They asked for the version.*Now$"), new Regex("^Version 2.*Ines R.*It is about the files$"), new Regex("^Version 1.*Ines R")]);
        await Expect(versions.First.Locator("time")).ToHaveAttributeAsync("datetime", new Regex("^20.*Z$"));
        await Expect(page.Locator(".diff.side ins")).ToContainTextAsync("We use version 7.");
        await Site.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Version 2" }));
        await Expect(page.Locator(".diff.side del")).ToHaveTextAsync(["history"]);
        await LooksWellAsync(page, script);
        await Site.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Inline" }));
        await Expect(page.Locator(".diff.inline del")).ToHaveTextAsync(["history"]);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What version 2 changed" })).ToBeVisibleAsync();
        await LooksWellAsync(page, script);

        var moderator = await OpenAsync(topic, await ModeratorAsync(), script);
        await Site.PressAsync(moderator.GetByRole(AriaRole.Link, new() { Name = "history" }));
        await Site.PressAsync(moderator.GetByRole(AriaRole.Link, new() { Name = "Version 1" }));
        await Site.PressAsync(moderator.GetByRole(AriaRole.Button, new() { Name = "Roll back to version 1" }));
        await Expect(moderator.GetByRole(AriaRole.Heading, new() { Name = "What version 4 changed" })).ToBeVisibleAsync();
        await Site.PressAsync(moderator.GetByRole(AriaRole.Link, new() { Name = "Go to the post" }));
        await Expect(moderator.Locator("#post-1 .body")).ToHaveTextAsync(Site.Body);
        await Expect(moderator.Locator("#post-1")).ToContainTextAsync("edited by Tomas V");
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_windows_edit_one_post_and_neither_text_is_lost(bool script)
    {
        var (asker, email, _) = await site.MemberAsync("Ines Rosa");
        var topic = await site.AskAsync(asker);
        var one = await OpenAsync(topic, email, script);
        await one.GotoAsync($"/posts/{topic.PostId}/edit");
        var other = await one.Context.NewPageAsync();
        await other.GotoAsync($"/posts/{topic.PostId}/edit");
        await LooksWellAsync(one, script);
        await one.GetByLabel("Text", new() { Exact = true }).FillAsync(Site.Body + " Its files must stay.");
        await SaveAsync(one);
        await Expect(one.Locator("#post-1 .body")).ToContainTextAsync("Its files must stay.");

        await other.SetViewportSizeAsync(390, 800);
        await other.GetByLabel("Text", new() { Exact = true }).FillAsync(Site.Body + " Its invoices too.");
        await SaveAsync(other);
        await Expect(other.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody changed this post while you were editing.");
        await Expect(other.GetByRole(AriaRole.Alert)).ToBeInViewportAsync();
        var both = other.GetByRole(AriaRole.Region, new() { Name = "Both texts" });
        await Expect(both.Locator(".gone")).ToHaveTextAsync(Site.Body + " Its files must stay.");
        await Expect(both.Locator(".new")).ToHaveTextAsync(Site.Body + " Its invoices too.");
        await Expect(other.GetByLabel("Your text", new() { Exact = true })).ToHaveValueAsync(Site.Body + " Its invoices too.");
        await LooksWellAsync(other, script);

        await other.GetByLabel("Your text", new() { Exact = true }).FillAsync(Site.Body + " Its files must stay. Its invoices too.");
        await SaveAsync(other);
        await Expect(other.Locator("#post-1 .body")).ToHaveTextAsync(Site.Body + " Its files must stay. Its invoices too.");
        await other.GotoAsync("/drafts");
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "No drafts" })).ToBeVisibleAsync();
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_author_makes_a_post_a_wiki_and_another_member_edits_it(bool script)
    {
        _ = (await site.Get<ChangeBoard>().RunAsync(Actor.Operator, new("journeys", AllowsWiki: true), default)).Required;
        var (asker, email, _) = await site.MemberAsync("Ines Rosa");
        var topic = await site.AskAsync(asker);
        var (other, otherEmail, _) = await site.MemberAsync("Bjorn Lund");
        await using (var db = await site.Get<IDbContextFactory<ForumDbContext>>().CreateDbContextAsync())
            await db.Users.Where(m => m.Id == other.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Trust, EditRules.TrustOfWikis));

        var author = await OpenAsync(topic, email, script);
        await Site.PressAsync(author.Locator("#post-1").GetByLabel("More about this post"));
        await Site.PressAsync(author.GetByRole(AriaRole.Button, new() { Name = "Make it a wiki" }));
        await Expect(author.Locator("#post-1 .pill").GetByText("Wiki")).ToBeVisibleAsync();
        await LooksWellAsync(author, script);

        var page = await OpenAsync(topic, otherEmail, script);
        await Site.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = "Edit this wiki" }));
        await Expect(page.GetByText("This is a wiki: members edit it together.")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Title")).ToHaveCountAsync(0);
        await LooksWellAsync(page, script);
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync(Better);
        await SaveAsync(page);
        await Expect(page.Locator("#post-1 .body")).ToHaveTextAsync(Better);
        await Expect(page.Locator("#post-1 .by")).ToContainTextAsync(new Regex("Ines R.*Wiki.*edited by Bjorn L", RegexOptions.Singleline));
        await LooksWellAsync(page, script);
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_note_of_staff_stays_among_staff(bool script)
    {
        const string Words = "Asked in three tickets already.";
        var (asker, email, _) = await site.MemberAsync("Ines Rosa");
        var topic = await site.AskAsync(asker);
        var moderator = await OpenAsync(topic, await ModeratorAsync(), script);
        await Site.PressAsync(moderator.Locator("#post-1").GetByLabel("More about this post"));
        await Site.PressAsync(moderator.GetByRole(AriaRole.Link, new() { Name = "Leave a note for staff" }).And(moderator.Locator("#post-1 a")));
        await Expect(moderator.Locator("#reply form > p")).ToHaveTextAsync("On the post of Ines R. On the topic instead");
        await moderator.GetByLabel("Your note for staff", new() { Exact = true }).And(moderator.Locator("textarea")).FillAsync(Words);
        await LooksWellAsync(moderator, script);
        await Site.PressAsync(moderator.GetByRole(AriaRole.Button, new() { Name = "Leave note" }));
        var note = moderator.GetByRole(AriaRole.Article).Filter(new() { HasText = Words });
        await Expect(note).ToContainTextAsync("Only staff see this");
        await Expect(note).ToBeInViewportAsync();
        await LooksWellAsync(moderator, script);

        foreach (var page in new[] { await OpenAsync(topic, email, script), await site.OpenAsync(Address(topic), script) })
        {
            await Expect(page.Locator("#post-1 .body")).ToHaveTextAsync(Site.Body);
            await Expect(page.GetByRole(AriaRole.Article)).ToHaveCountAsync(1);
            Assert.DoesNotContain(Words, await page.ContentAsync(), StringComparison.Ordinal);
        }
    }

    private async Task<IPage> OpenAsync(PostedPost topic, string email, bool script)
    {
        var page = await site.OpenAsync("/", script);
        await Site.SignInAsync(page, email);
        await page.GotoAsync(Address(topic));
        return page;
    }

    private async Task<string> ModeratorAsync()
    {
        var (_, email, handle) = await site.MemberAsync("Tomas Varga");
        _ = (await site.Get<GrantRole>().RunAsync(Actor.Operator, handle, SiteRole.Moderator, "journeys", default)).Required;
        return email;
    }

    private static async Task EditAsync(IPage page, string text, string reason)
    {
        await Site.PressAsync(page.Locator("#post-1").GetByLabel("More about this post"));
        await Site.PressAsync(page.Locator("#post-1").GetByRole(AriaRole.Link, new() { Name = "Edit" }));
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync(text);
        await page.GetByLabel("Reason").FillAsync(reason);
        await SaveAsync(page);
        await Expect(page.Locator("#post-1 .body")).ToHaveTextAsync(text.Replace("\n\n", " ", StringComparison.Ordinal));
    }

    private static Task SaveAsync(IPage page) => Site.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }));

    private static async Task LooksWellAsync(IPage page, bool script)
    {
        await Site.FitsPhonesAsync(page);
        if (script)
            await Site.IsAccessibleAsync(page);
    }

    private static string Address(PostedPost topic) => Addresses.Topic(topic.TopicId, topic.Slug);
}
