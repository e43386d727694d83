using Forum.Topics;
using Forum.Web.Host;

namespace Forum.Web.Api;

internal static class MeTooApi
{
    public static void MapMeToo(this RouteGroupBuilder api)
    {
        var meToo = api.MapGroup("/topics/{id}/metoo").WithTags("Topics");
        meToo.MapPut("", async (long id, Viewer viewer, SayMeToo say, CancellationToken cancellation) => Answer(await say.RunAsync(viewer.Actor, id, cancellation)))
            .WithSummary("Says that you have this question too. Doing it twice is doing it once.").Gives<MeTooShape>(400, 404, 410);
        meToo.MapDelete("", async (long id, Viewer viewer, TakeBackMeToo takeBack, CancellationToken cancellation) => Answer(await takeBack.RunAsync(viewer.Actor, id, cancellation)))
            .WithSummary("Takes back that you have this question too.").Gives<MeTooShape>(400, 404, 410);
    }

    private static IResult Answer(Result<MeTooState> result) => result.Is(out var state, out var refusal) ? Results.Ok(new MeTooShape(state.Count, state.Mine)) : refusal.AsProblem();
}
