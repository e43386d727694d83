using Forum.Rendering;

namespace Forum.Topics;

/// <summary>What a person wrote, cleaned, checked and rendered, ready to be stored.</summary>
/// <param name="Files">Keys of the uploads that the HTML shows or links.</param>
/// <param name="Leads">Topics that it leads to.</param>
internal sealed record Writing(string Markdown, string? Html, string Text, IReadOnlyList<string> Files, IReadOnlyList<long> Leads)
{
    /// <summary>A rendered text in the lengths that are stored.</summary>
    public static Writing Of(string markdown, RenderedPost rendered) => new(
        markdown,
        rendered.Html.Length <= Post.MaxStoredLength ? rendered.Html : null,
        rendered.Text.Length <= Post.MaxStoredLength ? rendered.Text : rendered.Text[..Post.MaxStoredLength],
        PostFiles.KeysIn(rendered.Html),
        [.. rendered.Leads.Take(PostLinks.Max)]);
}
