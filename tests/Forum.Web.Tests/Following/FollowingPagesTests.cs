using System.Net;
using Forum.Following;
using Forum.Members;
using Forum.Topics;

namespace Forum.Web.Tests.Following;

public sealed class FollowingPagesTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task A_member_goes_on_reading_where_they_stopped()
    {
        var (topic, member, browser) = await SceneAsync(replies: Paging.PageSize + 4);
        var first = await browser.GetAsync(Address(topic));
        Assert.False(first.Has(".since"));
        // Without a script the page itself says how far it shows.
        await browser.GetAsync(first.One("picture source").GetAttribute("srcset")!);
        Assert.Equal("5 posts are new to you.Go on reading", (await browser.GetAsync(Address(topic))).TextOf(".go-on"));

        var unread = await browser.GetAsync($"{Address(topic)}/unread");
        Assert.Equal($"{Address(topic)}?page=2#post-{Paging.PageSize + 1}", unread.Location);
        var second = await browser.GetAsync($"{Address(topic)}?page=2");
        Assert.Equal("New to you from here", second.TextOf(".since"));
        Assert.Equal("post-21", second.One(".since").NextElementSibling!.Id);
        Assert.False(second.Has(".go-on"));
        await browser.GetAsync(second.One("picture source").GetAttribute("srcset")!);
        Assert.False((await browser.GetAsync(Address(topic))).Has(".go-on"));

        Assert.Equal("21–25 of 25", second.TextOf(".position b"));
        Assert.Equal($"{Address(topic)}#post-4", (await browser.GetAsync($"{Address(topic)}?post=4")).Location);
        Assert.Equal($"{Address(topic)}?page=2#post-25", (await forum.Visitor().GetAsync($"{Address(topic)}?post=99999")).Location);
        Assert.Equal($"{Address(topic)}?page=2#post-23", (await forum.Visitor().GetAsync($"{Address(topic)}?post=23")).Location);

        // A visitor is not known, and is not followed.
        Assert.Equal(Address(topic), (await forum.Visitor().GetAsync($"{Address(topic)}/unread")).Location);
        Assert.False((await forum.Visitor().GetAsync(Address(topic))).Has("[data-reading], picture"));
        Assert.Equal(HttpStatusCode.OK, (await forum.Visitor().GetAsync($"/x/read/{topic.TopicId}/1.gif")).Status);
    }

    [Fact]
    public async Task Ones_own_reply_is_not_new_to_oneself()
    {
        var (topic, _, browser) = await SceneAsync(replies: 2);
        var page = await browser.GetAsync(Address(topic));
        await browser.GetAsync(page.One("picture source").GetAttribute("srcset")!);
        var posted = await browser.SubmitAsync(page, "#reply form", ("Markdown", "This is what I think."));
        page = await browser.FollowAsync(posted);
        Assert.Equal("This is what I think.", page.TextOf("#post-4 .body"));
        Assert.False(page.Has(".since, .go-on"));
    }

    [Fact]
    public async Task Other_orders_than_that_of_writing_say_nothing_about_what_was_read()
    {
        var (topic, _, browser) = await SceneAsync(replies: 2);
        Assert.False((await browser.GetAsync($"{Address(topic)}?sort=newest")).Has("[data-reading], picture"));
        Assert.False((await browser.GetAsync($"{Address(topic)}?sort=votes")).Has("[data-reading], picture"));
    }

    [Fact]
    public async Task Lists_tell_members_what_is_new_and_what_is_unread()
    {
        var (topic, member, browser) = await SceneAsync(replies: 2);
        var board = (await browser.GetAsync(Address(topic))).Document.QuerySelectorAll("nav[aria-label=Breadcrumb] a")[^1].GetAttribute("href")!;
        Assert.Equal("New", (await browser.GetAsync(board)).TextOf(".topics .fresh"));
        Assert.Equal(["Latest", "New", "Unread"], (await browser.GetAsync(board)).TextsOf(".tabs a").Take(3));
        Assert.DoesNotContain("New", (await forum.Visitor().GetAsync(board)).TextsOf(".tabs a"));

        forum.Get<ReadMarks>().Note(member.Id, topic.TopicId, 1);
        await forum.Get<ReadMarks>().FlushAsync(default);
        var unread = await browser.GetAsync($"{board}?filter=unread");
        Assert.Equal("2 unread", unread.TextOf(".topics .fresh"));
        Assert.Equal($"{Address(topic)}/unread", unread.One(".topics a.fresh").GetAttribute("href"));
        forum.Get<ReadMarks>().Note(member.Id, topic.TopicId, 3);
        Assert.Equal("You have read every reply in the topics you opened.", (await browser.GetAsync($"{board}?filter=unread")).TextOf(".empty p"));
        Assert.Equal("Sign in, and the forum remembers what you have read.", (await forum.Visitor().GetAsync($"{board}?filter=unread")).TextOf(".empty p"));
    }

    [Fact]
    public async Task All_topics_are_read_at_the_press_of_a_button()
    {
        var (topic, _, browser) = await SceneAsync(replies: 1);
        var list = await browser.GetAsync("/?filter=new");
        Assert.Contains(Address(topic), list.Document.QuerySelectorAll(".topics h3 a").Select(a => a.GetAttribute("href")));
        var answer = await browser.SubmitAsync(list, "form[action='/mark-all-read']");
        Assert.Equal("/?filter=new", answer.Location);
        Assert.False((await browser.GetAsync("/?filter=new")).Has(".topics"));
    }

    [Fact]
    public async Task Page_options_follow_mute_keep_and_put_back()
    {
        var (topic, member, browser) = await SceneAsync(replies: 1);
        await browser.GetAsync($"/x/read/{topic.TopicId}/2.gif");
        var page = await browser.GetAsync(Address(topic));
        Assert.Equal(["Follow this topic", "Mute this topic", "Bookmark this topic", "Mark as unread", "Copy link", "Print view", "History", "Feed of this topic", "Report", "Ask a new question"], page.TextsOf(".topic-head .menu :is(button, a)"));

        Assert.Equal(Address(topic), (await browser.SubmitAsync(page, Watch(topic), ("level", nameof(WatchLevel.Watching)))).Location);
        page = await browser.GetAsync(Address(topic));
        Assert.Contains("Stop following", page.TextsOf(".topic-head button"));
        await browser.SubmitAsync(page, Watch(topic), ("level", nameof(WatchLevel.Muted)));
        page = await browser.GetAsync(Address(topic));
        Assert.Contains("No longer mute", page.TextsOf(".topic-head button"));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync(page, Watch(topic), ("level", "closely"))).Status);
        await browser.SubmitAsync(page, Watch(topic), ("level", nameof(WatchLevel.Normal)));

        await browser.SubmitAsync(page, $".topic-head form[action='/posts/{topic.PostId}/bookmark']", ("takeBack", "false"));
        var bookmarks = await browser.GetAsync("/bookmarks");
        Assert.Equal(Scenario.Question, bookmarks.TextOf(".drafts h2 a"));
        await browser.SubmitAsync(bookmarks, ".drafts form", ("takeBack", "true"));
        Assert.Equal("No bookmarks", (await browser.GetAsync("/bookmarks")).TextOf(".empty h2"));
        Assert.Contains("/account/sign-in", (await forum.Visitor().GetAsync("/bookmarks")).Location!, StringComparison.Ordinal);

        await forum.Get<ReadMarks>().FlushAsync(default);
        var back = await browser.SubmitAsync(page, $"form[action='/t/{topic.TopicId}/mark-unread']");
        Assert.StartsWith("/forums/", back.Location, StringComparison.Ordinal);
        Assert.Equal("2 unread", (await browser.GetAsync(back.Location!)).TextOf(".topics .fresh"));
    }

    [Fact]
    public async Task A_topic_is_printed_whole_and_without_deeds()
    {
        var (topic, _, browser) = await SceneAsync(replies: Paging.PageSize + 4);
        foreach (var reader in new[] { browser, forum.Visitor() })
        {
            var page = await reader.GetAsync($"{Address(topic)}/print");
            Assert.Equal(Paging.PageSize + 5, page.Document.QuerySelectorAll("article").Length);
            Assert.False(page.Has("main form, main button, main textarea"));
            Assert.Equal("noindex", page.One("meta[name=robots]").GetAttribute("content"));
        }
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/t/999999/nothing/print")).Status);
    }

    [Fact]
    public async Task A_topic_has_a_feed_of_its_replies_for_those_whom_the_board_is_open_to()
    {
        var (topic, _, _) = await SceneAsync(replies: 2);
        var feed = System.Xml.Linq.XDocument.Parse((await forum.Visitor().GetAsync($"/feeds/t/{topic.TopicId}.atom")).Text);
        System.Xml.Linq.XNamespace atom = "http://www.w3.org/2005/Atom";
        Assert.Equal(["Remark 2.", "Remark 1.", Scenario.Body], feed.Root!.Elements(atom + "entry").Select(e => e.Element(atom + "summary")!.Value));

        var (asker, board) = (await forum.MemberAsync("Ada Admin", SiteRole.Admin), $"b{Guid.NewGuid():N}"[..12]);
        await forum.BoardAsync(board, read: Forum.Boards.ReadAccess.Staff);
        var secret = await forum.AskAsync(asker, board);
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync($"/feeds/t/{secret.TopicId}.atom")).Status);
    }

    private async Task<(PostedPost Topic, Member Reader, Browser Browser)> SceneAsync(int replies)
    {
        var (reader, asker, board) = (await forum.MemberAsync("Rita Reader"), await forum.MemberAsync(), $"b{Guid.NewGuid():N}"[..12]);
        await forum.BoardAsync(board);
        var topic = await forum.AskAsync(asker, board);
        for (var number = 1; number <= replies; number++)
            await forum.ReplyAsync(asker, topic, $"Remark {number}.");
        var browser = forum.Visitor();
        await browser.SignInAsync(reader.Email!);
        return (topic, reader, browser);
    }

    private static string Address(PostedPost topic) => $"/t/{topic.TopicId}/{topic.Slug}";

    private static string Watch(PostedPost topic) => $"form[action='/t/{topic.TopicId}/watch']";
}
