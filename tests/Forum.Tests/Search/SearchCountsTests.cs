using Forum.Boards;
using Forum.Search;
using Forum.Topics;

namespace Forum.Tests.Search;

public sealed class SearchCountsTests
{
    private static readonly SearchRequest all = new(null, Counted: true);

    [Theory]
    [InlineData("hops")]
    [InlineData("")]
    [InlineData("hops -dried")]
    [InlineData("\"hops in\"")]
    [InlineData("hops board:help")]
    [InlineData("user:brewster")]
    [InlineData("has:code tag:hops")]
    public async Task Each_filter_leaves_as_many_topics_as_it_says(string query)
    {
        await using var forum = await SceneAsync();
        var seen = new HashSet<SearchRequest>();

        // Every way that is offered is gone to its end; each step must find what was promised.
        async Task NarrowAsync(SearchRequest request)
        {
            var counts = (await forum.FindAsync(query, null, request)).Counts;
            foreach (var (next, topics) in Ways(request, counts))
            {
                Assert.Equal((next, topics), (next, (await forum.FindAsync(query, null, next)).Total));
                if (seen.Add(next))
                    await NarrowAsync(next);
            }
        }

        await NarrowAsync(all);

        Assert.InRange(seen.Count, 2, 200);
    }

    private static IEnumerable<(SearchRequest Next, int Topics)> Ways(SearchRequest request, SearchCounts? counts) => counts is null ? [] :
    [
        .. counts.Boards.Select(b => (request with { Board = b.Value }, b.Topics)),
        .. counts.Tags.Select(t => (request with { Tag = string.Join(' ', request.Tags.Append(t.Value).Order()) }, t.Topics)),
        .. counts.Periods.Where(p => p.Topics > 0).Select(p => (request with { Period = p.Period }, p.Topics)),
        .. new[] { (request with { Solved = true }, counts.Solved), (request with { Solved = false }, counts.Unsolved) }.Where(s => s.Item2 > 0).Select(s => (s.Item1, s.Item2!.Value)),
    ];

    [Fact]
    public async Task What_can_be_chosen_is_told_with_the_most_first_and_what_is_chosen_is_left_out()
    {
        await using var forum = await SceneAsync();

        var counts = (await forum.FindAsync("hops", null, all)).Counts!;
        Assert.Equal([("help", "HELP", 4), ("chat", "CHAT", 1), ("kegs", "KEGS", 1)], counts.Boards.Select(b => (b.Value, b.Name, b.Topics)));
        Assert.Equal([("hops", 4), ("kegging", 1)], counts.Tags.Select(t => (t.Value, t.Topics)));
        Assert.Equal((1, 3), (counts.Solved, counts.Unsolved));
        Assert.Equal([(SearchPeriod.Week, 3), (SearchPeriod.Month, 4), (SearchPeriod.Year, 4)], counts.Periods);

        var narrowed = (await forum.FindAsync("hops", null, all with { Board = "HELP", Tag = "HOPS", Solved = false, Period = SearchPeriod.Month })).Counts!;
        Assert.Equal(["kegs"], narrowed.Boards.Select(b => b.Value));
        Assert.Equal(["kegging"], narrowed.Tags.Select(t => t.Value));
        Assert.Equal((null, null), (narrowed.Solved, narrowed.Unsolved));
        Assert.Equal([SearchPeriod.Week], narrowed.Periods.Select(p => p.Period));
    }

    [Fact]
    public async Task Nothing_is_counted_that_was_not_asked_for_or_not_found()
    {
        await using var forum = await SceneAsync();

        Assert.Null((await forum.FindAsync("hops")).Counts);
        Assert.Null((await forum.FindAsync("xylophone", null, all)).Counts);
        Assert.Equal(0, (await forum.FindAsync("hops", null, all with { Tag = "hops nowhere" })).Total);
    }

    [Fact]
    public async Task A_tag_that_swallowed_another_counts_each_topic_once()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("A beer with both names", "Beer.", null, null, "lager", "pils", "pilsner");
        await forum.AskAsync("A beer with the old name", "Beer.", null, null, "pilsner");
        await forum.CaughtUpAsync();

        foreach (var (name, into) in new[] { ("pilsner", "pils"), ("pils", "lager") })
            _ = (await forum.Engine.Get<MergeTag>().RunAsync(Actor.Operator, name, into, default)).Required;

        Assert.Equal([("lager", 2)], (await forum.FindAsync("beer", null, all)).Counts!.Tags.Select(t => (t.Value, t.Topics)));
        Assert.Empty((await forum.FindAsync("beer", null, all with { Tag = "pils" })).Counts!.Tags);
    }

    [Fact]
    public async Task All_topics_of_a_member_are_counted_and_paged_through()
    {
        await using var forum = await SearchForum.StartAsync();
        var helper = await forum.MemberAsync("helper", "Hal Helper");
        for (var i = 0; i < 5; i++)
        {
            var topic = await forum.AskAsync($"Question with the number {i}", "Some text.");
            await forum.ReplyAsync(topic, "My answer.", helper);
            await forum.ReplyAsync(topic, "And another one.", helper);
        }

        var first = await forum.FindAsync("", null, new(null, Author: "helper", Size: 2));

        Assert.Equal((5, 2, 2), (first.Total, first.Items.Count, first.Next));
    }

    [Fact]
    public async Task A_card_tells_how_many_posts_of_its_topic_are_found_as_a_search_inside_does()
    {
        await using var forum = await SearchForum.StartAsync();
        var topic = await forum.AskAsync("Which glass for a tripel?", "I have a tulip and a mug.", null, null, "glass");
        foreach (var text in new[] { "A tulip.", "Neither, no mug.", "A goblet.", "The tulip glass." })
            await forum.ReplyAsync(topic, text);
        await forum.ShowAsync(topic.Id, 2, Visibility.Hidden);
        await forum.ReplyAsync(topic, "Take a tulip ```of glass```");
        _ = (await forum.Engine.Get<SetSynonyms>().RunAsync(Actor.Operator, null, "chalice, tulip glass", default)).Required;
        await forum.CaughtUpAsync();

        foreach (var (query, posts) in new[] { ("tulip", 3), ("has:code tulip", 1), ("chalice", 1), ("chalice mug", 3), ("tulip mug", 4), ("\"tulip glass\"", 1), ("tripel", 0), ("tag:glass", 0), ("goblet", 1) })
        {
            var item = Assert.Single((await forum.FindAsync(query)).Items);
            Assert.Equal((query, posts), (query, item.Posts));
            if (query != "tag:glass")
                Assert.Equal(posts, (await forum.Engine.Get<TopicSearchQueries>().SearchAsync(Actor.Visitor, topic.Id, query, 1, default)).Required.Total);
        }
    }

    /// <summary>Hops on three boards, in three periods, under two tags; a board for staff, and posts that are hidden.</summary>
    private static async Task<SearchForum> SceneAsync()
    {
        var forum = await SearchForum.StartAsync();
        var other = await forum.MemberAsync("brewster", "Bea Brewster");
        var child = await forum.BoardAsync("kegs", ReadAccess.Everyone, parent: forum.Board.Id);
        var chat = await forum.BoardAsync("chat", ReadAccess.Everyone, BoardKind.Conversation);
        var secret = await forum.BoardAsync("secret", ReadAccess.Staff);
        var old = await forum.AskAsync("Hops in an old cellar", "Hops.\n```\ncode\n```", null, other, "hops");
        await forum.AskAsync("Hops in the talk", "Hops.", chat, null, "hops");
        forum.Engine.Clock.Advance(TimeSpan.FromDays(400));
        var solved = await forum.AskAsync("Hops in a bottle", "Hops.", null, null, "hops");
        await forum.AcceptAsync(await forum.ReplyAsync(solved, "Hops, dried.", other));
        forum.Engine.Clock.Advance(TimeSpan.FromDays(20));
        await forum.AskAsync("Hops in a keg", "Hops.", child, other, "hops", "kegging");
        await forum.AskAsync("Hops in secret", "Hops.", secret, null, "hops", "hidden");
        await forum.ReplyAsync(old, "No answer yet about hops.", other);
        var late = await forum.AskAsync("Something else", "Malt.");
        for (var i = 0; i < SearchDocument.LastOwnNumber; i++)
            await forum.ReplyAsync(late, i < SearchDocument.LastOwnNumber - 1 ? $"Number {i}." : "At last, hops.");
        await forum.CaughtUpAsync();
        return forum;
    }
}
