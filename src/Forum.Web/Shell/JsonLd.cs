using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Forum.Web.Shell;

/// <summary>Structured data for crawlers. The serializer escapes every character that could end the element.</summary>
public sealed class JsonLd : ComponentBase
{
    private static readonly JsonSerializerOptions options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    [Parameter, EditorRequired] public object Data { get; set; } = new();

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "script");
        builder.AddAttribute(1, "type", "application/ld+json");
        builder.AddContent(2, new MarkupString(JsonSerializer.Serialize(Data, options)));
        builder.CloseElement();
    }
}
