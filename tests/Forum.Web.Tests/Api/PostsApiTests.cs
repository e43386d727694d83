using System.Net;

namespace Forum.Web.Tests.Api;

public sealed class PostsApiTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task An_edit_on_the_newest_version_is_saved()
    {
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, await forum.FreshBoardAsync());
        var api = await forum.ApiOfAsync(asker);
        var edited = (await api.PutAsync($"posts/{topic.PostId}", new { markdown = $"{Scenario.Body} Thank you.", version = 1 })).Is(HttpStatusCode.OK);
        Assert.Equal(2, edited.Json["version"]!.GetValue<int>());
        Assert.Equal($"{Scenario.Body} Thank you.", edited.Json["markdown"]!.GetValue<string>());
        Assert.EndsWith("Z", edited.Json["edited"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_edit_is_refused_with_both_texts()
    {
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, await forum.FreshBoardAsync());
        var api = await forum.ApiOfAsync(asker);
        (await api.PutAsync($"posts/{topic.PostId}", new { markdown = $"{Scenario.Body} First.", version = 1 })).Is(HttpStatusCode.OK);
        var stale = (await api.PutAsync($"posts/{topic.PostId}", new { markdown = $"{Scenario.Body} Second.", version = 1 })).Is(HttpStatusCode.Conflict);
        var (current, yours) = (stale.Json["current"]!, stale.Json["yours"]!);
        Assert.Equal((2, $"{Scenario.Body} First.", Scenario.Question), (current["version"]!.GetValue<int>(), current["markdown"]!.GetValue<string>(), current["title"]!.GetValue<string>()));
        Assert.Equal((1, $"{Scenario.Body} Second."), (yours["version"]!.GetValue<int>(), yours["markdown"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_versions_of_a_post_are_read_page_by_page()
    {
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, await forum.FreshBoardAsync(), tags: "handover");
        var api = await forum.ApiOfAsync(asker);
        (await api.PutAsync($"posts/{topic.PostId}", new { markdown = $"{Scenario.Body} Thank you.", version = 1, reason = "Be polite" })).Is(HttpStatusCode.OK);

        var newest = (await forum.Anonymous().GetAsync($"posts/{topic.PostId}/history?size=1")).Is(HttpStatusCode.OK);
        var version = Assert.Single(newest.Items)!;
        Assert.Equal((2, "Be polite", $"{Scenario.Body} Thank you."), (version["version"]!.GetValue<int>(), version["reason"]!.GetValue<string>(), version["markdown"]!.GetValue<string>()));
        Assert.Equal("Ines R", version["editor"]!["displayName"]!.GetValue<string>());
        var oldest = (await forum.Anonymous().GetAsync($"posts/{topic.PostId}/history?size=1&after={newest.Json["next"]!.GetValue<string>()}")).Is(HttpStatusCode.OK);
        Assert.Equal((1, Scenario.Body), (oldest.Items[0]!["version"]!.GetValue<int>(), oldest.Items[0]!["markdown"]!.GetValue<string>()));
        Assert.Equal("handover", oldest.Items[0]!["tags"]![0]!.GetValue<string>());
        Assert.Null(oldest.Json["next"]);
        (await forum.Anonymous().GetAsync("posts/999999/history")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_edit_needs_a_version_and_a_text()
    {
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, await forum.FreshBoardAsync());
        var api = await forum.ApiOfAsync(asker);
        Assert.NotNull((await api.PutAsync($"posts/{topic.PostId}", new { markdown = Scenario.Body })).Is(HttpStatusCode.BadRequest).Json["errors"]!["version"]);
        Assert.NotNull((await api.PutAsync($"posts/{topic.PostId}", new { version = 1 })).Is(HttpStatusCode.BadRequest).Json["errors"]!["markdown"]);
    }

    [Fact]
    public async Task A_deleted_post_is_gone_and_deleting_twice_is_deleting_once()
    {
        var member = await forum.MemberAsync();
        var topic = await forum.AskAsync(await forum.MemberAsync("Vera Trau"), await forum.FreshBoardAsync());
        var reply = await forum.ReplyAsync(member, topic);
        var api = await forum.ApiOfAsync(member);
        (await api.DeleteAsync($"posts/{reply.PostId}")).Is(HttpStatusCode.NoContent);
        (await api.DeleteAsync($"posts/{reply.PostId}")).Is(HttpStatusCode.NoContent);
        (await forum.Anonymous().GetAsync($"posts/{reply.PostId}")).Is(HttpStatusCode.Gone);
        Assert.Single((await forum.Anonymous().GetAsync($"topics/{topic.TopicId}/posts")).Items);
    }

    [Fact]
    public async Task A_deleted_topic_is_gone()
    {
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, await forum.FreshBoardAsync());
        (await (await forum.ApiOfAsync(asker)).DeleteAsync($"posts/{topic.PostId}")).Is(HttpStatusCode.NoContent);
        (await forum.Anonymous().GetAsync($"topics/{topic.TopicId}")).Is(HttpStatusCode.Gone);
        (await forum.Anonymous().GetAsync($"topics/{topic.TopicId}/posts")).Is(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Check_22_voting_twice_is_voting_once_and_can_be_taken_back()
    {
        var topic = await forum.AskAsync(await forum.MemberAsync(), await forum.FreshBoardAsync());
        var api = await forum.ApiOfAsync(await forum.MemberAsync("Vera Trau"));
        for (var i = 0; i < 2; i++)
            Assert.Equal("""{"score":1,"voted":true}""", (await api.PutAsync($"posts/{topic.PostId}/vote")).Is(HttpStatusCode.OK).Text);
        Assert.True((await api.GetAsync($"posts/{topic.PostId}")).Json["voted"]!.GetValue<bool>());
        Assert.False((await forum.Anonymous().GetAsync($"posts/{topic.PostId}")).Json["voted"]!.GetValue<bool>());
        for (var i = 0; i < 2; i++)
            Assert.Equal("""{"score":0,"voted":false}""", (await api.DeleteAsync($"posts/{topic.PostId}/vote")).Is(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task A_hundred_members_who_upvote_at_once_are_a_hundred_upvotes()
    {
        var topic = await forum.AskAsync(await forum.MemberAsync(), await forum.FreshBoardAsync());
        var voters = new List<ApiClient>();
        for (var i = 0; i < 100; i++)
            voters.Add(await forum.ApiOfAsync(await forum.VoterAsync()));
        Assert.All(await Task.WhenAll(voters.Select(v => v.PutAsync($"posts/{topic.PostId}/vote"))), vote => vote.Is(HttpStatusCode.OK));
        Assert.Equal(100, (await forum.Anonymous().GetAsync($"posts/{topic.PostId}")).Json["score"]!.GetValue<int>());
        Assert.Equal(100, (await forum.Anonymous().GetAsync($"topics/{topic.TopicId}")).Json["score"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_solution_is_accepted_replaced_and_taken_back()
    {
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, await forum.FreshBoardAsync());
        var helper = await forum.MemberAsync("Vera Trau");
        var (first, second) = (await forum.ReplyAsync(helper, topic), await forum.ReplyAsync(helper, topic));
        var api = await forum.ApiOfAsync(asker);
        foreach (var reply in new[] { first, first, second })
        {
            var marked = (await api.PutAsync($"topics/{topic.TopicId}/solution/{reply.PostId}")).Is(HttpStatusCode.OK);
            Assert.Equal((true, reply.PostId), (marked.Json["solved"]!.GetValue<bool>(), marked.Json["solutionPostId"]!.GetValue<long>()));
            Assert.True((await api.GetAsync($"posts/{reply.PostId}")).Json["isSolution"]!.GetValue<bool>());
        }
        var open = (await api.DeleteAsync($"topics/{topic.TopicId}/solution/{second.PostId}")).Is(HttpStatusCode.OK);
        Assert.False(open.Json["solved"]!.GetValue<bool>());
        Assert.Null(open.Json["solutionPostId"]);
        (await api.PutAsync($"topics/{topic.TopicId}/solution/{topic.PostId}")).Is(HttpStatusCode.BadRequest);
        var elsewhere = await forum.AskAsync(asker, await forum.FreshBoardAsync());
        (await api.PutAsync($"topics/{elsewhere.TopicId}/solution/{first.PostId}")).Is(HttpStatusCode.NotFound);
    }
}
