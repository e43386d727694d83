using System.Text.RegularExpressions;
using Forum.Members;

namespace Forum.Web.Host;

/// <summary>Addresses with a handle that a member had lead to the same ones with the handle that they have, be it a page, a feed or the API.</summary>
public static partial class FormerHandles
{
    public static void UseFormerHandles(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (Limits.IsSafe(context.Request.Method) && Address().Match(context.Request.Path.Value!) is { Success: true } match
            && await context.RequestServices.GetRequiredService<MemberQueries>().NowAsync(match.Groups[2].Value, context.RequestAborted) is { } now)
            context.Response.Redirect(new PathString($"{match.Groups[1].Value}{now}{match.Groups[3].Value}").ToUriComponent() + context.Request.QueryString, permanent: true);
        else
            await next(context);
    });

    [GeneratedRegex(@"^((?:/mod|/feeds|/api/v1)?/members/|/admin/trust/)([A-Za-z0-9_-]{3,20})((?:[/.].*)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
