using System.Globalization;
using Forum.Moderation;
using Forum.Web.Host;
using Forum.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Forum.Web.Moderation;

/// <summary>What moderators do with what was reported.</summary>
public static class ModerationDeeds
{
    /// <summary>What is to be decided.</summary>
    public const string Queue = "/mod/queue";

    /// <summary>What was decided.</summary>
    public const string Decided = Queue + "?filter=decided";

    /// <summary>Solutions that members doubt.</summary>
    public const string Outdated = "/mod/outdated";

    /// <summary>Who did what.</summary>
    public const string Log = "/mod/log";

    public static string Review(long id) => string.Create(CultureInfo.InvariantCulture, $"{Queue}/{id}");

    /// <summary>What staff keep about a member.</summary>
    public static string Record(string handle) => $"/mod/members/{Uri.EscapeDataString(handle)}";

    public static string Lift(long id) => string.Create(CultureInfo.InvariantCulture, $"/mod/sanctions/{id}/lift");

    public static string UndoRemoval(long id) => string.Create(CultureInfo.InvariantCulture, $"/mod/removals/{id}/undo");

    public static string Held(long postId) => string.Create(CultureInfo.InvariantCulture, $"/mod/held/{postId}");

    public static void MapModeration(this WebApplication app)
    {
        app.MapPost("/mod/sanctions/{id:long}/lift", async (long id, [FromForm] string? returnUrl, Viewer viewer, LiftSanction lift, CancellationToken cancellation) =>
            (await lift.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization();
        app.MapPost("/mod/removals/{id:long}/undo", async (long id, [FromForm] string? returnUrl, Viewer viewer, RestoreSpammer restore, CancellationToken cancellation) =>
            (await restore.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization();
        app.MapPost("/mod/held/{id:long}", async (long id, [FromForm] Verdict verdict, [FromForm] string? reason, Viewer viewer, DecideHeld decide, CancellationToken cancellation) =>
            (await decide.RunAsync(viewer.Actor, id, verdict, reason, cancellation)).BackTo(Queue)).DisableAntiforgery().RequireAuthorization();
        app.MapPost(Queue + "/{id:long}", async (long id, [FromForm] Verdict verdict, [FromForm] string? reason, Viewer viewer, DecideReview decide, CancellationToken cancellation) =>
            (await decide.RunAsync(viewer.Actor, id, verdict, reason, cancellation)).BackTo(Queue)).DisableAntiforgery().RequireAuthorization();
    }
}
