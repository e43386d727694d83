using Forum.Topics;
using Forum.Web.Host;

namespace Forum.Web.Api;

internal static class PreviewApi
{
    public static void MapPreview(this RouteGroupBuilder api) =>
        api.MapPost("/preview", PreviewAsync).WithTags("Posts").WithSummary("A text as HTML, as a post would show it: on a board, as a reply to a topic, or as an edit of a post.").Gives<PreviewShape>();

    private static async Task<IResult> PreviewAsync(Body<TextToPreview> body, Viewer viewer, WritingQueries writings, CancellationToken cancellation) =>
        !body.Is(out var text, out var problem) ? problem
        : (await writings.RenderAsync(viewer.Actor, text.Markdown, new(text.Board, text.TopicId, text.PostId), cancellation)).Is(out var rendered, out var refusal)
            ? Results.Ok(new PreviewShape(rendered.Html))
        : refusal.AsProblem();
}
