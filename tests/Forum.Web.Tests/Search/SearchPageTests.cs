
namespace Forum.Web.Tests.Search;

public sealed class SearchPageTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task A_search_is_narrowed_by_links_that_tell_how_much_they_leave_and_are_taken_back_by_others()
    {
        await forum.BoardAsync("mills");
        await forum.BoardAsync("kilns");
        var (asker, helper) = (await forum.MemberAsync(), await forum.MemberAsync("Preston Hale"));
        var solved = await forum.AskAsync(asker, "mills", "Who mends a wheatstone quern?", "Mine has a crack in the middle.", "stone");
        await forum.AcceptAsync(asker, await forum.ReplyAsync(helper, solved, "A mason mends any quern & stone."));
        await forum.AskAsync(asker, "mills", "May a quern stand outside?", "The quern, I mean it, in the rain.", "stone", "weather");
        await forum.AskAsync(asker, "kilns", "Can a kiln bake a quern?", "I am asking for a friend of mine.");
        await forum.CaughtUpAsync();
        var visitor = forum.Visitor();

        var page = await visitor.GetAsync("/search?q=quern");
        Assert.Equal("3 topics found", page.TextOf(".replies-head h2"));
        Assert.Equal(
            ["Solved 1 topic", "Without a solution 2 topics", "Past week 3 topics", "Past month 3 topics", "Past year 3 topics", "Board mills 2 topics", "Board kilns 1 topic", "stone 2 topics", "weather 1 topic"],
            page.TextsOf(".narrow-down li"));
        Assert.False(page.Has(".chosen"));

        async Task<Answer> FollowAsync(Answer from, string words)
        {
            var link = Assert.Single(from.Document.QuerySelectorAll(".narrow-down a, .chosen a"), a => a.TextContent.Contains(words, StringComparison.Ordinal));
            return await visitor.GetAsync(link.GetAttribute("href")!);
        }

        page = await FollowAsync(await FollowAsync(await FollowAsync(await FollowAsync(page, "Board mills"), "Without a solution"), "stone"), "Past month");
        Assert.Equal(["May a quern stand outside?"], page.TextsOf(".results h3"));
        Assert.Equal(["Board mills (take away)", "Tag: stone (take away)", "Without a solution (take away)", "Past month (take away)"], page.TextsOf(".chosen li"));

        // Other words keep what the search is narrowed to.
        Assert.Equal(["board=mills", "tag=stone", "solved=false", "period=month"], page.Document.QuerySelectorAll("main form input[type=hidden]").Select(i => $"{i.GetAttribute("name")}={i.GetAttribute("value")}"));

        page = await FollowAsync(await FollowAsync(await FollowAsync(page, "Without a solution"), "Tag: stone"), "Past month");
        Assert.Equal("2 topics found", page.TextOf(".replies-head h2"));
        Assert.Equal("/search?q=quern&board=mills", page.Message.RequestMessage!.RequestUri!.PathAndQuery);

        page = await visitor.GetAsync("/search?q=quern&board=kilns&solved=true");
        Assert.Equal("Nothing found", page.TextOf(".empty h2"));
        Assert.Equal(2, page.Document.QuerySelectorAll(".chosen a").Length);
    }

    [Fact]
    public async Task A_card_tells_all_that_helps_to_choose()
    {
        await forum.BoardAsync("looms");
        var (asker, helper) = (await forum.MemberAsync(), await forum.MemberAsync("Preston Hale"));
        var topic = await forum.AskAsync(asker, "looms", "How do I string a heddle?", "The heddle came loose again.", "weaving");
        var answer = await forum.ReplyAsync(helper, topic, "Tie <each> heddle twice.");
        await forum.AcceptAsync(asker, answer);
        await forum.CaughtUpAsync();
        var visitor = forum.Visitor();

        var page = await visitor.GetAsync("/search?q=heddle&sort=newest");
        var card = page.One(".results li");

        Assert.Equal($"/t/{topic.TopicId}/{topic.Slug}/2", card.QuerySelector("h3 a")!.GetAttribute("href"));
        Assert.Equal("Tie <each> heddle twice.", page.TextOf(".results .snippet"));
        Assert.Equal(["Solved", "Board looms", "weaving"], page.TextsOf(".results .pill"));
        Assert.Contains("Preston H", page.TextOf(".results .foot"), StringComparison.Ordinal);
        var inside = Assert.Single(card.QuerySelectorAll(".foot a"), a => a.TextContent == "2 matching posts").GetAttribute("href")!;
        Assert.Equal("2 posts found", (await visitor.GetAsync(inside)).TextOf(".card h2"));
        Assert.Equal("It has these of your words: heddle. It has an accepted solution, which counts more.", page.TextOf(".results details.why p"));
    }

    [Fact]
    public async Task A_search_field_has_what_its_suggestions_need_and_searches_without_them()
    {
        await forum.BoardAsync("flutes");
        var asker = await forum.MemberAsync("Ocarina Olsen");
        var topic = await forum.AskAsync(asker, "flutes", "Where do ocarinas come from?", "Somebody told me of clay.", "ocarina");
        await forum.CaughtUpAsync();
        var visitor = forum.Visitor();

        var field = (await visitor.GetAsync("/forums")).One("form[role=search] input[name=q]");
        Assert.Equal("/search", field.ParentElement!.GetAttribute("action"));
        Assert.Equal(System.Net.HttpStatusCode.OK, (await visitor.GetAsync($"/{field.GetAttribute("data-suggest")}")).Status);

        Assert.Equal(
            $$"""{"items":[{"text":"Where do ocarinas come from?","note":"","icon":"chat","url":"/t/{{topic.TopicId}}/{{topic.Slug}}"},{"text":"ocarina","note":"Tag","icon":"tag","url":"/tags/ocarina"},{"text":"Ocarina O","note":"@{{asker.Handle}}","icon":"user","url":"/members/{{asker.Handle}}"}],"says":"3 suggestions, with the arrow keys"}""",
            (await visitor.GetAsync("/x/suggest?q=ocarina")).Text);
        Assert.Equal("""{"items":[],"says":"0 suggestions, with the arrow keys"}""", (await visitor.GetAsync("/x/suggest")).Text);
    }

    [Fact]
    public async Task Whoever_asks_for_suggestions_faster_than_anybody_types_is_told_to_wait()
    {
        await using var busy = await WebForum.StartAsync([("Forum:Limits:Enabled", "true")]);
        var visitor = busy.Visitor();
        var statuses = new HashSet<System.Net.HttpStatusCode>();
        for (var i = 0; i < 300; i++)
            statuses.Add((await visitor.GetAsync("/x/suggest?q=x")).Status);
        Assert.Equal([System.Net.HttpStatusCode.OK, System.Net.HttpStatusCode.TooManyRequests], statuses);
    }

    [Theory]
    [InlineData("/search?q=x&period=century&sort=7&solved=perhaps&page=-1&tag=,&board=%20")]
    [InlineData("/search?tag=a,b+c,d,e,f,g,h&author=%F0%9F%92%A9&period=2")]
    public async Task What_an_address_says_wrongly_is_passed_over(string address) => Assert.Equal(System.Net.HttpStatusCode.OK, (await forum.Visitor().GetAsync(address)).Status);
}
