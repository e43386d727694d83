using Forum.Following;
using Forum.Topics;
using Forum.Web.Host;

namespace Forum.Web.Api;

internal static class FollowingApi
{
    public static void MapFollowing(this RouteGroupBuilder api)
    {
        var watch = api.MapGroup("/topics/{id}/watch").WithTags("Topics").WithMetadata(new MembersOnly());
        watch.MapGet("", async (long id, Viewer viewer, TopicQueries topics, FollowingQueries following, CancellationToken cancellation) =>
            (await topics.FindAsync(await viewer.RightsAsync(), id, cancellation)).Is(out _, out var refusal)
                ? Shown((await following.OfTopicAsync(await viewer.RightsAsync(), id, [], cancellation))?.Level ?? WatchLevel.Normal)
                : refusal.AsProblem())
            .WithSummary("How closely you follow a topic.").Gives<WatchShape>(404, 410);
        watch.MapPost("", async (long id, Body<WatchToKeep> body, Viewer viewer, WatchTopic follow, CancellationToken cancellation) =>
            !body.Is(out var asked, out var problem) ? problem
            : !Asked.OneOf(asked.Level, (WatchLevel)byte.MaxValue, "level").Is(out var level, out var refusal) || !(await follow.RunAsync(viewer.Actor, id, level, cancellation)).Is(out level, out refusal)
                ? refusal.AsProblem() : Shown(level))
            .WithSummary("Follows a topic as closely as you say, or mutes it.").Gives<WatchShape>(400, 404, 410);

        var bookmark = api.MapGroup("/posts/{id}/bookmark").WithTags("Posts").WithMetadata(new MembersOnly());
        bookmark.MapGet("", async (long id, Viewer viewer, TopicQueries topics, FollowingQueries following, CancellationToken cancellation) =>
            (await topics.PostAsync(await viewer.RightsAsync(), id, cancellation)).Is(out var post, out var refusal)
                ? Results.Ok(new BookmarkShape((await following.OfTopicAsync(await viewer.RightsAsync(), post.TopicId, [id], cancellation))?.Bookmarked.Contains(id) is true))
                : refusal.AsProblem())
            .WithSummary("Whether you keep a post at hand.").Gives<BookmarkShape>(404, 410);
        bookmark.MapPost("", async (long id, Viewer viewer, BookmarkPost keep, CancellationToken cancellation) => Answer(await keep.RunAsync(viewer.Actor, id, cancellation), true))
            .WithSummary("Keeps a post at hand; the first post stands for its topic. Doing it twice is doing it once.").Gives<BookmarkShape>(404, 410);
        bookmark.MapDelete("", async (long id, Viewer viewer, RemoveBookmark remove, CancellationToken cancellation) => Answer(await remove.RunAsync(viewer.Actor, id, cancellation), false))
            .WithSummary("No longer keeps a post at hand.").Gives<BookmarkShape>();
    }

    private static IResult Shown(WatchLevel level) => Results.Ok(new WatchShape(level.ToString().ToLowerInvariant()));

    private static IResult Answer(Result<Done> result, bool bookmarked) => result.Is(out _, out var refusal) ? Results.Ok(new BookmarkShape(bookmarked)) : refusal.AsProblem();
}
