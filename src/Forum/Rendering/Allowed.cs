using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;

namespace Forum.Rendering;

/// <summary>What a post may hold: elements, attributes and addresses, and nothing that is not named here.</summary>
/// <remarks>
/// Two layers that know nothing of each other: <see cref="HouseForm"/> gives the page its form,
/// then HtmlSanitizer, built from empty lists, has the last word.
/// </remarks>
internal static partial class Allowed
{
    /// <summary>Where images of our own live; the content security policy loads no other.</summary>
    private const string Uploads = "/uploads/";

    /// <summary>Elements that a writer may type.</summary>
    public static readonly FrozenSet<string> Tags = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
        "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "strike", "strong",
        "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "var");

    /// <summary>Elements that only <see cref="HouseForm"/> makes.</summary>
    private static readonly string[] made = ["div", "figcaption", "figure", "span"];

    /// <summary>Which of them stands where is the affair of <see cref="HouseForm"/>.</summary>
    private static readonly string[] attributes =
        ["alt", "class", "decoding", "height", "href", "id", "loading", "open", "rel", "role", "sizes", "src", "srcset", "start", "tabindex", "title", "width"];

    private static readonly HtmlSanitizer sanitizer = NewSanitizer();

    public static void Sanitize(IHtmlDocument document) => sanitizer.SanitizeDom(document, document.Body, "");

    /// <summary>Whether an address is that of an upload.</summary>
    public static bool IsUpload(string address) =>
        address.StartsWith(Uploads, StringComparison.Ordinal)
        && !address.Contains("..", StringComparison.Ordinal)
        && !address.Contains("%2e", StringComparison.OrdinalIgnoreCase);

    public static bool HasScheme(string address) => Scheme().IsMatch(address);

    /// <summary>An address a post may lead to: http, https, mailto, or a place on our own site; null for anything else.</summary>
    public static string? Address(string? written)
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

    private static HtmlSanitizer NewSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>([.. Tags, .. made], StringComparer.OrdinalIgnoreCase),
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

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*:")]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\G//[^/\\?#\s]")]
    private static partial Regex WebHost();
}
