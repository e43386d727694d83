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

    /// <summary>The same without a component, for what stands on a page many times.</summary>
    public static RenderFragment Of(ResourceAssetCollection assets, string name, string? kind = null) => builder =>
    {
        builder.OpenElement(0, "svg");
        builder.AddAttribute(1, "class", kind is null ? "icon" : $"icon {kind}");
        builder.AddAttribute(2, "aria-hidden", "true");
        builder.OpenElement(3, "use");
        builder.AddAttribute(4, "href", $"/{assets["icons.svg"]}#{name}");
        builder.CloseElement();
        builder.CloseElement();
    };

    protected override void BuildRenderTree(RenderTreeBuilder builder) => Of(Assets, Name, Kind)(builder);
}
