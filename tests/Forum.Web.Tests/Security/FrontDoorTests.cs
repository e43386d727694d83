using System.Net;
using Forum.Members;
using Forum.Web.Tests.Api;
using Forum.Web.Tests.Architecture;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Security;

/// <summary>Cookies, files, errors and pages of staff, as somebody sees them who looks for a hole. Numbers are those of the list of checks.</summary>
public sealed class FrontDoorTests
{
    [Fact]
    public async Task Check_14_cookies_are_of_this_host_alone_sealed_off_from_scripts_and_sent_by_https()
    {
        await using var forum = await WebForum.StartAsync([("Forum:Site:Url", "https://localhost")]);
        var member = await forum.MemberAsync();
        var client = forum.Client();
        List<string> cookies = [];
        async Task<Answer> SendAsync(HttpRequestMessage request)
        {
            if (cookies.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => c.Split(';')[0])));
            var message = await client.SendAsync(request);
            cookies.AddRange(message.Headers.TryGetValues("Set-Cookie", out var set) ? set : []);
            return new(message, await message.Content.ReadAsStringAsync());
        }
        foreach (var (address, fields) in new (string, Dictionary<string, string>)[]
        {
            ("/account/sign-up", new() { ["_handler"] = "sign-up", ["Input.Name"] = "Nora Neu", ["Input.Email"] = "nora@example.org", ["Input.Password"] = WebForum.Password }),
            ("/account/sign-in", new() { ["_handler"] = "sign-in", ["Input.Email"] = member.Email!, ["Input.Password"] = WebForum.Password }),
        })
        {
            var page = await SendAsync(new HttpRequestMessage(HttpMethod.Get, address));
            fields["__RequestVerificationToken"] = page.Document.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            Assert.True((await SendAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields) })).IsRedirect);
        }
        Assert.Equal(["__Host-forum", "__Host-forum-form", "__Host-forum-joining"], cookies.Select(c => c.Split('=')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(cookies, cookie =>
        {
            var parts = cookie.Split(';', StringSplitOptions.TrimEntries).Skip(1).Select(p => p.ToLowerInvariant()).ToList();
            Assert.Contains("secure", parts);
            Assert.Contains("httponly", parts);
            Assert.Contains("samesite=lax", parts);
            Assert.Contains("path=/", parts);
            Assert.DoesNotContain(parts, p => p.StartsWith("domain", StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Check_24_what_staff_look_after_is_not_there_for_others_whatever_they_send()
    {
        await using var forum = await WebForum.StartAsync();
        var everything = await Everything.InAsync(forum);
        var member = await forum.SignInAsync(everything.Asker.Email!);
        var token = (await member.GetAsync("/ask")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var staffs = everything.Calls.Where(c => c.Address.Split('/')[1] is "admin" or "mod").ToList();
        Assert.True(staffs.Count > 40);
        foreach (var (method, address, _) in staffs)
            foreach (var (browser, allowed) in new[] { (member, new[] { HttpStatusCode.NotFound }), (forum.Visitor(), [HttpStatusCode.NotFound, HttpStatusCode.Redirect, HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest]) })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                if (method != "GET")
                    request.Content = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token), KeyValuePair.Create("_handler", "save")]);
                var answer = await browser.SendAsync(request);
                Assert.True(allowed.Contains(answer.Status) || IsMembersOwn(address) || answer.Status == HttpStatusCode.MethodNotAllowed, $"{method} {address} answered {(int)answer.Status}.");
                if (answer.IsRedirect && !IsMembersOwn(address))
                    Assert.StartsWith("/account/sign-in", new Uri(forum.Address, answer.Location!).AbsolutePath, StringComparison.Ordinal);
            }
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync("/metrics")).Status);
    }

    /// <summary>Whoever did a deed undoes it, be they staff or trusted with closing and moving.</summary>
    private static bool IsMembersOwn(string address) => address.StartsWith("/mod/undo", StringComparison.Ordinal);

    [Fact]
    public async Task Check_61_the_log_of_staff_is_only_read()
    {
        await using var forum = await WebForum.StartAsync();
        var everything = await Everything.InAsync(forum);
        Assert.Equal(["GET"], everything.Calls.Where(c => c.Address.StartsWith("/mod/log", StringComparison.Ordinal) && c.Endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>() is not null && c.Endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is null).Select(c => c.Method).Distinct());
        var admin = await forum.SignInAsync((await forum.MemberAsync("Ada Admin", SiteRole.Admin)).Email!);
        Assert.Empty((await admin.GetAsync("/mod/log")).Document.QuerySelectorAll("main form[method=post]"));
    }

    [Fact]
    public async Task Check_62_a_fault_is_a_page_with_a_number_and_tells_nothing_of_what_is_inside()
    {
        await using var forum = await WebForum.StartAsync();
        await using (var db = forum.Db())
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = OFF");
            await db.Database.ExecuteSqlRawAsync("DROP TABLE \"Badges\"");
        }
        foreach (var browser in new[] { forum.Visitor(), await forum.SignInAsync((await forum.MemberAsync()).Email!) })
        {
            var page = await browser.GetAsync("/badges");
            Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
            Assert.Contains("Reference number", page.TextOf("main"), StringComparison.Ordinal);
            foreach (var inside in new[] { "Sqlite", "no such table", "SELECT", "   at ", ".cs:", "Exception" })
                Assert.DoesNotContain(inside, page.Text, StringComparison.OrdinalIgnoreCase);
        }
        var said = await (await forum.ApiOfAsync(await forum.MemberAsync())).GetAsync("members/nobody/badges");
        Assert.DoesNotContain("Sqlite", said.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Check_63_no_file_of_the_program_or_its_data_is_served()
    {
        await using var forum = await WebForum.ServeAsync();
        foreach (var address in new[] { "/.git/config", "/appsettings.json", "/appsettings.Development.json", "/bom.json", "/Forum.Web.dll", "/web.config", "/forum.db", "/data/forum.db", "/uploads/../forum.db", "/uploads/..%2f..%2fforum.db", "/%2e%2e/appsettings.json", "/..%5cappsettings.json", "/node/search/segments_1" })
        {
            // As it stands, without being made tidy on the way.
            var answer = await forum.Visitor().SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(forum.Address.GetLeftPart(UriPartial.Authority) + address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })));
            Assert.True(answer.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{address} answered {(int)answer.Status}.");
        }
    }

    [Fact]
    public async Task Check_71_no_page_asks_another_site_for_anything_and_no_cookie_is_there_but_for_signing_in()
    {
        await using var forum = await WebForum.StartAsync();
        var everything = await Everything.InAsync(forum);
        var (member, cookies) = await forum.SignInWithCookiesAsync(everything.Asker.Email!);
        var visitor = forum.Visitor();
        var pages = 0;
        foreach (var address in everything.Readable.Where(a => !a.StartsWith("/api", StringComparison.Ordinal)))
            foreach (var browser in new[] { visitor, member })
            {
                var page = await browser.GetAsync(address);
                if (page.Message.Content.Headers.ContentType?.MediaType != "text/html" || page.Status != HttpStatusCode.OK)
                    continue;
                pages++;
                var asked = page.Document.QuerySelectorAll("[src], link[href]:not([rel=canonical]):not([rel=alternate]), [srcset], form[action]").Select(e => e.GetAttribute("src") ?? e.GetAttribute("href") ?? e.GetAttribute("action") ?? e.GetAttribute("srcset")!);
                Assert.DoesNotContain(asked, a => a.StartsWith("//", StringComparison.Ordinal) || a.Contains("://", StringComparison.Ordinal) && !a.StartsWith("http://localhost", StringComparison.Ordinal));
                if (browser == visitor && !address.StartsWith("/account", StringComparison.Ordinal) && !address.StartsWith("/ask", StringComparison.Ordinal))
                    Assert.Null(page.Header("Set-Cookie"));
            }
        Assert.True(pages > 50);
        Assert.Equal(["forum", "forum-form"], cookies.GetAllCookies().Select(c => c.Name).Order(StringComparer.Ordinal));
    }
}
