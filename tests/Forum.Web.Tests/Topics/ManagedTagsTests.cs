using System.Net;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Topics;

/// <summary>The pages of those who look after tags, without JavaScript.</summary>
public sealed class ManagedTagsTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string TagForm = "form:has(#name)", SynonymForm = "form:has(#synonym)", MergeForm = "form:has(#into)";

    private static string Fresh(string word) => $"{word}-{Guid.NewGuid():N}"[..16];

    private async Task<Browser> ManagerAsync() => await forum.SignInAsync((await forum.MemberAsync("Mara Manager", SiteRole.Manager)).Email!);

    private async Task<string> TagAsync(string word)
    {
        var name = Fresh(word);
        await forum.TagsAsync(name);
        return name;
    }

    private async Task<string> TopicWithAsync(string tag)
    {
        var board = (await forum.BoardAsync(Fresh("managed"))).Slug;
        await forum.AskAsync(await forum.MemberAsync(), board, tags: tag);
        return board;
    }

    [Fact]
    public async Task For_everybody_but_managers_and_administrators_they_are_not_there()
    {
        var tag = await TagAsync("contracts");
        var board = await TopicWithAsync(tag);
        string[] addresses = ["/admin/tags", $"/admin/tags/{tag}", $"/admin/boards/{board}/tags"];
        foreach (var (role, status) in new[] { (SiteRole.None, HttpStatusCode.NotFound), (SiteRole.Staff, HttpStatusCode.NotFound), (SiteRole.Moderator, HttpStatusCode.NotFound), (SiteRole.Manager, HttpStatusCode.OK), (SiteRole.Admin, HttpStatusCode.OK) })
        {
            var browser = await forum.SignInAsync((await forum.MemberAsync("Rita Role", role)).Email!);
            foreach (var address in addresses)
                Assert.Equal(status, (await browser.GetAsync(address)).Status);
            Assert.Equal(status == HttpStatusCode.OK, (await browser.GetAsync("/tags")).Has("a[href='/admin/tags']"));
            Assert.Equal(status == HttpStatusCode.OK, (await browser.GetAsync($"/tags/{tag}")).Has($"a[href='/admin/tags/{tag}']"));
        }
        foreach (var address in addresses)
            Assert.StartsWith("/account/sign-in", new Uri(new Uri("http://localhost"), (await forum.Visitor().GetAsync(address)).Location!).PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_a_manager_sent_by_somebody_else_changes_nothing()
    {
        var tag = await TagAsync("contracts");
        var page = await (await ManagerAsync()).GetAsync($"/admin/tags/{tag}");
        var member = await forum.SignUpAsync();
        var token = (await member.GetAsync("/ask")).Document.QuerySelector("form.ask [name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var answer = await member.SubmitAsync(page, TagForm, ("Name", Fresh("stolen")), ("__RequestVerificationToken", token));

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        await using var db = forum.Db();
        Assert.True(await db.Tags.AnyAsync(t => t.Name == tag && t.SynonymOfId == null));
    }

    [Fact]
    public async Task A_tag_is_made_found_described_and_renamed()
    {
        var manager = await ManagerAsync();
        var (name, renamed) = (Fresh("made"), Fresh("named"));
        Assert.True((await manager.SubmitAsync(await manager.GetAsync("/admin/tags"), TagForm, ("Name", name), ("Description", "For what is made."))).IsRedirect);

        var found = await manager.GetAsync($"/admin/tags?q={name[3..]}");
        Assert.Equal([name], found.TextsOf(".entries h3"));
        var saved = await manager.SubmitAsync(await manager.GetAsync(found.One(".entries a").GetAttribute("href")!), TagForm, ("Name", renamed), ("Description", "For what has a name. And more."));
        Assert.Equal($"/tags/{renamed}", new Uri(new Uri("http://localhost"), saved.Location!).AbsolutePath);
        var page = await manager.FollowAsync(saved);
        Assert.Equal((renamed, "For what has a name. And more."), (page.TextOf("h1"), page.TextOf(".page-head p")));
        Assert.Equal($"/tags/{renamed}", (await manager.GetAsync($"/tags/{name}")).Location);
    }

    [Fact]
    public async Task What_is_refused_stays_in_the_form()
    {
        var manager = await ManagerAsync();
        var (one, other) = (await TagAsync("one"), await TagAsync("other"));

        var made = await manager.SubmitAsync(await manager.GetAsync("/admin/tags"), TagForm, ("Name", one), ("Description", "Twice."));
        Assert.Equal((HttpStatusCode.Conflict, one, "Twice."), (made.Status, made.One("#name").GetAttribute("value"), made.One("#description").TextContent));
        var renamed = await manager.SubmitAsync(await manager.GetAsync($"/admin/tags/{one}"), TagForm, ("Name", other));
        Assert.Equal((HttpStatusCode.Conflict, other), (renamed.Status, renamed.One("#name").GetAttribute("value")));
        Assert.Equal($"There is a tag “{other}” already. Merge the two if they mean the same.", renamed.TextOf("#name-error"));
        var merged = await manager.SubmitAsync(await manager.GetAsync($"/admin/tags/{one}"), MergeForm, ("Into", Fresh("no")), ("Sure", "true"));
        Assert.Equal(HttpStatusCode.BadRequest, merged.Status);
        Assert.StartsWith("There is no tag", merged.TextOf("#into-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_synonym_is_added_and_taken_away_but_not_if_topics_carry_it()
    {
        var manager = await ManagerAsync();
        var (tag, used, synonym) = (await TagAsync("contracts"), await TagAsync("used"), Fresh("deals"));
        await TopicWithAsync(used);
        var address = $"/admin/tags/{tag}";

        Assert.True((await manager.SubmitAsync(await manager.GetAsync(address), SynonymForm, ("Name", synonym))).IsRedirect);
        var page = await manager.GetAsync(address);
        Assert.Equal([synonym], page.TextsOf(".synonyms bdi"));
        Assert.Equal($"“{used}” is a tag that topics carry. Open it to merge it into this one.", (await manager.SubmitAsync(page, SynonymForm, ("Name", used))).TextOf("#synonym-error"));
        Assert.True((await manager.SubmitAsync(page, ".synonyms form")).IsRedirect);
        Assert.Empty((await manager.GetAsync(address)).TextsOf(".synonyms bdi"));
    }

    [Fact]
    public async Task A_tag_is_merged_once_one_is_sure()
    {
        var manager = await ManagerAsync();
        var (old, tag) = (await TagAsync("old"), await TagAsync("new"));
        await TopicWithAsync(old);
        var page = await manager.GetAsync($"/admin/tags/{old}");

        Assert.Equal(HttpStatusCode.BadRequest, (await manager.SubmitAsync(page, MergeForm, ("Into", tag))).Status);
        var merged = await manager.SubmitAsync(page, MergeForm, ("Into", tag), ("Sure", "true"));
        var shown = await manager.FollowAsync(await manager.FollowAsync(merged));
        Assert.Equal(tag, shown.TextOf("h1"));
        Assert.Equal([Scenario.Question], shown.TextsOf(".topics h3 a"));
    }

    [Fact]
    public async Task What_a_board_asks_of_tags_is_said_there()
    {
        var manager = await ManagerAsync();
        var (bug, planned) = (await TagAsync("bug"), await TagAsync("planned"));
        var board = await TopicWithAsync(bug);
        var address = $"/admin/boards/{board}/tags";

        var refused = await manager.SubmitAsync(await manager.GetAsync(address), "main form", ("OneOf", "unheard-of"), ("StaffOnly", planned));
        Assert.Equal((HttpStatusCode.BadRequest, "There is no tag “unheard-of”. Make it first.", planned), (refused.Status, refused.TextOf("#one-of-error"), refused.One("#staff-only").GetAttribute("value")));
        Assert.True((await manager.SubmitAsync(refused, "main form", ("OneOf", bug))).IsRedirect);
        Assert.Contains($"At least one of these: {bug}. For staff only: {planned}.", (await manager.GetAsync("/admin/tags")).TextsOf(".rows small"));
        Assert.True((await manager.GetAsync(address)).One("[name='Input.NeedsTag']").HasAttribute("checked"));
    }
}
