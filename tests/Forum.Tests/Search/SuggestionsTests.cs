using Forum.Boards;
using Forum.Members;
using Forum.Search;
using Forum.Topics;

namespace Forum.Tests.Search;

public sealed class SuggestionsTests
{
    [Fact]
    public async Task No_more_documents_are_looked_at_than_was_said_however_many_segments_hold_them()
    {
        await using var forum = await SearchForum.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await forum.AskAsync($"How do I clean copper kettle {i}?", "It is green.");
            await forum.CaughtUpAsync();
        }
        var looked = forum.Index.Search(searcher =>
        {
            Assert.True(searcher.IndexReader.Leaves.Count > 1);
            var collector = new TopicCollector(10, SearchSort.Newest, 0, most: 3);
            searcher.Search(new Lucene.Net.Search.MatchAllDocsQuery(), collector);
            return collector.Looked;
        });
        Assert.Equal(3, looked);
    }

    [Theory]
    [InlineData("copp")]
    [InlineData("COPPER ket")]
    [InlineData("how do i clean")]
    [InlineData("how to clean a kettle")]
    [InlineData("kettle clea")]
    [InlineData("œu")]
    [InlineData("oeuv")]
    [InlineData("ビー")]
    [InlineData("c#")]
    [InlineData("extraordinarilylongwor")]
    public async Task A_title_is_suggested_by_what_its_words_begin_with(string typed)
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("How do I clean a copper kettle?", "Kept œuvre ビール c# extraordinarilylongword.");
        await forum.AskAsync("Œuvres and ビール in C# with extraordinarilylongwords", "How do I clean a copper kettle?");

        var title = Assert.Single((await FindAsync(forum, typed)).Topics).Title;

        Assert.Equal(char.IsAscii(typed[0]) && typed is not ("c#" or "oeuv") && !typed.StartsWith('e'), title.StartsWith("How", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("a")]
    [InlineData("?!")]
    [InlineData("kettles of fish")]
    [InlineData("brew")]
    public async Task Nothing_is_suggested_where_too_little_was_typed_or_nothing_begins_so(string? typed)
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("A kettle for homebrewers", "Brew with it.");

        Assert.Equivalent(Suggested.Nothing, await FindAsync(forum, typed));
    }

    [Fact]
    public async Task The_solved_topic_comes_first_and_no_more_are_shown_than_a_glance_takes_in()
    {
        await using var forum = await SearchForum.StartAsync();
        var solved = await forum.AskAsync("Kettle number zero", "Old.");
        await forum.AcceptAsync(await forum.ReplyAsync(solved, "Yes."));
        for (var i = 1; i < 8; i++)
            await forum.AskAsync($"Kettle with the number {i}", "New.");

        var topics = (await FindAsync(forum, "kett")).Topics;

        Assert.Equal(("Kettle number zero", true), (topics[0].Title, topics[0].Solved));
        Assert.Equal(5, topics.Count);
    }

    [Fact]
    public async Task Tags_are_suggested_by_their_names_and_by_those_that_stand_for_them()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("Which yeast is best?", "Any.", null, null, "brewing", "yeast");
        await forum.AskAsync("Which malt is best?", "Any.", null, null, "brewing", "breads");
        _ = (await forum.Engine.Get<CreateTag>().RunAsync(Actor.Operator, "brett", null, default)).Required;
        _ = (await forum.Engine.Get<CreateTag>().RunAsync(Actor.Operator, "bronze", null, default)).Required;
        _ = (await forum.Engine.Get<MergeTag>().RunAsync(Actor.Operator, "saccharomyces", "yeast", default)).Required;

        Assert.Equal(["brewing", "breads", "brett"], (await FindAsync(forum, "br")).Tags);
        Assert.Equal(["brewing"], (await FindAsync(forum, "#BREW")).Tags);
        Assert.Equal(["yeast"], (await FindAsync(forum, "sacch")).Tags);
        Assert.Empty((await FindAsync(forum, "which yeast")).Tags);
    }

    [Theory]
    [InlineData("adaa", "ada")]
    [InlineData("@Ada", "ada")]
    [InlineData("ada-", "ada-l")]
    [InlineData("Zoë B", "zoeb")]
    [InlineData("Zoë Bau", null)]
    [InlineData("Baum", null)]
    public async Task Members_are_suggested_by_their_handles_and_shown_as_the_policy_lets_them_be_seen(string typed, string? handle)
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.MemberAsync("adaasker", "Ada Asker");
        await forum.MemberAsync("ada-l", "Ada Lovelace");
        await forum.MemberAsync("zoeb2", "Zoë Baum");

        var found = (await FindAsync(forum, typed)).Members;

        if (handle is null)
            Assert.Empty(found);
        else
            Assert.StartsWith(handle, found[0].Handle, StringComparison.Ordinal);
        Assert.All(found, m => Assert.Matches(@"^\w+ [A-Z]$", m.DisplayName));
    }

    [Fact]
    public async Task What_one_may_not_read_is_not_suggested()
    {
        await using var forum = await SearchForum.StartAsync();
        var secret = await forum.BoardAsync("secret", ReadAccess.Staff);
        await forum.AskAsync("Kettles for the staff", "Psst.", secret, null, "kettledrum");
        var hidden = await forum.AskAsync("Kettles that are hidden", "Psst.", null, null, "kettlecorn");
        await forum.ShowAsync(hidden.Id, 1, Visibility.Hidden);
        var staff = Actor.Member((await forum.MemberAsync("boss", "Bob Boss", SiteRole.Moderator)).Id);

        foreach (var actor in new[] { Actor.Visitor, Actor.Member(forum.Asker.Id) })
            Assert.Equivalent(Suggested.Nothing, await FindAsync(forum, "kettle", actor));
        var found = await FindAsync(forum, "kettle", staff);
        Assert.Equal(["Kettles for the staff"], found.Topics.Select(t => t.Title));
        Assert.Equal(["kettledrum"], found.Tags);
    }

    private static async Task<Suggested> FindAsync(SearchForum forum, string? typed, Actor? actor = null)
    {
        await forum.CaughtUpAsync();
        return await forum.Engine.Get<Suggestions>().FindAsync(actor ?? Actor.Visitor, typed, default);
    }
}
