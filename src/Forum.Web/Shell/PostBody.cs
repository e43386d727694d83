using Forum.Rendering;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Forum.Web.Shell;

/// <summary>Shows sanitized HTML: the only door through which text becomes markup.</summary>
public sealed class PostBody : ComponentBase
{
    [Parameter, EditorRequired] public SafeHtml Html { get; set; }

    /// <summary>The same without a component, for what stands on a page many times.</summary>
    public static RenderFragment Of(SafeHtml html) => builder =>
    {
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", "body");
        builder.AddAttribute(2, "dir", "auto");
        builder.AddContent(3, new MarkupString(html.ToString()));
        builder.CloseElement();
    };

    protected override void BuildRenderTree(RenderTreeBuilder builder) => Of(Html)(builder);
}
