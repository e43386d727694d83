using Forum.Moderation;
using Forum.Solutions;
using Forum.Topics;
using Forum.Votes;
using Forum.Web.Host;
using Forum.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Forum.Web.Topics;

/// <summary>The small deeds on a post: each a plain form that comes back to the page it was on.</summary>
public static class PostDeeds
{
    public static void MapPostDeeds(this WebApplication app)
    {
        var posts = app.MapGroup("/posts/{id:long}").DisableAntiforgery().RequireAuthorization();
        posts.MapPost("/upvote", async (long id, [FromForm] string? returnUrl, Viewer viewer, Upvote upvote, CancellationToken cancellation) =>
            (await upvote.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl));
        posts.MapPost("/take-back", async (long id, [FromForm] string? returnUrl, Viewer viewer, TakeBackUpvote takeBack, CancellationToken cancellation) =>
            (await takeBack.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl));
        posts.MapPost("/accept", async (long id, [FromForm] long topic, [FromForm] string? returnUrl, Viewer viewer, AcceptSolution accept, CancellationToken cancellation) =>
            (await accept.RunAsync(viewer.Actor, topic, id, cancellation)).BackTo(returnUrl));
        posts.MapPost("/unmark", async (long id, [FromForm] long topic, [FromForm] string? note, [FromForm] string? returnUrl, Viewer viewer, UnmarkSolution unmark, CancellationToken cancellation) =>
            (await unmark.RunAsync(viewer.Actor, topic, id, note, cancellation)).BackTo(returnUrl));
        posts.MapPost("/works", async (long id, [FromForm] long topic, [FromForm] string? returnUrl, Viewer viewer, TakeBackDoubt takeBack, CancellationToken cancellation) =>
            (await takeBack.RunAsync(viewer.Actor, topic, id, cancellation)).BackTo(returnUrl));
        posts.MapPost("/delete", async (long id, [FromForm] string? returnUrl, Viewer viewer, DeletePost delete, CancellationToken cancellation) =>
            (await delete.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl));
        posts.MapPost("/roll-back", async (long id, [FromForm] int to, [FromForm] int version, Viewer viewer, RollBackPost rollBack, IStringLocalizer<Wording> words, CancellationToken cancellation) =>
            (await rollBack.RunAsync(viewer.Actor, id, to, version, words["Rolled back to version {0}", to], cancellation)).Is(out _, out var refusal)
                ? Results.Redirect(Addresses.History(id))
                : refusal.AsPage(Addresses.History(id)));
        posts.MapPost("/wiki", async (long id, [FromForm] bool? takeBack, [FromForm] string? returnUrl, Viewer viewer, MakeWiki make, UnmakeWiki unmake, CancellationToken cancellation) =>
            (takeBack is true ? await unmake.RunAsync(viewer.Actor, id, cancellation) : await make.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl));
        posts.MapPost("/lock", async (long id, [FromForm] bool? takeBack, [FromForm] string? returnUrl, Viewer viewer, LockPost lockPost, UnlockPost unlock, CancellationToken cancellation) =>
            (takeBack is true ? await unlock.RunAsync(viewer.Actor, id, cancellation) : await lockPost.RunAsync(viewer.Actor, id, null, cancellation)).BackTo(returnUrl));
        posts.MapPost("/hide", async (long id, [FromForm] string? reason, [FromForm] string? returnUrl, Viewer viewer, HidePost hide, CancellationToken cancellation) =>
            (await hide.RunAsync(viewer.Actor, id, reason, cancellation)).BackTo(returnUrl));
        posts.MapPost("/restore", async (long id, [FromForm] string? returnUrl, Viewer viewer, RestorePost restore, CancellationToken cancellation) =>
            (await restore.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl));

        app.MapPost("/t/{id:long}/me-too", async (long id, [FromForm] bool? takeBack, [FromForm] string? returnUrl, Viewer viewer, SayMeToo say, TakeBackMeToo back, CancellationToken cancellation) =>
            (takeBack is true ? await back.RunAsync(viewer.Actor, id, cancellation) : await say.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization();

        app.MapPost("/t/{id:long}/solved/not-yet", async (long id, [FromForm] string? returnUrl, Viewer viewer, SayNotSolvedYet say, CancellationToken cancellation) =>
            (await say.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization();

        app.MapPost("/t/{id:long}/unpin", async (long id, [FromForm] string? returnUrl, Viewer viewer, UnpinTopic unpin, CancellationToken cancellation) =>
            (await unpin.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization();

        app.MapPost("/t/{id:long}/reopen", async (long id, [FromForm] string? returnUrl, Viewer viewer, ReopenTopic reopen, CancellationToken cancellation) =>
            (await reopen.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization();

        // The address of a post, whichever page it stands on by now.
        app.MapGet("/t/{id:long}/{slug}/{number:int}", async (long id, int number, Viewer viewer, TopicQueries topics, CancellationToken cancellation) =>
            await topics.MovedAsync(await viewer.RightsAsync(), id, number, cancellation) is var (moved, now)
                ? Results.Redirect(Addresses.PostOnPage(moved.Id, moved.Slug, now), permanent: true)
            : (await topics.FindAsync(await viewer.RightsAsync(), id, cancellation)).Is(out var topic, out var refusal)
                ? Results.Redirect(Addresses.PostOnPage(topic.Id, topic.Slug, number, await topics.PageOfAsync(await viewer.RightsAsync(), topic.Id, number, cancellation)))
                : refusal.AsPage(null)).AllowAnonymous();
    }
}
