using Forum.Members;
using Forum.Web.Api;

namespace Forum.Web.Host;

/// <summary>Who comes from a blocked network reads, and nothing else: no account is made there, nobody signs in, and nothing is written.</summary>
public static class Blocks
{
    private static readonly Refusal blocked = Refusal.Forbidden("Nobody writes from your network at the moment. You can read, but not write.");

    /// <summary>Why whoever asks does nothing but read; null where they may. For what answers before the endpoints do, and by GET.</summary>
    public static async Task<Refusal?> RefusalAsync(HttpContext context) =>
        await context.RequestServices.GetRequiredService<BlockList>().IsBlockedAsync(context.Connection.RemoteIpAddress, context.RequestAborted) ? blocked : null;

    public static void UseBlocks(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (Limits.IsSafe(context.Request.Method) || context.Request.Path.StartsWithSegments("/account/sign-out") || context.GetEndpoint() is not RouteEndpoint
            || await RefusalAsync(context) is null)
            await next(context);
        else if (ApiSurface.Holds(context.Request))
            await blocked.AsProblem().ExecuteAsync(context);
        else
            await Antiforgery.HandBackAsync(context, StatusCodes.Status403Forbidden);
    });
}
