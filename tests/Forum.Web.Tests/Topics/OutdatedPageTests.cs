using System.Net;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Topics;

/// <summary>Saying that a solution no longer works, and deciding about it, without JavaScript.</summary>
public sealed class OutdatedPageTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string OutdatedForm = "form[action$='/outdated']";

    private sealed record Scene(string Board, Member Asker, PostedPost Topic, PostedPost Reply)
    {
        public string Address => $"/t/{Topic.TopicId}/{Topic.Slug}";
        public string Page => $"/posts/{Reply.PostId}/outdated";
    }

    private async Task<Scene> SceneAsync()
    {
        var board = await forum.FreshBoardAsync();
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, board);
        var reply = await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), topic);
        await forum.AcceptAsync(asker, reply);
        return new(board, asker, topic, reply);
    }

    [Fact]
    public async Task A_member_says_what_changed_takes_it_back_and_the_asker_sees_how_many_say_so()
    {
        var scene = await SceneAsync();
        var browser = await forum.SignInAsync((await forum.MemberAsync()).Email!);
        Assert.Contains("No longer works?", (await browser.GetAsync(scene.Address)).TextOf($"#solution a[href='{scene.Page}']"), StringComparison.Ordinal);
        Assert.False((await forum.Visitor().GetAsync(scene.Address)).Has($"a[href='{scene.Page}']"));

        var form = await browser.GetAsync(scene.Page);
        Assert.False(form.Has("#successor"));
        var refused = await browser.SubmitAsync(form, OutdatedForm, ("Works", "false"), ("Note", new string('x', 501)));
        Assert.Equal((HttpStatusCode.BadRequest, new string('x', 501)), (refused.Status, refused.TextOf("#note")));
        Assert.True((await browser.SubmitAsync(refused, OutdatedForm, ("Works", "false"), ("Note", "It fails <b>since</b> 5."))).IsRedirect);

        var thanks = await browser.GetAsync(scene.Page);
        Assert.Contains("You said that it no longer works", thanks.TextOf("main .notice"), StringComparison.Ordinal);
        Assert.Equal("1", (await (await forum.SignInAsync(scene.Asker.Email!)).GetAsync(scene.Address)).TextOf($"a[href='{scene.Page}'] .count"));
        Assert.False((await forum.Visitor().GetAsync(scene.Address)).Has(".outdated"));
        Assert.True((await browser.SubmitAsync(thanks, "form[action$='/works']")).IsRedirect);
        Assert.False((await (await forum.SignInAsync(scene.Asker.Email!)).GetAsync(scene.Address)).Has($"a[href='{scene.Page}'] .count"));
    }

    [Fact]
    public async Task Moderators_find_it_confirm_it_and_name_what_works_instead_and_everybody_is_warned()
    {
        var scene = await SceneAsync();
        var successor = await forum.AskAsync(scene.Asker, scene.Board, "How do I hand over since version 5?");
        _ = (await forum.Get<DoubtSolution>().RunAsync(scene.Asker.AsActor(), scene.Topic.TopicId, scene.Reply.PostId, "It fails <b>since</b> 5.", default)).Required;
        var moderator = await forum.SignInAsync((await forum.BoardModeratorAsync(scene.Board)).Email!);

        var queue = await moderator.GetAsync("/mod/outdated");
        Assert.Contains("It fails <b>since</b> 5.", queue.TextOf(".reviews .flags"), StringComparison.Ordinal);
        Assert.Equal("Decide", queue.TextOf($"a[href='{scene.Page}']"));
        var form = await moderator.GetAsync(scene.Page);
        Assert.Contains("It fails <b>since</b> 5.", form.TextOf("main .flags"), StringComparison.Ordinal);
        var refused = await moderator.SubmitAsync(form, OutdatedForm, ("Works", "false"), ("Note", "The menu is new."), ("Successor", "the new one"));
        Assert.Contains("There is no such topic or post", refused.TextOf("#successor-error"), StringComparison.Ordinal);
        Assert.True((await moderator.SubmitAsync(refused, OutdatedForm, ("Works", "false"), ("Note", "The menu is new."), ("Successor", $"http://forum.example/t/{successor.TopicId}/{successor.Slug}"))).IsRedirect);

        Assert.DoesNotContain(scene.Page, (await moderator.GetAsync("/mod/outdated")).Text, StringComparison.Ordinal);
        var page = await forum.Visitor().GetAsync(scene.Address);
        Assert.Contains("The menu is new.", page.TextOf("#solution .outdated"), StringComparison.Ordinal);
        Assert.Equal("How do I hand over since version 5?", page.TextOf($"#solution .outdated a[href='/t/{successor.TopicId}/{successor.Slug}']"));
        Assert.Contains("may no longer work", page.TextOf("main .stack > .notice.warn"), StringComparison.Ordinal);
        Assert.DoesNotContain("acceptedAnswer", page.Text, StringComparison.Ordinal);
        Assert.Contains("suggestedAnswer", page.Text, StringComparison.Ordinal);
        var history = await forum.Visitor().GetAsync($"/t/{scene.Topic.TopicId}/history");
        Assert.Contains("said that a solution no longer works", history.TextOf(".log"), StringComparison.Ordinal);

        Assert.True((await moderator.SubmitAsync(await moderator.GetAsync(scene.Page), OutdatedForm, ("Works", "true"), ("Note", "It works."))).IsRedirect);
        await WebForum.HoldsSoonAsync(async () => !(await forum.Visitor().GetAsync(scene.Address)).Has(".outdated"), "nobody is warned any more");
    }

    [Fact]
    public async Task Only_a_solution_has_the_page_and_only_moderators_the_list()
    {
        var scene = await SceneAsync();
        var browser = await forum.SignInAsync(scene.Asker.Email!);
        var other = await forum.ReplyAsync(await forum.MemberAsync(), scene.Topic);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.GetAsync($"/posts/{other.PostId}/outdated")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/posts/999999/outdated")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/mod/outdated")).Status);
    }

    [Fact]
    public async Task The_api_says_so_and_takes_it_back()
    {
        var scene = await SceneAsync();
        var api = await forum.ApiOfAsync(scene.Asker);
        var address = $"topics/{scene.Topic.TopicId}/solution/{scene.Reply.PostId}/outdated";

        (await api.PutAsync(address, new { note = "" })).Is(HttpStatusCode.BadRequest);
        Assert.True((await api.PutAsync(address, new { note = "It fails since 5." })).Json["outdated"]!.GetValue<bool>());
        Assert.True((await api.GetAsync($"posts/{scene.Reply.PostId}")).Json["outdated"]!.GetValue<bool>());
        Assert.True((await api.GetAsync($"topics/{scene.Topic.TopicId}")).Json["solved"]!.GetValue<bool>());
        Assert.False((await api.DeleteAsync(address)).Json["outdated"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("http://localhost:5080/t/12/how-do-i/3", 12L, 3)]
    [InlineData("/t/12/how-do-i?page=2#post-23", 12L, 23)]
    [InlineData("/t/12/-/4", 12L, 4)]
    [InlineData("/t/12/how-do-i", 12L, null)]
    [InlineData("/t/12/2026", 12L, null)]
    [InlineData("12", 12L, null)]
    [InlineData("elsewhere", null, null)]
    public void An_address_names_a_topic_or_one_of_its_posts(string typed, long? topic, int? post) =>
        Assert.Equal((topic, post), (Web.Topics.Addresses.TopicIn(typed), Web.Topics.Addresses.PostIn(typed)));
}
