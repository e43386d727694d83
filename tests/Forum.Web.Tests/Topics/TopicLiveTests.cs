using Bunit;
using Forum.Boards;
using Forum.Members;
using Forum.Topics;
using Forum.Web.Host;
using Forum.Web.Topics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Web.Tests.Topics;

/// <summary>The thread's news in a circuit, beside the running forum it listens to.</summary>
public sealed class TopicLiveTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task Replies_of_others_are_announced_as_they_come_and_lead_to_the_first_of_them()
    {
        var (reader, topic) = await SceneAsync();
        using var stage = await CircuitAsync(reader);
        var live = stage.Render<TopicLive>(p => p.Add(c => c.TopicId, topic.TopicId).Add(c => c.LastNumber, 1));
        Assert.Empty(live.FindAll("a"));

        var other = await forum.MemberAsync("Vera Trau");
        var first = await forum.ReplyAsync(other, topic);
        Announces(live, "1 new reply · Show");
        await forum.ReplyAsync(other, topic);
        Announces(live, "2 new replies · Show");
        Assert.Equal(Addresses.Post(topic.TopicId, topic.Slug, first.Number), live.Find("a").GetAttribute("href"));
    }

    [Fact]
    public async Task What_came_between_the_page_and_the_circuit_is_announced_and_ones_own_reply_is_not()
    {
        var (reader, topic) = await SceneAsync();
        await forum.ReplyAsync(reader, topic);
        await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), topic);
        using var stage = await CircuitAsync(reader);
        Announces(stage.Render<TopicLive>(p => p.Add(c => c.TopicId, topic.TopicId).Add(c => c.LastNumber, 1)), "1 new reply · Show");
    }

    [Fact]
    public async Task A_session_that_was_ended_is_told_nothing_more()
    {
        var (reader, topic) = await SceneAsync();
        using var stage = await CircuitAsync(reader);
        var live = stage.Render<TopicLive>(p => p.Add(c => c.TopicId, topic.TopicId).Add(c => c.LastNumber, 1));
        var other = await forum.MemberAsync("Vera Trau");
        await forum.ReplyAsync(other, topic);
        Announces(live, "1 new reply · Show");
        await using (var db = forum.Db())
            await db.Sessions.Where(s => s.MemberId == reader.Id).ExecuteDeleteAsync();
        await forum.ReplyAsync(other, topic);
        live.WaitForAssertion(() => Assert.Empty(live.FindAll("a")), patience);
    }

    [Fact]
    public async Task A_board_that_was_closed_to_the_reader_tells_nothing_more()
    {
        var (reader, topic) = await SceneAsync();
        using var stage = await CircuitAsync(reader);
        var live = stage.Render<TopicLive>(p => p.Add(c => c.TopicId, topic.TopicId).Add(c => c.LastNumber, 1));
        await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), topic);
        Announces(live, "1 new reply · Show");
        await using (var db = forum.Db())
            await db.Boards.Where(b => db.Topics.Any(t => t.Id == topic.TopicId && t.BoardId == b.Id)).ExecuteUpdateAsync(set => set.SetProperty(b => b.Read, ReadAccess.Staff));
        await forum.ReplyAsync(await forum.MemberAsync("Stefan Staff", SiteRole.Staff), topic);
        live.WaitForAssertion(() => Assert.Empty(live.FindAll("a")), patience);
    }

    [Fact]
    public async Task Before_the_circuit_stands_it_asks_nothing_and_says_nothing()
    {
        var (reader, topic) = await SceneAsync();
        await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), topic);
        using var stage = await CircuitAsync(reader, interactive: false);
        Assert.Equal("", stage.Render<TopicLive>(p => p.Add(c => c.TopicId, topic.TopicId).Add(c => c.LastNumber, 1)).Markup.Trim());
    }

    /// <summary>Time for a loaded machine; what is announced comes at once.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    private static void Announces(IRenderedComponent<TopicLive> live, string words) => live.WaitForAssertion(() => Assert.Equal(words, live.Find("a").TextContent), patience);

    private async Task<Stage> CircuitAsync(Member reader, bool interactive = true)
    {
        var stage = new Stage(reader);
        stage.Services.AddSingleton(forum.Get<LiveTopics>());
        stage.Services.AddSingleton(forum.Get<TopicQueries>());
        stage.Services.AddSingleton(forum.Get<SignIn>());
        var session = (await forum.Get<StartSession>().RunAsync(reader.AsActor(), Caller.Unknown, default)).Required;
        stage.Services.AddSingleton<AuthenticationStateProvider>(new Circuit(new(Stage.Principal(reader, session))));
        stage.Renderer.SetRendererInfo(new RendererInfo(interactive ? "Server" : "Static", interactive));
        return stage;
    }

    private async Task<(Member Reader, PostedPost Topic)> SceneAsync()
    {
        var board = (await forum.BoardAsync($"b{Guid.NewGuid():N}"[..12])).Slug;
        return (await forum.MemberAsync("Rita Reader"), await forum.AskAsync(await forum.MemberAsync(), board));
    }

    private sealed class Circuit(AuthenticationState state) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(state);
    }
}
