using Forum.Votes;
using Forum.Web.Host;

namespace Forum.Web.Api;

internal static class VotesApi
{
    public static void MapVotes(this RouteGroupBuilder api)
    {
        var vote = api.MapGroup("/posts/{id}/vote").WithTags("Votes");
        vote.MapPut("", async (long id, Viewer viewer, Upvote upvote, CancellationToken cancellation) => Answer(await upvote.RunAsync(viewer.Actor, id, cancellation)))
            .WithSummary("Upvotes a post of somebody else. Doing it twice is doing it once.").Gives<VoteShape>(400, 404, 410);
        vote.MapDelete("", async (long id, Viewer viewer, TakeBackUpvote takeBack, CancellationToken cancellation) => Answer(await takeBack.RunAsync(viewer.Actor, id, cancellation)))
            .WithSummary("Takes your upvote back.").Gives<VoteShape>(400, 404, 410);
    }

    private static IResult Answer(Result<VoteState> result) => result.Is(out var state, out var refusal) ? Results.Ok(new VoteShape(state.Score, state.Voted)) : refusal.AsProblem();
}
