using System.Net;
using System.Xml.Linq;
using Forum.Boards;

namespace Forum.Web.Tests.Host;

public sealed class ReadingTests
{
    [Fact]
    public async Task A_question_is_found_by_search_tag_author_feed_and_sitemap()
    {
        await using var forum = await WebForum.StartAsync();
        await forum.BoardAsync("help");
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, "help", tags: "handover");
        await forum.UpvoteAsync(await forum.MemberAsync("Kwame Osei"), topic);
        await forum.ReplyAsync(asker, topic);
        var visitor = forum.Visitor();

        await WebForum.HoldsSoonAsync(async () => (await visitor.GetAsync("/search?q=agency")).TextsOf(".results h3") is [Scenario.Question], "the question in the search");
        Assert.Contains("agency", (await visitor.GetAsync("/search?q=agency")).TextsOf(".results mark"));
        Assert.Equal(["handover"], (await visitor.GetAsync("/tags")).TextsOf(".tag-list a"));
        Assert.Equal([Scenario.Question], (await visitor.GetAsync("/tags/handover")).TextsOf(".topics h3"));
        Assert.Equal([Scenario.Question], (await visitor.GetAsync($"/members/{asker.Handle}")).TextsOf(".topics h3"));
        Assert.Equal(["Ines R"], (await visitor.GetAsync("/leaderboard?period=week")).TextsOf(".leaders a"));
        XNamespace atom = "http://www.w3.org/2005/Atom";
        Assert.Equal(Scenario.Question, XDocument.Parse((await visitor.GetAsync("/feeds/latest.atom")).Text).Root!.Element(atom + "entry")!.Element(atom + "title")!.Value);
        Assert.Contains($"/t/{topic.TopicId}/{topic.Slug}", (await visitor.GetAsync("/sitemap.xml?part=0")).Text, StringComparison.Ordinal);
        Assert.Contains("Sitemap:", (await visitor.GetAsync("/robots.txt")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_members_alone_may_read_is_in_no_list_for_visitors()
    {
        await using var forum = await WebForum.StartAsync();
        await forum.BoardAsync("inside", read: ReadAccess.Members);
        var asker = await forum.TrustedAsync(Rights.TaggingTrust);
        var topic = await forum.AskAsync(asker, "inside", tags: "secret");
        await forum.UpvoteAsync(await forum.MemberAsync("Kwame Osei"), topic);
        await forum.ReplyAsync(asker, topic);
        await forum.CaughtUpAsync();

        foreach (var address in new[] { "/search?q=agency", "/tags", $"/members/{asker.Handle}", "/leaderboard?period=all", "/feeds/latest.atom", "/sitemap.xml?part=0" })
            Assert.DoesNotContain("agency?", (await forum.Visitor().GetAsync(address)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync("/tags/secret")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await forum.Visitor().GetAsync("/feeds/forums/inside.atom")).Status);
    }

    [Theory]
    [InlineData("/search?q=%00%22%29+AND+*%3A*+~~~+%F0%9F%92%A9")]
    [InlineData("/search?page=99999999999&solved=maybe&board=%27")]
    [InlineData("/leaderboard?period=never")]
    [InlineData("/?filter=nonsense&after=x-y")]
    public async Task Check_53_no_query_is_an_error(string address)
    {
        await using var forum = await WebForum.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await forum.Visitor().GetAsync(address)).Status);
    }

    [Fact]
    public async Task Health_is_told_to_whoever_asks()
    {
        await using var forum = await WebForum.StartAsync();
        Assert.Equal("alive", (await forum.Visitor().GetAsync("/health/live")).Text);
        await WebForum.HoldsSoonAsync(async () => (await forum.Visitor().GetAsync("/health/ready")).Text == "ready", "readiness");
    }
}
