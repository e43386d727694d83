using System.Net;
using Markdig;

namespace Forum.Rendering;

/// <summary>Turns what members write into HTML that is safe on every page, and into the words alone.</summary>
/// <remarks>
/// One instance serves all threads. No input makes it throw, and none keeps it busy: what would take the parsers too long
/// is refused before they see it.
/// </remarks>
public sealed class PostRenderer
{
    /// <summary>Raised whenever the same text would become other HTML, so that stored HTML is made anew.</summary>
    public const int Version = 1;

    /// <summary>Longest text taken, in characters: a little over the longest post, so that the forum's own additions fit.</summary>
    public const int MaxLength = 32_000;

    /// <summary>Longest HTML made, in characters: sixteen times the longest text, which no honest post comes near.</summary>
    public const int MaxHtmlLength = 512 * 1024;

    /// <summary>Longest HTML taken from an import, in characters.</summary>
    public const int MaxImportedLength = 4 * MaxLength;

    private const string Field = "Markdown";

    private static readonly Refusal tooLong =
        Refusal.Invalid("This text is too long. Please shorten it to {0} characters, or attach the rest as a file.", Field, Topics.Post.MaxBodyLength);

    private static readonly Refusal tooLarge =
        Refusal.Invalid("This text has too many parts for one post. Please shorten it, or put tables and logs into a code block.", Field);

    private readonly MarkdownPipeline pipeline = MarkdownReader.Pipeline();

    /// <summary>The HTML and the words of a text in Markdown, or what to change in it.</summary>
    public Result<RenderedPost> Render(string markdown)
    {
        if (markdown.Length > MaxLength)
            return tooLong;
        if (!MarkdownReader.Html(pipeline, CleanText.Of(markdown)).Is(out var html, out var refusal))
            return refusal;
        return Finish(html);
    }

    /// <summary>The same for a text that is HTML already, as imports bring it.</summary>
    public Result<RenderedPost> RenderHtml(string html) =>
        html.Length > MaxImportedLength ? tooLarge : Finish(CleanText.Of(html));

    /// <summary>The HTML of a stored post: what was stored, or, where it was too long to be stored, made from its text.</summary>
    internal SafeHtml HtmlOf(string? storedHtml, string markdown)
    {
        if (storedHtml is not null)
            return new(storedHtml);
        return Render(markdown).Is(out var rendered, out _)
            ? rendered.Safe
            : new($"<pre><code>{WebUtility.HtmlEncode(CleanText.Of(markdown))}</code></pre>");
    }

    private static Result<RenderedPost> Finish(string html)
    {
        if (html.Length > MaxHtmlLength)
            return tooLarge;
        using var document = HtmlPage.Parse(html);
        if (document is null)
            return tooLarge;
        Allowed.Prepare(document);
        Allowed.Sanitize(document);
        var clean = HtmlPage.Write(document);
        return clean.Length > MaxHtmlLength ? tooLarge : new RenderedPost(clean, Words.Of(document.Body!));
    }
}
