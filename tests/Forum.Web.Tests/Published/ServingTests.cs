using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Forum.Web.Tests.Published;

[Collection(PublishedProgram.Name)]
public sealed class ServingTests(PublishedProgram program)
{
    /// <summary>After this, what manages services kills.</summary>
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_new_forum_is_set_up_by_the_link_its_start_prints_serves_all_its_files_and_stops_in_time_whatever_is_open()
    {
        await using var folder = new ForumFolder();
        await using var node = await program.ServeAsync(folder);
        var jar = new CookieContainer();
        var browser = node.Visitor(jar);
        var line = await node.SaysAsync("/setup?token=");
        var form = await browser.GetAsync(line[line.IndexOf("/setup", StringComparison.Ordinal)..]);
        var done = await browser.SubmitAsync(form, "form[method=post]", ("Name", "Ada Admin"), ("Handle", "ada"), ("Email", "ada@example.org"), ("Password", WebForum.Password));
        Assert.Equal("/", done.Location);

        var page = await browser.GetAsync("/");
        Assert.Equal("Ada A", page.TextOf(".menu .who bdi"));
        var files = page.Document.QuerySelectorAll("link[rel=stylesheet], link[rel=icon]").Select(l => l.GetAttribute("href")!)
            .Concat(page.Document.QuerySelectorAll("script[src]").Select(s => s.GetAttribute("src")!)).ToList();
        Assert.Contains(files, f => f.EndsWith(".css", StringComparison.Ordinal));
        Assert.Contains(files, f => f.Contains("blazor.web", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var answer = await browser.GetAsync($"/{file}");
            Assert.True(answer.Status == HttpStatusCode.OK && answer.Text.Length > 100, $"{file} answered {(int)answer.Status} with {answer.Text.Length} characters.");
        }

        Assert.Contains("Markdig", (await browser.GetAsync("/help/software")).TextsOf("tbody a"));

        using var circuit = await Circuit.OpenAsync(node, jar);
        using var slow = await BeginAsync(node);
        var asked = Stopwatch.GetTimestamp();
        await node.StopAsync();
        Assert.True(Stopwatch.GetElapsedTime(asked) < grace, $"It took {Stopwatch.GetElapsedTime(asked)} to stop.");
        Assert.DoesNotContain("Unhandled exception", node.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(WebSocketState.Aborted, circuit.State);
    }

    [Theory]
    [InlineData(false, 60)]
    [InlineData(true, 150)]
    public async Task All_that_a_first_visit_to_a_topic_of_twenty_posts_loads_is_little(bool member, int kilobytes)
    {
        await using var folder = await ForumFolder.MakeAsync();
        var board = await folder.BoardAsync("help");
        var author = await folder.MemberAsync();
        var topic = await folder.AskAsync(author, board.Slug);
        for (var number = 2; number <= 20; number++)
            await folder.ReplyAsync(author, topic, $"Answer {number}. {string.Concat(Enumerable.Repeat("It weighs what its words weigh. ", 15))}");
        await using var node = await program.ServeAsync(folder);
        var jar = new CookieContainer();
        var browser = node.Visitor(jar);
        if (member)
            await browser.SignInAsync((await folder.MemberAsync("Ines Rosa")).Email!);
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = jar }) { BaseAddress = node.Address };
        // What each browser takes over a connection that is not secure.
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, deflate");
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "none");

        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        var page = await browser.GetAsync(address);
        var files = page.Document.QuerySelectorAll("link[rel=stylesheet], link[rel=icon]").Select(l => l.GetAttribute("href")!)
            .Concat(page.Document.QuerySelectorAll("script[src]").Select(s => s.GetAttribute("src")!))
            .Concat(page.Document.QuerySelectorAll("use").Select(u => u.GetAttribute("href")!.Split('#')[0]));
        if (member)
            // Modules are named in the attributes of what they serve; all of them count, for a member comes to use them.
            files = files.Concat(page.Document.All.SelectMany(e => e.Attributes).Where(a => a.Name.StartsWith("data-", StringComparison.Ordinal) && a.Value.EndsWith(".js", StringComparison.Ordinal)).Select(a => a.Value));
        var loaded = files.Distinct().ToList();
        Assert.Equal(member, loaded.Exists(f => f.Contains("blazor.web", StringComparison.Ordinal)));
        Assert.InRange(loaded.Count, 3, member ? 12 : 5);
        var sizes = new List<(string, int Bytes)>();
        foreach (var file in loaded.Prepend(address))
            sizes.Add((file, (await client.GetByteArrayAsync(new Uri(file, UriKind.Relative))).Length));
        Assert.True(sizes.Sum(s => s.Bytes) < kilobytes * 1024, string.Join(", ", sizes));
    }

    /// <summary>A request whose form is being read and never comes to its end.</summary>
    private static async Task<TcpClient> BeginAsync(Node node)
    {
        using var patience = new CancellationTokenSource(Node.Patience);
        var client = new TcpClient();
        await client.ConnectAsync(node.Address.Host, node.Address.Port, patience.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /account/sign-in HTTP/1.1\r\nHost: {node.Address.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n"), patience.Token);
        var answer = new byte[1024];
        var length = await stream.ReadAsync(answer, patience.Token);
        Assert.StartsWith("HTTP/1.1 100", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        return client;
    }
}
