using Forum.Rendering;

namespace Forum.Topics;

/// <summary>What a person wrote, cleaned, checked and rendered, ready to be stored.</summary>
internal sealed record Writing(string Markdown, string? Html, string Text)
{
    /// <summary>Reads a post's text; <paramref name="minimum"/> is its least length in characters as people count them.</summary>
    public static Result<Writing> Read(PostRenderer renderer, string? typed, int minimum)
    {
        var markdown = Typed.Text(typed);
        if (TopicRules.BodyRefusal(markdown, minimum) is { } refusal)
            return refusal;
        if (!renderer.Render(markdown).Is(out var rendered, out refusal))
            return refusal;
        return Of(markdown, rendered);
    }

    /// <summary>A rendered text in the lengths that are stored.</summary>
    public static Writing Of(string markdown, RenderedPost rendered) => new(
        markdown,
        rendered.Html.Length <= Post.MaxStoredLength ? rendered.Html : null,
        rendered.Text.Length <= Post.MaxStoredLength ? rendered.Text : rendered.Text[..Post.MaxStoredLength]);
}
