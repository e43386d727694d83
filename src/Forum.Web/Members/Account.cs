using Forum.Members;
using Forum.Web.Host;

namespace Forum.Web.Members;

public static class Account
{
    private const string Setup = "/setup";

    /// <summary>Without a link that is good there is no such page, whatever is done to it.</summary>
    public static void UseSetup(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.Path.StartsWithSegments(Setup)
            && !await context.RequestServices.GetRequiredService<SetupQueries>().IsOpenAsync(context.Request.Query["token"], context.RequestAborted))
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await next(context);
    });

    public static void MapAccount(this WebApplication app) =>
        app.MapPost("/account/sign-out", async (HttpContext context, SignIn signIn) =>
        {
            await signIn.EndAsync(context);
            return Results.Redirect("/");
        }).AllowAnonymous();
}
