using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Forum.Web.Shell;

/// <summary>A symbol of the sprite; decoration beside words, so it is hidden from screen readers.</summary>
public sealed class Icon : ComponentBase
{
    /// <summary>The symbol's name in icons.svg.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    /// <summary>Further classes.</summary>
    [Parameter] public string? Kind { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "svg");
        builder.AddAttribute(1, "class", Kind is null ? "icon" : $"icon {Kind}");
        builder.AddAttribute(2, "aria-hidden", "true");
        builder.OpenElement(3, "use");
        builder.AddAttribute(4, "href", $"/{Assets["icons.svg"]}#{Name}");
        builder.CloseElement();
        builder.CloseElement();
    }
}
