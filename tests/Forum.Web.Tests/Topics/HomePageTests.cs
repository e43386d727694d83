using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;

namespace Forum.Web.Tests.Topics;

public sealed class HomePageTests
{
    [Fact]
    public async Task An_empty_forum_says_so_kindly()
    {
        await using var forum = await WebForum.StartAsync();
        var page = await forum.Visitor().GetAsync("/");
        Assert.Equal("No forums yet", page.TextOf(".empty h3"));
        Assert.False(page.Has("aside section"));
        Assert.Equal("No forums yet", (await forum.Visitor().GetAsync("/forums")).TextOf(".empty h2"));
    }

    [Fact]
    public async Task Visitors_are_told_what_this_is_and_members_are_not()
    {
        await using var forum = await WebForum.StartAsync();
        await forum.BoardAsync("help");
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, "help");
        await forum.AskAsync(asker, "help", "Another question that nobody solved");
        await forum.AcceptAsync(asker, await forum.ReplyAsync(await forum.MemberAsync(), topic));
        var page = await forum.Visitor().GetAsync("/");
        Assert.Equal("2 questions, 50% solved.", page.TextOf(".hero p"));
        Assert.True(page.Has(".hero form[action='/search'] input[name=q]"));
        Assert.Equal("Board help2 topics · 50% solved", page.TextOf(".boards a"));
        Assert.Single(page.Document.QuerySelectorAll("main"));

        var member = await (await forum.SignUpAsync()).GetAsync("/");
        Assert.False(member.Has(".hero"));
        Assert.Equal("Latest topics", member.TextOf("h1"));
    }

    [Fact]
    public async Task A_change_is_seen_by_visitors_within_a_second()
    {
        await using var forum = await WebForum.StartAsync();
        await forum.BoardAsync("help");
        var asker = await forum.MemberAsync();
        var visitor = forum.Visitor();
        async Task<string> Titles() => string.Join('|', (await visitor.GetAsync("/")).TextsOf(".topics h3"));
        Assert.Equal("", await Titles());
        var topic = await forum.AskAsync(asker, "help");
        await WebForum.HoldsSoonAsync(async () => await Titles() == Scenario.Question, "the question on the home page");

        var reply = await forum.ReplyAsync(await forum.MemberAsync("Preston Hale"), topic);
        await forum.UpvoteAsync(asker, reply);
        await WebForum.HoldsSoonAsync(async () =>
        {
            var page = await visitor.GetAsync("/");
            return page.TextsOf("aside .rows a") is ["Preston H"] && page.TextsOf("aside .rows b") is ["1 upvote"];
        }, "the upvoted member in the rail");

        _ = (await forum.Get<HidePost>().RunAsync((await forum.MemberAsync("Berta Brett", SiteRole.Moderator)).AsActor(), topic.PostId, null, default)).Required;
        await WebForum.HoldsSoonAsync(async () => await Titles() == "", "the hidden question gone");
    }

    [Fact]
    public async Task What_one_may_not_read_is_neither_listed_nor_counted()
    {
        await using var forum = await WebForum.StartAsync();
        await forum.BoardAsync("help");
        await forum.BoardAsync("inside", read: ReadAccess.Members);
        var asker = await forum.MemberAsync();
        await forum.AskAsync(asker, "inside", "A question for members and nobody else");
        var visitor = await forum.Visitor().GetAsync("/");
        Assert.DoesNotContain("inside", visitor.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody else", visitor.Text, StringComparison.Ordinal);
        Assert.False(visitor.Has(".hero p"));
        Assert.Contains("nobody else", (await (await forum.SignUpAsync()).GetAsync("/")).TextOf(".topics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hot_list_leads_to_how_it_is_worked_out()
    {
        await using var forum = await WebForum.StartAsync();
        await forum.BoardAsync("help");
        await forum.AskAsync(await forum.MemberAsync(), "help");
        var list = await forum.Visitor().GetAsync("/?filter=hot");
        Assert.Equal([Scenario.Question], list.TextsOf(".topics h3"));
        var help = await forum.Visitor().GetAsync(list.One(".order a").GetAttribute("href")!);
        Assert.Contains("heat = interest ÷ 2^(age in days ÷ 2)", help.TextOf("#hot"), StringComparison.Ordinal);
        Assert.Contains($"The {Heat.Compared} topics", help.TextOf("#hot"), StringComparison.Ordinal);
        Assert.True(list.Has("footer a[href='/help/lists']"));
    }

    [Theory]
    [InlineData("", "Ask it once. Find it forever.")]
    [InlineData("  ", "Ask it once. Find it forever.")]
    [InlineData("What would you like to <brew>?", "What would you like to <brew>?")]
    public async Task The_headline_is_the_operators_or_the_forums_own(string setting, string shown)
    {
        await using var forum = await WebForum.StartAsync([("Forum:Site:Headline", setting)]);
        Assert.Equal(shown, (await forum.Visitor().GetAsync("/")).TextOf("h1"));
    }

    [Fact]
    public async Task Of_many_boards_the_first_are_shown_and_the_others_led_to()
    {
        await using var forum = await WebForum.StartAsync();
        for (var i = 1; i <= 8; i++)
            await forum.BoardAsync($"board-{i}");
        Assert.Equal("Board board-8", (await forum.Visitor().GetAsync("/")).TextsOf(".boards b")[^1]);
        await forum.BoardAsync("board-9");
        await WebForum.HoldsSoonAsync(async () => (await forum.Visitor().GetAsync("/")).TextsOf(".boards a") is [.., "All forums9 forums"] and { Count: 8 }, "the way to all forums");
    }
}
