using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AngleSharp.Dom;
using Forum.Members;
using Forum.Tests;
using Forum.Topics;
using Forum.Web.Tests.Api;
using Forum.Web.Tests.Architecture;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Security;

/// <summary>What people may type to trick a page, a feed, a crawler or a browser.</summary>
public sealed class HostileTests(ServedForum served) : IClassFixture<ServedForum>
{
    /// <summary>Right-to-left override: turns all that follows until it is set apart.</summary>
    private const string Turned = "\u202e";

    private readonly WebForum forum = served.Forum;

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("///evil.example")]
    [InlineData("https:evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,hello")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\r\nSet-Cookie: a=b")]
    [InlineData("/forums\r\n\r\n<h1>")]
    [InlineData(" //evil.example")]
    [InlineData("evil.example")]
    [InlineData("@evil.example")]
    public async Task Check_47_a_return_address_that_leads_elsewhere_leads_home(string returnUrl)
    {
        var account = await forum.MemberAsync();
        var asked = $"returnUrl={Uri.EscapeDataString(returnUrl)}";
        var browser = forum.Visitor();
        var signedIn = await browser.SubmitAsync(await browser.GetAsync($"/account/sign-in?{asked}"), "form[method=post]", ("Email", account.Email!), ("Password", WebForum.Password));
        Assert.Equal("/", signedIn.Location);
        var newcomer = forum.Visitor();
        var signedUp = await forum.SignUpAsync(newcomer, $"?{asked}", "Nora Neu", $"{Guid.NewGuid():N}@example.org");
        Assert.Equal("/", signedUp.Location);
        var everything = await Everything.InAsync(forum);
        var voted = await browser.SubmitAsync(await browser.GetAsync($"/t/{everything.Topic.TopicId}/{everything.Topic.Slug}"), $"#post-1 form[action$='/upvote']", ("returnUrl", returnUrl));
        Assert.Equal("/", voted.Location);
    }

    [Theory]
    [InlineData("/tags/caf\u00e9", "/tags/caf%C3%A9")]
    [InlineData("/search?q=\u05e9\u05dc\u05d5\u05dd&tag=\ud83d\udca9", "/search?q=%D7%A9%D7%9C%D7%95%D7%9D&tag=%F0%9F%92%A9")]
    [InlineData("/t/1/a?page=2#post-21", "/t/1/a?page=2#post-21")]
    public async Task A_return_address_of_this_site_is_kept_in_any_script(string returnUrl, string location)
    {
        var account = await forum.MemberAsync();
        var browser = forum.Visitor();
        var signedIn = await browser.SubmitAsync(await browser.GetAsync($"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}"), "form[method=post]", ("Email", account.Email!), ("Password", WebForum.Password));
        Assert.True(signedIn.IsRedirect, signedIn.Text);
        Assert.Equal(location, signedIn.Location);
    }

    [Fact]
    public async Task A_title_or_a_name_that_turns_the_text_is_set_apart_wherever_it_stands()
    {
        var board = (await forum.BoardAsync($"b{Guid.NewGuid():N}"[..12])).Slug;
        var asker = await forum.MemberAsync($"Turn{Turned} Around");
        var solver = await forum.MemberAsync($"Vera{Turned} Trau");
        await using (var db = forum.Db())
            Assert.Contains(Turned, (await db.Users.SingleAsync(m => m.Id == asker.Id)).Name, StringComparison.Ordinal);
        var topic = await forum.AskAsync(asker, board, $"How do I turn {Turned} around here?", Scenario.Body, "around");
        var reply = await forum.ReplyAsync(solver, topic);
        await forum.UpvoteAsync(asker, reply);
        await forum.AcceptAsync(asker, reply);
        _ = (await forum.Get<PostReply>().RunAsync(asker.AsActor(), new(topic.TopicId, "In reply to that.", reply.PostId, null), default)).Required;
        await forum.AskAsync(asker, board, $"How do I turn {Turned} this around?", $"See /t/{topic.TopicId}/{topic.Slug} and http://localhost:5080/t/{topic.TopicId} for more of it.");
        var everything = new Everything(forum, board, topic, reply, asker);
        var readers = new[] { forum.Visitor(), await forum.SignInAsync(asker.Email!), await forum.SignInAsync((await forum.MemberAsync("Ada Admin", SiteRole.Admin)).Email!) };
        var seen = 0;
        foreach (var reader in readers)
            foreach (var address in everything.Readable.Concat([$"/search?q=turn", $"/t/{topic.TopicId}/{topic.Slug}?replyTo={reply.PostId}", $"/posts/{topic.PostId}/edit", "/ask?title=How do I turn this around here?"]))
            {
                var page = await reader.GetAsync(address);
                if (page.Message.Content.Headers.ContentType?.MediaType != "text/html")
                    continue;
                foreach (var text in page.Document.Body!.Descendants<IText>().Where(t => t.Data.Contains(Turned, StringComparison.Ordinal) && t.ParentElement?.LocalName is not ("script" or "textarea" or "option" or "title")))
                {
                    seen++;
                    Assert.True(text.ParentElement!.Closest("bdi, [dir]:not(html)") is { } apart && Tidy(apart.TextContent).Length <= Tidy(text.Data).Length + 1 || text.ParentElement.Closest(".body, pre, .excerpt, .snippet") is not null,
                        $"{address}: \"{text.ParentElement.ParentElement!.OuterHtml}\"");
                }
            }
        Assert.True(seen > 20, $"{seen} places seen.");
        static string Tidy(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public Task Machines_read_a_title_as_it_was_typed() => TryAsync(
    [
        "]]><b>bold</b><![CDATA[", "</title></script><script>alert(1)</script>", "&amp; &lt; &#60; \" ' `", "--><!-- -->", "{\"a\":\"b\"}\\u003c", "\u2028line\u2029para", "\r\nSubject: hello\r\n\r\n", "emoji 👨‍👩‍👧‍👦 and 𝕏",
        "עברית mixed with العربية", "tab\tand\u0000null\u001fcontrol", "%0d%0aSet-Cookie:a=b", "${7*7} {{7*7}} #{7*7}", "combining Z̸̢̧̛a̷l̵g̴o̶", "\ufeffbom and \ufffe",
    ]);

    [DataFact("naughty_strings/blns.json")]
    public async Task Machines_read_every_title_of_the_big_list_as_it_was_typed() =>
        await TryAsync(JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(TestData.Require("naughty_strings/blns.json")))!);

    /// <summary>Asks with each, and reads the title in the page, its structured data, its OpenGraph, the feed and the API.</summary>
    private async Task TryAsync(IReadOnlyList<string> strings)
    {
        var asker = await forum.MemberAsync();
        foreach (var some in strings.Chunk(Paging.PageSize))
        {
            var board = (await forum.BoardAsync($"b{Guid.NewGuid():N}"[..12])).Slug;
            var titles = new Dictionary<long, string>();
            foreach (var text in some)
                if ((await forum.Get<AskQuestion>().RunAsync(asker.AsActor(), new(board, $"About this: {text} and so on", Scenario.Body, [], null), default)).Is(out var posted, out _))
                {
                    await forum.ReplyAsync(asker, posted);
                    titles[posted.TopicId] = Typed.Line($"About this: {text} and so on");
                }
            XNamespace atom = "http://www.w3.org/2005/Atom";
            var feed = await forum.Visitor().GetAsync($"/feeds/forums/{board}.atom");
            Assert.Equal(titles.Values.Order(StringComparer.Ordinal), XDocument.Parse(feed.Text).Descendants(atom + "entry").Select(e => e.Element(atom + "title")!.Value).Order(StringComparer.Ordinal));
            Assert.Equal(titles.Values.Order(StringComparer.Ordinal), (await forum.Anonymous().GetAsync($"topics?board={board}&size=100")).Is(HttpStatusCode.OK).Items.Select(t => t!["title"]!.GetValue<string>()).Order(StringComparer.Ordinal));
            foreach (var (id, title) in titles)
            {
                var browser = forum.Visitor();
                var page = await browser.FollowAsync(await browser.GetAsync($"/t/{id}"));
                Assert.Equal(HttpStatusCode.OK, page.Status);
                Assert.Equal(title, page.One("h1").TextContent);
                Assert.Equal(title, page.One("meta[property='og:title']").GetAttribute("content"));
                Assert.StartsWith(Squeezed(title), Squeezed(page.Document.Title!), StringComparison.Ordinal);
                var linked = page.Document.QuerySelectorAll("script[type='application/ld+json']").Select(s => JsonNode.Parse(s.TextContent)!).ToList();
                Assert.Equal(title, linked.Single(l => l["@type"]!.GetValue<string>() == "QAPage")["mainEntity"]!["name"]!.GetValue<string>());
            }
        }
        // A document's title is read with its blanks squeezed.
        static string Squeezed(string text) => string.Join(' ', text.Split([' ', '\t', '\n', '\f', '\r'], StringSplitOptions.RemoveEmptyEntries));
    }
}
