using Forum.Rendering;

namespace Forum.Web.Api;

internal static class PreviewApi
{
    public static void MapPreview(this RouteGroupBuilder api) =>
        api.MapPost("/preview", Preview).WithTags("Posts").WithSummary("A text as HTML, as a post would show it.").Gives<PreviewShape>();

    private static IResult Preview(Body<TextToPreview> body, PostRenderer renderer) =>
        !body.Is(out var text, out var problem) ? problem
        : renderer.Render(Typed.Text(text.Markdown)).Is(out var rendered, out var refusal) ? Results.Ok(new PreviewShape(rendered.Html))
        : refusal.AsProblem();
}
