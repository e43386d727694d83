using System.Net;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Topics;

public sealed class EditPageTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string Form = "main form.composer";
    private const string Better = "I would like to hand a running project over without losing its history or its files, please.";

    private sealed record Scene(Member Asker, PostedPost Question, Browser Browser)
    {
        public string Address => $"/posts/{Question.PostId}/edit";
    }

    private async Task<Scene> SceneAsync()
    {
        var board = $"edit-{Guid.NewGuid():N}"[..20];
        await forum.BoardAsync(board);
        var asker = await forum.MemberAsync();
        return new(asker, await forum.AskAsync(asker, board, tags: "contracts"), await forum.SignInAsync(asker.Email!));
    }

    [Fact]
    public async Task A_post_is_edited_with_a_reason_and_says_who_did_it()
    {
        var scene = await SceneAsync();
        var saved = await scene.Browser.SubmitAsync(await scene.Browser.GetAsync(scene.Address), Form, ("Markdown", Better), ("Reason", "Say what is lost"));

        var page = await forum.Visitor().GetAsync(saved.Location!);
        Assert.Contains("edited by Ines R", page.TextOf("#post-1 .rank"), StringComparison.Ordinal);
        await using var db = forum.Db();
        Assert.Equal("Say what is lost", (await db.Revisions.SingleAsync(r => r.PostId == scene.Question.PostId)).Reason);
    }

    [Fact]
    public async Task What_cannot_be_saved_stays_in_the_form_with_the_reason_why()
    {
        var scene = await SceneAsync();
        var page = await scene.Browser.GetAsync(scene.Address);

        var refused = await scene.Browser.SubmitAsync(page, Form, ("Markdown", "Short"), ("Reason", "Why not"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("Short", refused.One("textarea").TextContent);
        Assert.Equal("Why not", refused.One("#reason").GetAttribute("value"));

        await AgeAsync(scene.Question, EditRules.AuthorsWindow);
        var late = await scene.Browser.SubmitAsync(page, Form, ("Markdown", Better));
        Assert.Equal(HttpStatusCode.Forbidden, late.Status);
        Assert.Contains("too old for you to change", late.TextOf(".notice[role=alert]"), StringComparison.Ordinal);
        Assert.Equal(Better, late.One("textarea").TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await scene.Browser.GetAsync(scene.Address)).Status);
        Assert.False((await scene.Browser.GetAsync($"/t/{scene.Question.TopicId}/{scene.Question.Slug}")).Has($"a[href='{scene.Address}']"));
    }

    [Fact]
    public async Task A_text_for_a_post_that_was_hidden_meanwhile_is_given_back()
    {
        var scene = await SceneAsync();
        var page = await scene.Browser.GetAsync(scene.Address);
        var moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        _ = (await forum.Get<HidePost>().RunAsync(moderator.AsActor(), scene.Question.PostId, null, default)).Required;

        var refused = await scene.Browser.SubmitAsync(page, Form, ("Markdown", Better));

        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        Assert.Equal(Better, refused.One("textarea").TextContent);
    }

    [Fact]
    public async Task Whoever_was_slower_gets_both_texts_and_saves_again()
    {
        var scene = await SceneAsync();
        var moderator = await forum.MemberAsync("Sam Staff", SiteRole.Moderator);
        var other = await forum.SignInAsync(moderator.Email!);
        var (mine, theirs) = (await scene.Browser.GetAsync(scene.Address), await other.GetAsync(scene.Address));
        await other.SubmitAsync(theirs, Form, ("Markdown", Better), ("Title", "How do I hand over a project with its files?"), ("Tags", "files"));

        var stale = await scene.Browser.SubmitAsync(mine, Form, ("Markdown", Scenario.Body + " It is urgent."), ("Reason", "Urgent"));

        Assert.Equal(HttpStatusCode.Conflict, stale.Status);
        Assert.Equal(Scenario.Body + " It is urgent.", stale.One("textarea").TextContent);
        Assert.Equal("Urgent", stale.One("#reason").GetAttribute("value"));
        Assert.Equal(Better, stale.TextOf(".diff .gone"));
        Assert.Equal(Scenario.Body + " It is urgent.", stale.TextOf(".diff .new"));
        Assert.Equal(["How do I hand over a project with its files?", "files"], stale.TextsOf(".name-change del"));

        var merged = await scene.Browser.SubmitAsync(stale, Form, ("Markdown", Better + " It is urgent."), ("Title", "How do I hand over a project with its files?"), ("Tags", "files"));
        Assert.True(merged.IsRedirect, merged.Text);
        await using var db = forum.Db();
        Assert.Equal((3, Better + " It is urgent."), await db.Posts.Where(p => p.Id == scene.Question.PostId).Select(p => ValueTuple.Create(p.Version, p.Markdown)).SingleAsync());
        Assert.Equal([Scenario.Body, Better], await db.Revisions.Where(r => r.PostId == scene.Question.PostId).OrderBy(r => r.Version).Select(r => r.Markdown).ToListAsync());
    }

    private async Task AgeAsync(PostedPost post, TimeSpan by)
    {
        await using var db = forum.Db();
        var created = (await db.Posts.AsNoTracking().SingleAsync(p => p.Id == post.PostId)).Created - by;
        await db.Posts.Where(p => p.Id == post.PostId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Created, created));
    }
}
