using Forum.Web.Host;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Forum.Web.Shell;

/// <summary>The one place where a refusal becomes a status code, a page or a problem.</summary>
public static class Refusals
{
    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.SignIn => StatusCodes.Status401Unauthorized,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Gone => StatusCodes.Status410Gone,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        RefusalKind.Unsupported => StatusCodes.Status415UnsupportedMediaType,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status429TooManyRequests,
    };

    /// <summary>Gives the response the refusal's status, and says when to come back where waiting helps.</summary>
    public static void Refuse(this HttpResponse response, Refusal refusal)
    {
        response.StatusCode = StatusOf(refusal.Kind);
        if (refusal.Kind == RefusalKind.TooMany)
            response.HttpContext.TellSecurity("limit.hit");
        if (refusal.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The refusal as a whole page, for endpoints that are forms without a page of their own.</summary>
    public static IResult AsPage(this Refusal refusal, string? back) => new RazorComponentResult<RefusedPage>(new Dictionary<string, object?>
    {
        [nameof(RefusedPage.Refusal)] = refusal,
        [nameof(RefusedPage.Back)] = back,
    })
    { StatusCode = StatusOf(refusal.Kind) };

    /// <summary>A small deed's answer: back to the page it was on, or why it was refused.</summary>
    public static IResult BackTo<TValue>(this Result<TValue> result, string? returnUrl) =>
        result.Is(out _, out var refusal) ? Results.Redirect(LocalUrl.Or(returnUrl)) : refusal.AsPage(LocalUrl.Or(returnUrl));
}
