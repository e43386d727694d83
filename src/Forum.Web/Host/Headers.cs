using Forum.Settings;
using Forum.Web.Admin;
using Microsoft.AspNetCore.HttpOverrides;

namespace Forum.Web.Host;

/// <summary>Headers that every response carries, and what is done to every request first.</summary>
public static class Headers
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        + "form-action 'self'; base-uri 'self'; frame-ancestors 'none'; report-uri " + PolicyReports.Address;

    /// <summary>For what members brought: should a browser ever take it for a page, that page may do nothing.</summary>
    private const string Sandbox = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    private static readonly object sandboxed = new();

    /// <summary>Says that the answer holds what a member brought, and not a page of ours.</summary>
    public static void PutIntoSandbox(this HttpContext context) => context.Items[sandboxed] = true;

    public static void UseForumHeaders(this WebApplication app)
    {
        var secure = app.Services.GetRequiredService<ForumOptions>().Site.Url.Scheme == Uri.UriSchemeHttps;
        app.Use((context, next) =>
        {
            // What ends TLS before us need not be trusted to say so: the site's own address says it.
            if (secure)
                context.Request.Scheme = Uri.UriSchemeHttps;
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = context.Items.ContainsKey(sandboxed) ? Sandbox : ContentSecurityPolicy;
                headers.XContentTypeOptions = "nosniff";
                // Links in letters carry secrets.
                headers["Referrer-Policy"] = context.Request.Path.StartsWithSegments("/account") || context.Request.Path.StartsWithSegments("/setup") ? "no-referrer" : "strict-origin-when-cross-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
                if (secure)
                    headers.StrictTransportSecurity = "max-age=63072000; includeSubDomains";
                return Task.CompletedTask;
            });
            if (HttpMethods.IsTrace(context.Request.Method))
            {
                context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                return Task.CompletedTask;
            }
            return next(context);
        });
    }

    /// <summary>Believes the X-Forwarded headers of the configured proxies and of nobody else.</summary>
    public static void UseProxies(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<ForumOptions>().Proxies;
        if (proxies.Length == 0)
            return;
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            if (System.Net.IPAddress.TryParse(proxy, out var address))
                forwarded.KnownProxies.Add(address);
            else
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        app.UseForwardedHeaders(forwarded);
    }

    /// <summary>Pages answer GET only; a HEAD request gets the headers of the GET and no body.</summary>
    public static void UseHeadAsGet(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
            context.Response.Body = Stream.Null;
        }
        return next(context);
    });
}
