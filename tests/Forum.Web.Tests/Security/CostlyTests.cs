using System.Net;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Security;

/// <summary>Texts made to keep a server busy: refused or shown, never an error. How long they take stands in the benchmarks.</summary>
public sealed class CostlyTests(WebForum forum) : IClassFixture<WebForum>
{
    public static TheoryData<string, string> Texts => new()
    {
        { "brackets", new('[', 5000) },
        { "quotes", new string('>', 2000) + " deep" },
        { "lists", string.Concat(Enumerable.Range(0, 150).Select(i => new string(' ', i) + "- a\n")) },
        { "stars", string.Concat(Enumerable.Repeat("*a **b ", 3000)) },
        { "ticks", string.Concat(Enumerable.Range(1, 200).Select(i => new string('`', i) + "a")) },
        { "links", string.Concat(Enumerable.Repeat("[a](b", 5000)) },
        { "references", string.Concat(Enumerable.Range(0, 1500).Select(i => $"[{i}]: /a\n[{i}]\n")) },
        { "tables", string.Concat(Enumerable.Repeat("|a", 4000)) + "\n" + string.Concat(Enumerable.Repeat("|-", 4000)) + "\n|a" },
        { "elements", string.Concat(Enumerable.Repeat("<details><summary>", 1500)) },
        { "comments", string.Concat(Enumerable.Repeat("<!--", 5000)) },
        { "mentions", string.Concat(Enumerable.Repeat("@abc ", 5000)) },
        { "combining", "a" + new string('\u0301', 20_000) },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Check_53_a_costly_text_is_taken_or_refused_with_a_reason(string what, string markdown)
    {
        var (member, board) = (await forum.TrustedAsync(2), await forum.FreshBoardAsync());
        var api = await forum.ApiOfAsync(member);
        foreach (var answer in new[] { await api.PostAsync("preview", new { markdown }), await api.PostAsync("topics", new { board, title = $"What about these {what}?", markdown }) })
        {
            Assert.True((int)answer.Status < 500, $"{what}: {answer.Status}");
            if ((int)answer.Status >= 400)
                answer.Is(HttpStatusCode.BadRequest);
        }
    }

    [Theory]
    [InlineData("\"", 2000)]
    [InlineData("(", 2000)]
    [InlineData("a* ", 700)]
    [InlineData("-a ", 700)]
    [InlineData("user:a ", 300)]
    [InlineData("~9 ", 700)]
    public async Task Check_53_a_costly_search_is_answered(string part, int times)
    {
        var address = $"q={Uri.EscapeDataString(string.Concat(Enumerable.Repeat(part, times)))}";
        Assert.InRange((int)(await forum.Visitor().GetAsync($"/search?{address}")).Status, 200, 499);
        Assert.InRange((int)(await forum.Anonymous().GetAsync($"search?{address}")).Status, 200, 499);
    }
}
