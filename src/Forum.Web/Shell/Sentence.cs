using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Forum.Web.Shell;

/// <summary>A sentence that names somebody. The name stands wherever the language puts it, set apart so that its direction turns nothing else.</summary>
public sealed class Sentence : ComponentBase
{
    private const string Place = "\u0001";

    /// <summary>Gives the sentence with a name in its place.</summary>
    [Parameter, EditorRequired] public Func<string, string> Words { get; set; } = null!;

    [Parameter, EditorRequired] public string Name { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var sentence = Words(Place);
        var at = sentence.IndexOf(Place, StringComparison.Ordinal);
        builder.AddContent(0, sentence[..at]);
        builder.OpenElement(1, "bdi");
        builder.AddContent(2, Name);
        builder.CloseElement();
        builder.AddContent(3, sentence[(at + Place.Length)..]);
    }
}
