using Forum.Following;
using Forum.Topics;
using Forum.Web.Host;
using Forum.Web.Shell;
using Forum.Web.Topics;
using Microsoft.AspNetCore.Mvc;

namespace Forum.Web.Following;

/// <summary>What a member does for themselves alone: follow, keep at hand, and have read.</summary>
public static class FollowingDeeds
{
    /// <summary>An image of one transparent point, for pages that run no script.</summary>
    private static readonly byte[] point = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    /// <param name="Number">The highest post number that was in sight.</param>
    public sealed record Seen(int Number);

    public static void MapFollowing(this WebApplication app)
    {
        var deeds = app.MapGroup("").DisableAntiforgery().RequireAuthorization();
        deeds.MapPost("/t/{id:long}/watch", async (long id, [FromForm] WatchLevel level, [FromForm] string? returnUrl, Viewer viewer, WatchTopic watch, CancellationToken cancellation) =>
            (await watch.RunAsync(viewer.Actor, id, level, cancellation)).BackTo(returnUrl));
        deeds.MapPost("/t/{id:long}/mark-unread", async (long id, [FromForm] int? from, [FromForm] string? returnUrl, Viewer viewer, MarkUnread mark, CancellationToken cancellation) =>
            (await mark.RunAsync(viewer.Actor, id, from ?? 1, cancellation)).BackTo(returnUrl));
        deeds.MapPost("/posts/{id:long}/bookmark", async (long id, [FromForm] bool? takeBack, [FromForm] string? returnUrl, Viewer viewer, BookmarkPost keep, RemoveBookmark remove, CancellationToken cancellation) =>
            (takeBack is true ? await remove.RunAsync(viewer.Actor, id, cancellation) : await keep.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl));
        deeds.MapPost("/mark-all-read", async ([FromForm] string? returnUrl, Viewer viewer, MarkAllRead mark, CancellationToken cancellation) =>
            (await mark.RunAsync(viewer.Actor, cancellation)).BackTo(returnUrl));

        var reading = app.MapGroup("/x/read/{topic:long}").AllowAnonymous();
        reading.MapPost("", (long topic, Seen seen, Viewer viewer, ReadMarks marks) => Note(viewer, marks, topic, seen.Number));
        reading.MapGet("/{number:int}.gif", (long topic, int number, HttpContext context, Viewer viewer, ReadMarks marks) =>
        {
            // A link in a post reads nothing for whoever follows it.
            if (context.Request.Headers["Sec-Fetch-Dest"].ToString() is "" or "image")
                Note(viewer, marks, topic, number);
            context.Response.Headers.CacheControl = "no-store";
            return Results.Bytes(point, "image/gif");
        });

        // Where the reader stopped; for visitors, of whom nothing is known, the topic itself.
        app.MapGet("/t/{id:long}/{slug}/unread", async (long id, Viewer viewer, TopicQueries topics, FollowingQueries following, CancellationToken cancellation) =>
        {
            var rights = await viewer.RightsAsync();
            if (!(await topics.FindAsync(rights, id, cancellation)).Is(out var topic, out var refusal))
                return refusal.AsPage(null);
            var first = await following.FirstUnreadAsync(rights, id, cancellation);
            return Results.Redirect(first > 1 ? Addresses.PostOnPage(topic.Id, topic.Slug, first) : Addresses.Topic(topic.Id, topic.Slug));
        }).AllowAnonymous();
    }

    private static IResult Note(Viewer viewer, ReadMarks marks, long topic, int number)
    {
        if (viewer.Actor.MemberId is { } me && number > 0)
            marks.Note(me, topic, number);
        return Results.NoContent();
    }
}
