using Forum.Admin;
using Forum.Boards;
using Forum.Members;
using Forum.Web.Host;
using Forum.Web.Shell;
using Forum.Web.Topics;
using Microsoft.AspNetCore.Mvc;

namespace Forum.Web.Admin;

/// <summary>The small deeds of who says who is staff and who is invited: each a plain form.</summary>
public static class RoleDeeds
{
    public static void MapRoleDeeds(this WebApplication app)
    {
        app.MapPost(Addresses.Roles + "/revoke", async ([FromForm] string? handle, [FromForm] string? role, [FromForm] string? board, [FromForm] string? returnUrl, Viewer viewer, RevokeRole revoke, CancellationToken cancellation) =>
            (await revoke.RunAsync(viewer.Actor, handle ?? "", SiteRoles.Parse(role ?? "") ?? SiteRole.None, board, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization(SignInSetup.Admins);
        app.MapPost(InvitationsPage.Address + "/{id:long}/withdraw", async (long id, [FromForm] string? returnUrl, Viewer viewer, TakeBackInvitation takeBack, CancellationToken cancellation) =>
            (await takeBack.RunAsync(viewer.Actor, id, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization(SignInSetup.Managers);
        app.MapPost(Addresses.Roles + "/lines", async ([FromForm] string? handle, [FromForm] string? title, [FromForm] string? signature, [FromForm] string? returnUrl, Viewer viewer, SetStaffLines set, CancellationToken cancellation) =>
            (await set.RunAsync(viewer.Actor, handle, title, signature, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization(SignInSetup.Admins);
    }
}
