using System.Net;
using System.Text;
using Markdig;

namespace Forum.Rendering;

/// <summary>Turns what members write into HTML that is safe on every page, and into the words alone.</summary>
/// <remarks>
/// One instance serves all threads. No input makes it throw, and none keeps it busy: what would take the parsers too long
/// is refused before they see it. It knows no database: a text is read, what it refers to is looked up, then it is rendered.
/// </remarks>
/// <param name="site">The forum's own address, by which its own links are known.</param>
public sealed class PostRenderer(Uri? site = null)
{
    /// <summary>Most members that one post mentions.</summary>
    public const int MaxMentions = Mentions.Max;

    /// <summary>Raised whenever the same text would become other HTML, or more were noted of it, so that stored HTML is made anew.</summary>
    public const int Version = 3;

    /// <summary>Longest text taken, in characters: a little over the longest post, so that the forum's own additions fit.</summary>
    public const int MaxLength = 32_000;

    /// <summary>Longest HTML made, in characters: sixteen times the longest text, which no honest post comes near.</summary>
    public const int MaxHtmlLength = 512 * 1024;

    /// <summary>Longest HTML taken from an import, in characters.</summary>
    public const int MaxImportedLength = 4 * MaxLength;

    private const string Field = "Markdown";

    internal static readonly Refusal TooLarge =
        Refusal.Invalid("This text has too many parts for one post. Please shorten it, or put tables and logs into a code block.", Field);

    private static readonly Refusal tooLong =
        Refusal.Invalid("This text is too long. Please shorten it to {0} characters, or attach the rest as a file.", Field, Topics.Post.MaxBodyLength);

    private readonly MarkdownPipeline pipeline = MarkdownReader.Pipeline();
    private readonly OwnLinks own = new(site);

    /// <summary>Reads a text in Markdown; refused with what to change in it.</summary>
    public Result<ParsedPost> Read(string markdown)
    {
        if (markdown.Length > MaxLength)
            return tooLong;
        if (!MarkdownReader.Html(pipeline, CleanText.Of(markdown)).Is(out var read, out var refusal))
            return refusal;
        return Parse(read.Html, read.Notes);
    }

    /// <summary>The HTML and the words of a text in Markdown that refers to nothing, or what to change in it.</summary>
    public Result<RenderedPost> Render(string markdown) => Finish(Read(markdown));

    /// <summary>The same for a text that is HTML already, as imports bring it.</summary>
    public Result<RenderedPost> RenderHtml(string html) =>
        html.Length > MaxImportedLength ? TooLarge : Finish(Parse(CleanText.Of(html), null));

    /// <summary>The text with other words in the place of those that mention members by one of these handles; what calls nobody, as in code and quotes, stays.</summary>
    /// <param name="handles">That compare without case.</param>
    /// <param name="instead">In the place of the @ and the handle.</param>
    internal string Rename(string markdown, IReadOnlySet<string> handles, string instead)
    {
        var places = Mentions.In(markdown, handles).Select((place, i) => (place.At, place.Length, Stand: $"q{Guid.NewGuid().ToString("N")[..8]}x{i}")).ToList();
        // Whether a place calls somebody is known once the text is read: a word that nobody has stands in each, and shows up where it does.
        if (places.Count == 0 || !Read(With(place => place.Stand)).Is(out var parsed, out _))
            return markdown;
        HashSet<string> calling;
        using (parsed)
            calling = new(parsed.Handles, StringComparer.OrdinalIgnoreCase);
        places.RemoveAll(place => !calling.Contains(place.Stand));
        return With(_ => instead, withSign: true);

        string With(Func<(int At, int Length, string Stand), string> stand, bool withSign = false)
        {
            var (text, at) = (new StringBuilder(), 0);
            foreach (var place in places)
            {
                text.Append(markdown, at, place.At - (withSign ? 1 : 0) - at).Append(stand(place));
                at = place.At + place.Length;
            }
            return text.Append(markdown, at, markdown.Length - at).ToString();
        }
    }

    /// <summary>The HTML of a stored post: what was stored, or, where it was too long to be stored, made from its text.</summary>
    internal SafeHtml HtmlOf(string? storedHtml, string markdown)
    {
        if (storedHtml is not null)
            return new(storedHtml);
        return Render(markdown).Is(out var rendered, out _)
            ? rendered.Safe
            : new($"<pre><code>{WebUtility.HtmlEncode(CleanText.Of(markdown))}</code></pre>");
    }

    private Result<ParsedPost> Parse(string html, string? notes)
    {
        if (html.Length > MaxHtmlLength || HtmlPage.Parse(html) is not { } document)
            return TooLarge;
        var form = new HouseForm(own, notes);
        form.Give(document);
        return new ParsedPost(document, form);
    }

    private static Result<RenderedPost> Finish(Result<ParsedPost> parsed)
    {
        if (!parsed.Is(out var post, out var refusal))
            return refusal;
        using (post)
            return post.Render(References.None);
    }
}
