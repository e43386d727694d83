using AngleSharp.Dom;
using AngleSharp.Html;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Forum.Rendering;

/// <summary>HTML as a tree and back.</summary>
internal static class HtmlPage
{
    /// <summary>Deepest nesting of elements: walks over the tree are recursive, and no reader follows fifty levels.</summary>
    public const int MaxDepth = 150;

    /// <summary>Most nodes in one post; a table of 300 rows and 8 columns has 8,000.</summary>
    public const int MaxNodes = 20_000;

    /// <summary>Most nodes directly in one element: the libraries' walks are quadratic in them, and take 0.05 s at this size.</summary>
    public const int MaxChildren = 6_000;

    /// <summary>The tree of a piece of HTML; null when it is too deep or too large to be walked safely.</summary>
    public static IHtmlDocument? Parse(string html)
    {
        if (TagScan.IsTooComplex(html))
            return null;
        var document = new HtmlParser().ParseDocument("<!doctype html><body>" + html);
        if (!IsTooComplex(document.Body!))
            return document;
        document.Dispose();
        return null;
    }

    public static string Write(IHtmlDocument document)
    {
        using var html = new StringWriter();
        foreach (var node in document.Body!.ChildNodes)
            node.ToHtml(html, HtmlMarkupFormatter.Instance);
        return CleanText.Of(html.ToString()).Trim();
    }

    private static bool IsTooComplex(INode root)
    {
        // A stack of our own: the depth is what is being found out. Children by index: NextSibling searches its parent.
        var nodes = 0;
        var waiting = new Stack<(INode Node, int Depth)>([(root, 0)]);
        while (waiting.TryPop(out var item))
        {
            nodes += item.Node.ChildNodes.Length;
            if (nodes > MaxNodes || item.Node.ChildNodes.Length > MaxChildren || item.Depth > MaxDepth)
                return true;
            foreach (var child in item.Node.ChildNodes)
            {
                if (child is IElement)
                    waiting.Push((child, item.Depth + 1));
            }
        }
        return false;
    }
}
