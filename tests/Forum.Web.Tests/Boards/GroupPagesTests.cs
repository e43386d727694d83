using System.Net;
using Forum.Boards;
using Forum.Members;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Boards;

/// <summary>Groups, without JavaScript.</summary>
public sealed class GroupPagesTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string List = "/admin/groups";

    private async Task<Browser> ManagerAsync() => await forum.SignInAsync((await forum.MemberAsync("Mara Manager", SiteRole.Manager)).Email!);

    private async Task<string> GroupAsync(GroupJoining joining = GroupJoining.Open, bool hidden = false)
    {
        var slug = $"g{Guid.NewGuid():N}"[..12];
        _ = (await forum.Get<CreateGroup>().RunAsync(Actor.Operator, slug, new($"Millers {slug}", "They mill.", joining, hidden), default)).Required;
        return slug;
    }

    [Fact]
    public async Task A_manager_makes_a_group_takes_members_in_and_gives_it_rights_on_a_board()
    {
        var (manager, board) = (await ManagerAsync(), await forum.FreshBoardAsync());
        var member = await forum.MemberAsync("Stella Maris");
        var slug = $"g{Guid.NewGuid():N}"[..12];
        var refused = await manager.SubmitAsync(await manager.GetAsync(List), $"form[action='{List}']", ("Slug", "Not one"), ("Name", "Millers"), ("Joining", "Request"));
        Assert.Equal((HttpStatusCode.BadRequest, "Millers"), (refused.Status, refused.One("#name").GetAttribute("value")));
        var made = await manager.SubmitAsync(refused, $"form[action='{List}']", ("Slug", slug));
        Assert.EndsWith($"{List}/{slug}", made.Location, StringComparison.Ordinal);

        var page = await manager.GetAsync($"{List}/{slug}");
        var nobody = await manager.SubmitAsync(page, "form[aria-label='Take a member in or out']", ("Handle", "nobody-there"));
        Assert.Equal((HttpStatusCode.BadRequest, "nobody-there"), (nobody.Status, nobody.One("#handle").GetAttribute("value")));
        Assert.True((await manager.SubmitAsync(page, "form[aria-label='Take a member in or out']", ("Handle", member.Handle))).IsRedirect);
        Assert.True((await manager.SubmitAsync(page, $"form[action='{List}/{slug}/rights']", ("board", board), ("rights", "Close"))).IsRedirect);

        page = await manager.GetAsync($"{List}/{slug}");
        Assert.Contains($"Board {board}: Close and re-open", page.TextsOf("section:has(#rights) summary"));
        Assert.Contains("Millers", (await forum.Visitor().GetAsync($"/members/{member.Handle}")).TextsOf("section:has(#groups) a"));
        Assert.Equal(["Stella M"], (await forum.Visitor().GetAsync($"/groups/{slug}")).TextsOf(".rows a"));
        Assert.Contains("Millers", (await manager.GetAsync($"/admin/boards/{board}")).TextsOf("section:has(#groups) a"));

        Assert.True((await manager.SubmitAsync(page, "form:has(.danger)")).IsRedirect);
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync($"/groups/{slug}")).Status);
    }

    [Fact]
    public async Task A_member_joins_an_open_group_and_leaves_it()
    {
        var (slug, browser) = (await GroupAsync(), await forum.SignUpAsync());
        var page = await browser.GetAsync($"/groups/{slug}");
        Assert.True((await browser.SubmitAsync(page, $"form[action='/groups/{slug}/join']")).IsRedirect);
        page = await browser.GetAsync($"/groups/{slug}");
        Assert.Equal(("1 member", "Leave"), (page.TextOf("#members"), page.TextOf($"form[action='/groups/{slug}/leave'] button")));
        Assert.True((await browser.SubmitAsync(page, $"form[action='/groups/{slug}/leave']")).IsRedirect);
        Assert.Equal("0 members", (await browser.GetAsync($"/groups/{slug}")).TextOf("#members"));
    }

    [Fact]
    public async Task Who_asks_says_why_and_a_manager_answers()
    {
        var (slug, browser) = (await GroupAsync(GroupJoining.Request), await forum.SignUpAsync());
        Assert.True((await browser.SubmitAsync(await browser.GetAsync($"/groups/{slug}"), $"form[action='/groups/{slug}/join']", ("note", "I mill, too."))).IsRedirect);
        Assert.Equal("Take the request back", (await browser.GetAsync($"/groups/{slug}")).TextOf($"form[action='/groups/{slug}/leave'] button"));
        var manager = await ManagerAsync();
        var page = await manager.GetAsync($"{List}/{slug}");
        Assert.Equal("I mill, too.", page.TextOf("section:has(#requests) .snippet"));
        Assert.True((await manager.SubmitAsync(page, $"form[action='{List}/{slug}/members']")).IsRedirect);
        Assert.Equal("1 member", (await browser.GetAsync($"/groups/{slug}")).TextOf("#members"));
    }

    [Fact]
    public async Task A_hidden_group_is_nowhere_for_others()
    {
        var slug = await GroupAsync(hidden: true);
        var member = await forum.MemberAsync("Stella Maris");
        _ = (await forum.Get<AddToGroup>().RunAsync(Actor.Operator, slug, member.Handle, default)).Required;
        var others = await forum.SignUpAsync();
        foreach (var browser in new[] { forum.Visitor(), others })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/groups/{slug}")).Status);
            foreach (var address in new[] { "/groups", $"/members/{member.Handle}" })
                Assert.DoesNotContain(slug, (await browser.GetAsync(address)).Text, StringComparison.Ordinal);
        }
        var token = (await others.GetAsync("/groups")).One("input[name=__RequestVerificationToken]").GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await others.PostAsync($"/groups/{slug}/join", [("__RequestVerificationToken", token)])).Status);
        Assert.Contains(slug, (await (await forum.SignInAsync(member.Email!)).GetAsync("/groups")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_managers_come_where_groups_are_looked_after()
    {
        var slug = await GroupAsync();
        foreach (var role in new[] { SiteRole.None, SiteRole.Staff, SiteRole.Moderator })
        {
            var browser = await forum.SignInAsync((await forum.MemberAsync("Nora Nobody", role)).Email!);
            foreach (var address in new[] { List, $"{List}/{slug}" })
                Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(address)).Status);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await (await ManagerAsync()).GetAsync($"{List}/nowhere")).Status);
    }

    [Fact]
    public async Task A_board_that_only_staff_write_on_says_so_instead_of_a_form()
    {
        var board = await forum.FreshBoardAsync();
        var topic = await forum.AskAsync(await forum.MemberAsync(), board);
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new(board, Ask: WriteAccess.Staff, Reply: WriteAccess.Staff), default)).Required;
        foreach (var browser in new[] { forum.Visitor(), await forum.SignUpAsync() })
        {
            var page = await browser.GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
            Assert.Equal("You can read this board, but not reply on it.", page.TextOf("#no-reply"));
            Assert.False((await browser.GetAsync($"/forums/{board}")).Has($".page-head a[href='/ask?board={board}']"));
        }
        _ = (await forum.Get<ChangeBoard>().RunAsync(Actor.Operator, new(board, Archived: true), default)).Required;
        var admin = await forum.SignInAsync((await forum.MemberAsync("Ada Admin", SiteRole.Admin)).Email!);
        Assert.Contains("archived", (await admin.GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).TextOf("#no-reply"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("archived", (await admin.GetAsync($"/forums/{board}")).TextOf(".notice"), StringComparison.Ordinal);
    }
}
