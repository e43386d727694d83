using Forum.Rendering;

namespace Forum.Topics;

/// <summary>What a person wrote, cleaned, checked and rendered, ready to be stored.</summary>
/// <param name="Files">Keys of the uploads that the HTML shows or links.</param>
/// <param name="Leads">Topics that it leads to.</param>
internal sealed record Writing(string Markdown, string? Html, string Text, IReadOnlyList<string> Files, IReadOnlyList<long> Leads)
{
    /// <summary>The title that goes with it; null without one.</summary>
    public string? Title { get; init; }

    /// <summary>It holds a word, or links to a host, for which it waits.</summary>
    public bool Watched { get; init; }

    /// <summary>It links to other sites.</summary>
    public bool LinksElsewhere { get; init; }

    /// <summary>How many characters of the words are neither in a block of code nor in a quote.</summary>
    public int Prose { get; init; }

    /// <summary>Members that it mentions.</summary>
    public IReadOnlyList<long> Mentions { get; init; } = [];

    /// <summary>Hosts that it links to.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>A rendered text in the lengths that are stored.</summary>
    public static Writing Of(string markdown, RenderedPost rendered) => new(
        markdown,
        rendered.Html.Length <= Post.MaxStoredLength ? rendered.Html : null,
        rendered.Text.Length <= Post.MaxStoredLength ? rendered.Text : rendered.Text[..Post.MaxStoredLength],
        PostFiles.KeysIn(rendered.Html),
        [.. rendered.Leads.Take(PostLinks.Max)])
    {
        LinksElsewhere = rendered.LinksElsewhere > 0,
        Prose = rendered.Prose,
        Mentions = rendered.Mentions,
    };
}
