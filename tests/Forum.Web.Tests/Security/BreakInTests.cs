using System.Net;
using Forum.Boards;
using Forum.Following;
using Forum.Members;
using Forum.Web.Tests.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Forum.Web.Tests.Security;

/// <summary>Ways in and ways to know more that were open once, each tried as whoever found it did.</summary>
public sealed class BreakInTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string Other = "four other words follow";

    [Theory]
    [InlineData("http://localhost:5080", "localhost:5080", true)]
    [InlineData("http://evil.localhost:5080", "evil.localhost:5080", false)]
    [InlineData("http://localhost:5080", "evil.localhost:5080", true)]
    public async Task Check_9_the_answer_of_a_passkey_is_of_this_site_whatever_host_the_request_names(string origin, string host, bool taken)
    {
        var context = new DefaultHttpContext { RequestServices = forum.Get<IServiceProvider>() };
        (context.Request.Scheme, context.Request.Host) = ("http", new HostString(host));
        Assert.Equal(taken, await forum.Get<IOptions<IdentityPasskeyOptions>>().Value.ValidateOrigin!(new() { HttpContext = context, Origin = origin, CrossOrigin = false, TopOrigin = null }));
    }

    [Fact]
    public async Task A_key_to_the_API_takes_the_password_and_is_over_when_another_is_chosen_by_mail()
    {
        var member = await forum.MemberAsync();
        var browser = await forum.SignInAsync(member.Email!);
        var page = await browser.GetAsync("/account/keys");
        var refused = await browser.SubmitAsync(page, "form:has(#days)", ("Name", "A thief's"), ("Current", "wrong words"));
        Assert.Equal((HttpStatusCode.BadRequest, "A thief's", false), (refused.Status, refused.One("#name").GetAttribute("value"), refused.Has("code.secret")));
        var token = (await browser.SubmitAsync(page, "form:has(#days)", ("Name", "Mine"), ("Current", WebForum.Password))).TextOf("code.secret");
        var program = forum.Client();
        program.DefaultRequestHeaders.Authorization = new("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/v1/me")).StatusCode);
        await ResetAsync(member.Email!);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public async Task Check_38_what_takes_any_encoding_does_not_decide_what_others_are_given()
    {
        async Task<string?> EncodingAsync(string accepted)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/help/lists");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
            return (await forum.Visitor().SendAsync(request)).Header("Content-Encoding");
        }
        foreach (var (accepted, given) in new[] { ("*", null), ("identity", null), ("gzip, br", "br"), ("gzip;q=0.5, br;q=0", "gzip"), ("br;q=0", null), ("", null) })
            Assert.Equal(given, await EncodingAsync(accepted));
    }

    [Fact]
    public async Task Check_38_what_one_visitor_brings_in_an_address_is_not_shown_to_the_next()
    {
        var page = await forum.Visitor().GetAsync("/badges?email=ines%40example.org&page=2&after=x");
        Assert.DoesNotContain("ines", page.Text, StringComparison.Ordinal);
        Assert.Equal("/badges?page=2&after=x#main", page.One("a.skip").GetAttribute("href"));
    }

    [Fact]
    public async Task Check_20_renaming_tells_nothing_of_a_topic_that_one_may_not_read()
    {
        var board = await forum.FreshBoardAsync(read: ReadAccess.Staff);
        var staff = await forum.MemberAsync("Sam Staff", SiteRole.Admin);
        var secret = await forum.AskAsync(staff, board, body: "See https://a.example and https://b.example and https://c.example before we meet.");
        var newcomer = await forum.ApiOfAsync(await forum.MemberAsync());
        var answer = await newcomer.SendAsync(HttpMethod.Put, $"topics/{secret.TopicId}", new { title = "A quite harmless new title" });
        answer.Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Check_15_signing_in_again_ends_the_session_of_before()
    {
        var member = await forum.MemberAsync();
        var (browser, cookies) = await forum.SignInWithCookiesAsync(member.Email!);
        var before = cookies.GetAllCookies()["forum"]!.Value;
        Assert.True((await browser.SubmitAsync(await browser.GetAsync("/account/sign-in"), "main form", ("Email", member.Email!), ("Password", WebForum.Password))).IsRedirect);
        var copy = forum.Client();
        copy.DefaultRequestHeaders.Add("Cookie", $"forum={before}");
        Assert.Equal(HttpStatusCode.Redirect, (await copy.GetAsync("/account/security")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/security")).Status);
    }

    [Fact]
    public async Task Check_29_there_is_no_way_to_a_circuit_but_by_a_web_socket()
    {
        var member = await forum.SignInAsync((await forum.MemberAsync()).Email!);
        var page = await member.GetAsync("/");
        var token = page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        foreach (var (method, address) in new[] { (HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1"), (HttpMethod.Post, "/_BLAZOR/negotiate/"), (HttpMethod.Get, "/_blazor?id=x"), (HttpMethod.Post, "/_blazor?id=x"), (HttpMethod.Post, "/_blazor/?id=x") })
        {
            using var request = new HttpRequestMessage(method, address);
            request.Headers.Add("X-Antiforgery", token);
            Assert.Equal(HttpStatusCode.NotFound, (await member.SendAsync(request)).Status);
        }
    }

    [Fact]
    public async Task Check_20_a_board_above_is_not_named_to_whoever_may_not_read_it()
    {
        var above = await forum.FreshBoardAsync(read: ReadAccess.Staff);
        var below = (await forum.BoardAsync($"b{Guid.NewGuid():N}"[..12], read: ReadAccess.Everyone, parent: above)).Slug;
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, below);
        var staff = await forum.SignInAsync((await forum.MemberAsync("Sam Staff", SiteRole.Admin)).Email!);
        foreach (var (reader, named) in new[] { (forum.Visitor(), false), (await forum.SignInAsync(asker.Email!), false), (staff, true) })
            Assert.Equal(named, (await reader.GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).Text.Contains(above, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accounts_that_nobody_confirmed_are_nowhere_and_hidden_ones_are_not_suggested_to_visitors()
    {
        var handle = $"p{Guid.NewGuid():N}"[..12];
        var browser = forum.Visitor();
        var form = await browser.GetAsync("/account/sign-up");
        Assert.True((await browser.SubmitAsync(form, "form[method=post]", ("Name", "Cheap Pills"), ("Handle", handle), ("Email", $"{handle}@example.org"), ("Password", WebForum.Password))).IsRedirect);
        var shy = await forum.MemberAsync("Selma Shy");
        await using (var db = forum.Db())
            await db.Users.Where(m => m.Id == shy.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.HidesProfile, true));
        var member = await forum.SignInAsync((await forum.MemberAsync()).Email!);
        foreach (var address in new[] { $"/x/suggest?q={handle}", $"/api/v1/suggest?q={handle}", $"/api/v1/suggest?q={shy.Handle}" })
            Assert.DoesNotContain(address[^4..], (await browser.GetAsync(address)).Text.Replace(address, "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var address in new[] { $"/members/{handle}", $"/api/v1/members/{handle}" })
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(address)).Status);
        Assert.Contains(shy.Handle, (await member.GetAsync($"/x/suggest?q={shy.Handle}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_8_a_code_completes_no_sign_in_that_began_with_the_password_of_before()
    {
        var member = await forum.MemberAsync();
        await using (var db = forum.Db())
        {
            db.SecondFactors.Add(new() { MemberId = member.Id, Secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", Since = DateTime.UnixEpoch });
            db.RecoveryCodes.Add(new() { MemberId = member.Id, Hash = Secrets.Hash("abcdefghij") });
            await db.Users.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.TwoFactorEnabled, true));
            await db.SaveChangesAsync();
        }
        var browser = forum.Visitor();
        var half = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync("/account/sign-in"), "main form", ("Email", member.Email!), ("Password", WebForum.Password)));
        await ResetAsync(member.Email!);
        Assert.False((await browser.SubmitAsync(half, "main form", ("Code", "abcde-fghij"))).IsRedirect);
        Assert.False((await browser.GetAsync("/account/code")).Has("main form"));
        await using var after = forum.Db();
        Assert.True(await after.RecoveryCodes.AnyAsync(c => c.MemberId == member.Id));
    }

    [Theory]
    [InlineData("/%C3%A9")]
    [InlineData("/a%0dSet-Cookie:x=1")]
    [InlineData(".atom%0a")]
    public async Task A_former_handle_with_letters_that_headers_do_not_hold_leads_on_or_nowhere(string rest)
    {
        var member = await forum.MemberAsync();
        _ = (await forum.Get<ChangeHandle>().RunAsync(member.AsActor(), $"n{Guid.NewGuid():N}"[..12], Caller.Unknown, default)).Required;
        var answer = await forum.Visitor().GetAsync($"/members/{member.Handle}{rest}");
        Assert.True(answer.Status is HttpStatusCode.MovedPermanently or HttpStatusCode.NotFound, $"{answer.Status}");
        Assert.Null(answer.Header("Set-Cookie"));
    }

    [Fact]
    public async Task Check_27_nothing_is_read_of_what_one_may_not_read_nor_by_a_link()
    {
        var (board, closed) = (await forum.FreshBoardAsync(), await forum.FreshBoardAsync(read: ReadAccess.Staff));
        var staff = await forum.MemberAsync("Sam Staff", SiteRole.Admin);
        var (open, secret) = (await forum.AskAsync(staff, board), await forum.AskAsync(staff, closed));
        var member = await forum.MemberAsync();
        var browser = await forum.SignInAsync(member.Email!);
        await browser.GetAsync($"/x/read/{secret.TopicId}/1.gif");
        using var followed = new HttpRequestMessage(HttpMethod.Get, $"/x/read/{open.TopicId}/1.gif");
        followed.Headers.Add("Sec-Fetch-Dest", "document");
        await browser.SendAsync(followed);
        await forum.Get<ReadMarks>().FlushAsync(default);
        await using var db = forum.Db();
        Assert.Empty(await db.ReadMarks.Where(m => m.MemberId == member.Id).ToListAsync());
        await browser.GetAsync($"/x/read/{open.TopicId}/1.gif");
        await forum.Get<ReadMarks>().FlushAsync(default);
        Assert.Equal([open.TopicId], await db.ReadMarks.Where(m => m.MemberId == member.Id).Select(m => m.TopicId).ToListAsync());
    }

    private async Task ResetAsync(string email)
    {
        var browser = forum.Visitor();
        await browser.SubmitAsync(await browser.GetAsync("/account/recover"), "main form", ("Email", email));
        Assert.True((await browser.SubmitAsync(await browser.GetAsync(await forum.LinkToAsync(email)), "main form", ("Password", Other))).IsRedirect);
    }
}
