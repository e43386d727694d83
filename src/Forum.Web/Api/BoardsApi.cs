using Forum.Boards;
using Forum.Web.Host;

namespace Forum.Web.Api;

internal static class BoardsApi
{
    public static void MapBoards(this RouteGroupBuilder api) =>
        api.MapGroup("/boards").WithTags("Boards").MapGet("", ListAsync).WithSummary("All boards that you may read, each after the one it stands under.").Gives<Listed<BoardShape>>();

    private static async Task<IResult> ListAsync(Viewer viewer, BoardQueries boards, Shaping shape, CancellationToken cancellation)
    {
        var tree = await boards.TreeAsync(await viewer.RightsAsync(), cancellation);
        return Results.Ok(new Listed<BoardShape>([.. tree.SelectMany(b => b.Whole).Select(shape.Of)], null));
    }
}
