using System.Net;

namespace Forum.Web.Tests.Api;

public sealed class FollowingApiTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task A_topic_is_followed_muted_and_left_alone()
    {
        var (board, asker) = (await forum.FreshBoardAsync(), await forum.MemberAsync());
        var topic = await forum.AskAsync(asker, board);
        var (own, other) = (await forum.ApiOfAsync(asker), await forum.ApiOfAsync(await forum.VoterAsync()));
        var address = $"topics/{topic.TopicId}/watch";
        Assert.Equal("watching", Level((await own.GetAsync(address)).Is(HttpStatusCode.OK)));
        Assert.Equal("normal", Level((await other.GetAsync(address)).Is(HttpStatusCode.OK)));
        foreach (var level in new[] { "tracking", "muted", "Normal", "watching" })
        {
            Assert.Equal(level.ToLowerInvariant(), Level((await other.PostAsync(address, new { level })).Is(HttpStatusCode.OK)));
            Assert.Equal(level.ToLowerInvariant(), Level((await other.GetAsync(address)).Is(HttpStatusCode.OK)));
        }
        (await other.PostAsync(address, new { level = "closely" })).Is(HttpStatusCode.BadRequest);
        (await other.PostAsync(address, new { })).Is(HttpStatusCode.BadRequest);
        (await other.PostAsync("topics/999999/watch", new { level = "muted" })).Is(HttpStatusCode.NotFound);
        (await forum.Anonymous().GetAsync(address)).Is(HttpStatusCode.Unauthorized);
        Assert.Equal("watching", Level(await own.GetAsync(address)));
    }

    [Fact]
    public async Task A_post_is_kept_at_hand_and_no_longer()
    {
        var (board, asker) = (await forum.FreshBoardAsync(), await forum.MemberAsync());
        var address = $"posts/{(await forum.AskAsync(asker, board)).PostId}/bookmark";
        var api = await forum.ApiOfAsync(asker);
        Assert.False(Kept((await api.GetAsync(address)).Is(HttpStatusCode.OK)));
        Assert.True(Kept((await api.PostAsync(address, new { })).Is(HttpStatusCode.OK)));
        Assert.True(Kept((await api.PostAsync(address, new { })).Is(HttpStatusCode.OK)));
        Assert.True(Kept(await api.GetAsync(address)));
        Assert.False(Kept(await (await forum.ApiOfAsync(await forum.VoterAsync())).GetAsync(address)));
        Assert.False(Kept((await api.DeleteAsync(address)).Is(HttpStatusCode.OK)));
        Assert.False(Kept(await api.GetAsync(address)));
    }

    private static string Level(Reply answer) => answer.Json["level"]!.GetValue<string>();

    private static bool Kept(Reply answer) => answer.Json["bookmarked"]!.GetValue<bool>();
}
