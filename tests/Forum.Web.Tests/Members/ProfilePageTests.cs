using System.Net;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Members;

/// <summary>What members say of themselves, what of it others see, and whom they do not want to read.</summary>
public sealed class ProfilePageTests : IAsyncLifetime
{
    /// <summary>The smallest picture there is: one pixel of PNG.</summary>
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private WebForum forum = null!;

    public async Task InitializeAsync() => forum = await WebForum.StartAsync();

    public Task DisposeAsync() => forum.DisposeAsync().AsTask();

    private static Task<Answer> SaveAsync(Browser browser, Answer page, params (string, string)[] typed) => browser.SubmitAsync(page, "form:has([name='Input.Bio'])", typed);

    [Fact]
    public async Task A_member_says_who_they_are_as_the_site_asks_and_the_page_shows_it_safely()
    {
        forum.Get<ForumOptions>().Site.ProfileFields = "Company\nFavourite tool";
        var ines = await forum.MemberAsync("Ines Rosa");
        var browser = await forum.SignInAsync(ines.Email!);
        var page = await browser.GetAsync("/account/profile");
        Assert.Equal("Others see: Ines R", page.TextOf("#shown"));
        var saved = await SaveAsync(browser, page, ("Name", "Ines Maria Rosa"), ("Bio", "I *like* hops.<script>alert(1)</script>"), ("Signature", "Ask me about cellars"), ("TimeZone", "Europe/Berlin"), ("Input.Answers[Company]", "Brew & Sons"));
        Assert.Equal("/account/profile?done=profile", saved.Location);

        var shown = await forum.Visitor().GetAsync($"/members/{ines.Handle}");
        Assert.Equal("like", shown.TextOf(".about .body em"));
        Assert.False(shown.Has(".about script"));
        Assert.Equal("Brew & Sons", shown.TextOf(".about dd"));
        Assert.Contains("Ines R", shown.TextOf("h1"), StringComparison.Ordinal);
        page = await browser.GetAsync("/account/profile");
        Assert.Equal(("Ines Maria Rosa", "Europe/Berlin", "Brew & Sons"), (page.One("#name").GetAttribute("value"), page.One("#zone").GetAttribute("value"), page.One("#answer-0").GetAttribute("value")));

        var refused = await SaveAsync(browser, page, ("Bio", "Kept all the same"), ("TimeZone", "Middle/Earth"));
        Assert.Equal((HttpStatusCode.BadRequest, "Kept all the same"), (refused.Status, refused.TextOf("#bio")));
        Assert.Contains("Middle/Earth", refused.TextOf("#zone-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newcomer_puts_no_links_about_themselves()
    {
        forum.Get<ForumOptions>().Limits.Enabled = true;
        var browser = await forum.SignInAsync((await forum.MemberAsync()).Email!);
        var refused = await SaveAsync(browser, await browser.GetAsync("/account/profile"), ("Bio", "Buy at https://example.org"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("no links", refused.TextOf("#bio-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_hides_their_page_is_seen_by_members_alone()
    {
        var ines = await forum.MemberAsync("Ines Rosa");
        var browser = await forum.SignInAsync(ines.Email!);
        await SaveAsync(browser, await browser.GetAsync("/account/profile"), ("HidesProfile", "true"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await forum.Visitor().GetAsync($"/members/{ines.Handle}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await forum.Client().GetAsync($"/api/v1/members/{ines.Handle}")).StatusCode);
        Assert.DoesNotContain($"/members/{ines.Handle}", (await forum.Visitor().GetAsync("/members?sort=newest")).Text, StringComparison.Ordinal);
        var other = await forum.SignInAsync((await forum.MemberAsync("Kwame Osei")).Email!);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync($"/members/{ines.Handle}")).Status);
        Assert.Contains($"/members/{ines.Handle}", (await other.GetAsync("/members?sort=newest")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_stands_beside_the_name_for_everybody_until_it_is_taken_away()
    {
        await forum.BoardAsync("help");
        var ines = await forum.MemberAsync("Ines Rosa");
        var topic = await forum.AskAsync(ines, "help");
        var browser = await forum.SignInAsync(ines.Email!);
        async Task<Answer> SendAsync(byte[] bytes, string name)
        {
            var page = await browser.GetAsync("/account/profile");
            var token = page.One("form[action='/account/avatar'] [name=__RequestVerificationToken]").GetAttribute("value")!;
            return await browser.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/account/avatar") { Content = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new ByteArrayContent(bytes), "file", name } } });
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("%PDF-1.4 no picture"u8.ToArray(), "me.pdf")).Status);
        Assert.Equal("/account/profile", (await SendAsync(Convert.FromBase64String(Pixel), "me.png")).Location);

        var shown = await forum.Visitor().GetAsync($"/t/{topic.TopicId}/x");
        shown = await forum.Visitor().FollowAsync(shown);
        var address = shown.One("#post-1 img.avatar").GetAttribute("src")!;
        var picture = await forum.Visitor().GetAsync(address);
        Assert.Equal((HttpStatusCode.OK, "image/webp"), (picture.Status, picture.Message.Content.Headers.ContentType!.MediaType));
        Assert.Contains($"{address}\",\"url\"", await forum.Client().GetStringAsync($"/api/v1/members/{ines.Handle}"), StringComparison.Ordinal);

        await browser.SubmitAsync(await browser.GetAsync("/account/profile"), "form[action='/account/avatar/remove']");
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync(address)).Status);
    }

    [Fact]
    public async Task What_an_ignored_member_writes_is_folded_for_who_ignores_them_and_for_nobody_else()
    {
        await forum.BoardAsync("help");
        var (ines, kwame) = (await forum.MemberAsync("Ines Rosa"), await forum.MemberAsync("Kwame Osei"));
        var topic = await forum.AskAsync(ines, "help");
        await forum.ReplyAsync(kwame, topic);
        var browser = await forum.SignInAsync(ines.Email!);
        await browser.SubmitAsync(await browser.GetAsync($"/members/{kwame.Handle}"), "form[action$='/ignore']");
        async Task<bool> FoldedAsync(Browser reader) => (await reader.FollowAsync(await reader.GetAsync($"/t/{topic.TopicId}/x"))).Has("#post-2 details > summary:not(.btn)");
        Assert.True(await FoldedAsync(browser));
        Assert.False(await FoldedAsync(await forum.SignInAsync(kwame.Email!)));
        Assert.Contains("Kwame O", (await browser.GetAsync("/account/profile")).TextOf("section:has(#ignored)"), StringComparison.Ordinal);
        await browser.SubmitAsync(await browser.GetAsync("/account/profile"), "form[action$='/stop-ignoring']");
        Assert.False(await FoldedAsync(browser));

        var staff = await forum.MemberAsync("Ada Admin", SiteRole.Admin);
        Assert.NotNull((await forum.Get<Forum.Following.IgnoreMember>().RunAsync(ines.AsActor(), staff.Handle, default)).Refusal);
        Assert.NotNull((await forum.Get<Forum.Following.IgnoreMember>().RunAsync(ines.AsActor(), ines.Handle, default)).Refusal);
    }

    [Fact]
    public async Task What_is_followed_by_itself_is_the_members_choice()
    {
        await forum.BoardAsync("help");
        var ines = await forum.MemberAsync("Ines Rosa");
        var browser = await forum.SignInAsync(ines.Email!);
        var page = await browser.GetAsync("/account/profile");
        page.One("[name='Input.WatchesAsked']").RemoveAttribute("checked");
        await SaveAsync(browser, page);
        var topic = await forum.AskAsync(ines, "help");
        await using var db = forum.Db();
        Assert.Equal(0, await db.Watches.CountAsync(w => w.TopicId == topic.TopicId));
        var kwame = await forum.MemberAsync("Kwame Osei");
        await forum.ReplyAsync(kwame, topic);
        Assert.Equal(WatchLevel.Tracking, await db.Watches.Where(w => w.MemberId == kwame.Id).Select(w => w.Level).SingleAsync());
    }

    [Fact]
    public async Task Solved_questions_say_what_somebody_knows_about_and_only_to_who_may_read_them()
    {
        await forum.BoardAsync("help");
        await forum.BoardAsync("inside", read: Forum.Boards.ReadAccess.Members);
        var (ines, kwame) = (await forum.MemberAsync("Ines Rosa"), await forum.MemberAsync("Kwame Osei"));
        foreach (var (board, tag) in new[] { ("help", "hops"), ("inside", "secret") })
        {
            var topic = await forum.AskAsync(ines, board, tags: tag);
            var reply = await forum.ReplyAsync(kwame, topic);
            _ = (await forum.Get<Forum.Solutions.AcceptSolution>().RunAsync(ines.AsActor(), topic.TopicId, reply.PostId, default)).Required;
        }
        Assert.Equal("Solved questions about hops 1", (await forum.Visitor().GetAsync($"/members/{kwame.Handle}")).TextOf(".about p"));
        Assert.Contains("secret 1", (await (await forum.SignInAsync(ines.Email!)).GetAsync($"/members/{kwame.Handle}")).TextOf(".about p"), StringComparison.Ordinal);
    }
}
