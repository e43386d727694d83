using System.Text.RegularExpressions;
using System.Xml;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Forum.Tests.Rendering;

/// <summary>What a post's HTML may hold, written down a second time and read as a browser reads it.</summary>
internal static partial class HouseHtml
{
    private static readonly string[] plain =
    [
        "abbr", "b", "br", "dd", "del", "dl", "dt", "em", "figcaption", "figure", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "mark",
        "q", "rp", "rt", "ruby", "s", "samp", "strike", "strong", "sub", "summary", "sup", "table", "tbody", "tfoot", "thead", "tr", "var",
    ];

    private static readonly Dictionary<string, string[]> attributes = plain.ToDictionary(tag => tag, _ => Array.Empty<string>());

    static HouseHtml()
    {
        attributes["a"] = ["class", "href", "id", "rel", "role", "title"];
        attributes["abbr"] = ["title"];
        attributes["blockquote"] = ["class"];
        attributes["code"] = ["class"];
        attributes["details"] = ["open"];
        attributes["div"] = ["class", "tabindex"];
        attributes["img"] = ["alt", "decoding", "height", "loading", "sizes", "src", "srcset", "title", "width"];
        attributes["li"] = ["class", "id"];
        attributes["ol"] = ["class", "start"];
        attributes["p"] = ["class"];
        attributes["pre"] = ["tabindex"];
        attributes["span"] = ["class"];
        attributes["td"] = ["class"];
        attributes["th"] = ["class"];
        attributes["ul"] = ["class"];
    }

    /// <summary>Everything in the HTML that has no business in a post; empty when all is well.</summary>
    public static IReadOnlyList<string> Faults(string html)
    {
        var faults = new List<string>();
        using var document = new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument("<!doctype html><body><main>" + html + "</main>");
        if (document.Body!.Children.Length != 1 || document.Body.Attributes.Length > 0 || document.Head!.ChildNodes.Length > 0)
            faults.Add("it breaks out of its place");
        foreach (var node in document.Body.Children[0].Descendants())
        {
            if (node is IElement element)
                faults.AddRange(Faults(element));
            else if (node is not IText)
                faults.Add($"a {node.NodeType}");
        }
        if (!IsXml(html))
            faults.Add("a character that XML does not know");
        return faults;
    }

    /// <summary>Whether a feed or another XML document could carry the text.</summary>
    public static bool IsXml(string text)
    {
        try
        {
            XmlConvert.VerifyXmlChars(text);
            return !text.Contains('\r');
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Faults(IElement element)
    {
        if (element is not IHtmlElement || !attributes.TryGetValue(element.LocalName, out var allowed))
        {
            yield return $"<{element.LocalName}>";
            yield break;
        }
        foreach (var attribute in element.Attributes)
        {
            var fine = allowed.Contains(attribute.Name) && attribute.Name switch
            {
                "href" => Link().IsMatch(attribute.Value),
                "src" => Upload().IsMatch(attribute.Value),
                "srcset" => attribute.Value.Split(", ").All(p => Picture().IsMatch(p)),
                "sizes" => attribute.Value == "auto, (max-width: 46rem) 100vw, 44rem",
                "class" => Class(element.LocalName).IsMatch(attribute.Value),
                "id" => Note().IsMatch(attribute.Value),
                "role" => attribute.Value is "doc-noteref" or "doc-backlink",
                "tabindex" => attribute.Value == "0",
                "width" or "height" => int.TryParse(attribute.Value, out _),
                "rel" => attribute.Value == "nofollow ugc noopener",
                _ => true,
            };
            if (!fine)
                yield return $"<{element.LocalName} {attribute.Name}=\"{attribute.Value}\">";
        }
        if (element.LocalName == "a" && Outside().IsMatch(element.GetAttribute("href") ?? "") && !element.HasAttribute("rel"))
            yield return "a link without rel";
    }

    [GeneratedRegex(@"^(https?://[^/\\?#\s]|mailto:|/(?![/\\])|[?#]|[^:/\\?#\s][^:\\?#]*([?#]|$)|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex("^(https?|mailto):", RegexOptions.IgnoreCase)]
    private static partial Regex Outside();

    [GeneratedRegex(@"^/uploads/(?!.*\.\.)[^ ,]+ [0-9]+w$")]
    private static partial Regex Picture();

    [GeneratedRegex(@"^/uploads/(?!.*\.\.)")]
    private static partial Regex Upload();

    [GeneratedRegex("^fn-[0-9a-f]{12}-((ref|back)-)?[0-9]+$")]
    private static partial Regex Note();

    private static Regex Class(string element) => new(element switch
    {
        "a" => "^(mention|topic|topic solved)$",
        "blockquote" => "^quote$",
        "code" => "^language-[a-z0-9+#-]{1,20}$",
        "div" => "^scroll$",
        "li" => "^task-list-item$",
        "ol" => "^footnotes$",
        "p" => "^attribution$",
        "span" => "^hl-[kscntfmid]$",
        "ul" => "^contains-task-list$",
        _ => "^align-(left|center|right)$",
    });
}
