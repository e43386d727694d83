using System.Globalization;
using Forum.Moderation;
using Forum.Topics;
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

    /// <summary>The log as a file, one deed a line.</summary>
    public const string LogFile = "/mod/log.csv";

    public static string Review(long id) => string.Create(CultureInfo.InvariantCulture, $"{Queue}/{id}");

    /// <summary>What staff keep about a member.</summary>
    public static string Record(string handle) => $"/mod/members/{Uri.EscapeDataString(handle)}";

    /// <summary>Where a member is signed in and was.</summary>
    public static string SignIns(string handle) => $"{Record(handle)}/sign-ins";

    /// <summary>Where an account goes into another one of the same member.</summary>
    public static string Merge(string handle) => $"{Record(handle)}/merge";

    /// <summary>Where what one account did is rolled back.</summary>
    public static string RollBack(string handle) => $"{Record(handle)}/rollback";

    /// <summary>What moderators told the member who asks.</summary>
    public const string Mine = "/account/moderation";

    public static string Talk(long id) => string.Create(CultureInfo.InvariantCulture, $"/talks/{id}");

    public static string Settle(long id) => string.Create(CultureInfo.InvariantCulture, $"/talks/{id}/settle");

    public static string Undo(long id) => string.Create(CultureInfo.InvariantCulture, $"/mod/undo/{id}");

    public static string Lift(long id) => string.Create(CultureInfo.InvariantCulture, $"/mod/sanctions/{id}/lift");

    public static string UndoRemoval(long id) => string.Create(CultureInfo.InvariantCulture, $"/mod/removals/{id}/undo");

    public static string Held(long postId) => string.Create(CultureInfo.InvariantCulture, $"/mod/held/{postId}");

    public static void MapModeration(this WebApplication app)
    {
        app.MapGet(LogFile, async (string? of, string? by, string? about, HttpContext context, Viewer viewer, AuditQueries audit, CancellationToken cancellation) =>
        {
            var rows = audit.AllAsync(await viewer.RightsAsync(), new(of, by, about), cancellation);
            await Csv.WriteAsync(context.Response, "log.csv", ["at", "by", "deed", "about", "topic", "post", "before", "after", "why"], rows.Select(r => new[]
            {
                r.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), r.By?.Handle, r.Deed, r.About?.Handle, r.TopicId?.ToString(CultureInfo.InvariantCulture), r.Number?.ToString(CultureInfo.InvariantCulture), r.Before, r.After, r.Note,
            }), cancellation);
        }).RequireAuthorization(SignInSetup.Moderators);
        app.MapPost(BlocksPage.Address + "/{id:long}/lift", async (long id, [FromForm] string? returnUrl, Viewer viewer, LiftBlock lift, CancellationToken cancellation) =>
            (await lift.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization(SignInSetup.Managers);
        app.MapPost(WatchedWordsPage.Address + "/{id:long}/remove", async (long id, [FromForm] string? returnUrl, Viewer viewer, RemoveWatchedWord remove, CancellationToken cancellation) =>
            (await remove.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization(SignInSetup.Managers);
        app.MapPost("/mod/sanctions/{id:long}/lift", async (long id, [FromForm] string? returnUrl, Viewer viewer, LiftSanction lift, CancellationToken cancellation) =>
            (await lift.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization(SignInSetup.Moderators);
        app.MapPost("/mod/removals/{id:long}/undo", async (long id, [FromForm] string? returnUrl, Viewer viewer, RestoreSpammer restore, CancellationToken cancellation) =>
            (await restore.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization(SignInSetup.Moderators);
        app.MapPost("/mod/held/{id:long}", async (long id, [FromForm] Verdict verdict, [FromForm] string? reason, [FromForm] string? returnUrl, Viewer viewer, DecideHeld decide, CancellationToken cancellation) =>
            (await decide.RunAsync(viewer.Actor, id, verdict, reason, cancellation)).BackTo(returnUrl ?? Queue)).DisableAntiforgery().RequireAuthorization(SignInSetup.Moderators);
        app.MapPost(Queue + "/{id:long}", async (long id, [FromForm] Verdict verdict, [FromForm] string? reason, [FromForm] string? returnUrl, Viewer viewer, DecideReview decide, CancellationToken cancellation) =>
        {
            var result = await decide.RunAsync(viewer.Actor, id, verdict, reason, cancellation);
            // Two moderators at the same post are no error: the later one sees what the other decided.
            return result.Refusal == Refusal.DecidedMeanwhile ? Results.Redirect(string.Create(CultureInfo.InvariantCulture, $"{Queue}?meanwhile={id}")) : result.BackTo(returnUrl ?? Queue);
        }).DisableAntiforgery().RequireAuthorization(SignInSetup.Moderators);
        app.MapPost(Queue + "/{id:long}/claim", async (long id, [FromForm] bool? takeBack, [FromForm] string? returnUrl, Viewer viewer, ClaimReview claim, CancellationToken cancellation) =>
            (await claim.RunAsync(viewer.Actor, id, takeBack is not true, cancellation)).BackTo(returnUrl ?? Queue)).DisableAntiforgery().RequireAuthorization(SignInSetup.Moderators);
        app.MapPost("/mod/undo/{id:long}", async (long id, [FromForm] string? returnUrl, Viewer viewer, UndoDeed undo, CancellationToken cancellation) =>
            (await undo.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl ?? Queue)).DisableAntiforgery().RequireAuthorization();
        app.MapPost("/talks/{id:long}/settle", async (long id, [FromForm] string? returnUrl, Viewer viewer, SettleTalk settle, CancellationToken cancellation) =>
            (await settle.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization();
    }
}
