using System.Net;
using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Admin;

/// <summary>Who is staff, said by administrators without JavaScript.</summary>
public sealed class RolesPageTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string Page = "/admin/roles";

    private async Task<Browser> AdminAsync() => await forum.SignInAsync((await forum.MemberAsync("Ada Admin", SiteRole.Admin)).Email!);

    [Fact]
    public async Task A_role_holds_from_the_next_click_on_and_is_over_as_soon()
    {
        var (admin, member) = (await AdminAsync(), await forum.MemberAsync("Stella Maris"));
        var browser = await forum.SignInAsync(member.Email!);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/mod/queue")).Status);

        var page = await admin.GetAsync(Page);
        var refused = await admin.SubmitAsync(page, "form[aria-labelledby=give]", ("Handle", "nobody-there"), ("Role", "moderator"));
        Assert.Equal("nobody-there", refused.One("#handle").GetAttribute("value"));
        Assert.True((await admin.SubmitAsync(page, "form[aria-labelledby=give]", ("Handle", member.Handle), ("Role", "moderator"))).IsRedirect);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/mod/queue")).Status);

        var take = $"form[action='{Page}/revoke']:has(input[value='{member.Handle}'])";
        Assert.True((await admin.SubmitAsync(await admin.GetAsync(Page), take)).IsRedirect);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/mod/queue")).Status);
        Assert.False((await admin.GetAsync(Page)).Has(take));
    }

    [Fact]
    public async Task A_moderator_of_one_board_is_given_it_and_loses_it()
    {
        var (admin, member, board) = (await AdminAsync(), await forum.MemberAsync("Bela Brett"), await forum.FreshBoardAsync());
        Assert.True((await admin.SubmitAsync(await admin.GetAsync(Page), "form[aria-labelledby=give]", ("Handle", member.Handle), ("Role", "moderator"), ("Board", board))).IsRedirect);
        var take = $"form[action='{Page}/revoke']:has(input[value='{member.Handle}']):has(input[value='{board}'])";
        var page = await admin.GetAsync(Page);
        Assert.StartsWith("Moderator of ", page.TextOf($"{take} .pill"), StringComparison.Ordinal);
        Assert.True((await admin.SubmitAsync(page, take)).IsRedirect);
        Assert.False((await admin.GetAsync(Page)).Has(take));
    }

    [Fact]
    public async Task A_title_and_a_signature_stand_beside_the_name_and_under_the_posts()
    {
        var (admin, member) = (await AdminAsync(), await forum.MemberAsync("Pia Produkt", SiteRole.Staff));
        var topic = await forum.AskAsync(member, await forum.FreshBoardAsync());
        Assert.True((await admin.SubmitAsync(await admin.GetAsync(Page), $"form[action='{Page}/lines']:has(input[value='{member.Handle}'])", ("title", "Product Specialist"), ("signature", "Ask me about invoices."))).IsRedirect);
        var page = await (await forum.SignUpAsync()).GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        Assert.Contains("Product Specialist", page.TextOf("#post-1"), StringComparison.Ordinal);
        Assert.Contains("Ask me about invoices.", page.TextOf("#post-1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_administrators_come_there_and_nobody_else_changes_anything()
    {
        var member = await forum.MemberAsync("Stella Maris");
        foreach (var role in new[] { SiteRole.None, SiteRole.Staff, SiteRole.Moderator, SiteRole.Manager })
        {
            var browser = await forum.SignInAsync((await forum.MemberAsync("Nora Nobody", role)).Email!);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(Page)).Status);
            Assert.Equal(role == SiteRole.Manager ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await browser.GetAsync("/admin")).Status);
            Assert.False((await browser.GetAsync("/admin")).Has($"main a[href='{Page}']"));
            var token = (await browser.GetAsync("/groups")).One("input[name=__RequestVerificationToken]").GetAttribute("value")!;
            foreach (var deed in new[] { "revoke", "lines" })
                Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync($"{Page}/{deed}", [("__RequestVerificationToken", token), ("handle", member.Handle), ("role", "staff"), ("title", "King")])).Status);
        }
        Assert.True((await (await AdminAsync()).GetAsync("/admin")).Has($"main a[href='{Page}']"));
    }

    [Fact]
    public async Task The_last_administrator_keeps_the_role()
    {
        await using var alone = new WebForum();
        await alone.InitializeAsync();
        var admin = await alone.MemberAsync("Ada Admin", SiteRole.Admin);
        var browser = await alone.SignInAsync(admin.Email!);
        var answer = await browser.SubmitAsync(await browser.GetAsync(Page), $"form[action='{Page}/revoke']");
        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("last administrator", answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(Page)).Status);
    }

    [Fact]
    public async Task Each_change_stands_in_the_log()
    {
        var (admin, member) = (await AdminAsync(), await forum.MemberAsync("Stella Maris"));
        await admin.SubmitAsync(await admin.GetAsync(Page), "form[aria-labelledby=give]", ("Handle", member.Handle), ("Role", "staff"));
        var log = (await forum.Get<AuditQueries>().LogAsync(new Rights { MemberId = 0, Roles = SiteRole.Admin }, new("role"), null, default)).Required.Items;
        Assert.Contains(log, r => r.Deed == "role.granted" && r.About?.Handle == member.Handle && r.After == "staff");
    }
}
