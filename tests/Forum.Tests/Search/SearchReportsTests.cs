using Forum.Boards;
using Forum.Members;
using Forum.Search;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Search;

public sealed class SearchReportsTests
{
    [Fact]
    public async Task What_is_searched_for_most_without_result_and_without_a_click_is_told_by_period()
    {
        await using var forum = await TestForum.StartAsync();
        await CountAsync(forum, Tally(forum, "old words", 9, 0, 0, 5));
        forum.Clock.Advance(TimeSpan.FromDays(20));
        await CountAsync(forum, Tally(forum, "copper kettle", 4, 0, 5, 2), Tally(forum, "xylophone", 3, 3, 0, 3), Tally(forum, "cloudy cider", 5, 1, 1, 4));
        await CountAsync(forum, Tally(forum, "copper kettle", 4, 0, 3, 3));

        Assert.Equal(["copper kettle 8 0 8", "cloudy cider 5 1 1", "xylophone 3 3 0"], await TopAsync(forum, SearchReport.Most, SearchPeriod.Week));
        Assert.Equal(["old words 9 0 0", "copper kettle 8 0 8", "cloudy cider 5 1 1", "xylophone 3 3 0"], await TopAsync(forum, SearchReport.Most, SearchPeriod.Month));
        Assert.Equal(["xylophone 3 3 0", "cloudy cider 5 1 1"], await TopAsync(forum, SearchReport.Empty, SearchPeriod.Year));
        Assert.Equal(["old words 9 0 0", "cloudy cider 5 1 1"], await TopAsync(forum, SearchReport.Passed, SearchPeriod.Year));
    }

    [Fact]
    public async Task Words_of_few_searchers_are_shown_to_nobody_however_often_they_searched()
    {
        await using var forum = await TestForum.StartAsync();

        foreach (var mark in new[] { 1, 1, 2, 2, 1 })
            await CountAsync(forum, new SearchTally("my neighbour's name", Today(forum), 20, 0, 0, 1L << mark));
        Assert.Empty(await TopAsync(forum, SearchReport.Most, SearchPeriod.Year));

        await CountAsync(forum, new SearchTally("my neighbour's name", Today(forum), 1, 0, 0, 1L << 63));
        Assert.Equal(["my neighbour's name 101 0 0"], await TopAsync(forum, SearchReport.Most, SearchPeriod.Year));
    }

    [Theory]
    [InlineData("  How do I  Clean a KETTLE? ", "how do i clean a kettle?")]
    [InlineData("\"too much foam\" -root user:ines board:help is:solved", "too much foam")]
    [InlineData("Error 0x80070005", "error 0x80070005")]
    [InlineData("ines@example.org", null)]
    [InlineData("call +49 170 123 45 67", null)]
    [InlineData("user:ines", null)]
    [InlineData("?", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void What_is_counted_are_words_and_nothing_that_belongs_to_a_person(string? query, string? counted) => Assert.Equal(counted, SearchedWords.Of(query));

    [Fact]
    public void A_pasted_text_is_not_counted() => Assert.Null(SearchedWords.Of(string.Join(' ', Enumerable.Repeat("word", 30))));

    [Fact]
    public async Task Rare_words_are_forgotten_after_a_month_and_all_others_after_a_year()
    {
        await using var forum = await TestForum.StartAsync();
        await CountAsync(forum, Tally(forum, "rare words", 1, 0, 0, 1), Tally(forum, "known words", 3, 0, 0, 3));
        Assert.Equal(0, await ForgetAsync(forum));

        forum.Clock.Advance(TimeSpan.FromDays(ForgetSearches.RareDays + 1));
        Assert.Equal(1, await ForgetAsync(forum));
        await CountAsync(forum, Tally(forum, "known words", 1, 0, 0, 1));

        forum.Clock.Advance(TimeSpan.FromDays(ForgetSearches.KeptDays - 20));
        Assert.Equal(0, await ForgetAsync(forum));
        await using var db = forum.Db();
        Assert.Equal(1, await db.SearchedDays.Select(d => d.Searches).SingleAsync());

        forum.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(1, await ForgetAsync(forum));
        Assert.Empty(await db.SearchedDays.ToListAsync());
    }

    [Fact]
    public async Task Of_too_many_rare_words_further_ones_wait_and_those_searched_for_last_are_kept()
    {
        await using var forum = await TestForum.StartAsync();
        await CountAsync(forum, Tally(forum, "rare but old", 1, 0, 0, 1));
        forum.Clock.Advance(TimeSpan.FromDays(1));
        await using (var db = forum.Db())
        {
            for (var i = 1; i < ForgetSearches.MostRare; i++)
            {
                var words = new SearchedWords { Id = i, Words = $"rare {i}" };
                words.Add(1, Today(forum));
                db.SearchedWords.Add(words);
            }
            await db.SaveChangesAsync();
        }
        await CountAsync(forum, Tally(forum, "one too many", 1, 0, 0, 1), Tally(forum, "rare but old", 1, 0, 0, 1));
        await using var left = forum.Db();
        Assert.False(await left.SearchedWords.AnyAsync(w => w.Words == "one too many"));
        Assert.Equal(2, await left.SearchedDays.Where(d => d.Of.Words == "rare but old").SumAsync(d => d.Searches));

        Assert.Equal(ForgetSearches.MostRare - ForgetSearches.MaxRare, await ForgetAsync(forum));
        await CountAsync(forum, Tally(forum, "one too many", 1, 0, 0, 1));
        Assert.Equal(ForgetSearches.MaxRare + 1, await left.SearchedWords.CountAsync());
    }

    [Fact]
    public async Task Reports_are_for_managers_and_administrators_alone()
    {
        await using var forum = await TestForum.StartAsync();
        foreach (var (role, may) in new[] { (SiteRole.None, false), (SiteRole.Staff, false), (SiteRole.Moderator, false), (SiteRole.Manager, true), (SiteRole.Admin, true) })
            Assert.Equal(may, (await forum.Get<SearchReports>().TopAsync(new Rights { MemberId = 1, Roles = role }, SearchReport.Most, SearchPeriod.Week, default)).Refusal is null);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<CountSearches>().RunAsync(Actor.Member(1), [], default)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Forbidden, (await forum.Get<ForgetSearches>().RunAsync(Actor.Member(1), default)).Refusal!.Kind);
    }

    private static DateOnly Today(TestForum forum) => DateOnly.FromDateTime(forum.Clock.GetUtcNow().UtcDateTime);

    /// <param name="searchers">So many different ones.</param>
    private static SearchTally Tally(TestForum forum, string words, int searches, int empty, int clicks, int searchers) => new(words, Today(forum), searches, empty, clicks, (1L << searchers) - 1);

    private static async Task CountAsync(TestForum forum, params SearchTally[] counted) => _ = (await forum.Get<CountSearches>().RunAsync(Actor.Operator, counted, default)).Required;

    private static async Task<int> ForgetAsync(TestForum forum) => (await forum.Get<ForgetSearches>().RunAsync(Actor.Operator, default)).Required;

    private static async Task<IEnumerable<string>> TopAsync(TestForum forum, SearchReport report, SearchPeriod period) =>
        (await forum.Get<SearchReports>().TopAsync(Rights.OfOperator, report, period, default)).Required.Select(r => $"{r.Words} {r.Searches} {r.Empty} {r.Clicks}");
}
