using Forum.Members;
using Forum.Search;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Search;

public sealed class SynonymsTests
{
    [Theory]
    [InlineData("agency, Firm, companies", "firm", "company for firm")]
    [InlineData("agency, Firm, companies", "company", "")]
    [InlineData("two-factor authentication, 2fa", "2fa", "two-factor authentication for 2fa")]
    [InlineData("2fa, two-factor authentication", "two factor authentication please", "")]
    [InlineData("token, two-factor authentication", "TWO-factor AUTHENTICATION", "")]
    [InlineData("e-mail, mailbox", "mailbox", "e-mail for mailbox")]
    [InlineData("e-mail, mailbox", "mailboxes in:title", "e-mail for mailboxes")]
    [InlineData("ビール, beer", "ビール", "beer for ビール")]
    public async Task Whoever_searches_for_a_word_of_a_group_finds_the_others_too(string group, string query, string synonyms)
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("How does a company use two-factor authentication by email, with a beer?", "So.");
        var found = await forum.FindAsync(query, null, new(null, Explained: true));
        Assert.True(found.Items.Count == 0 || synonyms.Length == 0);

        await SetAsync(forum, group);

        found = await forum.FindAsync(query, null, new(null, Explained: true));
        Assert.Equal(synonyms.Replace("company", "companies", StringComparison.Ordinal), string.Join(' ', Assert.Single(found.Items).Why!.Synonyms.Select(w => $"{w.Used} for {w.Asked}")));
    }

    [Fact]
    public async Task The_very_word_comes_first_and_both_are_marked_but_not_in_what_is_quoted()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("Ask at the counter", "The firm knows.");
        await forum.AskAsync("Ask in the yard", "The agency knows.");
        await SetAsync(forum, "agency, firm");

        var found = await forum.FindAsync("firms");
        Assert.Equal(["The <mark>firm</mark> knows.", "The <mark>agency</mark> knows."], found.Items.Select(i => SnippetHtml.Of(i.Snippet)));
        Assert.Equal([1, 1], found.Items.Select(i => i.Posts));
        Assert.Single((await forum.FindAsync("\"the firm\"")).Items);
        Assert.Single((await forum.FindAsync("knows -firm")).Items);
        Assert.Equal(1, (await forum.Engine.Get<TopicSearchQueries>().SearchAsync(Actor.Visitor, found.Items[1].TopicId, "firm", 1, default)).Required.Total);
    }

    [Fact]
    public async Task A_change_is_in_effect_as_soon_as_the_search_has_heard_of_it_and_nothing_is_indexed_anew()
    {
        await using var forum = await SearchForum.StartAsync();
        await forum.AskAsync("Ask at the counter", "The agency knows.");
        await SetAsync(forum, "agency, firm");
        Assert.Single((await forum.FindAsync("firm")).Items);
        var (builds, id) = (forum.Index.Builds, (await AllAsync(forum)).Single().Id);

        await SetAsync(forum, "agency, bureau", id);
        Assert.Empty((await forum.FindAsync("firm")).Items);
        Assert.Single((await forum.FindAsync("bureau")).Items);

        for (var clicks = 0; clicks < 2; clicks++)
            _ = (await forum.Engine.Get<RemoveSynonyms>().RunAsync(Actor.Operator, id, default)).Required;
        Assert.Empty((await forum.FindAsync("bureau")).Items);
        Assert.Equal(builds, forum.Index.Builds);
    }

    [Theory]
    [InlineData(null, "two words")]
    [InlineData("agency", "two words")]
    [InlineData("agency,,;  ,", "two words")]
    [InlineData("agency, ???", "nothing to search for")]
    [InlineData("agency, the", "says more")]
    [InlineData("agency, Agencies", "one word")]
    [InlineData("e-mail, email", "one word")]
    [InlineData("agency, one two three four five", "too long")]
    [InlineData("agency, abcdefghijklmnopqrstuvwxyzabcdefghijklmnop", "too long")]
    [InlineData("a1,b1,c1,d1,e1,f1,g1,h1,i1,j1,k1", "at most")]
    [InlineData("kegs, firm", "another group")]
    public async Task Nonsense_is_refused_with_what_to_do_instead(string? entries, string says)
    {
        await using var forum = await SearchForum.StartAsync();
        await SetAsync(forum, "barrel, keg");

        var refusal = (await forum.Engine.Get<SetSynonyms>().RunAsync(Actor.Operator, null, entries, default)).Refusal!;

        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("Entries", refusal.Field);
        Assert.Single(await AllAsync(forum));
    }

    [Fact]
    public async Task Managers_and_administrators_alone_look_after_them_and_leave_a_trace()
    {
        await using var forum = await SearchForum.StartAsync();
        await SetAsync(forum, "barrel, keg");
        var id = (await AllAsync(forum)).Single().Id;
        foreach (var (role, may) in new[] { (SiteRole.None, false), (SiteRole.Staff, false), (SiteRole.Moderator, false), (SiteRole.Manager, true), (SiteRole.Admin, true) })
        {
            var actor = Actor.Member((await forum.MemberAsync($"rita{role}", "Rita Role", role)).Id);
            Assert.Equal(may, (await forum.Engine.Get<SetSynonyms>().RunAsync(actor, id, $"barrel, keg, {role}", default)).Refusal is null);
            Assert.Equal(may, (await forum.Engine.Get<RemoveSynonyms>().RunAsync(actor, 4711, default)).Refusal is null);
        }
        Assert.Equal(RefusalKind.Forbidden, (await forum.Engine.Get<SetSynonyms>().RunAsync(Actor.Visitor, null, "a1, b1", default)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotFound, (await forum.Engine.Get<SetSynonyms>().RunAsync(Actor.Operator, 4711, "a1, b1", default)).Refusal!.Kind);
        await using var db = forum.Engine.Db();
        Assert.Equal(["barrel, keg", "barrel, keg, Manager", "barrel, keg, Admin"], await db.AuditEntries.Where(e => e.Deed == "synonyms.set").OrderBy(e => e.Id).Select(e => e.Note).ToListAsync());
    }

    private static async Task SetAsync(SearchForum forum, string entries, long? id = null) => _ = (await forum.Engine.Get<SetSynonyms>().RunAsync(Actor.Operator, id, entries, default)).Required;

    private static async Task<IReadOnlyList<SynonymGroupView>> AllAsync(SearchForum forum) => (await forum.Engine.Get<SynonymQueries>().AllAsync(Forum.Boards.Rights.OfOperator, default)).Required;
}
