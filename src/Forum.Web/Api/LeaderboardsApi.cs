using System.ComponentModel;
using Forum.Standing;
using Forum.Web.Host;
using Forum.Web.Standing;

namespace Forum.Web.Api;

internal static class LeaderboardsApi
{
    public static void MapLeaderboards(this RouteGroupBuilder api)
    {
        var boards = api.MapGroup("/leaderboards").WithTags("Leaderboards");
        boards.MapGet("/upvotes", UpvotesAsync).WithSummary("The most upvoted members; staff are left out.").Gives<Listed<PlaceShape>>(400, 404);
        boards.MapGet("/solutions", SolutionsAsync).WithSummary("The members whose answers solved most questions of others; staff are left out.").Gives<Listed<SolverShape>>(400, 404);
    }

    private static async Task<IResult> SolutionsAsync(
        [Description("week, month, year or all; month when left out.")] string? period, [Description("Slug of a board; those below it count too.")] string? board,
        Viewer viewer, LeaderboardQueries leaderboards, Shaping shape, CancellationToken cancellation)
    {
        if (!Asked.OneOf(period, LeaderboardAddress.Usual, "period").Is(out var span, out var refusal)
            || !(await leaderboards.MovedAsync(await viewer.RightsAsync(), LeaderboardKind.Solutions, span, board, cancellation)).Is(out var rows, out refusal))
            return refusal.AsProblem();
        return Results.Ok(new Listed<SolverShape>([.. rows.Select(shape.Solver)], null));
    }

    private static async Task<IResult> UpvotesAsync(
        [Description("week, month, year or all; month when left out.")] string? period, [Description("Slug of a board; those below it count too.")] string? board,
        Viewer viewer, LeaderboardQueries leaderboards, Shaping shape, CancellationToken cancellation)
    {
        if (!Asked.OneOf(period, LeaderboardAddress.Usual, "period").Is(out var span, out var refusal)
            || !(await leaderboards.TopAsync(await viewer.RightsAsync(), span, board, cancellation)).Is(out var rows, out refusal))
            return refusal.AsProblem();
        return Results.Ok(new Listed<PlaceShape>([.. rows.Select(shape.Of)], null));
    }
}
