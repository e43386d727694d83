using AngleSharp.Dom;
using AngleSharp.Html;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Forum.Rendering;

/// <summary>HTML as a tree and back.</summary>
internal static class HtmlPage
{
    /// <summary>Deepest nesting of elements: the walks over the tree are recursive, and no reader follows fifty levels.</summary>
    public const int MaxDepth = 100;

    /// <summary>Most nodes in one post: about a second's tenth of sanitizing.</summary>
    public const int MaxNodes = 40_000;

    public static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument("<!doctype html><body>" + html);

    public static string Write(IHtmlDocument document)
    {
        using var html = new StringWriter();
        foreach (var node in document.Body!.ChildNodes)
            node.ToHtml(html, HtmlMarkupFormatter.Instance);
        return CleanText.Of(html.ToString()).Trim();
    }

    public static bool IsTooComplex(IHtmlDocument document)
    {
        var nodes = 0;
        var depth = 0;
        INode root = document.Body!;
        for (var node = root; node is not null;)
        {
            if (++nodes > MaxNodes || depth > MaxDepth)
                return true;
            if (node.FirstChild is { } child)
            {
                depth++;
                node = child;
                continue;
            }
            while (node != root && node!.NextSibling is null)
            {
                depth--;
                node = node.Parent;
            }
            node = node == root ? null : node!.NextSibling;
        }
        return false;
    }
}
