using System.Net;
using Forum.Search;
using Forum.Web.Host;

namespace Forum.Web.Tests.Host;

public sealed class VisitorsTests(WebForum forum) : IClassFixture<WebForum>
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Check_38_a_visitor_gets_pages_from_the_cache_without_a_cookie_or_a_token()
    {
        var visitor = forum.Visitor();
        var member = await forum.SignUpAsync("Zacharias Zorn");
        Assert.Contains("Zacharias Z", (await member.GetAsync("/")).TextOf(".menu .who"), StringComparison.Ordinal);
        var first = await visitor.GetAsync("/");
        var second = await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Null(first.Header("Set-Cookie"));
        Assert.DoesNotContain("__RequestVerificationToken", first.Text, StringComparison.Ordinal);
        Assert.NotNull(second.Header("Age"));
        Assert.Equal(first.Text, second.Text);
        Assert.DoesNotContain("Zacharias", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_search_that_lags_behind_does_not_find_is_not_kept_as_its_answer()
    {
        await using var forum = await WebForum.StartAsync();
        var (visitor, indexer, evictions) = (forum.Visitor(), forum.Get<SearchIndexer>(), forum.Get<PageCacheEviction>());
        var board = (await forum.BoardAsync("drawers")).Slug;
        var asker = await forum.MemberAsync("Ines Rosa");
        await indexer.StopAsync(default);
        var before = evictions.Generation;
        await forum.AskAsync(asker, board, "Where are the silver spoons?", "I look for spoons made of silver.");
        await WebForum.HoldsSoonAsync(() => Task.FromResult(evictions.Generation != before), "pages are evicted", patience);
        Assert.DoesNotContain("silver", (await visitor.GetAsync("/search?q=spoons")).Text, StringComparison.Ordinal);

        await indexer.StartAsync(default);

        await WebForum.HoldsSoonAsync(async () => (await visitor.GetAsync("/search?q=spoons")).Text.Contains("silver", StringComparison.Ordinal), "found", patience);
        await WebForum.HoldsSoonAsync(async () => (await visitor.GetAsync("/search?q=spoons")).Header("Age") is not null, "kept", patience);
    }

    [Fact]
    public async Task Check_38_a_member_is_signed_in_after_signing_up_and_never_read_from_the_cache()
    {
        var member = await forum.SignUpAsync("Muhammad Ali");
        await member.GetAsync("/");
        var page = await member.GetAsync("/");
        Assert.Null(page.Header("Age"));
        Assert.Contains("Muhammad A", page.TextOf(".menu .who"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("same-origin", true)]
    [InlineData("none", true)]
    [InlineData("same-site", false)]
    [InlineData("cross-site", false)]
    [InlineData(null, false)]
    public async Task A_page_of_a_member_is_compressed_unless_another_site_may_have_asked_for_it(string? site, bool compressed)
    {
        var browser = await forum.SignInAsync((await forum.MemberAsync()).Email!);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);
        var answer = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(compressed, answer.Message.Content.Headers.ContentEncoding.Contains("gzip"));
    }

    [Fact]
    public async Task A_member_signs_in_and_out_by_forms()
    {
        var account = await forum.MemberAsync("Vera Trau");
        var browser = await forum.SignInAsync(account.Email!);
        var page = await browser.GetAsync("/");
        var answer = await browser.SubmitAsync(page, "form[action='/account/sign-out']");
        Assert.True(answer.IsRedirect);
        Assert.True((await browser.GetAsync("/")).Has("a[href='/account/sign-in']"));
    }
}
