using System.Net;
using Forum.Members;
using Forum.Topics;
using Forum.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Topics;

/// <summary>Asking the asker which answer solved it, without JavaScript.</summary>
public sealed class SolvedPageTests(WebForum forum) : IClassFixture<WebForum>
{
    private sealed record Scene(Member Asker, PostedPost Topic, PostedPost Reply, Browser Browser)
    {
        public string Page => $"/t/{Topic.TopicId}/solved";
    }

    /// <summary>A question that was answered four days ago.</summary>
    private async Task<Scene> SceneAsync()
    {
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, await forum.FreshBoardAsync());
        var reply = await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), topic, "Choose Transfer in the settings.");
        await forum.ReplyAsync(asker, topic, "I will try that.");
        await using var db = forum.Db();
        await db.Posts.Where(p => p.TopicId == topic.TopicId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Created, p => p.Created.AddDays(-4)));
        return new(asker, topic, reply, await forum.SignInAsync(asker.Email!));
    }

    [Fact]
    public async Task The_home_page_leads_the_asker_to_the_answers_and_one_press_marks_the_right_one()
    {
        var scene = await SceneAsync();
        Assert.Equal(Scenario.Question, (await scene.Browser.GetAsync("/")).TextOf($"main a[href='{scene.Page}']"));
        Assert.False((await forum.Visitor().GetAsync("/")).Has($"a[href='{scene.Page}']"));

        var page = await scene.Browser.GetAsync(scene.Page);
        Assert.Contains("Choose Transfer in the settings.", Assert.Single(page.Document.QuerySelectorAll("main article")).TextContent, StringComparison.Ordinal);
        var marked = await scene.Browser.SubmitAsync(page, "main article form");
        Assert.EndsWith("#solution", marked.Location, StringComparison.Ordinal);

        await using var db = forum.Db();
        Assert.Equal(scene.Reply.PostId, (await db.Solutions.SingleAsync(s => s.TopicId == scene.Topic.TopicId)).PostId);
        Assert.False((await scene.Browser.GetAsync("/")).Has($"a[href='{scene.Page}']"));
        Assert.True((await scene.Browser.GetAsync(scene.Page)).IsRedirect);
    }

    [Fact]
    public async Task Who_says_not_yet_is_not_asked_again_and_who_solved_it_alone_says_how()
    {
        var scene = await SceneAsync();
        var page = await scene.Browser.GetAsync(scene.Page);
        Assert.True(page.Has($"main a[href='/t/{scene.Topic.TopicId}/close']"));

        Assert.True((await scene.Browser.SubmitAsync(page, "form[action$='/not-yet']")).IsRedirect);
        Assert.False((await scene.Browser.GetAsync("/")).Has($"a[href='{scene.Page}']"));
    }

    [Fact]
    public async Task Others_do_not_get_there()
    {
        var scene = await SceneAsync();
        var other = await forum.SignInAsync((await forum.MemberAsync()).Email!);

        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(scene.Page)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("/t/999999/solved")).Status);
        Assert.True((await forum.Visitor().GetAsync(scene.Page)).IsRedirect);
    }
}
