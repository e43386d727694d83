using System.Net;
using Forum.Members;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Boards;

/// <summary>Looking after boards, without JavaScript.</summary>
public sealed class ManagedBoardsTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string List = "/admin/boards";

    [Fact]
    public async Task A_manager_makes_a_board_changes_it_and_moves_it_up()
    {
        var manager = await forum.SignInAsync((await forum.MemberAsync("Mara Manager", SiteRole.Manager)).Email!);
        Assert.Equal("Look after boards", (await manager.GetAsync("/forums")).TextOf($"a[href='{List}']"));
        var slug = $"m{Guid.NewGuid():N}"[..12];
        var refused = await manager.SubmitAsync(await manager.GetAsync(List), $"form[action='{List}']", ("Slug", "Not one"), ("Name", "Mills"), ("Description", "About mills."));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("Mills", refused.Document.QuerySelector("#name")!.GetAttribute("value"));
        Assert.True((await manager.SubmitAsync(refused, $"form[action='{List}']", ("Slug", slug))).IsRedirect);

        var page = await manager.GetAsync($"{List}/{slug}");
        Assert.True((await manager.SubmitAsync(page, "form:has(#name)", ("Name", "Windmills"), ("Read", "Members"), ("Language", "nl"), ("Guidance", "Say **which**."))).IsRedirect);
        page = await manager.GetAsync($"{List}/{slug}");
        Assert.Equal(["Windmills", "About mills.", "nl"], new[] { "#name", "#description", "#language" }.Select(f => page.Document.QuerySelector(f)!.GetAttribute("value")));
        Assert.Equal(("Members", "Say **which**."), (page.Document.QuerySelector("#read option[selected]")!.GetAttribute("value"), page.TextOf("#guidance")));
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync($"/forums/{slug}")).Status);
        var wrong = await manager.SubmitAsync(page, "form:has(#name)", ("AutoCloseHours", "soon"), ("Solutions", "2"));
        Assert.Equal((HttpStatusCode.BadRequest, "soon"), (wrong.Status, wrong.Document.QuerySelector("#auto-close")!.GetAttribute("value")));
        Assert.Contains("Please give the hours", wrong.TextOf("#auto-close-error"), StringComparison.Ordinal);
        Assert.True((await manager.SubmitAsync(wrong, "form:has(#name)", ("AutoCloseHours", "48"))).IsRedirect);
        page = await manager.GetAsync($"{List}/{slug}");
        Assert.Equal(["48", "2"], new[] { "#auto-close", "#solutions" }.Select(f => page.Document.QuerySelector(f)!.GetAttribute("value")));

        var before = await OrderAsync(manager);
        Assert.True((await manager.SubmitAsync(await manager.GetAsync(List), $"form[action='{List}/{slug}/place']")).IsRedirect);
        var after = await OrderAsync(manager);
        Assert.Equal(before.IndexOf("Windmills") - 1, after.IndexOf("Windmills"));
    }

    [Fact]
    public async Task A_board_that_is_taken_away_leads_to_the_one_that_has_its_topics()
    {
        var manager = await forum.SignInAsync((await forum.MemberAsync("Mara Manager", SiteRole.Manager)).Email!);
        var (board, other) = (await forum.FreshBoardAsync(), await forum.FreshBoardAsync());
        var topic = await forum.AskAsync(await forum.MemberAsync(), board);
        var page = await manager.GetAsync($"{List}/{board}");
        var refused = await manager.SubmitAsync(page, "form[aria-labelledby=remove]");
        Assert.Equal((HttpStatusCode.BadRequest, "Please choose the board that gets its topics."), (refused.Status, refused.TextOf("#into-error")));
        Assert.True((await manager.SubmitAsync(page, "form[aria-labelledby=remove]", ("Into", other))).IsRedirect);
        foreach (var browser in new[] { manager, forum.Visitor() })
        {
            var old = await browser.GetAsync($"/forums/{board}");
            Assert.Equal((HttpStatusCode.MovedPermanently, $"/forums/{other}"), (old.Status, old.Location));
            Assert.Contains($"/t/{topic.TopicId}/", (await browser.GetAsync($"/forums/{other}")).Document.DocumentElement.InnerHtml, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync("/forums/nowhere-at-all")).Status);
    }

    private static async Task<List<string>> OrderAsync(Browser manager) => [.. (await manager.GetAsync(List)).Document.QuerySelectorAll(".entries h2").Select(h => h.TextContent.Trim())];

    [Fact]
    public async Task Nobody_else_comes_there()
    {
        var board = await forum.FreshBoardAsync();
        foreach (var role in new[] { SiteRole.None, SiteRole.Staff, SiteRole.Moderator })
        {
            var browser = await forum.SignInAsync((await forum.MemberAsync("Nora Nobody", role)).Email!);
            foreach (var address in new[] { List, $"{List}/{board}" })
                Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(address)).Status);
        }
        var admin = await forum.SignInAsync((await forum.MemberAsync("Ada Admin", SiteRole.Admin)).Email!);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"{List}/{board}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync($"{List}/nowhere")).Status);
    }
}
