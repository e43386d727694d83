using System.Net;
using Forum.Members;
using Forum.Web.Tests.Api;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Moderation;

/// <summary>Looking at members who upvote each other and taking it back, without JavaScript.</summary>
public sealed class VotesReportTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string Page = "/admin/reports/votes";

    [Fact]
    public async Task Check_52_a_manager_names_members_sees_what_would_go_and_takes_it_back_with_a_reason()
    {
        var board = await forum.FreshBoardAsync();
        var (one, other) = (await forum.MemberAsync("Olga One"), await forum.MemberAsync("Otto Other"));
        var topic = await forum.AskAsync(one, board);
        var reply = await forum.ReplyAsync(other, topic);
        await forum.UpvoteAsync(other, topic);
        await forum.UpvoteAsync(one, reply);
        var manager = await forum.SignInAsync((await forum.MemberAsync("Mara Manager", SiteRole.Manager)).Email!);

        Assert.Contains("There is no member", (await manager.GetAsync($"{Page}?with={one.Handle}+nobody-here")).TextOf("main .error"), StringComparison.Ordinal);
        var preview = await manager.GetAsync($"{Page}?with={one.Handle}+{other.Handle}");
        Assert.Contains("2 upvotes", preview.TextOf("section[aria-labelledby=preview]"), StringComparison.Ordinal);
        var refused = await manager.SubmitAsync(preview, "form[method=post].form");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Please give the reason", refused.TextOf("#reason-error"), StringComparison.Ordinal);
        var done = await manager.SubmitAsync(refused, "form[method=post].form", ("Reason", "They told us."));
        Assert.EndsWith("?taken=2", done.Location, StringComparison.Ordinal);

        Assert.Contains("2 upvotes were taken back", (await manager.GetAsync(done.Location!)).TextOf("main .notice"), StringComparison.Ordinal);
        await using var db = forum.Db();
        Assert.False(await db.Votes.AnyAsync(v => v.PostId == topic.PostId || v.PostId == reply.PostId));
    }

    [Fact]
    public async Task Check_52_what_an_upvote_gave_goes_with_it_and_with_the_post()
    {
        var topic = await forum.AskAsync(await forum.MemberAsync(), await forum.FreshBoardAsync());
        var author = await forum.MemberAsync("Vera Trau");
        var (reply, voter) = (await forum.ReplyAsync(author, topic), await forum.ApiOfAsync(await forum.VoterAsync()));
        async Task<int> PointsAsync()
        {
            await using var db = forum.Db();
            return await db.Users.Where(m => m.Id == author.Id).Select(m => m.Points).SingleAsync();
        }
        (await voter.PutAsync($"posts/{reply.PostId}/vote")).Is(HttpStatusCode.OK);
        Assert.Equal(10, await PointsAsync());
        (await voter.DeleteAsync($"posts/{reply.PostId}/vote")).Is(HttpStatusCode.OK);
        Assert.Equal(0, await PointsAsync());
        for (var i = 0; i < 3; i++)
            (await voter.PutAsync($"posts/{reply.PostId}/vote")).Is(HttpStatusCode.OK);
        Assert.Equal(10, await PointsAsync());
        (await (await forum.ApiOfAsync(author)).PutAsync($"posts/{reply.PostId}/vote")).Is(HttpStatusCode.Forbidden);
        (await (await forum.ApiOfAsync(author)).DeleteAsync($"posts/{reply.PostId}")).Is(HttpStatusCode.NoContent);
        Assert.Equal(0, await PointsAsync());
    }

    [Fact]
    public async Task Nobody_else_comes_there()
    {
        foreach (var role in new[] { SiteRole.None, SiteRole.Staff, SiteRole.Moderator })
            Assert.Equal(HttpStatusCode.NotFound, (await (await forum.SignInAsync((await forum.MemberAsync("Nora Nobody", role)).Email!)).GetAsync(Page)).Status);
    }
}
