using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Forum.Rendering.Extensions;

namespace Forum.Rendering;

/// <summary>Gives the tree of a post the form of the house, and finds in it what the text refers to.</summary>
/// <param name="notes">What ids of this post's footnotes start with; null where it has none.</param>
internal sealed partial class HouseForm(OwnLinks own, string? notes)
{
    /// <summary>Links by members earn nobody a rank in a search engine, and tell the other site nothing of our page.</summary>
    public const string Rel = "nofollow ugc noopener";

    /// <summary>How wide an image is shown: what the browser finds out where it can, else the page's column.</summary>
    private const string Sizes = "auto, (max-width: 46rem) 100vw, 44rem";

    /// <summary>Elements that only wrap: their children stay.</summary>
    private static readonly FrozenSet<string> wrappers = FrozenSet.Create(
        "address", "article", "aside", "big", "bdi", "bdo", "center", "cite", "dfn", "div", "figcaption", "figure", "font", "footer",
        "header", "hgroup", "label", "main", "nav", "nobr", "section", "small", "span", "time", "tt", "u", "wbr");

    /// <summary>Elements whose words call nobody.</summary>
    private static readonly FrozenSet<string> withoutMentions = FrozenSet.Create("a", "blockquote", "code", "kbd", "pre", "samp");

    private readonly List<IElement> images = [];
    private readonly List<IElement> code = [];

    public Mentions Mentions { get; } = new();

    public TopicLinks Links { get; } = new();

    public Quotes Quotes { get; } = new();

    /// <summary>How many links lead to other sites.</summary>
    public int LinksElsewhere { get; private set; }

    /// <summary>Uploaded images.</summary>
    public IReadOnlyList<IElement> Images => images;

    /// <summary>Blocks of code that name their language.</summary>
    public IReadOnlyList<IElement> Code => code;

    /// <summary>Headings below the page's own, links and images by the house's rules, no attribute but those it knows.</summary>
    public void Give(IHtmlDocument document)
    {
        var quotes = new List<IElement>();
        foreach (var element in document.Body!.Descendants<IElement>().ToList())
        {
            if (element is not IHtmlElement)
                element.Remove();
            else if (wrappers.Contains(element.LocalName))
                Unwrap(element);
            else if (element.LocalName == "blockquote" && DepthOf(element) > Quotes.MaxDepth)
                Unwrap(element);
            else
                Prepare(element, quotes);
        }
        foreach (var quote in quotes)
            Quotes.Add(quote);
        FindMentions(document.Body!);
    }

    private void Prepare(IElement element, List<IElement> quotes)
    {
        var name = element.LocalName;
        var written = name switch { "a" => element.GetAttribute("href"), "img" => element.GetAttribute("src"), _ => null };
        var cssClass = ClassOf(element);
        foreach (var attribute in element.Attributes.ToList())
        {
            if (!Keeps(name, attribute))
                element.RemoveAttribute(attribute.Name);
        }
        if (cssClass is not null)
            element.ClassName = cssClass;
        switch (name)
        {
            case "a":
                PrepareLink(element, written);
                break;
            case "img":
                PrepareImage(element, Allowed.Address(written));
                break;
            case "blockquote":
                quotes.Add(element);
                break;
            case "pre":
                // What does not fit scrolls inside itself, and a keyboard can only scroll what it can reach.
                element.SetAttribute("tabindex", "0");
                break;
            case "code" when cssClass is not null && element.ParentElement is { LocalName: "pre" }:
                code.Add(element);
                break;
            case "table":
                WrapTable(element);
                break;
            case ['h', >= '1' and <= '6']:
                Rename(element, $"h{Math.Min(name[1] - '0' + 2, 6)}");
                break;
        }
    }

    private bool Keeps(string name, IAttr attribute) => attribute.Name switch
    {
        "title" => name is "a" or "abbr" or "img",
        "alt" => name is "img",
        "open" => name is "details",
        "start" => name is "ol" && int.TryParse(attribute.Value, out _),
        "id" => name is "a" or "li" && notes is not null && attribute.Value.StartsWith(notes, StringComparison.Ordinal),
        _ => false,
    };

    private string? ClassOf(IElement element) => element.LocalName switch
    {
        "code" => element.ClassList.FirstOrDefault(c => LanguageClass().IsMatch(c)),
        "ul" when element.ClassList.Contains("contains-task-list") => "contains-task-list",
        "li" when element.ClassList.Contains("task-list-item") => "task-list-item",
        "ol" when notes is not null && element.ClassName == notes => "footnotes",
        "td" or "th" when Alignment().Match(element.GetAttribute("style") ?? "") is { Success: true } match => "align-" + match.Groups[1].Value,
        "td" or "th" => element.ClassList.FirstOrDefault(c => c is "align-left" or "align-center" or "align-right"),
        _ => null,
    };

    private void PrepareLink(IElement link, string? written)
    {
        if (Allowed.Address(written) is not { } address)
        {
            Unwrap(link);
            return;
        }
        address = own.Shorten(address);
        link.SetAttribute("href", address);
        if (Allowed.HasScheme(address))
        {
            link.SetAttribute("rel", Rel);
            LinksElsewhere++;
        }
        else if (notes is not null && link.Id is { Length: > 0 } id)
            link.SetAttribute("role", id.StartsWith(notes + Footnotes.Reference, StringComparison.Ordinal) ? "doc-noteref" : "doc-backlink");
        else
            Links.Add(link, bare: link.FirstElementChild is null && link.TextContent is var text && (text.Length == 0 || text == written || text == Uri.UnescapeDataString(written!)));
    }

    private void PrepareImage(IElement image, string? address)
    {
        if (address is not null && own.Shorten(address) is var upload && Allowed.IsUpload(upload))
        {
            var title = image.GetAttribute("title");
            if (image.GetAttribute("alt") is not { Length: > 0 })
                image.SetAttribute("alt", title ?? "");
            image.SetAttribute("src", upload);
            image.SetAttribute("loading", "lazy");
            image.SetAttribute("decoding", "async");
            images.Add(image);
            if (title is { Length: > 0 } && image.ParentElement is { LocalName: "p", ChildNodes.Length: 1 } paragraph)
                Caption(image, title, paragraph);
            return;
        }
        var alt = image.GetAttribute("alt") is { Length: > 0 } words ? words : address ?? "";
        var label = image.Owner!.CreateTextNode(alt);
        if (address is null || alt.Length == 0 || image.Closest("a") is not null)
        {
            image.Replace(label);
            return;
        }
        var link = image.Owner!.CreateElement("a");
        link.AppendChild(label);
        image.Replace(link);
        PrepareLink(link, address);
    }

    /// <summary>The room that an image takes, so that nothing moves when it comes, and the smaller pictures of it.</summary>
    public static void Size(IElement image, KnownImage known)
    {
        image.SetAttribute("width", known.Width.ToString(CultureInfo.InvariantCulture));
        image.SetAttribute("height", known.Height.ToString(CultureInfo.InvariantCulture));
        if (known.Smaller is not { Count: > 0 } widths || known.Address.AsSpan().ContainsAny("?#, "))
            return;
        var pictures = widths.Select(w => string.Create(CultureInfo.InvariantCulture, $"{known.Address}?w={w} {w}w")).Append(string.Create(CultureInfo.InvariantCulture, $"{known.Address} {known.Width}w"));
        image.SetAttribute("srcset", string.Join(", ", pictures));
        image.SetAttribute("sizes", Sizes);
    }

    private static void Caption(IElement image, string title, IElement paragraph)
    {
        image.RemoveAttribute("title");
        var figure = image.Owner!.CreateElement("figure");
        var caption = image.Owner!.CreateElement("figcaption");
        caption.TextContent = title;
        figure.Append(image, caption);
        paragraph.Replace(figure);
    }

    private static void WrapTable(IElement table)
    {
        var scroll = table.Owner!.CreateElement("div");
        scroll.ClassName = "scroll";
        scroll.SetAttribute("tabindex", "0");
        table.Replace(scroll);
        scroll.AppendChild(table);
    }

    private void FindMentions(INode parent)
    {
        foreach (var child in parent.ChildNodes)
        {
            if (child is IText text)
                Mentions.Add(text);
            else if (child is IElement element && !withoutMentions.Contains(element.LocalName))
                FindMentions(element);
        }
    }

    private static int DepthOf(IElement quote)
    {
        var depth = 0;
        for (var element = quote; element is not null; element = element.ParentElement)
            depth += element.LocalName == "blockquote" ? 1 : 0;
        return depth;
    }

    private static void Unwrap(IElement element)
    {
        var parent = element.Parent;
        if (parent is null)
            return;
        while (element.FirstChild is { } child)
            parent.InsertBefore(child, element);
        if (element.LocalName is "div" or "section" or "article" or "figure" or "center" && element.NextSibling is not IText { Data: ['\n', ..] })
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

    [GeneratedRegex("^language-[a-z0-9+#-]{1,20}$")]
    private static partial Regex LanguageClass();

    [GeneratedRegex("^text-align: (left|center|right);?$")]
    private static partial Regex Alignment();
}
