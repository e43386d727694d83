using System.Text.Json;
using Forum.Topics;
using Forum.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Forum.Web.Api;

/// <summary>The forum's "no" as problem details (RFC 9457): the one place where the API says it, whether a use case refused or the request could not be read.</summary>
public sealed class Problem(int status, Refusal? refusal = null, EditedText? yours = null) : IResult
{
    /// <param name="yours">What was sent, handed back where somebody else was faster.</param>
    public Problem(Refusal refusal, EditedText? yours = null) : this(Refusals.StatusOf(refusal.Kind), refusal, yours)
    {
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var words = httpContext.RequestServices.GetRequiredService<IStringLocalizer<Wording>>();
        var said = refusal is null ? words[Advice(status)].Value : words.Say(refusal);
        var stale = refusal as StaleEdit;
        var details = new ProblemShape
        {
            Status = status,
            Detail = said,
            Errors = refusal?.Field is { } field ? new Dictionary<string, IReadOnlyList<string>> { [JsonNamingPolicy.CamelCase.ConvertName(field)] = [said] } : null,
            Current = stale is null ? null : new(stale.CurrentVersion, stale.CurrentMarkdown, stale.CurrentTitle, stale.CurrentTags),
            Yours = stale is null ? null : yours,
        };
        if (refusal is not null)
            httpContext.Response.Refuse(refusal);
        if (status == StatusCodes.Status401Unauthorized && httpContext.Response.Headers.WWWAuthenticate.Count == 0)
            httpContext.Response.Headers.WWWAuthenticate = Bearer.Scheme;
        return TypedResults.Problem(details).ExecuteAsync(httpContext);
    }

    private static string Advice(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "A parameter is missing or not of the form that this operation takes. Please see /api.",
        StatusCodes.Status404NotFound => "There is no such operation. Please see /api.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take that method. The header Allow lists those it takes.",
        StatusCodes.Status413PayloadTooLarge => "That is too much at once. Please send less, or in several parts.",
        StatusCodes.Status415UnsupportedMediaType => "Please send the body as application/json in UTF-8.",
        StatusCodes.Status429TooManyRequests => "Not so fast. Please wait as many seconds as Retry-After says and send it again.",
        StatusCodes.Status503ServiceUnavailable => "The database does not answer at the moment. Please try again in a minute.",
        >= 500 => "Something broke on our side. We have noted it; please try again.",
        _ => "That did not work. Please see /api.",
    };
}

public static class ProblemResults
{
    public static IResult AsProblem(this Refusal refusal, EditedText? yours = null) => new Problem(refusal, yours);
}
