using System.Net;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;

namespace Forum.Web.Tests.Topics;

public sealed class RepliesPageTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task The_replies_to_a_post_are_paged_by_number_and_those_out_of_sight_are_left_out()
    {
        var (asker, board) = (await forum.MemberAsync(), $"b{Guid.NewGuid():N}"[..12]);
        await forum.BoardAsync(board);
        var topic = await forum.AskAsync(asker, board);
        var answer = await forum.ReplyAsync(asker, topic);
        var replies = new List<PostedPost>();
        for (var number = 1; number <= Paging.PageSize + 2; number++)
            replies.Add(await forum.ReplyAsync(asker, topic, $"Remark {number} on it.", answer.PostId));
        await forum.ReplyAsync(asker, topic, "To the question itself.");
        var moderator = await forum.MemberAsync("Berta Brett", SiteRole.Moderator);
        _ = (await forum.Get<HidePost>().RunAsync(moderator.AsActor(), replies[0].PostId, null, default)).Required;

        var visitor = forum.Visitor();
        var link = (await visitor.GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).One("#post-2 [data-replies-to]");
        Assert.Equal($"{Paging.PageSize + 1} replies", link.TextContent.Trim());
        var page = await visitor.GetAsync(link.GetAttribute("href")!);
        Assert.Equal(Enumerable.Range(2, Paging.PageSize).Select(n => $"Remark {n} on it."), page.TextsOf("[data-replies] .body"));
        var next = await visitor.GetAsync(page.One("[data-replies] [rel=next]").GetAttribute("href")!);
        Assert.Equal([$"Remark {Paging.PageSize + 2} on it."], next.TextsOf("[data-replies] .body"));

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/posts/{replies[0].PostId}/replies")).Status);
        Assert.Equal("No reply to this post", (await visitor.GetAsync($"/posts/{replies[1].PostId}/replies")).TextOf(".empty h2"));
    }
}
