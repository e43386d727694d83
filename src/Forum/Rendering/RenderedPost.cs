namespace Forum.Rendering;

/// <summary>A post that another one quotes, and who wrote it.</summary>
public sealed record QuotedPost(long PostId, long AuthorId);

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

    /// <summary>How many characters of the words are neither in a block of code nor in a quote.</summary>
    public int Prose { get; internal init; }

    /// <summary>How many links lead to other sites.</summary>
    public int LinksElsewhere { get; internal init; }

    /// <summary>How many images it shows.</summary>
    public int Images { get; internal init; }

    /// <summary>Members mentioned, each once, in the order of the text. By id, since a handle may change.</summary>
    public IReadOnlyList<long> Mentions { get; internal init; } = [];

    /// <summary>Posts quoted with attribution, each once, in the order of the text.</summary>
    public IReadOnlyList<QuotedPost> Quotes { get; internal init; } = [];

    /// <summary>Topics of this forum that the text leads to and its readers may read, each once, in the order of the text.</summary>
    public IReadOnlyList<long> Topics { get; internal init; } = [];

    /// <summary>Every topic of this forum that the text leads to or quotes from, whoever may read it and whether it exists or not.</summary>
    public IReadOnlyList<long> Leads { get; internal init; } = [];

    /// <summary>The same HTML, for a page.</summary>
    public SafeHtml Safe => new(Html);
}
