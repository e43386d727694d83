using System.Net;
using Forum.Members;
using Forum.Moderation;
using Forum.Web.Tests.Api;
using Forum.Web.Tests.Architecture;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Forum.Web.Tests.Security;

/// <summary>What holds at every address. Numbers are those of the list of checks.</summary>
public sealed class FrontDoorTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task Check_14_a_site_with_https_has_cookies_that_no_other_site_script_or_connection_gets()
    {
        await using var safe = await WebForum.StartAsync([("Forum:Site:Url", "https://forum.example")]);
        var member = await safe.MemberAsync();
        var cookies = new List<string>();
        var browser = new Browser(safe.Client());
        var page = await browser.GetAsync("https://forum.example/account/sign-in");
        cookies.AddRange(page.Message.Headers.GetValues("Set-Cookie"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://forum.example/account/sign-in")
        {
            Content = new FormUrlEncodedContent([.. page.Document.QuerySelectorAll("main form[method=post] input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? "")),
                new("Input.Email", member.Email!), new("Input.Password", WebForum.Password)]),
        };
        request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => c.Split(';')[0])));
        var signedIn = await browser.SendAsync(request);
        Assert.True(signedIn.IsRedirect, signedIn.Text);
        cookies.AddRange(signedIn.Message.Headers.GetValues("Set-Cookie"));
        Assert.Contains(cookies, c => c.StartsWith("__Host-forum=", StringComparison.Ordinal));
        foreach (var cookie in cookies)
        {
            var parts = cookie.Split(';', StringSplitOptions.TrimEntries).Select(p => p.ToLowerInvariant()).ToList();
            Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
            Assert.Equal([], new[] { "secure", "httponly", "path=/" }.Except(parts));
            Assert.Contains(parts, p => p is "samesite=lax" or "samesite=strict");
            Assert.DoesNotContain(parts, p => p.StartsWith("domain", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Check_19_what_a_member_keeps_for_themselves_is_there_for_nobody_else()
    {
        var everything = await Everything.InAsync(forum);
        var (owner, stranger) = (await forum.SignInAsync(everything.Asker.Email!), await forum.SignInAsync((await forum.MemberAsync("Stella Strange")).Email!));
        var page = await owner.GetAsync("/ask");
        await owner.SubmitAsync(page, "form.ask", ("Title", "Something rather private"), ("Do", "draft"));
        var drafts = await owner.GetAsync("/drafts");
        Assert.Contains("rather private", drafts.Text, StringComparison.Ordinal);
        var address = drafts.One(".drafts form").GetAttribute("action");
        await SendAsync(stranger, string.IsNullOrEmpty(address) ? "/drafts" : address, [.. drafts.Document.QuerySelectorAll(".drafts form input").Where(i => i.GetAttribute("name") != "__RequestVerificationToken").Select(i => (i.GetAttribute("name")!, i.GetAttribute("value")!))]);
        Assert.Contains("rather private", (await owner.GetAsync("/drafts")).Text, StringComparison.Ordinal);
        foreach (var own in new[] { "/drafts", "/bookmarks", "/account/security", "/account/privacy", "/account/sessions", "/account/keys", "/account/moderation" })
        {
            Assert.Equal(HttpStatusCode.Redirect, (await forum.Visitor().GetAsync(own)).Status);
            var theirs = await stranger.GetAsync(own);
            Assert.Equal(HttpStatusCode.OK, theirs.Status);
            Assert.DoesNotContain("rather private", theirs.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(everything.Asker.Email!, theirs.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Check_22_nobody_upvotes_their_own_post_and_everybody_else_once()
    {
        var everything = await Everything.InAsync(forum);
        var post = everything.Topic.PostId;
        async Task<int> ScoreAsync()
        {
            await using var db = forum.Db();
            return await db.Posts.Where(p => p.Id == post).Select(p => p.Score).SingleAsync();
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(await forum.SignInAsync(everything.Asker.Email!), $"/posts/{post}/upvote")).Status);
        (await (await forum.ApiOfAsync(everything.Asker)).PutAsync($"posts/{post}/vote")).Is(HttpStatusCode.Forbidden);
        Assert.Equal(0, await ScoreAsync());
        var voter = await forum.MemberAsync("Vera Voter");
        var (browser, api) = (await forum.SignInAsync(voter.Email!), await forum.ApiOfAsync(voter));
        for (var i = 0; i < 2; i++)
        {
            Assert.True((await SendAsync(browser, $"/posts/{post}/upvote", ("returnUrl", "/forums"))).IsRedirect);
            await api.PutAsync($"posts/{post}/vote");
            Assert.Equal(1, await ScoreAsync());
        }
        var until = forum.Get<TimeProvider>().GetUtcNow().UtcDateTime.AddDays(1);
        var banned = await forum.MemberAsync("Boris Banned");
        var suspended = await forum.SignInAsync(banned.Email!);
        await using (var db = forum.Db())
            await db.Users.Where(m => m.Id == banned.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.SuspendedUntil, until));
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(suspended, $"/posts/{post}/upvote")).Status);
        Assert.Equal(1, await ScoreAsync());
    }

    [Fact]
    public async Task Check_24_where_the_site_is_administered_there_is_nothing_for_others_whatever_they_send()
    {
        var everything = await Everything.InAsync(forum);
        var (visitor, member, moderator) = (forum.Visitor(), await forum.SignInAsync(everything.Asker.Email!), await forum.SignInAsync((await forum.MemberAsync("Mo Derat", SiteRole.Moderator)).Email!));
        var addresses = everything.Calls.Select(c => c.Address).Where(a => a.StartsWith("/admin", StringComparison.Ordinal)).Distinct().ToList();
        Assert.True(addresses.Count > 10);
        foreach (var address in addresses)
        {
            foreach (var browser in new[] { member, moderator })
            {
                var read = await browser.GetAsync(address);
                Assert.True(read.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{address} answers {read.Status}.");
                var sent = await SendAsync(browser, address, ("Input.Reason", "Because."), ("reason", "Because."), ("to", "1"));
                Assert.True(sent.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed, $"POST {address} answers {sent.Status}.");
            }
            Assert.True((await visitor.GetAsync(address)) is { Status: HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.Unauthorized } or { IsRedirect: true }, address);
        }
        Assert.NotEqual(HttpStatusCode.OK, (await visitor.GetAsync("/metrics")).Status);
        Assert.True((await visitor.GetAsync("/health/ready")).Text.Length < 40);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/openapi/v1.json")).Status);
    }

    [Fact]
    public async Task Check_61_what_staff_did_is_changed_by_no_address()
    {
        var everything = await Everything.InAsync(forum);
        var moderator = await forum.MemberAsync("Mo Derat", SiteRole.Moderator);
        _ = (await forum.Get<HidePost>().RunAsync(moderator.AsActor(), everything.Reply.PostId, "It offends.", default)).Required;
        async Task<List<string>> LogAsync()
        {
            await using var db = forum.Db();
            return await db.AuditEntries.Where(e => e.ActorId == moderator.Id).Select(e => $"{e.Id} {e.Deed} {e.Note}").ToListAsync();
        }
        var before = await LogAsync();
        Assert.Contains("It offends.", Assert.Single(before), StringComparison.Ordinal);
        var admin = await forum.SignInAsync((await forum.MemberAsync("Ada Admin", SiteRole.Admin)).Email!);
        foreach (var address in everything.Calls.Select(c => c.Address).Where(a => a.StartsWith("/mod/log", StringComparison.Ordinal)).Distinct())
        {
            foreach (var method in new[] { HttpMethod.Put, HttpMethod.Delete, HttpMethod.Patch })
                Assert.Equal(HttpStatusCode.MethodNotAllowed, (await admin.SendAsync(method, address)).Status);
            Assert.InRange((int)(await SendAsync(admin, address, ("id", before[0].Split(' ')[0]))).Status, 400, 499);
        }
        Assert.Equal(before, await LogAsync());
    }

    [Fact]
    public async Task Check_62_a_page_that_broke_has_a_number_and_nothing_of_what_happened_inside()
    {
        await using var broken = await WebForum.StartAsync();
        await using (var db = broken.Db())
            await db.Database.ExecuteSqlAsync($"ALTER TABLE Tags RENAME TO Broken");
        var page = await broken.Visitor().GetAsync("/tags");
        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.Matches("Reference number: \\S+", page.TextOf(".error-page .muted"));
        foreach (var inside in new[] { "Sqlite", "SELECT", "no such table", "Exception", " at Forum.", AppContext.BaseDirectory, ".cs:line" })
            Assert.DoesNotContain(inside, page.Text, StringComparison.Ordinal);
        Assert.False(broken.Get<IOptions<CircuitOptions>>().Value.DetailedErrors);
    }

    [Theory]
    [InlineData("/.git/config")]
    [InlineData("/appsettings.json")]
    [InlineData("/appsettings.Development.json")]
    [InlineData("/forum.db")]
    [InlineData("/data/forum.db")]
    [InlineData("/node/search/segments.gen")]
    [InlineData("/uploads/../forum.db")]
    [InlineData("/%2e%2e/forum.db")]
    [InlineData("/..%2fforum.db")]
    [InlineData("/mail/")]
    [InlineData("/backups/forum.zip")]
    [InlineData("/Forum.Web.dll")]
    [InlineData("/web.config")]
    public async Task Check_63_no_file_of_the_program_or_its_data_is_served(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync(address)).Status);

    [Fact]
    public async Task Check_71_pages_ask_no_other_site_for_anything_and_keep_only_what_signing_in_and_forms_need()
    {
        var everything = await Everything.InAsync(forum);
        var (member, cookies) = await forum.SignInWithCookiesAsync(everything.Asker.Email!);
        var pages = 0;
        foreach (var reader in new[] { forum.Visitor(), member })
            foreach (var address in everything.Readable)
            {
                var page = await reader.GetAsync(address);
                if (page.Message.Content.Headers.ContentType?.MediaType != "text/html")
                    continue;
                pages++;
                var asked = page.Document.QuerySelectorAll("[src], link[rel=stylesheet], link[rel*=icon], link[rel=preload], link[rel=modulepreload], link[rel=preconnect], link[rel=dns-prefetch], source[srcset], img[srcset], object[data], iframe, embed")
                    .Select(e => e.GetAttribute("src") ?? e.GetAttribute("href") ?? e.GetAttribute("srcset") ?? e.GetAttribute("data") ?? "").ToList();
                Assert.All(asked, source => Assert.True(source.StartsWith("data:image/", StringComparison.Ordinal) || source.StartsWith('/') && !source.StartsWith("//", StringComparison.Ordinal) || !source.Contains(':', StringComparison.Ordinal) && !source.StartsWith('/'), $"{address} asks for {source}."));
                Assert.DoesNotMatch("(default|script|style|img|font|connect)-src[^;]*https?://", page.Header("Content-Security-Policy"));
            }
        Assert.True(pages > 40);
        Assert.Equal([], cookies.GetAllCookies().Select(c => c.Name).Except(["forum", "forum-form"]));
    }

    /// <summary>Posts fields as a form would that the page need not show, with a token that is valid.</summary>
    private static async Task<Answer> SendAsync(Browser browser, string address, params (string, string)[] fields) =>
        await browser.PostAsync(address, [("__RequestVerificationToken", (await browser.GetAsync("/account/sign-in")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!), .. fields]);
}
