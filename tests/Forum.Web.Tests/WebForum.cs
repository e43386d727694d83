using System.Net;
using System.Text.RegularExpressions;
using Forum.Data;
using Forum.Jobs;
using Forum.Mail;
using Forum.Search;
using Forum.Web.Host;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Forum.Web.Tests;

/// <summary>
/// The whole program, served in memory over a database in a temporary folder. Flood limits are off.
/// As a class fixture it is shared by the tests of a class; <see cref="StartAsync"/> makes one for a single test.
/// </summary>
public sealed class WebForum : IEngine, IAsyncLifetime, IAsyncDisposable
{
    public const string Password = "four words are enough";

    /// <summary>How soon a visitor must see a change.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly string folder = Directory.CreateTempSubdirectory("forum-web-test-").FullName;
    private readonly Program program;
    private readonly bool served;

    public WebForum() : this([], null, served: false)
    {
    }

    private WebForum((string Key, string Value)[] settings, Action<IServiceCollection>? services, bool served)
    {
        this.served = served;
        program = new(
            [("environment", "Testing"), ("Forum:DataPath", folder), ("Forum:Database:Synchronous", "OFF"), ("Forum:Limits:Enabled", "false"), .. settings],
            services);
        if (served)
            program.UseKestrel(0);
    }

    /// <summary>A forum of one's own, with these settings (such as "Forum:Site:Name") and replaced services (such as the clock).</summary>
    public static async Task<WebForum> StartAsync((string Key, string Value)[]? settings = null, Action<IServiceCollection>? services = null)
    {
        var forum = new WebForum(settings ?? [], services, served: false);
        await forum.InitializeAsync();
        return forum;
    }

    /// <summary>The same behind its real server at a free port of this machine, for what only a real connection shows.</summary>
    public static async Task<WebForum> ServeAsync(params (string Key, string Value)[] settings)
    {
        var forum = new WebForum(settings, null, served: true);
        await forum.InitializeAsync();
        return forum;
    }

    public async Task InitializeAsync()
    {
        await EmptyDatabase.CopyToAsync(folder);
        program.StartServer();
    }

    public Uri Address => served ? program.ClientOptions.BaseAddress : new("http://localhost");

    public T Get<T>() where T : notnull => program.Services.GetRequiredService<T>();

    /// <summary>A context of its own, to look at what requests left behind.</summary>
    public ForumDbContext Db() => Get<IDbContextFactory<ForumDbContext>>().CreateDbContext();

    /// <summary>A browser without JavaScript and, so far, without a cookie.</summary>
    public Browser Visitor() => new(Client(new CookieContainer()), PagesAreLevelAsync);

    /// <summary>A client that keeps no cookie, as a script is.</summary>
    public HttpClient Client() => Client(null);

    /// <summary>A browser of somebody who has just signed up by the form, and opened the link that came by mail.</summary>
    public async Task<Browser> SignUpAsync(string name = "Ines Rosa", string? email = null)
    {
        var browser = Visitor();
        await SignUpAsync(browser, "", name, email ?? $"{Guid.NewGuid():N}@example.org");
        return browser;
    }

    /// <summary>The same in that browser, from where a query such as "?returnUrl=/ask" says.</summary>
    /// <returns>What the link in the letter led to.</returns>
    public async Task<Answer> SignUpAsync(Browser browser, string query, string name, string email)
    {
        var page = await browser.GetAsync($"/account/sign-up{query}");
        var answer = await browser.SubmitAsync(page, "form[method=post]", ("Name", name), ("Email", email), ("Password", Password));
        Assert.True(answer.IsRedirect, $"Signing up answered {(int)answer.Status}: {answer.Text}");
        var confirmed = await browser.SubmitAsync(await browser.GetAsync(await LinkToAsync(email)), "main form", []);
        Assert.True(confirmed.IsRedirect, $"Confirming answered {(int)confirmed.Status}: {confirmed.Text}");
        return confirmed;
    }

    /// <summary>The last letter to an address, once all that are due were sent.</summary>
    public async Task<MimeKit.MimeMessage> LetterToAsync(string email)
    {
        await Get<MailSender>().SendDueAsync(default);
        var letters = Directory.GetFiles(Get<Mailbox>().Folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MimeKit.MimeMessage.Load(file));
        return letters.Last(l => l.To.Mailboxes.Any(m => m.Address == email));
    }

    /// <summary>The link in it, from the root.</summary>
    public async Task<string> LinkToAsync(string email) => new Uri(Regex.Match((await LetterToAsync(email)).TextBody!, "http\\S+token=\\S+").Value).PathAndQuery;

    /// <summary>A browser of a member who signs in by the form with <see cref="Password"/>.</summary>
    public async Task<Browser> SignInAsync(string email)
    {
        var browser = Visitor();
        await browser.SignInAsync(email);
        return browser;
    }

    /// <summary>The cookies of a member who signed in by the form, for what is no browser.</summary>
    public async Task<CookieContainer> CookiesAsync(string email) => (await SignInWithCookiesAsync(email)).Cookies;

    /// <summary>A browser of a member who signs in by the form, and the cookies that it has at any time.</summary>
    public async Task<(Browser Browser, CookieContainer Cookies)> SignInWithCookiesAsync(string email)
    {
        var cookies = new CookieContainer();
        var browser = new Browser(Client(cookies), PagesAreLevelAsync);
        await browser.SignInAsync(email);
        return (browser, cookies);
    }

    /// <summary>A client that follows no redirect, with these cookies or none.</summary>
    private HttpClient Client(CookieContainer? cookies) =>
        served ? new(new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1), UseCookies = cookies is not null, CookieContainer = cookies ?? new() }) { BaseAddress = Address }
            : program.CreateDefaultClient(Address, cookies is null ? [] : [new CookieContainerHandler(cookies)]);

    private async Task PagesAreLevelAsync()
    {
        await using var db = Db();
        var newest = await db.OutboxCounters.Select(c => c.Value).SingleAsync();
        await Get<PageCacheEviction>().WaitForAsync(newest, default).WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Waits until searches see all that was written.</summary>
    public async Task CaughtUpAsync()
    {
        await using var db = Db();
        await Get<SearchIndex>().WaitForAsync(await db.OutboxCounters.Select(c => c.Value).SingleAsync(), default).WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>Asks again until it holds, for as long as a visitor may have to wait for a change.</summary>
    /// <param name="patience">Longer, where it is not about how soon.</param>
    public static async Task HoldsSoonAsync(Func<Task<bool>> holds, string what, TimeSpan? patience = null)
    {
        var time = patience ?? Soon;
        var begun = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < time, $"After {time.TotalSeconds} s still not: {what}");
            await Task.Yield();
        }
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private sealed class Program((string Key, string Value)[] settings, Action<IServiceCollection>? services) : WebApplicationFactory<global::Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var (key, value) in settings)
                builder.UseSetting(key, value);
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureTestServices(added =>
            {
                // What makes a password slow to guess makes a test slow to sign up in.
                added.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1);
                services?.Invoke(added);
            });
        }
    }
}
