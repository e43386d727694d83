using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Forum.Mail;
using Forum.Members;
using Forum.Web.Tests.Api;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Web.Tests.Security;

/// <summary>What is asked of accounts and of the names on them, by the forms. Numbers are those of the list of checks.</summary>
public sealed class AccountChecksTests(WebForum forum) : IClassFixture<WebForum>
{
    private static string Fresh => $"n{Guid.NewGuid():N}"[..14];

    [Fact]
    public async Task How_good_a_password_is_is_told_while_it_is_typed_and_to_pages_of_this_site_alone()
    {
        var browser = forum.Visitor();
        var page = await browser.GetAsync("/account/sign-up");
        async Task<int> StrengthAsync(string? password)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, page.One("[data-strength]").GetAttribute("data-strength")) { Content = JsonContent.Create(new { password }) };
            request.Headers.Add("X-Antiforgery", page.One("main input[name=__RequestVerificationToken]").GetAttribute("value"));
            var answer = await browser.SendAsync(request);
            Assert.Equal("no-store", answer.Header("Cache-Control"));
            return JsonDocument.Parse(answer.Text).RootElement.GetProperty("strength").GetInt32();
        }
        Assert.Equal((0, 0, 0, 4), (await StrengthAsync(null), await StrengthAsync("short"), await StrengthAsync("password123"), await StrengthAsync("violet hammers swim northwards")));
        Assert.InRange(await StrengthAsync("tencharsit"), 1, 4);
        using var bare = new HttpRequestMessage(HttpMethod.Post, "/x/strength") { Content = JsonContent.Create(new { password = "a" }) };
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendAsync(bare)).Status);
    }

    [Fact]
    public async Task Check_4_for_an_address_that_is_known_and_one_that_is_not_the_same_work_is_done()
    {
        var hasher = new CountingHasher();
        await using var forum = await WebForum.StartAsync(services: services => services.AddSingleton<IPasswordHasher<Member>>(hasher));
        var member = await forum.MemberAsync();
        async Task<int> HashesAsync(string address, string email, params (string, string)[] more)
        {
            var browser = forum.Visitor();
            var page = await browser.GetAsync(address);
            hasher.Count = 0;
            await browser.SubmitAsync(page, "main form", [("Email", email), .. more]);
            return hasher.Count;
        }
        foreach (var (address, more, hashes) in new[]
        {
            ("/account/sign-in", new[] { ("Password", "wrong words") }, 1),
            ("/account/sign-up", [("Name", "Nora Neu"), ("Password", WebForum.Password)], 1),
            ("/account/recover", [], 0),
            ("/account/resend", [], 0),
        })
            Assert.Equal((hashes, hashes), (await HashesAsync(address, member.Email!, more), await HashesAsync(address, $"{Fresh}@example.org", more)));
    }

    /// <summary>The program's own way of hashing, counted.</summary>
    private sealed class CountingHasher : PasswordHasher<Member>
    {
        public int Count { get; set; }

        public override string HashPassword(Member user, string password)
        {
            Count++;
            return base.HashPassword(user, password);
        }

        public override PasswordVerificationResult VerifyHashedPassword(Member user, string hashedPassword, string providedPassword)
        {
            Count++;
            return base.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }

    [Fact]
    public async Task Check_12_and_67_there_is_no_account_by_default_and_an_address_is_nobodys_until_its_link_is_opened()
    {
        var browser = forum.Visitor();
        foreach (var (email, password) in new[] { ("admin@example.org", "ask-it-once-2026"), ("admin", "admin"), ("admin@localhost", "password") })
            Assert.False((await browser.SubmitAsync(await browser.GetAsync("/account/sign-in"), "main form", ("Email", email), ("Password", password))).IsRedirect);

        var address = $"{Fresh}@example.org";
        await browser.SubmitAsync(await browser.GetAsync("/account/sign-up"), "main form", ("Name", "Nora Neu"), ("Email", address), ("Password", WebForum.Password));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.GetAsync("/account/security")).Status);
        await forum.Get<Jobs.MailSender>().SendDueAsync(default);
        var letters = Directory.GetFiles(forum.Get<Mailbox>().Folder, "*.eml").Select(f => MimeKit.MimeMessage.Load(f)).Where(l => l.To.Mailboxes.Any(m => m.Address == address));
        Assert.StartsWith("Confirm", Assert.Single(letters).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_25_nobody_but_staff_has_the_badge_whatever_they_call_themselves()
    {
        var board = await forum.FreshBoardAsync();
        var pretender = await forum.MemberAsync("Staff ✓ Moderator");
        var browser = await forum.SignInAsync(pretender.Email!);
        await browser.SubmitAsync(await browser.GetAsync("/account/profile"), "form:has(#bio)", ("Signature", "Staff · Community Manager"), ("Bio", "<span class=\"pill staff\">Staff</span>"));
        var topic = await forum.AskAsync(pretender, board, body: "<span class=\"pill staff\">Staff</span> says that this is **Staff** speaking.");
        var staff = await forum.MemberAsync("Stefan Staff", SiteRole.Staff);
        await forum.ReplyAsync(staff, topic);
        var page = await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        Assert.Empty(page.One("#post-1").QuerySelectorAll(".staff"));
        Assert.Equal("Staff", Assert.Single(page.One("#post-2").QuerySelectorAll(".pill.staff")).TextContent.Trim());
        Assert.Empty((await forum.Visitor().GetAsync($"/members/{pretender.Handle}")).Document.QuerySelectorAll("h1 .staff"));
    }
}
