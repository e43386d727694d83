using System.Collections.Concurrent;
using Forum.Web.Shell;
using Microsoft.AspNetCore.Authorization;

namespace Forum.Web.Host;

/// <summary>The pages of members, with their islands. Circuits are for members of this site's own pages, a few at a time.</summary>
public static class Pages
{
    /// <summary>Circuits of one member at once: a tab each, and nobody reads in more.</summary>
    private const int MaxCircuits = 20;

    private const string Hub = "/_blazor";

    /// <summary>Where a page that is left says goodbye to its circuit. It names the circuit by a secret of its own, so it needs no other proof of where it comes from.</summary>
    public const string Farewell = Hub + "/disconnect";

    public static void MapPages(this WebApplication app)
    {
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(islands => islands.ContentSecurityFrameAncestorsPolicy = "'none'")
            .SayWhoMayCome();
    }

    /// <summary>Pages say it themselves; this says it of what the framework adds to them: circuits are for members, its files for everybody.</summary>
    public static void SayWhoMayCome(this IEndpointConventionBuilder pages) => pages.Add(endpoint =>
    {
        var path = (endpoint as RouteEndpointBuilder)?.RoutePattern.RawText?.TrimStart('/') ?? "";
        if (path.StartsWith("_blazor", StringComparison.Ordinal))
            endpoint.Metadata.Add(new AuthorizeAttribute());
        else if (path.StartsWith("_framework", StringComparison.Ordinal))
            endpoint.Metadata.Add(new AllowAnonymousAttribute());
    });

    /// <summary>Refuses circuits from other sites, and more of them than a person needs.</summary>
    public static void UseCircuitGuard(this WebApplication app)
    {
        var open = new ConcurrentDictionary<long, int>();
        // Without it nobody before the hub itself knows a request for a socket.
        app.UseWebSockets();
        // Other transports would be a way around the guard, and no browser of today needs them.
        app.UseWhen(context => !context.WebSockets.IsWebSocketRequest && (context.Request.Path.Equals(Hub, StringComparison.OrdinalIgnoreCase) || context.Request.Path.StartsWithSegments(Hub + "/negotiate")), other => other.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }));
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Hub) && context.WebSockets.IsWebSocketRequest, guard => guard.Use(async (context, next) =>
        {
            var origin = context.Request.Headers.Origin.ToString();
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || from.Authority != context.Request.Host.Value)
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }
            var member = Viewer.IdOf(context.User) ?? 0;
            if (open.AddOrUpdate(member, 1, (_, count) => count + 1) > MaxCircuits)
                context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            try
            {
                if (context.Response.StatusCode != StatusCodes.Status429TooManyRequests)
                    await next(context);
            }
            finally
            {
                if (open.AddOrUpdate(member, 0, (_, count) => count - 1) == 0)
                    open.TryRemove(KeyValuePair.Create(member, 0));
            }
        }));
    }
}
