using Forum.Boards;
using Forum.Web.Host;
using Forum.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Forum.Web.Boards;

/// <summary>The small deeds of who looks after boards: each a plain form.</summary>
public static class BoardDeeds
{
    public static void MapBoardDeeds(this WebApplication app) =>
        app.MapPost("/admin/boards/{slug}/place", async (string slug, [FromForm] int to, [FromForm] string? returnUrl, Viewer viewer, ChangeBoard change, CancellationToken cancellation) =>
            (await change.RunAsync(viewer.Actor, new(slug, Position: to), cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization(SignInSetup.Managers);
}
