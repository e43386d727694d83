using Forum.Settings;
using Forum.Web.Admin;
using Forum.Web.Api;
using Forum.Web.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Forum.Web.Host;

/// <summary>
/// One check for every request that changes something, whatever its endpoint says of itself: without a valid token it is answered with a
/// page that holds what was typed, to be sent again. The API is left out, since no cookie signs anybody in there.
/// </summary>
public static class Antiforgery
{
    public const string HeaderName = "X-Antiforgery";

    public static void AddForumAntiforgery(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.HeaderName = HeaderName;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddOptions<AntiforgeryOptions>().Configure<ForumOptions>((antiforgery, options) =>
        {
            var secure = options.Site.Url.Scheme == Uri.UriSchemeHttps;
            antiforgery.Cookie.Name = secure ? "__Host-forum-form" : "forum-form";
            antiforgery.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            // Strict would give a visitor who comes by a link from elsewhere a new cookie and break the forms in their other tabs.
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
            antiforgery.Cookie.HttpOnly = true;
        });
    }

    public static void UseForumAntiforgery(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (Limits.IsSafe(context.Request.Method) || ApiSurface.Holds(context.Request) || context.Request.Path.StartsWithSegments(Pages.Farewell) || context.Request.Path == PolicyReports.Address || context.GetEndpoint() is not RouteEndpoint)
        {
            await next(context);
            return;
        }
        // A verdict that the framework has spoken already forbids to read the form, even to check it again.
        var verdict = context.Features.Get<IAntiforgeryValidationFeature>();
        var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
        if (!IsForeign(context.Request) && (verdict?.IsValid ?? await antiforgery.IsRequestValidAsync(context)))
        {
            await next(context);
            return;
        }
        context.TellSecurity("form.refused");
        context.Features.Set<IAntiforgeryValidationFeature>(null);
        await HandBackAsync(context, StatusCodes.Status400BadRequest);
    });

    /// <summary>Answers a form with what was typed in it, to be sent again: with 400 when its token is worth nothing any more, with 401 when only members may send it, with 503 when the database did not answer.</summary>
    public static async Task HandBackAsync(HttpContext context, int status)
    {
        var request = context.Request;
        var fields = new List<KeyValuePair<string, string>>();
        if (request.HasFormContentType)
            foreach (var (name, values) in await request.ReadFormAsync(context.RequestAborted))
                if (!name.StartsWith("__", StringComparison.Ordinal) || name == "__handler" || name == "_handler")
                    fields.AddRange(values.Select(value => KeyValuePair.Create(name, value ?? "")));
        context.Response.StatusCode = status;
        await new RazorComponentResult<ReturnedForm>(new Dictionary<string, object?>
        {
            [nameof(ReturnedForm.Status)] = status,
            [nameof(ReturnedForm.Action)] = request.Path + request.QueryString,
            [nameof(ReturnedForm.Fields)] = fields,
            [nameof(ReturnedForm.MaySendAgain)] = !IsForeign(request),
        })
        { StatusCode = status }.ExecuteAsync(context);
    }

    /// <summary>Browsers say where a request comes from; tools say nothing, and are held to the token alone.</summary>
    private static bool IsForeign(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
}
