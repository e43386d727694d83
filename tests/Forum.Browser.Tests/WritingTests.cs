using System.Text.RegularExpressions;
using Forum.Data;
using Forum.Topics;
using Forum.Web.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Browser.Tests;

/// <summary>Writing with all comforts: nothing surprises, nothing is lost.</summary>
public sealed class WritingTests(Site site) : IClassFixture<Site>
{
    [BrowserFact]
    public async Task A_text_is_formatted_by_keyboard_and_previewed_as_it_will_be_stored()
    {
        var (page, topic, _) = await OpenTopicAsync("How does one write here by keyboard?");
        var text = Text(page);
        await text.FocusAsync();
        await page.Keyboard.TypeAsync("Press ");
        await page.Keyboard.PressAsync("Control+b");
        await page.Keyboard.TypeAsync("both keys");
        await Expect(text).ToHaveValueAsync("Press **both keys**");

        // The toolbar is one stop of the Tab key, and arrows lead through it.
        await page.GetByRole(AriaRole.Button, new() { Name = "Bold" }).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Quote", Exact = true }).First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(text).ToHaveValueAsync("> Press **both keys**");

        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        var preview = page.Locator("[data-preview] .body");
        await Expect(preview.Locator("strong")).ToHaveTextAsync("both keys");
        await text.FillAsync("Press **both keys** at once.\n\n1. First\n2. Second");
        await Expect(preview.Locator("li")).ToHaveCountAsync(2);
        var previewed = await preview.InnerHTMLAsync();
        await Site.IsAccessibleAsync(page);

        await text.FocusAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#post-2 .body li")).ToHaveCountAsync(2);
        await Expect(page).ToHaveURLAsync(new Regex("#post-2$"));
        await using var db = await site.Get<IDbContextFactory<ForumDbContext>>().CreateDbContextAsync();
        Assert.Equal(await db.Posts.Where(p => p.TopicId == topic.TopicId && p.Number == 2).Select(p => p.Html).SingleAsync(), previewed);
    }

    [BrowserFact]
    public async Task A_text_survives_a_closed_tab_on_the_server_and_on_the_device()
    {
        var (page, topic, email) = await OpenTopicAsync("Is a half-written reply still there tomorrow?");
        await Text(page).FillAsync("Half of what I want to say");
        await Expect(page.GetByText("Draft saved")).ToBeVisibleAsync();

        // Another device knows what the server knows.
        var elsewhere = await site.OpenAsync("/");
        await Site.SignInAsync(elsewhere, email);
        await elsewhere.GotoAsync(Address(topic));
        await Expect(Text(elsewhere)).ToHaveValueAsync("Half of what I want to say");

        // This device knows more, although the server takes nothing any more.
        await page.RouteAsync("**/x/draft", route => route.AbortAsync());
        await Text(page).FillAsync("Half of what I want to say, and a little more");
        await Expect(page.GetByText("Kept on this device")).ToBeVisibleAsync();
        var context = page.Context;
        await page.CloseAsync();
        var again = await context.NewPageAsync();
        await again.GotoAsync(Address(topic));
        await Expect(Text(again)).ToHaveValueAsync("Half of what I want to say, and a little more");

        // Posted, it is gone everywhere.
        await again.GetByRole(AriaRole.Button, new() { Name = "Post reply" }).ClickAsync();
        await Expect(again.Locator("#post-2")).ToContainTextAsync("and a little more");
        await again.GotoAsync(Address(topic));
        await Expect(Text(again)).ToHaveValueAsync("");
        await elsewhere.GotoAsync("/drafts");
        await Expect(elsewhere.GetByRole(AriaRole.Heading, new() { Name = "No drafts" })).ToBeVisibleAsync();
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_visitor_asks_first_and_joins_afterwards(bool script)
    {
        var title = $"May a visitor ask {(script ? "with" : "without")} a script?";
        var page = await site.OpenAsync("/ask?board=journeys", script);
        await page.GetByLabel("Title").FillAsync(title);
        await page.GetByLabel("Your question").FillAsync("I would like to know before I make an account.");
        if (script)
            await Site.IsAccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue to post" }).ClickAsync();
        await page.GetByLabel("Your name").FillAsync("Mei Tanaka");
        await page.GetByLabel("E-mail").FillAsync($"asks{(script ? 1 : 2)}@example.test");
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync();
        await page.GotoAsync(await site.LinkToAsync($"asks{(script ? 1 : 2)}@example.test"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm and sign in" }).ClickAsync();

        await Expect(page.GetByLabel("Title")).ToHaveValueAsync(title);
        await page.GetByRole(AriaRole.Button, new() { Name = "Post question" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        await Expect(page.Locator("#post-1")).ToContainTextAsync("before I make an account");
    }

    [BrowserFact]
    public async Task Whoever_asks_is_shown_what_was_answered_before()
    {
        var (asker, _, _) = await site.MemberAsync("Ines Rosa");
        var earlier = await site.AskAsync(asker, "Where is the xylophone of the house kept?");
        await site.AcceptAsync(asker, await site.ReplyAsync(asker, earlier, "In the cupboard under the stairs."));
        var (_, email, _) = await site.MemberAsync("Bjorn Lund");
        await site.CaughtUpAsync("xylophone");
        var page = await site.OpenAsync("/");
        await Site.SignInAsync(page, email);
        // What helps with writing comes late, as on a slow line: the title stands by then.
        var typed = new TaskCompletionSource();
        await page.RouteAsync("**/composer*.js", async route =>
        {
            await typed.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/ask?board=journeys");
        await page.GetByLabel("Title").FillAsync("Who has seen the xylophone?");
        typed.SetResult();
        var similar = page.GetByRole(AriaRole.Region, new() { Name = "Does one of these answer it?" });
        await Expect(similar).ToContainTextAsync("In the cupboard under the stairs.");
        await Site.IsAccessibleAsync(page);
        await similar.GetByRole(AriaRole.Button, new() { Name = "This answers my question" }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Where is the xylophone of the house kept?");
    }

    [BrowserFact]
    public async Task What_is_selected_is_quoted_what_is_pasted_becomes_Markdown_and_names_are_suggested()
    {
        var (page, topic, _) = await OpenTopicAsync("What becomes of pasted text?");
        var text = Text(page);
        await page.EvaluateAsync("""
            () => {
              const range = document.createRange();
              range.selectNodeContents(document.querySelector("#post-1 .body p"));
              getSelection().removeAllRanges();
              getSelection().addRange(range);
            }
            """);
        await page.Locator("[data-quote]").ClickAsync();
        await Expect(text).ToHaveValueAsync($"> [Ines R](/t/{topic.TopicId}/-/1) wrote:\n>\n> {Site.Body}\n\n");

        await text.FillAsync("");
        await PasteAsync(page, "<h2>Head</h2><p>Some <b>bold</b> &amp; <a href='https://example.org/'>a link</a></p><ul><li>one</li><li>two</li></ul><script>document.title = 'run'</script>", "Head Some bold");
        await Expect(text).ToHaveValueAsync("## Head\n\nSome **bold** & [a link](https://example.org/)\n\n- one\n- two");
        await text.FillAsync("");
        await PasteAsync(page, "<span style='color:red'>just words</span>", "just words");
        Assert.NotEqual("run", await page.TitleAsync());

        var (_, _, handle) = await site.MemberAsync("Yolanda Zimmer");
        await text.FillAsync("Ask ");
        await text.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync($"@{handle[..4]}");
        await Expect(page.GetByRole(AriaRole.Option).First).ToContainTextAsync("Yolanda Z");
        await Site.IsAccessibleAsync(page);
        await page.Keyboard.PressAsync("Enter");
        await Expect(text).ToHaveValueAsync($"Ask @{handle} ");
    }

    [BrowserFact]
    public async Task Files_are_pasted_and_dropped_and_a_post_waits_for_them()
    {
        var (page, topic, _) = await OpenTopicAsync("What becomes of a pasted picture?");
        var text = Text(page);
        var arrive = new TaskCompletionSource();
        await page.RouteAsync("**/x/upload", async route =>
        {
            await arrive.Task;
            await route.ContinueAsync();
        });
        await text.FillAsync("See here:");
        await GiveAsync(page, "paste", ("image.png", "image/png", Picture));
        await GiveAsync(page, "drop", ("steps.txt", "text/plain", Convert.ToBase64String("One. Two."u8)));
        await GiveAsync(page, "drop", ("drawing.svg", "image/svg+xml", Convert.ToBase64String("<svg xmlns='http://www.w3.org/2000/svg'/>"u8)));
        await Expect(text).ToHaveValueAsync(new Regex(@"^See here:\n!\[Uploading image\.png …\]\(\)\n!\[Uploading steps\.txt …\]\(\)\n!\[Uploading drawing\.svg …\]\(\)\n$"));

        // Sent too early, it goes when all are there; what was refused is not in it.
        await page.GetByRole(AriaRole.Button, new() { Name = "Post reply" }).ClickAsync();
        arrive.SetResult();
        var post = page.Locator("#post-2 .body");
        await Expect(post.Locator("img")).ToHaveAttributeAsync("width", "2");
        await Expect(post.GetByRole(AriaRole.Link, new() { Name = "steps.txt" })).ToBeVisibleAsync();
        await Expect(post).Not.ToContainTextAsync("Uploading");

        await page.UnrouteAsync("**/x/upload");
        await page.GotoAsync(Address(topic));
        await Expect(page.Locator("[data-composer][data-ready]")).ToHaveCountAsync(1);
        await GiveAsync(page, "drop", ("drawing.svg", "image/svg+xml", Convert.ToBase64String("<svg xmlns='http://www.w3.org/2000/svg'/>"u8)));
        await Expect(page.Locator("[data-refused]")).ToContainTextAsync("drawing.svg: Files of this kind are not taken.");
        await Expect(text).Not.ToHaveValueAsync(new Regex("Uploading"));
        await Site.IsAccessibleAsync(page);
    }

    /// <summary>Of two points.</summary>
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGP4zwAE/wEHAAH/4iOeWQAAAABJRU5ErkJggg==";

    private static Task GiveAsync(IPage page, string how, (string Name, string Type, string Base64) file) => page.EvaluateAsync("""
        ([how, name, type, content]) => {
          const area = document.querySelector("#markdown");
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(content), c => c.charCodeAt(0))], name, { type }));
          area.focus();
          area.dispatchEvent(how === "paste"
            ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }
        """, new[] { how, file.Name, file.Type, file.Base64 });

    private static Task PasteAsync(IPage page, string html, string plain) => page.EvaluateAsync("""
        ([html, plain]) => {
          const area = document.querySelector("#markdown");
          const data = new DataTransfer();
          data.setData("text/html", html);
          data.setData("text/plain", plain);
          area.focus();
          area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }
        """, new[] { html, plain });

    private async Task<(IPage Page, PostedPost Topic, string Email)> OpenTopicAsync(string title)
    {
        var (asker, _, _) = await site.MemberAsync("Ines Rosa");
        var topic = await site.AskAsync(asker, title);
        var (_, email, _) = await site.MemberAsync("Bjorn Lund");
        var page = await site.OpenAsync("/");
        await Site.SignInAsync(page, email);
        await page.GotoAsync(Address(topic));
        // The comforts have come when the first press of a tool would be heard.
        await page.WaitForFunctionAsync("() => document.querySelector('[data-composer]').dataset.ready !== undefined");
        return (page, topic, email);
    }

    private static string Address(PostedPost topic) => Addresses.Topic(topic.TopicId, topic.Slug);

    private static ILocator Text(IPage page) => page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" });
}
