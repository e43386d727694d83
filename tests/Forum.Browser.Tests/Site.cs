using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Forum.Boards;
using Forum.Data;
using Forum.Mail;
using Forum.Members;
using Forum.Settings;
using Forum.Solutions;
using Forum.Topics;
using Forum.Votes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Playwright;

namespace Forum.Browser.Tests;

/// <summary>The program as a process of its own on an empty database, a browser, and the engine beside it to set the scene.</summary>
public sealed class Site : IAsyncLifetime
{
    /// <summary>The browser without a window of its own where it is installed: it starts sooner and does nothing but show pages.</summary>
    public static readonly string Chromium = new[] { "/usr/bin/chromium-headless-shell", "/usr/bin/chromium" }.FirstOrDefault(File.Exists) ?? "/usr/bin/chromium";

    public const string Password = "a long enough one";
    public const string Question = "How do I hand a project over to another agency?";
    public const string Body = "I would like to hand a running project over without losing its history.";

    private static readonly TimeSpan startTime = TimeSpan.FromSeconds(120);

    /// <summary>How long a page may take to show what is expected, on a machine that is busy with other tests.</summary>
    private static readonly TimeSpan expectTime = TimeSpan.FromSeconds(30);

    private readonly string folder = Directory.CreateTempSubdirectory("forum-browser-").FullName;
    private Process? process;
    private ServiceProvider? engine;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private int members;

    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (!File.Exists(Chromium))
            return;
        // A forum that has a board already is not filled with the demonstration.
        var options = new ForumOptions { DataPath = folder, NodePath = Path.Combine(folder, "tests"), Limits = { Enabled = false } };
        engine = new ServiceCollection().AddSingleton<ILoggerFactory, NullLoggerFactory>().AddSingleton(typeof(ILogger<>), typeof(NullLogger<>)).AddForum(options).BuildServiceProvider();
        await Get<Migrator>().RunAsync(default);
        _ = (await Get<CreateBoard>().RunAsync(Actor.Operator, new("journeys", "Journeys"), default)).Required;
        _ = (await Get<CreateTag>().RunAsync(Actor.Operator, "handover", null, default)).Required;

        Address = $"http://localhost:{FreePort()}";
        await StartAsync();

        Assertions.SetDefaultExpectTimeout((float)expectTime.TotalMilliseconds);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Stops the program as a crash would and starts it again at the same address.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location]) { WorkingDirectory = AppContext.BaseDirectory, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = Address;
        start.Environment["Forum__DataPath"] = folder;
        start.Environment["Forum__Site__Url"] = Address;
        start.Environment["Forum__Limits__Enabled"] = "false";
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await AnswersAsync();
    }

    private async Task StopAsync()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public T Get<T>() where T : notnull => engine!.GetRequiredService<T>();

    /// <summary>A page of a fresh browser profile.</summary>
    public async Task<IPage> OpenAsync(string path, bool script = true)
    {
        var page = await BlankAsync(script);
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>The same before it has gone anywhere.</summary>
    /// <param name="policy">Without it the browser lets pass what the policy of contents would stop.</param>
    public async Task<IPage> BlankAsync(bool script = true, bool policy = true)
    {
        var context = await browser!.NewContextAsync(new() { BaseURL = Address, JavaScriptEnabled = script, BypassCSP = !policy, ViewportSize = new() { Width = 1280, Height = 900 } });
        context.SetDefaultTimeout((float)startTime.TotalMilliseconds);
        return await context.NewPageAsync();
    }

    public async Task<(Actor Actor, string Email, string Handle)> MemberAsync(string name)
    {
        var email = $"member{Interlocked.Increment(ref members)}@example.test";
        var member = (await Get<CreateMember>().RunAsync(Actor.Operator, new(name, null, email, Password), default)).Required;
        return (Actor.Member(member.Id), email, member.Handle);
    }

    /// <summary>The link in the letter to an address, which the program sends within seconds, from the root.</summary>
    public async Task<string> LinkToAsync(string email)
    {
        var (mail, begun) = (Get<Mailbox>().Folder, TimeProvider.System.GetTimestamp());
        while (true)
        {
            var letter = Directory.Exists(mail) ? Directory.GetFiles(mail, "*.eml").Select(file => MimeKit.MimeMessage.Load(file)).LastOrDefault(l => l.To.Mailboxes.Any(m => m.Address == email)) : null;
            if (letter is not null)
                return new Uri(Regex.Match(letter.TextBody!, "http\\S+token=\\S+").Value).PathAndQuery;
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < expectTime, $"No letter came to {email}.");
            await Task.Yield();
        }
    }

    public async Task<PostedPost> AskAsync(Actor asker, string title = Question) =>
        (await Get<AskQuestion>().RunAsync(asker, new("journeys", title, Body, ["handover"], null), default)).Required;

    public async Task<PostedPost> ReplyAsync(Actor author, PostedPost topic, string text = "Choose Transfer and invite the other owner.", long? replyTo = null) =>
        (await Get<PostReply>().RunAsync(author, new(topic.TopicId, text, replyTo, null), default)).Required;

    public async Task UpvoteAsync(Actor voter, long postId) => _ = (await Get<Upvote>().RunAsync(voter, postId, default)).Required;

    public async Task AcceptAsync(Actor actor, PostedPost reply) => _ = (await Get<AcceptSolution>().RunAsync(actor, reply.TopicId, reply.PostId, default)).Required;

    /// <summary>Waits until a search for that word finds something.</summary>
    public async Task CaughtUpAsync(string word)
    {
        using var client = new HttpClient { BaseAddress = new(Address) };
        var begun = TimeProvider.System.GetTimestamp();
        while ((await client.GetStringAsync($"/api/v1/search?q={word}")).Contains("\"items\":[]", StringComparison.Ordinal))
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < expectTime, $"Nothing is found for {word}.");
    }

    public static async Task SignInAsync(IPage page, string email)
    {
        await page.GotoAsync("/account/sign-in");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Your profile")).ToBeAttachedAsync();
    }

    /// <summary>No rule of accessibility is broken on the page as it stands. Scripts must be on, since axe is one.</summary>
    public static async Task IsAccessibleAsync(IPage page)
    {
        // What keeps the rules is not told in full: that is most of what would be told.
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.True(result.Violations.Length == 0, page.Url + '\n' + string.Join('\n', result.Violations.Select(v => $"{v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")));
    }

    /// <summary>Nothing of the page is wider than a phone, 390 px, nor than the smallest one, 320 px.</summary>
    public static async Task FitsPhonesAsync(IPage page)
    {
        var size = page.ViewportSize!;
        foreach (var width in new[] { 390, 320 })
        {
            await page.SetViewportSizeAsync(width, 800);
            var wide = await page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, innerWidth)");
            Assert.True(wide == width, $"{page.Url} is {wide} pixels wide on a screen of {width}.");
        }
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>Goes there by the Tab key and presses Enter.</summary>
    public static async Task PressAsync(ILocator target)
    {
        await Assertions.Expect(target).ToBeVisibleAsync();
        await target.FocusAsync();
        await target.Page.Keyboard.PressAsync("Shift+Tab");
        await target.Page.Keyboard.PressAsync("Tab");
        Assert.True(await target.EvaluateAsync<bool>("target => target === document.activeElement"), $"The Tab key does not lead to {target}.");
        await target.Page.Keyboard.PressAsync("Enter");
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (engine is not null)
            await engine.DisposeAsync();
        if (process is not null)
            await StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private async Task AnswersAsync()
    {
        using var client = new HttpClient();
        var begun = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"{Address}/robots.txt"));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (begun.Elapsed < startTime && process is { HasExited: false })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
