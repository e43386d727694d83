using System.Net;
using Forum.Members;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Members;

public sealed class DirectoryPageTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task Visitors_and_members_read_who_is_here_and_look_for_somebody_without_a_script()
    {
        await forum.MemberAsync("Quirin Quandt");
        var moderator = await forum.MemberAsync("Quentin Quast", SiteRole.Moderator);
        foreach (var browser in new[] { forum.Visitor(), await forum.SignUpAsync() })
        {
            Assert.True((await browser.GetAsync("/")).Has("footer a[href='/members']"));
            var all = await browser.GetAsync("/members");
            Assert.False(all.Has("meta[name=robots]"));
            var found = await browser.GetAsync("/members?q=qu");
            Assert.Equal(["Quentin Q", "Quirin Q"], found.TextsOf(".people td a"));
            Assert.True(found.Has("meta[name=robots][content=noindex]"));
            Assert.Equal("qu", found.One("input#q").GetAttribute("value"));
            Assert.Equal(["Quentin Q"], (await browser.GetAsync("/members?q=qu&staff=1")).TextsOf(".people td a"));
            Assert.Contains("Staff", (await browser.GetAsync($"/members?q={moderator.Handle}")).TextOf(".people"), StringComparison.Ordinal);
            Assert.Contains("Nobody is called so", (await browser.GetAsync("/members?q=quandt")).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_long_list_goes_on_page_by_page()
    {
        for (var i = 0; i < Paging.PageSize + 1; i++)
            await forum.MemberAsync("Xaver Long");
        var visitor = forum.Visitor();
        var first = await visitor.GetAsync("/members?q=xaver");
        Assert.Equal(Paging.PageSize, first.TextsOf(".people td a").Count);
        var second = await visitor.GetAsync(first.One("a[rel=next]").GetAttribute("href")!);
        Assert.Single(second.TextsOf(".people td a"));
        Assert.Equal("/members?q=xaver", second.One("a[rel=first]").GetAttribute("href"));
    }

    [Fact]
    public async Task Scripts_read_the_same()
    {
        await forum.MemberAsync("Ypsilon Eins");
        await forum.MemberAsync("Ypsilon Zwei");
        var first = (await forum.Anonymous().GetAsync("members?q=ypsilon&size=1")).Is(HttpStatusCode.OK);
        Assert.Equal("Ypsilon E", first.Items.Single()!["displayName"]!.GetValue<string>());
        var second = (await forum.Anonymous().GetAsync($"members?q=ypsilon&size=1&after={first.Next}")).Is(HttpStatusCode.OK);
        Assert.Equal("Ypsilon Z", second.Items.Single()!["displayName"]!.GetValue<string>());
        (await forum.Anonymous().GetAsync("members?sort=loudest")).Is(HttpStatusCode.BadRequest);
        (await forum.Anonymous().GetAsync("members?after=nowhere")).Is(HttpStatusCode.BadRequest);
        (await forum.Anonymous().GetAsync("members?size=0")).Is(HttpStatusCode.BadRequest);
    }
}
