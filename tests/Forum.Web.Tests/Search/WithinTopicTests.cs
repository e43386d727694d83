using System.Net;
using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;

namespace Forum.Web.Tests.Search;

public sealed class WithinTopicTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task A_long_topic_is_searched_by_its_own_form_and_each_post_found_is_led_to()
    {
        await forum.BoardAsync("long");
        var (asker, helper) = (await forum.MemberAsync(), await forum.MemberAsync("Preston Hale"));
        var topic = await forum.AskAsync(asker, "long", "Who knows a good cellar for cider?");
        for (var number = 2; number <= 7; number++)
            await forum.ReplyAsync(helper, topic, number == 5 ? "The one <below> the mill keeps a cool head." : $"Not number {number}.");
        var other = await forum.AskAsync(asker, "long", "Another topic with a mill in its words", "A mill is not a cellar, is it?");
        await forum.CaughtUpAsync();
        var visitor = forum.Visitor();

        var page = await visitor.GetAsync($"/t/{topic.TopicId}/{topic.Slug}");
        Assert.Equal($"{topic.TopicId}", page.One("form.within input[name=topic]").GetAttribute("value"));
        Assert.Equal("/search", page.One("form.within").GetAttribute("action"));
        Assert.False((await visitor.GetAsync($"/t/{other.TopicId}/{other.Slug}")).Has("form.within"));

        var found = await visitor.GetAsync($"/search?q=cool+mill&topic={topic.TopicId}");
        Assert.Equal(["Preston H #5"], found.TextsOf(".results h3 a"));
        Assert.Equal("The one <below> the mill keeps a cool head.", found.TextOf(".snippet"));
        Assert.Equal(["mill", "cool"], found.TextsOf(".snippet mark"));
        Assert.Equal($"/t/{topic.TopicId}/{topic.Slug}/5", found.One(".results h3 a").GetAttribute("href"));
        Assert.Equal(["Community", "Who knows a good cellar for cider?"], found.TextsOf("nav[aria-label=Breadcrumb] a"));
        Assert.Equal("cool mill", found.One("main input[name=q]").GetAttribute("value"));
        Assert.Equal("noindex", found.One("meta[name=robots]").GetAttribute("content"));
        // The same words in another topic are another page.
        Assert.Equal(["Ines R #1"], (await visitor.GetAsync($"/search?q=cool+mill&topic={other.TopicId}")).TextsOf(".results h3 a"));

        var nothing = await visitor.GetAsync($"/search?q=xylophone&topic={topic.TopicId}");
        Assert.Equal("Nothing found in this topic", nothing.TextOf(".empty h2"));
        Assert.Equal("/search?q=xylophone", nothing.One(".empty a").GetAttribute("href"));
        Assert.False((await visitor.GetAsync($"/search?topic={topic.TopicId}")).Has(".empty, .results"));
    }

    [Fact]
    public async Task What_one_may_not_read_is_not_found_by_searching_inside()
    {
        await forum.BoardAsync("open");
        await forum.BoardAsync("shut", read: ReadAccess.Staff);
        var moderator = await forum.MemberAsync("Berta Brett", SiteRole.Moderator);
        var secret = await forum.AskAsync(moderator, "shut", "A word for moderators and nobody else");
        var topic = await forum.AskAsync(moderator, "open", "A word for everybody who comes by");
        foreach (var deed in new[] { "hidden", "deleted" })
        {
            var reply = await forum.ReplyAsync(moderator, topic, $"A porcupine that is {deed}.");
            _ = deed == "hidden" ? (await forum.Get<HidePost>().RunAsync(moderator.AsActor(), reply.PostId, null, default)).Required
                : (await forum.Get<DeletePost>().RunAsync(moderator.AsActor(), reply.PostId, default)).Required;
        }
        _ = (await forum.Get<WriteNote>().RunAsync(moderator.AsActor(), new(topic.TopicId, "A porcupine among us.", null, null), default)).Required;
        await forum.CaughtUpAsync();

        foreach (var browser in new[] { forum.Visitor(), await forum.SignUpAsync() })
        {
            var page = await browser.GetAsync($"/search?q=word&topic={secret.TopicId}");
            Assert.Equal(HttpStatusCode.NotFound, page.Status);
            Assert.DoesNotContain("A word for moderators", page.Text, StringComparison.Ordinal);
            Assert.False((await browser.GetAsync($"/search?q=porcupine&topic={topic.TopicId}")).Has(".results"));
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/search?q=word&topic=4711")).Status);
        }
    }
}
