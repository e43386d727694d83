using System.Net;
using Forum.Members;
using Forum.Topics;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Moderation;

/// <summary>One deed on many topics or new members, with one confirmation, without JavaScript.</summary>
public sealed class BulkPagesTests(WebForum forum) : IClassFixture<WebForum>
{
    private const string Form = "form[action^='/mod/']:has([name='__RequestVerificationToken']):not([action^='/mod/undo'])";

    private async Task<Browser> ModeratorAsync() => await forum.SignInAsync((await forum.MemberAsync("Sam Staff", role: SiteRole.Moderator)).Email!);

    [Fact]
    public async Task A_moderator_closes_the_topics_of_a_list_after_one_look_and_undoes_it()
    {
        var (board, asker, moderator) = (await forum.FreshBoardAsync(), await forum.MemberAsync(), await ModeratorAsync());
        var topics = new List<PostedPost>();
        for (var i = 0; i < 3; i++)
            topics.Add(await forum.AskAsync(asker, board, $"Question number {i} of many questions"));
        var address = $"/mod/topics?board={board}";
        var none = await moderator.SubmitAsync(await moderator.GetAsync(address), "button[value=Close]");
        Assert.Equal((HttpStatusCode.BadRequest, true), (none.Status, none.Has(".error")));

        var sure = await moderator.SubmitAsync(await moderator.GetAsync($"{address}&all=true"), "button[value=Close]", ("Topics", $"{topics[1].TopicId}"));
        Assert.Equal("1 topic: Close", sure.TextOf("#sure"));
        Assert.False((await forum.Visitor().GetAsync($"/t/{topics[1].TopicId}/{topics[1].Slug}")).Has("#closed"));
        Assert.True((await moderator.SubmitAsync(sure, Form, ("Closure", "OffTopic"), ("Reason", "Ask the makers."))).IsRedirect);
        Assert.Contains("Ask the makers.", (await forum.Visitor().GetAsync($"/t/{topics[1].TopicId}/{topics[1].Slug}")).TextOf("#closed"), StringComparison.Ordinal);

        var page = await moderator.GetAsync(address);
        Assert.Equal("Topics closed: 1", page.TextOf(".notice.info p"));
        Assert.True((await moderator.SubmitAsync(page, "form[action^='/mod/undo/']")).IsRedirect);
        Assert.False((await forum.Visitor().GetAsync($"/t/{topics[1].TopicId}/{topics[1].Slug}")).Has("#closed"));
    }

    [Fact]
    public async Task A_refused_deed_keeps_what_was_chosen()
    {
        var (board, moderator) = (await forum.FreshBoardAsync(), await ModeratorAsync());
        var topic = await forum.AskAsync(await forum.MemberAsync(), board);
        var sure = await moderator.SubmitAsync(await moderator.GetAsync($"/mod/topics?board={board}&all=true"), "button[value=Move]", ("Topics", $"{topic.TopicId}"));
        var refused = await moderator.SubmitAsync(sure, Form, ("Board", "nowhere"), ("Reason", "They belong there."));
        Assert.Equal((HttpStatusCode.BadRequest, "They belong there.", true), (refused.Status, refused.One("#reason").GetAttribute("value"), refused.Has("#to-error")));
        Assert.True(refused.Has($"input[name='Input.Topics'][value='{topic.TopicId}']"));
    }

    [Fact]
    public async Task A_moderator_of_a_board_sees_its_topics_and_no_new_accounts()
    {
        var (board, other) = (await forum.FreshBoardAsync(), await forum.FreshBoardAsync());
        var (mine, foreign) = (await forum.AskAsync(await forum.MemberAsync(), board), await forum.AskAsync(await forum.MemberAsync(), other));
        var moderator = await forum.SignInAsync((await forum.BoardModeratorAsync(board)).Email!);
        var page = await moderator.GetAsync($"/mod/topics?board={other}");
        Assert.True(page.Has($"input[value='{mine.TopicId}']"));
        Assert.False(page.Has($"input[value='{foreign.TopicId}']"));
        Assert.Equal(HttpStatusCode.NotFound, (await moderator.GetAsync("/mod/newcomers")).Status);
    }

    [Fact]
    public async Task Spammers_go_with_one_confirmation_and_come_back_with_one_button()
    {
        var (board, moderator) = (await forum.FreshBoardAsync(), await ModeratorAsync());
        var spammers = new List<(Member Member, PostedPost Topic)>();
        for (var i = 0; i < 3; i++)
        {
            var spammer = await forum.MemberAsync("Wanda Watch");
            spammers.Add((spammer, await forum.AskAsync(spammer, board, $"Cheap watches number {i} at our shop", "Watches of all kinds are cheap at our shop.")));
        }
        var page = await moderator.GetAsync("/mod/newcomers?all=true&days=1");
        Assert.True(page.Has($"input[value='{spammers[0].Member.Handle}'][checked]"));
        var sure = await moderator.PostAsync("/mod/newcomers", [("_handler", "spam"), ("__RequestVerificationToken", page.Document.QuerySelector("form.many [name='__RequestVerificationToken']")!.GetAttribute("value")!), .. spammers.Select(s => ("Input.Members", s.Member.Handle))]);
        Assert.Equal("Remove 3 members with all posts", sure.TextOf("#sure"));
        var token = sure.Document.QuerySelector("form[aria-labelledby=sure] [name='__RequestVerificationToken']")!.GetAttribute("value")!;
        var done = await moderator.PostAsync("/mod/newcomers", [("_handler", "spam"), ("__RequestVerificationToken", token), ("Input.Sure", "true"), ("Input.Why", "Spam"), .. spammers.Select(s => ("Input.Members", s.Member.Handle))]);
        Assert.True(done.IsRedirect, done.Text);
        foreach (var (_, topic) in spammers)
            Assert.Equal(HttpStatusCode.Gone, (await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).Status);

        page = await moderator.GetAsync("/mod/newcomers");
        Assert.Equal("Spammers removed: 3", page.TextOf(".notice.info p"));
        Assert.False(page.Has($"input[value='{spammers[0].Member.Handle}']"));
        Assert.True((await moderator.SubmitAsync(page, "form[action^='/mod/undo/']")).IsRedirect);
        foreach (var (_, topic) in spammers)
            Assert.Equal(HttpStatusCode.OK, (await forum.Visitor().GetAsync($"/t/{topic.TopicId}/{topic.Slug}")).Status);
    }
}
