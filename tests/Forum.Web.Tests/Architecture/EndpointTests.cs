using System.Net;
using System.Net.Http.Json;
using Forum.Data;
using Forum.Jobs;
using Forum.Members;
using Forum.Web.Admin;
using Forum.Web.Tests.Api;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Forum.Web.Tests.Architecture;

/// <summary>What holds for everything that the running program answers, whatever it is.</summary>
public sealed class EndpointTests(WebForum forum) : IClassFixture<WebForum>
{
    private static readonly HttpStatusCode[] refusals = [HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.UnsupportedMediaType, HttpStatusCode.TooManyRequests];

    /// <summary>What the framework adds where files are served from the sources, as in tests; a published program has it not.</summary>
    private const string FilesOfSources = "Fallback {**path:file}";

    [Fact]
    public async Task Every_endpoint_says_who_may_come() =>
        Assert.Equal([], (await Everything.InAsync(forum)).Endpoints
            .Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is not null == e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(e => e.DisplayName).Where(name => name != FilesOfSources).Distinct().Order());

    [Fact]
    public async Task Check_26_nothing_is_changed_by_a_visitor_or_by_a_member_whose_request_could_come_from_anywhere()
    {
        var everything = await Everything.InAsync(forum);
        var member = await forum.SignInAsync(everything.Asker.Email!);
        var admin = await forum.SignInAsync((await forum.MemberAsync("Ada Admin", SiteRole.Admin)).Email!);
        (string Who, Browser Browser, (string, string)[] Headers)[] callers =
        [
            ("A visitor", forum.Visitor(), []),
            ("A member without a token", member, []),
            ("A member from another site", member, [("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")]),
            ("A member with somebody's token", member, [("X-Antiforgery", "CfDJ8AAAAAAAAAAAAAAA")]),
        ];
        await StopStoringAsync();
        await using var db = forum.Db();
        await db.Database.OpenConnectionAsync();
        var before = await VersionAsync(db);
        foreach (var (method, address) in everything.Deeds)
            foreach (var (who, browser, headers) in callers)
                foreach (var content in (HttpContent?[])[null, Form(everything), JsonContent.Create(new { markdown = Scenario.Body, version = 1 })])
                {
                    using var request = new HttpRequestMessage(method, address) { Content = content };
                    foreach (var (name, value) in headers)
                        request.Headers.Add(name, value);
                    // For members the pages of staff are not there at all.
                    var answer = await (browser == member && (address.Split('/')[1] is "admin" or "mod") ? admin : browser).SendAsync(request);
                    // That page is gone as soon as somebody administers the forum.
                    Assert.True(refusals.Contains(answer.Status) || address == "/setup" && answer.Status == HttpStatusCode.NotFound, $"{who} got {(int)answer.Status} from {method} {address} with {content?.Headers.ContentType?.MediaType ?? "nothing"}.");
                    Assert.True(before == await VersionAsync(db), $"{who} changed something by {method} {address}.");
                }
    }

    [Fact]
    public async Task Check_27_reading_changes_nothing_not_even_at_the_address_of_a_deed()
    {
        var everything = await Everything.InAsync(forum);
        var member = await forum.SignInAsync(everything.Asker.Email!);
        await StopStoringAsync();
        await using var db = forum.Db();
        await db.Database.OpenConnectionAsync();
        var before = await VersionAsync(db);
        foreach (var address in everything.Calls.Select(c => c.Address).Distinct())
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                await member.SendAsync(method, address);
                Assert.True(before == await VersionAsync(db), $"{method} {address} changed something.");
            }
    }

    [Fact]
    public async Task Check_48_no_deed_is_without_a_limit()
    {
        // Time stands still, or some of what was done would lie a minute back.
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var busy = await WebForum.StartAsync([("Forum:Limits:Enabled", "true")], services => services.AddSingleton<TimeProvider>(clock));
        var everything = await Everything.InAsync(busy);
        var (visitor, member) = (busy.Visitor(), await busy.SignInAsync(everything.Asker.Email!));
        var script = await busy.ApiOfAsync(everything.Asker);
        await ExhaustAsync(() => visitor.PostAsync("/account/sign-out"));
        await ExhaustAsync(() => member.PostAsync("/account/sign-out"));
        // What browsers send by themselves is counted for itself.
        await ExhaustAsync(() => visitor.PostAsync(PolicyReports.Address));
        await ExhaustAsync(() => member.PostAsync(PolicyReports.Address));
        foreach (var (method, address) in everything.Deeds)
        {
            foreach (var browser in new[] { visitor, member })
            {
                var answer = await browser.SendAsync(method, address);
                Assert.True(answer.Status == HttpStatusCode.TooManyRequests, $"{method} {address} answers {answer.Status} to one who has done enough.");
                Assert.InRange(answer.Message.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            }
            if (address.StartsWith("/api/v1/", StringComparison.Ordinal))
                (await script.SendAsync(method, address["/api/v1/".Length..])).Is(HttpStatusCode.TooManyRequests);
        }
    }

    [Fact]
    public async Task Every_page_has_a_title_one_heading_and_one_main()
    {
        var everything = await Everything.InAsync(forum);
        var member = await forum.SignInAsync(everything.Asker.Email!);
        var pages = 0;
        foreach (var address in everything.Readable)
            foreach (var reader in new[] { forum.Visitor(), member })
            {
                var page = await reader.GetAsync(address);
                if (page.Message.Content.Headers.ContentType?.MediaType != "text/html" || page.IsRedirect)
                    continue;
                pages++;
                Assert.False(string.IsNullOrWhiteSpace(page.Document.Title), $"{address} has no title.");
                Assert.True(page.Document.QuerySelectorAll("h1").Length == 1, $"{address} has not one h1.");
                Assert.True(page.Document.QuerySelectorAll("main").Length == 1, $"{address} has not one main.");
            }
        Assert.True(pages > 20);
    }

    private static FormUrlEncodedContent Form(Everything everything) => new(new Dictionary<string, string>
    {
        ["_handler"] = "reply",
        ["Input.Markdown"] = Scenario.Body,
        ["Input.Title"] = Scenario.Question,
        ["Input.Board"] = everything.Board,
        ["Input.Version"] = "1",
        ["Input.Email"] = everything.Asker.Email!,
        ["Input.Password"] = WebForum.Password,
        ["Input.Name"] = "Nobody Yet",
        ["topic"] = $"{everything.Topic.TopicId}",
    });

    private static async Task ExhaustAsync(Func<Task<Answer>> deed)
    {
        for (var i = 0; i < 1000; i++)
            if ((await deed()).Status == HttpStatusCode.TooManyRequests)
                return;
        Assert.Fail("A thousand deeds in a minute met no limit.");
    }

    /// <summary>What is noted while others read, and what follows from what was written, is stored now and then, by no request: after this, not any more.</summary>
    private async Task StopStoringAsync()
    {
        foreach (var service in forum.Get<IEnumerable<IHostedService>>().Where(s => s is Buffered or LinkRenderer or Housekeeping))
            await service.StopAsync(default);
    }

    /// <summary>Changes with each write of anybody else.</summary>
    private static async Task<long> VersionAsync(DbContext db) => (await db.Database.SqlQueryRaw<long>("SELECT data_version AS \"Value\" FROM pragma_data_version").ToListAsync()).Single();
}
