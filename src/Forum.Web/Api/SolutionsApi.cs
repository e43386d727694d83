using Forum.Moderation;
using Forum.Solutions;
using Forum.Topics;
using Forum.Web.Host;

namespace Forum.Web.Api;

internal static class SolutionsApi
{
    public static void MapSolutions(this RouteGroupBuilder api)
    {
        var solution = api.MapGroup("/topics/{id}/solution/{postId}").WithTags("Solutions");
        solution.MapPut("", async (long id, long postId, Viewer viewer, AcceptSolution accept, TopicListQueries topics, Shaping shape, CancellationToken cancellation) =>
                await TopicsApi.AnswerAsync(await accept.RunAsync(viewer.Actor, id, postId, cancellation), id, topics, shape, cancellation))
            .WithSummary("Accepts a reply as the solution of its topic: in place of an earlier one, or beside it where the board has several solutions a topic.").Gives<TopicShape>(400, 404, 410);
        solution.MapDelete("", async (long id, long postId, Viewer viewer, UnmarkSolution unmark, TopicListQueries topics, Shaping shape, CancellationToken cancellation) =>
                await TopicsApi.AnswerAsync(await unmark.RunAsync(viewer.Actor, id, postId, null, cancellation), id, topics, shape, cancellation))
            .WithSummary("Takes the mark of the solution away.").Gives<TopicShape>(400, 404, 410);
        solution.MapPut("/outdated", async (long id, long postId, Body<DoubtToRaise> body, Viewer viewer, DoubtSolution doubt, TopicListQueries topics, Shaping shape, CancellationToken cancellation) =>
                body.Is(out var said, out var problem) ? await TopicsApi.AnswerAsync(await doubt.RunAsync(viewer.Actor, id, postId, said.Note, cancellation), id, topics, shape, cancellation) : problem)
            .WithSummary("Says that the solution no longer works. When staff, the asker or enough members say so, it is outdated.").Gives<TopicShape>(404, 410);
        solution.MapDelete("/outdated", async (long id, long postId, Viewer viewer, TakeBackDoubt takeBack, TopicListQueries topics, Shaping shape, CancellationToken cancellation) =>
                await TopicsApi.AnswerAsync(await takeBack.RunAsync(viewer.Actor, id, postId, cancellation), id, topics, shape, cancellation))
            .WithSummary("Takes back that the solution no longer works.").Gives<TopicShape>(400, 404, 410);
    }
}
