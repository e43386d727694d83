using System.Net;
using System.Text;
using System.Text.Json;
using Forum.Members;
using Forum.Web.Admin;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Admin;

/// <summary>What browsers report of the policy of contents. The address of the site is that of the tests' settings.</summary>
public sealed class PolicyReportsTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string Here = "http://localhost:5080";

    [Fact]
    public async Task What_browsers_refused_is_counted_and_shown_to_managers()
    {
        var visitor = forum.Visitor();
        Assert.EndsWith("report-uri /x/csp", (await visitor.GetAsync("/")).Header("Content-Security-Policy"), StringComparison.Ordinal);
        var name = $"n{Guid.NewGuid():N}";
        foreach (var page in new[] { $"/t/7/{name}?token=secret#a", $"/t/7/{name}" })
            Assert.Equal(HttpStatusCode.NoContent, (await ReportAsync(visitor, Here + page, "https://evil.example/x.js?stolen=1")).Status);
        await forum.Get<PolicyReports>().FlushAsync(default);
        await ReportAsync(visitor, $"{Here}/t/7/{name}", "https://evil.example/y.js");
        await ReportAsync(visitor, $"{Here}/{name}", "inline", "style-src-attr", $"{Here}/forum.js");
        await forum.Get<PolicyReports>().FlushAsync(default);

        var manager = await forum.SignInAsync((await forum.MemberAsync("Mara Manager", SiteRole.Manager)).Email!);
        var shown = await manager.GetAsync((await manager.GetAsync("/admin")).One("a[href='/admin/browser-reports']").GetAttribute("href")!);
        var rows = shown.Document.QuerySelectorAll(".entries li").Where(r => r.QuerySelector(".snippet bdi")!.TextContent.EndsWith(name, StringComparison.Ordinal)).ToDictionary(r => r.QuerySelector("h2 bdi")!.TextContent, r => (r.QuerySelector("code")!.TextContent, r.QuerySelectorAll(".snippet bdi").Length, r.LastElementChild!.TextContent.Split(" · ")[0]));
        Assert.Equal((2, ("script-src-elem", 1, "3 times"), ("style-src-attr", 2, "1 time")), (rows.Count, rows["https://evil.example"], rows["inline"]));
        Assert.DoesNotContain("secret", shown.Text, StringComparison.Ordinal);
        var member = await forum.SignInAsync((await forum.MemberAsync()).Email!);
        Assert.Equal(HttpStatusCode.NotFound, (await member.GetAsync("/admin/browser-reports")).Status);
    }

    [Theory]
    [InlineData("https://elsewhere.example/", "https://evil.example/x.js")]
    [InlineData(Here + "/", "chrome-extension://abcdef/content.js")]
    [InlineData(Here + "/", "moz-extension")]
    [InlineData("about:blank", "inline")]
    [InlineData(null, null)]
    public async Task What_is_not_of_this_site_is_not_counted(string? page, string? blocked)
    {
        await using var db = forum.Db();
        var before = await db.PolicyViolations.SumAsync(v => v.Count);
        Assert.Equal(HttpStatusCode.NoContent, (await ReportAsync(forum.Visitor(), page, blocked)).Status);
        await forum.Get<PolicyReports>().FlushAsync(default);
        Assert.Equal(before, await db.PolicyViolations.SumAsync(v => v.Count));
    }

    [Fact]
    public async Task What_is_no_report_is_refused_and_one_made_up_does_no_harm()
    {
        var visitor = forum.Visitor();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await visitor.PostAsync(PolicyReports.Address, ("csp-report", "{}"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(visitor, "{\"csp-report\":")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(visitor, "{\"csp-report\":{\"line-number\":\"a\"}}")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(visitor, "null")).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(visitor, new string(' ', 20_000))).Status);
        var name = $"{Guid.NewGuid():N}";
        await ReportAsync(visitor, $"{Here}/{name}\u202E\n{new string('x', 3000)}", new string('y', 3000), new string('z', 3000));
        await forum.Get<PolicyReports>().FlushAsync(default);
        await using var db = forum.Db();
        var kept = await db.PolicyViolations.SingleAsync(v => v.Page.Contains(name));
        Assert.Equal((200, 200, 40), (kept.Page.Length, kept.Blocked.Length, kept.Directive.Length));
    }

    private static Task<Answer> ReportAsync(Browser browser, string? page, string? blocked, string directive = "script-src-elem", string? source = null) => PostAsync(browser, JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["csp-report"] = new Dictionary<string, object?>
        {
            ["document-uri"] = page,
            ["blocked-uri"] = blocked,
            ["effective-directive"] = directive,
            ["source-file"] = source,
            ["line-number"] = source is null ? null : 3,
        },
    }));

    private static Task<Answer> PostAsync(Browser browser, string json) =>
        browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, PolicyReports.Address) { Content = new StringContent(json, Encoding.UTF8, "application/csp-report") });
}
