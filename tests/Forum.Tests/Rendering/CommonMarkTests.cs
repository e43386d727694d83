using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Forum.Rendering;

namespace Forum.Tests.Rendering;

/// <summary>All 652 examples of the CommonMark specification 0.31.2, against what a post becomes.</summary>
/// <remarks>
/// The expected HTML is brought into the house's form: headings two levels down, <c>rel</c> on links that leave the site,
/// code and tables that a keyboard can scroll. What differs beyond that stands in a list with its reason.
/// </remarks>
public sealed partial class CommonMarkTests
{
    /// <summary>Examples in which one of our rules speaks.</summary>
    private static readonly Dictionary<string, int[]> ours = new()
    {
        ["a tag that is not on the list is shown as typed"] =
            [150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 161, 163, 170, 171, 172, 173, 174, 175, 176, 178, 184, 185, 186, 188, 189, 201, 491, 524, 536, 613, 614, 615, 617, 623],
        ["declarations, instructions and raw sections are shown as typed"] = [180, 181, 182, 627, 628, 629],
        ["comments go"] = [177, 179, 183, 308, 309, 625, 626],
        ["a link whose address may not be followed, or that has none, is its words alone"] = [21, 616, 631, 642, 643],
        ["classes and languages of the writer's own go"] = [164, 169],
        ["a language is named by letters, digits, + # and -"] = [34, 144],
        ["code is coloured"] = [142, 143],
        ["images from elsewhere become links"] = [475, 517, 520, 531, 572, 573, 574, 575, 576, 577, 578, 579, 580, 581, 582, 583, 584, 585, 586, 587, 588, 589, 591],
        ["an address without a scheme holds no backslash or colon"] = [202, 500, 502],
        ["schemes are http, https and mailto"] = [596, 598, 599, 601],
        ["bare addresses are links"] = [608, 611],
    };

    private static readonly PostRenderer renderer = new();

    [DataFact("commonmark_0.31.2/spec.json")]
    public void Posts_are_CommonMark()
    {
        using var spec = JsonDocument.Parse(File.ReadAllText(TestData.Require("commonmark_0.31.2/spec.json")));
        var examples = spec.RootElement.EnumerateArray().ToDictionary(e => e.GetProperty("example").GetInt32());

        var others = examples.Where(e => !IsAsSpecified(e.Value)).Select(e => e.Key).Order().ToList();

        Assert.Equal(652, examples.Count);
        Assert.Equal(ours.Values.SelectMany(n => n).Order(), others);
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
        foreach (var block in document.QuerySelectorAll("pre"))
            block.SetAttribute("tabindex", "0");
        foreach (var table in document.QuerySelectorAll("table"))
            Wrap(document, table);
        return document.Body!.InnerHtml.Trim();
    }

    private static void Wrap(IHtmlDocument document, IElement table)
    {
        var scroll = document.CreateElement("div");
        scroll.ClassName = "scroll";
        scroll.SetAttribute("tabindex", "0");
        table.Replace(scroll);
        scroll.AppendChild(table);
    }

    [GeneratedRegex("(</?h)([1-6])(?=[ >])")]
    private static partial Regex Heading();

    [GeneratedRegex("^(https?|mailto):", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();
}
