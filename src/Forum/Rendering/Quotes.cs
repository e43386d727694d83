using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Forum.Rendering;

/// <summary>
/// Quotes that say whom they quote: their first line is a link to a post of this forum and ends with a colon,
/// <c>&gt; [Ines R](/t/12/hand-over/3) wrote:</c>.
/// </summary>
/// <remarks>The name shown is that of the post's author, so that nobody is quoted under a name that is not theirs.</remarks>
internal sealed partial class Quotes
{
    /// <summary>Most levels of quotes that are shown as such: what is quoted deeper stands in the last of them.</summary>
    public const int MaxDepth = 3;

    /// <summary>Stands in the HTML of every post that quotes somebody by name.</summary>
    public const string Mark = $"class=\"{Attribution}\"";

    private const string Attribution = "attribution";

    /// <summary>Most attributions that are looked up for one post.</summary>
    private const int Max = 20;

    private readonly List<(IElement Link, TopicAddress Address)> attributions = [];

    public IReadOnlyCollection<TopicAddress> Posts => [.. attributions.Select(a => a.Address).Distinct()];

    /// <summary>Takes in a quote whose links have their form already, and gives its attribution a line of its own.</summary>
    public void Add(IElement quote)
    {
        if (attributions.Count >= Max || quote.FirstElementChild is not { LocalName: "p" } paragraph || !StartsWith(quote, paragraph)
            || paragraph.FirstElementChild is not { LocalName: "a" } link || !StartsWith(paragraph, link)
            || OwnLinks.TopicOf(link.GetAttribute("href")) is not { Number: not null } address
            || link.NextSibling is not IText rest || Ending().Match(rest.Data) is not { Success: true } ending
            || ending.Length == rest.Data.Length && rest.NextSibling is { NodeName: not "BR" })
            return;
        var line = quote.Owner!.CreateElement("p");
        line.ClassName = Attribution;
        quote.InsertBefore(line, paragraph);
        rest.Data = rest.Data[ending.Length..].TrimStart();
        line.Append(link, quote.Owner!.CreateTextNode(ending.Value.TrimEnd()));
        if (paragraph.FirstElementChild is { LocalName: "br" } end && StartsWith(paragraph, end))
        {
            if (end.NextSibling is IText next)
                next.Data = next.Data.TrimStart();
            end.Remove();
        }
        if (paragraph.ChildNodes.All(IsBlank))
            paragraph.Remove();
        else
            quote.InsertBefore(quote.Owner!.CreateTextNode("\n"), paragraph);
        quote.ClassName = "quote";
        attributions.Add((link, address));
    }

    /// <summary>Names the authors of the posts that are known; gives those posts, each once.</summary>
    public IReadOnlyList<QuotedPost> Name(References references)
    {
        var known = new List<QuotedPost>();
        foreach (var (link, address) in attributions)
        {
            if (references.Post(address) is not { } post)
                continue;
            link.SetAttribute("href", address.Path(post.Slug));
            link.TextContent = post.AuthorName;
            var quoted = new QuotedPost(post.Id, post.AuthorId);
            if (!known.Contains(quoted))
                known.Add(quoted);
        }
        return known;
    }

    private static bool StartsWith(IElement parent, IElement child) => parent.ChildNodes.TakeWhile(n => n != child).All(IsBlank);

    private static bool IsBlank(INode node) => node is IText text && string.IsNullOrWhiteSpace(text.Data);

    /// <summary>What may stand between the name and the end of its line: a word or two in any language.</summary>
    [GeneratedRegex(@"^[^\n:]{0,40}:[ \t]*(?:\n|$)")]
    private static partial Regex Ending();
}
