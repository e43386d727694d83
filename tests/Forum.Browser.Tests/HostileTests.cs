using System.Text;
using System.Text.RegularExpressions;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Topics;
using Forum.Uploads;
using Forum.Web.Topics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Forum.Browser.Tests;

/// <summary>Whatever people type to run a script in somebody else's browser, and wherever it is shown, the browser runs, asks, loads and reports nothing.</summary>
public sealed class HostileTests(Site site) : IClassFixture<Site>
{
    [BrowserFact]
    public async Task The_watch_sees_what_runs_and_what_the_policy_stops()
    {
        var watch = await Watch.OpenAsync(site);
        await watch.LooksAsync("/");

        await watch.Page.EvaluateAsync("() => { alert('one'); print(); }");
        Assert.Equal(["alert: one", "print"], (await watch.SeenAsync()).Order());
        await watch.Page.EvaluateAsync("() => { document.querySelector('main').innerHTML = '<img src=/nowhere onerror=alert(2)><a href=javascript:alert(3)>'; }");
        await Expect(watch.Page.Locator("img")).ToHaveJSPropertyAsync("complete", true);
        var seen = await watch.SeenAsync();
        Assert.StartsWith("policy: script-src-attr inline", seen[0], StringComparison.Ordinal);
        Assert.Equal(["onerror=alert(2)", "href=javascript:alert(3)"], seen.Skip(1));
        await watch.Page.EvaluateAsync("() => { document.querySelector('main').innerHTML = '<img src=http://foreign.example/>'; }");
        Assert.Equal(["policy: img-src http://foreign.example/ ", "request: http://foreign.example/", "src=http://foreign.example/"], (await watch.SeenAsync()).Order(StringComparer.Ordinal));
    }

    [CollectionsFact]
    public void Every_text_of_the_collections_is_tried() => Assert.Equal(Payloads.FullCount, Payloads.All.Count);

    [BrowserFact]
    public async Task Nothing_runs_of_what_posts_say_and_their_authors_are_called()
    {
        var asker = (await site.MemberAsync("Ines Rosa")).Actor;
        PostedPost? topic = null;
        var topics = new List<PostedPost>();
        foreach (var (text, at) in Payloads.All.Select((t, i) => (t, i)))
        {
            var author = await AuthorAsync(text, at);
            foreach (var markdown in new[] { $"{text}\n\nThat was it.", $"[x]({text}) ![x](<{text}>)\n\n```{text}\n{text}" })
            {
                if (topic is null or { Number: Paging.PageSize })
                    topics.Add(topic = await site.AskAsync(asker));
                topic = await site.ReplyAsync(author, topic, markdown);
            }
        }

        var watch = await Watch.OpenAsync(site);
        foreach (var one in topics)
            await watch.LooksAsync(Addresses.Topic(one.TopicId, one.Slug));
        await SignInAsync(watch);
        await watch.LooksAsync(Addresses.Topic(topics[0].TopicId, topics[0].Slug));
        await watch.Page.WaitForFunctionAsync("() => document.querySelector('[data-composer]').dataset.ready !== undefined");
        await watch.Page.GetByRole(AriaRole.Textbox, new() { Name = "Your reply" }).FocusAsync();
        await watch.Page.Keyboard.TypeAsync("Hello @hostile");
        await Expect(watch.Page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        Assert.Empty(await watch.SeenAsync());
    }

    [BrowserFact]
    public async Task Nothing_runs_of_titles()
    {
        await site.Get<CreateBoard>().RunAsync(Actor.Operator, new("titles", "Titles"), default);
        await site.Get<CreateTag>().RunAsync(Actor.Operator, "hostile", null, default);
        var asker = (await site.MemberAsync("Ines Rosa")).Actor;
        var asked = new List<PostedPost>();
        foreach (var title in Payloads.Packed(Topic.MaxTitleLength - " xylophones".Length))
            asked.Add((await site.Get<AskQuestion>().RunAsync(asker, new("titles", $"{title} xylophones", Site.Body, ["hostile"], null), default)).Required);

        var watch = await Watch.OpenAsync(site);
        var listed = 0;
        for (string? next = "/forums/titles"; next is not null; next = await watch.Page.Locator("a[rel=next]").AllAsync() is [var link] ? await link.GetAttributeAsync("href") : null)
        {
            await watch.LooksAsync(next);
            listed += await watch.Page.Locator(".topics > li").CountAsync();
        }
        Assert.Equal(asked.Count, listed);
        foreach (var topic in asked.Where((_, i) => i % 10 == 0))
        {
            // What is written for machines comes with the first reply.
            await site.ReplyAsync(asker, topic);
            await watch.LooksAsync(Addresses.Topic(topic.TopicId, topic.Slug));
        }
        foreach (var address in new[] { "/", "/tags/hostile", "/search?q=xylophones", "/search?q=xylophones&page=2" })
            await watch.LooksAsync(address);
        await SignInAsync(watch);
        await watch.Page.GotoAsync("/ask?board=titles");
        await watch.Page.GetByLabel("Title").FillAsync("Who has seen the xylophones?");
        await Expect(watch.Page.GetByRole(AriaRole.Region, new() { Name = "Does one of these answer it?" })).ToContainTextAsync("xylophones");
        Assert.Empty(await watch.SeenAsync());
    }

    [BrowserFact]
    public async Task Nothing_runs_of_words_in_an_address()
    {
        var watch = await Watch.OpenAsync(site);
        foreach (var asked in Payloads.Packed(1800).Select(Uri.EscapeDataString))
            await watch.LooksAsync($"/search?q={asked}");
        foreach (var asked in Payloads.Packed(500).Take(5).Select(Uri.EscapeDataString))
        {
            await watch.LooksAsync($"/search?q=x&board={asked}&tag={asked}&author={asked}&sort={asked}&page={asked}");
            await watch.LooksAsync($"/ask?title={asked}&board={asked}");
            await watch.LooksAsync($"/account/sign-in?returnUrl={asked}");
        }
    }

    [BrowserFact]
    public async Task Nothing_runs_of_what_boards_files_and_signatures_are_made_of()
    {
        var (author, _, handle) = await site.MemberAsync("Ines Rosa");
        string[] guidance = [.. Payloads.Packed(Board.MaxGuidanceLength)], names = [.. Payloads.Packed(Board.MaxNameLength)], descriptions = [.. Payloads.Packed(Board.MaxDescriptionLength)];
        for (var at = 0; at < guidance.Length; at++)
        {
            var board = (await site.Get<CreateBoard>().RunAsync(Actor.Operator, new($"hostile-{at}", names[at], Description: descriptions[at]), default)).Required;
            _ = (await site.Get<ChangeBoard>().RunAsync(Actor.Operator, new(board.Slug, Guidance: guidance[at], AskFields: [new(names[^(at + 1)], names[^(at + 1)])]), default)).Required;
        }
        var files = new StringBuilder();
        foreach (var name in Payloads.Packed(Upload.MaxNameLength - ".txt".Length).Take(50))
            files.Append("\n\n").Append((await site.Get<UploadFile>().RunAsync(author, new MemoryStream("Words."u8.ToArray()), $"{name.Replace('/', '_')}.txt", face: false, default)).Required.Markdown);
        var signature = Payloads.Packed(Member.MaxSignatureLength).First();
        await using (var db = await site.Get<IDbContextFactory<ForumDbContext>>().CreateDbContextAsync())
            await db.Users.Where(m => m.Id == author.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Signature, signature));
        var topic = await site.AskAsync(author);
        await site.ReplyAsync(author, topic, files.ToString());

        var watch = await Watch.OpenAsync(site);
        foreach (var address in new[] { "/", "/forums", "/forums/hostile-0", "/search", $"/members/{handle}", Addresses.Topic(topic.TopicId, topic.Slug), "/api" })
            await watch.LooksAsync(address);
        await SignInAsync(watch);
        for (var at = 0; at < guidance.Length; at++)
            await watch.LooksAsync($"/ask?board=hostile-{at}");
    }

    [BrowserFact]
    public async Task Nothing_runs_of_what_is_pasted()
    {
        var topic = await site.AskAsync((await site.MemberAsync("Ines Rosa")).Actor);
        // The policy would speak of what the parser sees, although a document of its own runs nothing.
        var watch = await Watch.OpenAsync(site, policy: false);
        await SignInAsync(watch);
        await watch.Page.GotoAsync(Addresses.Topic(topic.TopicId, topic.Slug));
        await watch.Page.WaitForFunctionAsync("() => document.querySelector('[data-composer]').dataset.ready !== undefined");
        var written = await watch.Page.EvaluateAsync<string>("""
            texts => {
              const area = document.querySelector("#markdown");
              let written = "";
              for (const text of texts) {
                const data = new DataTransfer();
                data.setData("text/html", `<b>bold</b> ${text}`);
                data.setData("text/plain", "bold");
                area.value = "";
                area.focus();
                area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
                written += area.value;
              }
              return written;
            }
            """, Payloads.All);
        Assert.Contains("**bold**", written, StringComparison.Ordinal);
        Assert.Empty(await watch.SeenAsync());
    }

    /// <summary>A member called like that. A name is shown as its first word and an initial, so that it is made one word; a slash parts attributes as a blank does.</summary>
    private async Task<Actor> AuthorAsync(string name, int at) =>
        Actor.Member((await site.Get<CreateMember>().RunAsync(Actor.Operator, new(Payloads.Cut("x" + Regex.Replace(name, @"\s+", "/"), Member.MaxNameLength), $"hostile{at}", $"hostile{at}@example.test", null), default)).Required.Id);

    private async Task SignInAsync(Watch watch) => await Site.SignInAsync(watch.Page, (await site.MemberAsync("Bjorn Lund")).Email);
}
