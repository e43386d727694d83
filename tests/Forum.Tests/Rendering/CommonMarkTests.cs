using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Forum.Rendering;

namespace Forum.Tests.Rendering;

/// <summary>The examples of the CommonMark specification 0.31.2, against what a post becomes.</summary>
/// <remarks>
/// Left out whole: <c>HTML blocks</c> and <c>Raw HTML</c> (only the forum's own list of tags is markup, the rest is shown as typed) and
/// <c>Images</c> (an image from elsewhere becomes a link). Of the rest the expected HTML is brought into the house's form: headings two
/// levels down, <c>rel</c> on links that leave the site.
/// </remarks>
public sealed partial class CommonMarkTests
{
    private static readonly string[] sectionsLeftOut = ["HTML blocks", "Raw HTML", "Images"];

    /// <summary>Examples in which one of our rules speaks.</summary>
    private static readonly int[] ours =
    [
        .. (int[])[21, 642, 643], // a tag whose address may not be followed, or that is empty
        .. (int[])[34, 144], // a language that is no name of one
        .. (int[])[201, 491, 524, 536], // a tag that is not on the list is shown as typed
        .. (int[])[202, 500, 502], // a backslash or colon in an address without a scheme
        .. (int[])[308, 309], // comments go
        .. (int[])[475, 517, 520, 531], // images from elsewhere become links
        .. (int[])[596, 598, 599, 601], // schemes other than http, https, mailto
        .. (int[])[608, 611], // bare addresses are links here
    ];

    private static readonly PostRenderer renderer = new();

    [DataFact("commonmark_0.31.2/spec.json")]
    public void Posts_are_CommonMark()
    {
        using var spec = JsonDocument.Parse(File.ReadAllText(TestData.Require("commonmark_0.31.2/spec.json")));
        var examples = spec.RootElement.EnumerateArray()
            .Where(e => !sectionsLeftOut.Contains(e.GetProperty("section").GetString()))
            .ToDictionary(e => e.GetProperty("example").GetInt32());

        var others = examples.Where(e => !IsAsSpecified(e.Value)).Select(e => e.Key).Order().ToList();

        Assert.Equal(566, examples.Count);
        Assert.Equal(ours.Order(), others);
    }

    private static bool IsAsSpecified(JsonElement example) =>
        Tight(renderer.Render(example.GetProperty("markdown").GetString()!).Required.Html)
        == Tight(InHouseForm(example.GetProperty("html").GetString()!));

    /// <summary>Without the line end after an opening item, which no page shows.</summary>
    private static string Tight(string html) => html.Replace("<li>\n", "<li>", StringComparison.Ordinal);

    private static string InHouseForm(string html)
    {
        var shifted = Heading().Replace(html, m => $"{m.Groups[1].Value}{Math.Min(m.Groups[2].Value[0] - '0' + 2, 6)}");
        using var document = new HtmlParser().ParseDocument("<!doctype html><body>" + shifted);
        foreach (var link in document.QuerySelectorAll("a[href]").Where(a => Outside().IsMatch(a.GetAttribute("href")!)))
            link.SetAttribute("rel", "nofollow ugc noopener");
        foreach (var titled in document.QuerySelectorAll("a[title]"))
        {
            var (href, title, rel) = (titled.GetAttribute("href"), titled.GetAttribute("title"), titled.GetAttribute("rel"));
            foreach (var name in titled.Attributes.Select(a => a.Name).ToList())
                titled.RemoveAttribute(name);
            titled.SetAttribute("title", title);
            titled.SetAttribute("href", href);
            if (rel is not null)
                titled.SetAttribute("rel", rel);
        }
        return document.Body!.InnerHtml.Trim();
    }

    [GeneratedRegex("(</?h)([1-6])(?=[ >])")]
    private static partial Regex Heading();

    [GeneratedRegex("^(https?|mailto):", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();
}
