using Forum.Boards;
using Forum.Web.Host;
using Forum.Web.Shell;
using Forum.Web.Topics;
using Microsoft.AspNetCore.Mvc;

namespace Forum.Web.Boards;

/// <summary>The small deeds of members and managers with groups: each a plain form.</summary>
public static class GroupDeeds
{
    public static void MapGroupDeeds(this WebApplication app)
    {
        app.MapPost(Addresses.Groups + "/{slug}/join", async (string slug, [FromForm] string? note, [FromForm] string? returnUrl, Viewer viewer, JoinGroup join, CancellationToken cancellation) =>
            (await join.RunAsync(viewer.Actor, slug, note, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization();
        app.MapPost(Addresses.Groups + "/{slug}/leave", async (string slug, [FromForm] string? returnUrl, Viewer viewer, LeaveGroup leave, CancellationToken cancellation) =>
            (await leave.RunAsync(viewer.Actor, slug, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization();
        app.MapPost(Addresses.ManagedGroups + "/{slug}/members", async (string slug, [FromForm] string? handle, [FromForm] bool? take, [FromForm] string? returnUrl, Viewer viewer, AddToGroup add, TakeFromGroup takeOut, CancellationToken cancellation) =>
            (take == true ? await takeOut.RunAsync(viewer.Actor, slug, handle, cancellation) : await add.RunAsync(viewer.Actor, slug, handle, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization(SignInSetup.Managers);
        app.MapPost(Addresses.ManagedGroups + "/{slug}/rights", async (string slug, IFormCollection form, Viewer viewer, GiveGroupRights give, CancellationToken cancellation) =>
            (await give.RunAsync(viewer.Actor, slug, form["board"], form["rights"].Aggregate(Right.None, (all, name) => all | (Enum.TryParse<Right>(name, out var right) ? right : Right.None)), cancellation)).BackTo(form["returnUrl"])).DisableAntiforgery().RequireAuthorization(SignInSetup.Managers);
    }
}
