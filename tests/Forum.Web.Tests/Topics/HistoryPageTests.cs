using System.Net;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;

namespace Forum.Web.Tests.Topics;

public sealed class HistoryPageTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string RollBack = "form[action$='/roll-back']";
    private const string Better = "I would like to hand a running project over to another agency without losing its files.";

    private sealed record Scene(Member Asker, PostedPost Question)
    {
        public string Address => $"/posts/{Question.PostId}/history";
    }

    private async Task<Scene> SceneAsync()
    {
        var board = $"history-{Guid.NewGuid():N}"[..20];
        await forum.BoardAsync(board);
        await forum.TagsAsync("files");
        var asker = await forum.MemberAsync();
        var question = await forum.AskAsync(asker, board, tags: "contracts");
        _ = (await forum.Get<EditPost>().RunAsync(asker.AsActor(), new(question.PostId, 1, Better, Tags: ["files"], Reason: "It is <i>the files</i>"), default)).Required;
        return new(asker, question);
    }

    [Fact]
    public async Task A_visitor_reads_who_changed_what_and_why()
    {
        var scene = await SceneAsync();
        var post = await forum.Visitor().GetAsync($"/t/{scene.Question.TopicId}/{scene.Question.Slug}");
        Assert.Equal(scene.Address, post.One("#post-1 a[rel=nofollow]").GetAttribute("href"));

        var page = await forum.Visitor().GetAsync(scene.Address);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Null(page.Header("Set-Cookie"));
        Assert.False(page.Has("form[method=post]"));
        Assert.Equal(["Version 2", "Version 1"], page.TextsOf(".versions li .grow > a"));
        Assert.Equal("It is <i>the files</i>", page.TextOf("main .stack q"));
        Assert.Equal("history", page.TextOf(".diff.side .gone del"));
        Assert.Equal("files", page.TextOf(".diff.side .new ins"));
        Assert.Equal(("contracts", "files"), (page.TextOf(".name-change del"), page.TextOf(".name-change ins")));
        Assert.Equal("noindex", page.One("meta[name=robots]").GetAttribute("content"));

        var inline = await forum.Visitor().GetAsync(page.One("nav.sort a:not([aria-current])").GetAttribute("href")!);
        Assert.Equal("history", inline.TextOf(".diff.inline .gone del"));
        var first = await forum.Visitor().GetAsync($"{scene.Address}?version=1");
        Assert.Equal(Scenario.Body, first.TextOf(".diff"));
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync($"{scene.Address}?version=9")).Status);
    }

    [Fact]
    public async Task Whoever_may_edit_rolls_back()
    {
        var scene = await SceneAsync();
        var browser = await forum.SignInAsync(scene.Asker.Email!);
        Assert.False((await browser.GetAsync(scene.Address)).Has(RollBack));
        var other = await forum.SignInAsync((await forum.MemberAsync("Muhammad Ali")).Email!);
        Assert.False((await other.GetAsync($"{scene.Address}?version=1")).Has(RollBack));

        var done = await browser.SubmitAsync(await browser.GetAsync($"{scene.Address}?version=1"), RollBack);

        Assert.Equal(scene.Address, done.Location);
        var page = await browser.GetAsync(scene.Address);
        Assert.Equal("What version 3 changed", page.TextOf("h2#change"));
        Assert.Equal("Rolled back to version 1", page.TextOf("main .stack q"));
        Assert.Contains(Scenario.Body, (await browser.GetAsync($"/t/{scene.Question.TopicId}/{scene.Question.Slug}")).TextOf("#post-1 .body"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_roll_back_after_another_edit_asks_to_look_again()
    {
        var scene = await SceneAsync();
        var browser = await forum.SignInAsync(scene.Asker.Email!);
        var page = await browser.GetAsync($"{scene.Address}?version=1");
        _ = (await forum.Get<EditPost>().RunAsync(scene.Asker.AsActor(), new(scene.Question.PostId, 2, Better + " Please help.", Reason: "Polite"), default)).Required;

        var refused = await browser.SubmitAsync(page, RollBack);

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.True(refused.Has($"a[href='{scene.Address}']"));
    }

    [Fact]
    public async Task Long_passages_that_did_not_change_are_folded_and_lose_nothing()
    {
        var scene = await SceneAsync();
        var lines = string.Join('\n', Enumerable.Range(1, 60).Select(i => $"Step number {i}."));
        _ = (await forum.Get<EditPost>().RunAsync(scene.Asker.AsActor(), new(scene.Question.PostId, 2, lines, Reason: "Steps"), default)).Required;
        _ = (await forum.Get<EditPost>().RunAsync(scene.Asker.AsActor(), new(scene.Question.PostId, 3, lines.Replace("number 30.", "thirty.", StringComparison.Ordinal), Reason: "Words"), default)).Required;

        foreach (var view in new[] { "", "&view=inline" })
        {
            var page = await forum.Visitor().GetAsync($"{scene.Address}?version=4{view}");
            Assert.Equal(["26 unchanged lines", "27 unchanged lines"], page.TextsOf(".diff summary"));
            Assert.All(Enumerable.Range(1, 60), i => Assert.Contains(i == 30 ? "thirty." : $"number {i}.", page.One(".diff").TextContent, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_long_history_leads_on_to_the_first_version()
    {
        var scene = await SceneAsync();
        for (var version = 2; version <= Paging.PageSize + 2; version++)
            _ = (await forum.Get<EditPost>().RunAsync(scene.Asker.AsActor(), new(scene.Question.PostId, version, $"{Better} Take {version}.", Reason: "Better"), default)).Required;

        var page = await forum.Visitor().GetAsync(scene.Address);
        var older = await forum.Visitor().GetAsync(page.One(".more-versions a").GetAttribute("href")!);

        Assert.Equal(["Version 3", "Version 2", "Version 1"], older.TextsOf(".versions li .grow > a"));
        Assert.Equal("What version 23 changed", older.TextOf("h2#change"));
    }

    [Fact]
    public async Task Check_19_a_hidden_post_has_its_history_for_moderators_alone()
    {
        var scene = await SceneAsync();
        var moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        _ = (await forum.Get<HidePost>().RunAsync(moderator.AsActor(), scene.Question.PostId, null, default)).Required;

        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync(scene.Address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (await forum.SignInAsync(scene.Asker.Email!)).GetAsync(scene.Address)).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await forum.SignInAsync(moderator.Email!)).GetAsync(scene.Address)).Status);
    }
}
