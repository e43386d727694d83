using System.Net;
using Forum.Boards;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Boards;

public sealed class BoardPageTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task A_board_shows_the_way_to_it_its_topics_and_the_boards_below()
    {
        await forum.BoardAsync("trade");
        await forum.BoardAsync("invoices", parent: "trade");
        await forum.BoardAsync("currencies", parent: "invoices");
        var asker = await forum.MemberAsync("Muhammad Ali");
        var topic = await forum.AskAsync(asker, "invoices");
        var reply = await forum.ReplyAsync(await forum.MemberAsync("Preston Hale"), topic);
        await forum.AcceptAsync(asker, reply);

        var page = await forum.Visitor().GetAsync("/forums/invoices");
        Assert.Equal(["Community", "Forums", "Board trade", "Board invoices"], page.TextsOf("nav[aria-label=Breadcrumb] a"));
        Assert.Equal("Board invoices", page.TextOf("h1"));
        Assert.Equal(["Board currencies"], page.TextsOf(".board-list h2"));
        Assert.Equal([Scenario.Question], page.TextsOf(".topics h3"));
        Assert.Equal("1solved", page.TextOf(".state.solved"));
        Assert.Equal("Choose Transfer and invite the other owner.", page.TextOf(".excerpt"));
        Assert.Contains("Preston H replied", page.TextOf(".topics .foot"), StringComparison.Ordinal);
        Assert.Equal("/ask?board=invoices", page.One(".page-head .btn.primary").GetAttribute("href"));
        Assert.Equal("http://localhost:5080/forums/invoices", page.One("link[rel=canonical]").GetAttribute("href"));
        Assert.Contains("BreadcrumbList", page.TextOf("script[type='application/ld+json']"), StringComparison.Ordinal);

        var all = await forum.Visitor().GetAsync("/forums");
        Assert.Contains(all.TextsOf(".board-list > li"), text => text.Contains("Board trade", StringComparison.Ordinal) && text.EndsWith("1 topic100% solved", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_goes_on_by_key_and_every_topic_is_on_one_page_only()
    {
        await forum.BoardAsync("long");
        var asker = await forum.MemberAsync();
        for (var i = 1; i <= Paging.PageSize + 3; i++)
            await forum.AskAsync(asker, "long", $"Question number {i} of a long list");
        var first = await forum.Visitor().GetAsync("/forums/long");
        var second = await forum.Visitor().GetAsync(first.One("a[rel=next]").GetAttribute("href")!);
        Assert.Equal(Paging.PageSize, first.TextsOf(".topics h3").Count);
        Assert.Equal(["Question number 3 of a long list", "Question number 2 of a long list", "Question number 1 of a long list"], second.TextsOf(".topics h3"));
        Assert.False(second.Has("a[rel=next]"));
        Assert.Equal(first.One("link[rel=canonical]").GetAttribute("href"), second.One("link[rel=canonical]").GetAttribute("href"));
    }

    [Fact]
    public async Task Filters_show_what_they_name()
    {
        await forum.BoardAsync("filtered");
        var asker = await forum.MemberAsync();
        await forum.AskAsync(asker, "filtered", "Nobody has replied to this question");
        var open = await forum.AskAsync(asker, "filtered", "This one has a reply but no solution");
        await forum.ReplyAsync(asker, open);
        var solved = await forum.AskAsync(asker, "filtered", "This one was solved with a fine reply");
        await forum.AcceptAsync(asker, await forum.ReplyAsync(await forum.MemberAsync(), solved));
        await forum.UpvoteAsync(await forum.MemberAsync(), open);

        async Task<IReadOnlyList<string>> Titles(string filter) => (await forum.Visitor().GetAsync($"/forums/filtered?filter={filter}")).TextsOf(".topics h3 a");
        Assert.Equal(["Nobody has replied to this question"], await Titles("unanswered"));
        Assert.Equal(["This one has a reply but no solution", "Nobody has replied to this question"], await Titles("unsolved"));
        Assert.Equal(["This one was solved with a fine reply"], await Titles("solved"));
        Assert.Equal("This one has a reply but no solution", (await Titles("top"))[0]);
        Assert.Equal(["This one has a reply but no solution", "This one was solved with a fine reply", "Nobody has replied to this question"], await Titles("hot"));
        Assert.Equal(3, (await Titles("such-a-filter-does-not-exist")).Count);
    }

    [Fact]
    public async Task Pinned_topics_stand_first_on_the_first_page_and_once()
    {
        await forum.BoardAsync("pinned");
        var asker = await forum.MemberAsync();
        var old = await forum.AskAsync(asker, "pinned", "Please read this before you ask");
        await forum.AskAsync(asker, "pinned", "A question that came after it");
        await using (var db = forum.Db())
            await db.Topics.Where(t => t.Id == old.TopicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.Pinned, true));
        var page = await forum.Visitor().GetAsync("/forums/pinned");
        Assert.Equal(["Please read this before you ask", "A question that came after it"], page.TextsOf(".topics h3 a"));
    }

    [Fact]
    public async Task An_empty_board_invites_and_an_empty_filter_leads_back()
    {
        await forum.BoardAsync("void");
        Assert.Equal("No questions yet", (await forum.Visitor().GetAsync("/forums/void")).TextOf(".empty h3"));
        Assert.Equal("/forums/void", (await forum.Visitor().GetAsync("/forums/void?filter=solved")).One(".empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task A_board_of_conversations_offers_no_filter_about_solutions()
    {
        await forum.BoardAsync("talk", BoardKind.Conversation);
        await forum.AskAsync(await forum.MemberAsync(), "talk", "What are you reading this winter?");
        Assert.Equal(["Latest", "Hot", "Top"], (await forum.Visitor().GetAsync("/forums/talk")).TextsOf(".tabs a"));
    }

    [Fact]
    public async Task Only_staff_are_invited_to_post_announcements()
    {
        await forum.BoardAsync("news", BoardKind.Announcements);
        Assert.False((await forum.Visitor().GetAsync("/forums/news")).Has(".page-head .btn"));
        var staff = await forum.SignInAsync((await forum.MemberAsync("Valeria Kova", SiteRole.Manager)).Email!);
        Assert.True((await staff.GetAsync("/forums/news")).Has(".page-head .btn.primary"));
    }

    [Fact]
    public async Task A_board_that_one_may_not_read_is_not_there()
    {
        await forum.BoardAsync("secret", read: ReadAccess.Staff);
        foreach (var browser in new[] { forum.Visitor(), await forum.SignUpAsync() })
        {
            var page = await browser.GetAsync("/forums/secret");
            Assert.Equal(HttpStatusCode.NotFound, page.Status);
            Assert.Equal("This page is not here", page.TextOf("h1"));
            Assert.Equal(page.TextOf("main"), (await browser.GetAsync("/forums/no-such-board")).TextOf("main"));
            Assert.DoesNotContain("secret", (await browser.GetAsync("/forums")).Text, StringComparison.Ordinal);
        }
    }
}
