namespace Forum.Rendering;

/// <summary>What a post's text became.</summary>
public sealed record RenderedPost
{
    internal RenderedPost(string html, string text)
    {
        Html = html;
        Text = text;
    }

    /// <summary>The sanitized HTML, as it is stored.</summary>
    public string Html { get; }

    /// <summary>The words alone, paragraphs on lines of their own, code included: for search and excerpts.</summary>
    public string Text { get; }

    /// <summary>The same HTML, for a page.</summary>
    public SafeHtml Safe => new(Html);
}
