using System.Net;
using Forum.Solutions;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Shell;

public sealed class LeaderboardPageTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task Who_solved_most_on_a_board_has_a_page_beside_who_was_upvoted_most()
    {
        var board = await forum.FreshBoardAsync();
        var (asker, solver) = (await forum.MemberAsync(), await forum.MemberAsync("Sonia Solver"));
        var topic = await forum.AskAsync(asker, board);
        _ = (await forum.Get<AcceptSolution>().RunAsync(asker.AsActor(), topic.TopicId, (await forum.ReplyAsync(solver, topic)).PostId, default)).Required;

        var visitor = forum.Visitor();
        Assert.Equal("Top upvoted members", (await visitor.GetAsync($"/leaderboard?board={board}")).TextOf("h1"));
        var solvers = await visitor.GetAsync($"/leaderboard?of=solutions&board={board}");

        Assert.Equal("Top solvers", solvers.TextOf("h1"));
        Assert.Contains("Sonia S", solvers.TextOf("tbody"), StringComparison.Ordinal);
        Assert.Contains("new", solvers.TextOf("tbody .moved"), StringComparison.Ordinal);
        Assert.Equal(board, solvers.Document.QuerySelector("#board option[selected]")!.GetAttribute("value"));
        Assert.Equal($"/leaderboard?of=solutions&period=week&board={board}", solvers.Document.QuerySelector(".tabs a")!.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/leaderboard?of=solutions&board=nowhere")).Status);
    }
}
