using System.Net;
using System.Text;
using System.Text.Json;
using Forum.Tests;

namespace Forum.Web.Tests.Api;

/// <summary>Whatever is sent, the answer is JSON and says what to do; nothing is our fault but a fault of ours.</summary>
public sealed class BadRequestsTests(WebForum forum) : IClassFixture<WebForum>
{
    private static readonly string[] naughty =
    [
        "", " ", "null", "undefined", "\0", "\u0001\u001f", "\ufeff\u202e\u2066txt.exe", "𝕏𝕏𝕏", "👨‍👩‍👧‍👦", "Z̸̢̧̛a̷l̵g̴o̶", "'; DROP TABLE Posts;--", "<script>alert(1)</script>", "{0} {1} {99}", "%s%n", "../../etc/passwd", "a/b?c#d",
        "İıſßŒ", "\u115f\u3164\u2800", "ﷺﷺﷺﷺ", "C:\\con\\nul", "[](javascript:alert(1))", "| a |\n|---|", new string('[', 300), new string('>', 300), new string('x', 40_000), "a\u2028b\u2029c", "-1", "1e400", "9223372036854775808",
    ];

    [Theory]
    [InlineData("topics?size=0")]
    [InlineData("topics?size=-1")]
    [InlineData("topics?size=101")]
    [InlineData("topics?size=ten")]
    [InlineData("topics?size=99999999999")]
    [InlineData("topics?filter=lukewarm")]
    [InlineData("topics?filter=3")]
    [InlineData("topics?filter=latest,top")]
    [InlineData("topics?after=yesterday")]
    [InlineData("topics/one")]
    [InlineData("topics/99999999999999999999")]
    [InlineData("topics/1.5/posts")]
    [InlineData("topics/1/posts?after=-1")]
    [InlineData("topics/1/posts?after=99999999999")]
    [InlineData("topics/1/posts?size=101")]
    [InlineData("posts/one")]
    [InlineData("search?size=101")]
    [InlineData("search?page=0")]
    [InlineData("search?page=1e9")]
    [InlineData("search?solved=perhaps")]
    [InlineData("leaderboards/upvotes?period=2")]
    public async Task What_cannot_be_meant_is_refused(string address) => (await forum.Anonymous().GetAsync(address)).Is(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("topics/9223372036854775807")]
    [InlineData("topics/0")]
    [InlineData("topics/-5")]
    [InlineData("topics/123456789/posts")]
    [InlineData("posts/9223372036854775807")]
    [InlineData("topics?board=nowhere")]
    [InlineData("nothing")]
    [InlineData("topics/1/posts/2/3")]
    [InlineData("")]
    public async Task What_is_not_there_is_not_found(string address) => (await forum.Anonymous().GetAsync(address)).Is(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("42")]
    [InlineData("{\"markdown\":5,\"version\":1}")]
    [InlineData("{\"markdown\":\"Choose Transfer.\",\"version\":\"1\"}")]
    [InlineData("{\"markdown\":\"Choose Transfer.\",\"version\":1.5}")]
    [InlineData("{\"markdown\":\"Choose Transfer.\",\"version\":99999999999}")]
    [InlineData("{\"markdown\":\"\\ud800\",\"version\":1}")]
    [InlineData("{\"version\":1,\"version\":2,\"markdown\":\"Choose Transfer.\"}")]
    [InlineData("{\"markdown\":\"Choose Transfer.\",}")]
    public async Task A_body_of_another_form_is_refused(string body)
    {
        var member = await forum.MemberAsync();
        var topic = await forum.AskAsync(member, await forum.FreshBoardAsync());
        (await (await forum.ApiOfAsync(member)).PutAsync($"posts/{topic.PostId}", body)).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_body_names_the_place_that_cannot_be_read()
    {
        var api = await forum.ApiOfAsync(await forum.MemberAsync());
        var refused = (await api.PostAsync("topics", """{"board":"help","tags":["a",5]}""")).Is(HttpStatusCode.BadRequest);
        Assert.NotNull(refused.Json["errors"]!["tags[1]"]);
        (await api.PostAsync("topics", string.Concat(Enumerable.Repeat("{\"a\":", 200)))).Is(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=klingon")]
    [InlineData(null)]
    public async Task A_body_of_another_type_is_refused(string? type)
    {
        var api = await forum.ApiOfAsync(await forum.MemberAsync());
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes("{\"markdown\":\"a\"}"));
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        (await api.SendAsync(HttpMethod.Post, "preview", content)).Is(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task A_body_that_is_not_UTF_8_is_refused()
    {
        var api = await forum.ApiOfAsync(await forum.MemberAsync());
        var content = new ByteArrayContent([.. "{\"markdown\":\""u8, 0xFF, 0xFE, .. "\"}"u8]);
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        (await api.SendAsync(HttpMethod.Post, "preview", content)).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Another_method_is_told_which_there_are()
    {
        var refused = (await (await forum.ApiOfAsync(await forum.MemberAsync())).SendAsync(HttpMethod.Patch, "topics")).Is(HttpStatusCode.MethodNotAllowed);
        Assert.Equal("GET, HEAD, POST", string.Join(", ", refused.Message.Content.Headers.Allow.Order()));
    }

    [Fact]
    public async Task Not_even_a_browser_gets_a_page_here()
    {
        using var client = forum.Client();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var api = new ApiClient(client);
        (await api.GetAsync("nothing")).Is(HttpStatusCode.NotFound);
        (await api.GetAsync("topics/one")).Is(HttpStatusCode.BadRequest);
        (await api.PostAsync("topics", new { })).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Head_answers_like_get_without_a_body()
    {
        var head = await forum.Anonymous().SendAsync(HttpMethod.Head, "boards");
        Assert.Equal((HttpStatusCode.OK, ""), (head.Status, head.Text));
    }

    [Fact]
    public Task Our_own_list_goes_through_every_field() => TryAsync(naughty);

    [DataFact("naughty_strings/blns.json")]
    public async Task The_big_list_goes_through_every_field() =>
        await TryAsync(JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(TestData.Require("naughty_strings/blns.json")))!);

    private async Task TryAsync(string[] strings)
    {
        var board = await forum.FreshBoardAsync();
        var member = await forum.MemberAsync();
        var topic = await forum.AskAsync(member, board);
        var api = await forum.ApiOfAsync(member);
        var version = 1;
        foreach (var text in strings)
        {
            Check(await api.PostAsync("topics", new { board, title = text, markdown = text, tags = new[] { text } }));
            Check(await api.PostAsync("topics", new { board = text, title = $"A question about {text}", markdown = Scenario.Body }));
            Check(await api.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = text }, key: text.Any(c => c is '\r' or '\n' or '\0') ? null : text));
            var edited = await api.PutAsync($"posts/{topic.PostId}", new { markdown = $"{Scenario.Body} {text}", version });
            Check(edited);
            version = edited.Status == HttpStatusCode.OK ? edited.Json["version"]!.GetValue<int>() : version;
            Check(await api.PostAsync("preview", new { markdown = text }));
            var escaped = Uri.EscapeDataString(text.Length > 1000 ? text[..1000] : text);
            foreach (var address in new[]
            {
                $"topics?board={escaped}", $"topics?tag={escaped}", $"topics?filter={escaped}", $"topics?after={escaped}", $"topics?size={escaped}", $"topics/{topic.TopicId}/posts?after={escaped}",
                $"search?q={escaped}", $"search?board={escaped}&tag={escaped}&author={escaped}", $"similar?title={escaped}&body={escaped}", $"leaderboards/upvotes?period={escaped}", $"leaderboards/upvotes?board={escaped}",
            })
                Check(await api.GetAsync(address));
            if (escaped.Length > 0 && !text.All(c => c == '.') && !text.Contains('\0', StringComparison.Ordinal))
                Check(await api.GetAsync($"members/{escaped}"));
        }
    }

    private static void Check(Reply reply)
    {
        Assert.True((int)reply.Status < 500, reply.Text);
        if (reply.Message.IsSuccessStatusCode)
            _ = reply.Json;
        else
            reply.Is(reply.Status);
    }
}
