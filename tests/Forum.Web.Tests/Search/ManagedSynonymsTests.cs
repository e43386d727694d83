using System.Net;
using Forum.Members;
using Forum.Search;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Search;

/// <summary>The pages of those who say which words mean the same, without JavaScript.</summary>
public sealed class ManagedSynonymsTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task A_group_is_made_changed_and_taken_away_and_a_refusal_loses_nothing_of_what_was_typed()
    {
        var manager = await forum.SignInAsync((await forum.MemberAsync("Mara Manager", SiteRole.Manager)).Email!);
        var search = await manager.GetAsync("/search");
        var page = await manager.GetAsync(search.One("a[href='/admin/synonyms']").GetAttribute("href")!);
        Assert.Equal("Look after synonyms", page.TextOf("h1"));

        var refused = await manager.SubmitAsync(page, "form:has(#entries)", ("Entries", "mandolin"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("mandolin", refused.One("#entries").GetAttribute("value"));
        Assert.Equal("Please name at least two words that mean the same, set apart by commas.", refused.TextOf(".error"));

        page = await manager.FollowAsync(await manager.SubmitAsync(refused, "form:has(#entries)", ("Entries", "mandolin; Lute\nbouzouki")));
        page = await manager.GetAsync(LinkOf(page, "mandolin, Lute, bouzouki"));
        Assert.Equal("mandolin, Lute, bouzouki", page.One("#entries").GetAttribute("value"));
        page = await manager.FollowAsync(await manager.SubmitAsync(page, "form:has(#entries)", ("Entries", "mandolin, lute")));
        page = await manager.GetAsync(LinkOf(page, "mandolin, lute"));
        page = await manager.FollowAsync(await manager.SubmitAsync(page, "form:has(.danger)"));
        Assert.DoesNotContain("mandolin, lute", page.TextsOf(".entries h3"));
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync("/admin/synonyms/4711")).Status);
    }

    private static string LinkOf(Answer page, string group) => Assert.Single(page.Document.QuerySelectorAll(".entries a"), a => a.TextContent == group).GetAttribute("href")!;

    [Fact]
    public async Task For_everybody_but_managers_and_administrators_they_are_not_there()
    {
        _ = (await forum.Get<SetSynonyms>().RunAsync(Actor.Operator, null, "zither, psaltery", default)).Required;
        await using var db = forum.Db();
        var id = await db.SynonymGroups.Where(g => g.Entries.StartsWith("zither")).Select(g => g.Id).SingleAsync();
        foreach (var (role, status) in new[] { (SiteRole.None, HttpStatusCode.NotFound), (SiteRole.Staff, HttpStatusCode.NotFound), (SiteRole.Moderator, HttpStatusCode.NotFound), (SiteRole.Manager, HttpStatusCode.OK), (SiteRole.Admin, HttpStatusCode.OK) })
        {
            var browser = await forum.SignInAsync((await forum.MemberAsync("Rita Role", role)).Email!);
            foreach (var address in new[] { "/admin/synonyms", $"/admin/synonyms/{id}" })
                Assert.Equal(status, (await browser.GetAsync(address)).Status);
            Assert.Equal(status == HttpStatusCode.OK, (await browser.GetAsync("/search")).Has("a[href='/admin/synonyms']"));
        }
        Assert.False((await forum.Visitor().GetAsync("/search?q=x")).Has("a[href='/admin/synonyms']"));
    }
}
