using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace Forum.Rendering;

/// <summary>What a post may hold: elements, attributes and addresses, and nothing that is not named here.</summary>
/// <remarks>
/// Two layers that know nothing of each other: <see cref="Prepare"/> gives the page the house's form,
/// then HtmlSanitizer, built from empty lists, has the last word.
/// </remarks>
internal static partial class Allowed
{
    /// <summary>Links by members earn nobody a rank in a search engine, and tell the other site nothing of our page.</summary>
    public const string Rel = "nofollow ugc noopener";

    /// <summary>Where images of our own live; the content security policy loads no other.</summary>
    public const string Uploads = "/uploads/";

    public static readonly FrozenSet<string> Tags = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
        "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "strike", "strong",
        "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "var");

    private static readonly string[] attributes = ["alt", "class", "href", "loading", "open", "rel", "src", "start", "title"];

    /// <summary>Elements that only wrap: their children stay.</summary>
    private static readonly FrozenSet<string> wrappers = FrozenSet.Create(
        "address", "article", "aside", "big", "bdi", "bdo", "center", "cite", "dfn", "div", "figcaption", "figure", "font", "footer",
        "header", "hgroup", "label", "main", "nav", "nobr", "section", "small", "span", "time", "tt", "u", "wbr");

    private static readonly HtmlSanitizer sanitizer = NewSanitizer();

    public static void Sanitize(IHtmlDocument document) => sanitizer.SanitizeDom(document, document.Body, "");

    /// <summary>Headings below the page's own, links and images by the house's rules, no attribute but those it knows.</summary>
    public static void Prepare(IHtmlDocument document)
    {
        foreach (var element in document.Body!.Descendants<IElement>().ToList())
        {
            if (element is IHtmlElement)
                PrepareElement(element);
            else
                element.Remove();
        }
    }

    private static void PrepareElement(IElement element)
    {
        var name = element.LocalName;
        if (wrappers.Contains(name))
        {
            Unwrap(element);
            return;
        }
        var address = name switch { "a" => Address(element.GetAttribute("href")), "img" => Address(element.GetAttribute("src")), _ => null };
        var cssClass = ClassOf(element);
        foreach (var attribute in element.Attributes.ToList())
        {
            if (!Keeps(name, attribute))
                element.RemoveAttribute(attribute.Name);
        }
        if (cssClass is not null)
            element.ClassName = cssClass;

        if (name == "a")
            PrepareLink(element, address);
        else if (name == "img")
            PrepareImage(element, address);
        else if (name is ['h', >= '1' and <= '6'])
            Rename(element, $"h{Math.Min(name[1] - '0' + 2, 6)}");
    }

    private static bool Keeps(string name, IAttr attribute) => attribute.Name switch
    {
        "title" => name is "a" or "abbr" or "img",
        "alt" => name is "img",
        "open" => name is "details",
        "start" => name is "ol" && int.TryParse(attribute.Value, out _),
        _ => false,
    };

    private static string? ClassOf(IElement element) => element.LocalName switch
    {
        "code" => element.ClassList.FirstOrDefault(c => LanguageClass().IsMatch(c)),
        "ul" when element.ClassList.Contains("contains-task-list") => "contains-task-list",
        "li" when element.ClassList.Contains("task-list-item") => "task-list-item",
        "td" or "th" when Alignment().Match(element.GetAttribute("style") ?? "") is { Success: true } match => "align-" + match.Groups[1].Value,
        "td" or "th" => element.ClassList.FirstOrDefault(c => c is "align-left" or "align-center" or "align-right"),
        _ => null,
    };

    private static void PrepareLink(IElement link, string? address)
    {
        if (address is null)
        {
            Unwrap(link);
            return;
        }
        link.SetAttribute("href", address);
        if (HasScheme(address))
            link.SetAttribute("rel", Rel);
    }

    private static void PrepareImage(IElement image, string? address)
    {
        if (address is not null && IsUpload(address))
        {
            image.SetAttribute("src", address);
            if (!image.HasAttribute("alt"))
                image.SetAttribute("alt", "");
            image.SetAttribute("loading", "lazy");
            return;
        }
        var alt = image.GetAttribute("alt") is { Length: > 0 } words ? words : address ?? "";
        var text = image.Owner!.CreateTextNode(alt);
        if (address is null || alt.Length == 0 || image.Closest("a") is not null)
        {
            image.Replace(text);
            return;
        }
        var link = image.Owner!.CreateElement("a");
        link.AppendChild(text);
        PrepareLink(link, address);
        image.Replace(link);
    }

    private static bool IsUpload(string address) =>
        address.StartsWith(Uploads, StringComparison.Ordinal)
        && !address.Contains("..", StringComparison.Ordinal)
        && !address.Contains("%2e", StringComparison.OrdinalIgnoreCase);

    /// <summary>An address a post may lead to: http, https, mailto, or a place on our own site; null for anything else.</summary>
    internal static string? Address(string? written)
    {
        if (written is null)
            return null;
        var address = written.Trim(' ', '\n', '\t');
        if (address.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'))
            return null;
        if (Scheme().Match(address) is { Success: true } scheme)
        {
            return scheme.Value.ToLowerInvariant() switch
            {
                "mailto:" => address,
                "http:" or "https:" when WebHost().IsMatch(address, scheme.Length) => address,
                _ => null,
            };
        }
        var path = address.AsSpan();
        if (path.IndexOfAny('?', '#') is >= 0 and var end)
            path = path[..end];
        var leadsAstray = path.StartsWith("//") || path.Contains('\\') || path.Contains("%5c", StringComparison.OrdinalIgnoreCase)
            || (path.Contains(':') && !path.StartsWith("/"));
        return leadsAstray ? null : address;
    }

    private static bool HasScheme(string address) => Scheme().IsMatch(address);

    private static void Unwrap(IElement element)
    {
        var parent = element.Parent;
        if (parent is null)
            return;
        while (element.FirstChild is { } child)
            parent.InsertBefore(child, element);
        if (element.LocalName is "div" or "section" or "article" or "figure" or "center")
            parent.InsertBefore(element.Owner!.CreateTextNode("\n"), element);
        element.Remove();
    }

    private static void Rename(IElement element, string name)
    {
        var renamed = element.Owner!.CreateElement(name);
        while (element.FirstChild is { } child)
            renamed.AppendChild(child);
        element.Replace(renamed);
    }

    private static HtmlSanitizer NewSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(Tags, StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(attributes, StringComparer.OrdinalIgnoreCase),
            AllowedSchemes = new HashSet<string>(["http", "https", "mailto"], StringComparer.OrdinalIgnoreCase),
            UriAttributes = new HashSet<string>(["href", "src"], StringComparer.OrdinalIgnoreCase),
            AllowedCssProperties = new HashSet<string>(),
            AllowedAtRules = new HashSet<AngleSharp.Css.Dom.CssRuleType>(),
        });
        sanitizer.AllowDataAttributes = false;
        sanitizer.KeepChildNodes = false;
        return sanitizer;
    }

    [GeneratedRegex("^language-[a-z0-9+#-]{1,20}$")]
    private static partial Regex LanguageClass();

    [GeneratedRegex("^text-align: (left|center|right);?$")]
    private static partial Regex Alignment();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\G//[^/\\?#\s]")]
    private static partial Regex WebHost();
}
