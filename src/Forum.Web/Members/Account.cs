using Forum.Web.Host;

namespace Forum.Web.Members;

public static class Account
{
    public static void MapAccount(this WebApplication app) =>
        app.MapPost("/account/sign-out", async (HttpContext context, SignIn signIn) =>
        {
            await signIn.EndAsync(context);
            return Results.Redirect("/");
        });
}
