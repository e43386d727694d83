using System.Net;
using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Standing;

namespace Forum.Web.Tests.Members;

/// <summary>Badges on pages and in the API, without JavaScript.</summary>
public sealed class BadgePagesTests(WebForum forum) : IClassFixture<WebForum>
{
    private static string Fresh(string word) => $"{word} {Guid.NewGuid():N}"[..16];

    private async Task<string> BoardAsync(ReadAccess read = ReadAccess.Everyone) => (await forum.BoardAsync($"b{Guid.NewGuid():N}"[..12], read: read)).Slug;

    private async Task<Browser> ManagerAsync() => await forum.SignInAsync((await forum.MemberAsync("Mara Manager", SiteRole.Manager)).Email!);

    private async Task ReviewAsync(Member member) => _ = (await forum.Get<ReviewBadges>().RunAsync(Actor.Operator, [member.Id], null, default)).Required;

    [Fact]
    public async Task What_just_happened_gives_a_badge_which_the_members_page_tells_with_its_post()
    {
        var (asker, helper, board) = (await forum.MemberAsync(), await forum.MemberAsync("Kwame Osei"), await BoardAsync());
        var topic = await forum.AskAsync(asker, board);
        var reply = await forum.ReplyAsync(helper, topic);
        await forum.AcceptAsync(asker, reply);

        var visitor = forum.Visitor();
        await WebForum.HoldsSoonAsync(async () => (await visitor.GetAsync($"/members/{helper.Handle}")).TextsOf("section:has(#badges) h3").Count == 3, "three badges", TimeSpan.FromSeconds(20));
        var page = await visitor.GetAsync($"/members/{helper.Handle}");
        Assert.Equal(["First reply", "Problem solver", "That was it"], page.TextsOf("section:has(#badges) h3").Order());
        Assert.True(page.Has($"section:has(#badges) a[href='/t/{topic.TopicId}/{topic.Slug}/2']"));
        await WebForum.HoldsSoonAsync(async () => (await visitor.GetAsync("/badges/4")).TextsOf(".rows a").Contains("Kwame O"), "the solver among those who hold it", TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task All_badges_are_listed_with_how_many_hold_each_and_each_with_who_does()
    {
        var member = await forum.MemberAsync("Stella Maris");
        await forum.AskAsync(member, await BoardAsync());
        await ReviewAsync(member);
        var page = await forum.Visitor().GetAsync("/badges");
        Assert.Equal(16, page.TextsOf(".entries h2").Count(name => !name.Contains("Lucky", StringComparison.Ordinal) && !name.Contains("Host", StringComparison.Ordinal)));
        Assert.False(page.Has("a[href='/admin/badges']"));
        var badge = await forum.Visitor().GetAsync(page.One("a[href='/badges/1']").GetAttribute("href")!);
        Assert.Equal("First question", badge.TextOf("h1"));
        Assert.Contains("Bronze · Questions asked: 1 or more", badge.TextsOf(".page-head p"));
        Assert.Contains("Stella M", badge.TextsOf(".rows a"));
        Assert.DoesNotContain("Stella Maris", badge.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync("/badges/4711")).Status);
    }

    [Fact]
    public async Task A_badge_for_a_post_on_a_closed_board_does_not_tell_of_it()
    {
        var (member, title) = (await forum.MemberAsync(), "What do we do about the greenfinch contract?");
        await forum.AskAsync(member, await BoardAsync(ReadAccess.Members), title);
        await ReviewAsync(member);
        var address = $"/members/{member.Handle}";
        Assert.Contains(title, (await (await forum.SignUpAsync()).GetAsync(address)).TextOf("section:has(#badges)"), StringComparison.Ordinal);
        var seen = await forum.Visitor().GetAsync(address);
        Assert.Equal(["First question"], seen.TextsOf("section:has(#badges) h3"));
        Assert.DoesNotContain("greenfinch", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("greenfinch", (await forum.Visitor().GetAsync($"/api/v1/members/{member.Handle}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rarest_two_stand_beside_the_name_in_posts()
    {
        var (asker, helper, board) = (await forum.MemberAsync(), await forum.MemberAsync("Kwame Osei"), await BoardAsync());
        var topic = await forum.AskAsync(asker, board);
        var reply = await forum.ReplyAsync(helper, topic);
        await forum.AcceptAsync(asker, reply);
        var (first, second) = (Fresh("Host"), Fresh("Host"));
        foreach (var name in new[] { first, second })
        {
            var id = (await forum.Get<SetBadge>().RunAsync(Actor.Operator, null, new(name, "Welcomes newcomers.", BadgeFact.ByHand, 0, BadgeGrade.Gold), default)).Required;
            _ = (await forum.Get<GiveBadge>().RunAsync(Actor.Operator, id, helper.Handle, null, default)).Required;
        }
        await ReviewAsync(helper);
        var browser = await forum.SignUpAsync();
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        await WebForum.HoldsSoonAsync(async () => (await browser.GetAsync(address)).TextsOf(".solution .medal").Order().SequenceEqual(new[] { first, second }.Order()), "the two badges", TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_badge_is_made_given_taken_changed_and_taken_away_by_managers()
    {
        var (manager, member, name) = (await ManagerAsync(), await forum.MemberAsync("Stella Maris"), Fresh("Lucky"));
        var refused = await manager.SubmitAsync(await manager.GetAsync("/admin/badges"), "form:has(#name)", ("Name", "Helper"), ("Description", "Has luck."), ("Fact", "ByHand"));
        Assert.Equal((HttpStatusCode.Conflict, "Helper", "Has luck."), (refused.Status, refused.One("#name").GetAttribute("value"), refused.One("#description").GetAttribute("value")));
        var page = await manager.FollowAsync(await manager.SubmitAsync(refused, "form:has(#name)", ("Name", name)));
        Assert.Equal(name, page.TextOf("h1"));

        var unknown = await manager.SubmitAsync(page, "form:has(#handle)", ("Handle", "Nobody99"), ("Reason", "For <b>luck</b>."));
        Assert.Equal((HttpStatusCode.BadRequest, "Nobody99", "For <b>luck</b>."), (unknown.Status, unknown.One("#handle").GetAttribute("value"), unknown.One("#reason").GetAttribute("value")));
        var holders = await manager.FollowAsync(await manager.SubmitAsync(unknown, "form:has(#handle)", ("Handle", member.Handle)));
        Assert.Equal(["Stella M"], holders.TextsOf(".rows a"));
        Assert.Contains("For <b>luck</b>.", (await forum.Visitor().GetAsync($"/members/{member.Handle}")).TextOf("section:has(#badges)"), StringComparison.Ordinal);

        holders = await manager.FollowAsync(await manager.SubmitAsync(page, "form:has(#handle)", ("Handle", member.Handle), ("Award.Take", "true")));
        Assert.Equal("Nobody yet", holders.TextOf(".empty h3"));
        Assert.True((await manager.SubmitAsync(page, "form:has(#name)", ("Fact", "Questions"), ("Threshold", "3"))).IsRedirect);
        Assert.True((await manager.SubmitAsync(await manager.GetAsync(holders.One(".page-head a.btn").GetAttribute("href")!), "form:has(.danger)")).IsRedirect);
        Assert.DoesNotContain(name, (await manager.GetAsync("/admin/badges")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_19_for_everybody_but_managers_and_administrators_the_forms_of_badges_are_not_there()
    {
        foreach (var (role, status) in new[] { (SiteRole.None, HttpStatusCode.NotFound), (SiteRole.Staff, HttpStatusCode.NotFound), (SiteRole.Moderator, HttpStatusCode.NotFound), (SiteRole.Manager, HttpStatusCode.OK), (SiteRole.Admin, HttpStatusCode.OK) })
        {
            var browser = await forum.SignInAsync((await forum.MemberAsync("Rita Role", role)).Email!);
            foreach (var address in new[] { "/admin/badges", "/admin/badges/16" })
                Assert.Equal(status, (await browser.GetAsync(address)).Status);
            Assert.Equal(status == HttpStatusCode.OK, (await browser.GetAsync("/badges")).Has("a[href='/admin/badges']"));
        }
    }

    [Fact]
    public async Task Scripts_read_the_badges_of_a_member()
    {
        var member = await forum.MemberAsync();
        var topic = await forum.AskAsync(member, await BoardAsync());
        await ReviewAsync(member);
        using var document = System.Text.Json.JsonDocument.Parse(await forum.Client().GetStringAsync($"/api/v1/members/{member.Handle}"));
        var badge = Assert.Single(document.RootElement.GetProperty("badges").EnumerateArray());
        Assert.Equal(("First question", "bronze"), (badge.GetProperty("name").GetString(), badge.GetProperty("grade").GetString()));
        Assert.EndsWith($"/t/{topic.TopicId}/{topic.Slug}/1", badge.GetProperty("postUrl").GetString(), StringComparison.Ordinal);
    }
}
