using Forum.Following;
using Forum.Members;
using Forum.Transfer;
using Forum.Uploads;
using Forum.Web.Host;
using Forum.Web.Shell;
using Microsoft.AspNetCore.Mvc;

namespace Forum.Web.Members;

public static class Account
{
    private const string Setup = "/setup";

    /// <summary>Where the second factor is asked for.</summary>
    public const string Code = "/account/code";

    /// <summary>That a letter was sent.</summary>
    public const string Sent = "/account/sent";

    /// <summary>Where the letter is asked for again that confirms an address.</summary>
    public const string Resend = "/account/resend";

    /// <summary>Where a letter is asked for to choose a new password.</summary>
    public const string Recover = "/account/recover";

    /// <summary>Name, words about oneself, and what others see.</summary>
    public const string Profile = "/account/profile";

    /// <summary>The picture beside one's name.</summary>
    public const string Avatar = "/account/avatar";

    /// <summary>Password, address and second factor.</summary>
    public const string Security = "/account/security";

    /// <summary>What one is mentioned by.</summary>
    public const string Handle = "/account/handle";

    /// <summary>The app that shows codes.</summary>
    public const string SecondFactor = "/account/second-factor";

    /// <summary>Ways in without a password.</summary>
    public const string Passkeys = "/account/passkeys";

    /// <summary>What a device is asked that is to sign somebody in, for the script: in the page it would make each answer another one.</summary>
    public const string Passkey = "/account/passkey";

    /// <summary>Where the terms of use are accepted.</summary>
    public const string Terms = "/account/terms";

    /// <summary>Keys to the API.</summary>
    public const string Keys = "/account/keys";

    /// <summary>What is kept of one, to be had and to be erased.</summary>
    public const string Privacy = "/account/privacy";

    /// <summary>One's data as a file.</summary>
    public const string Export = "/account/export";

    /// <summary>Where one is signed in.</summary>
    public const string Sessions = "/account/sessions";

    /// <summary>Without a link that is good there is no such page, whatever is done to it.</summary>
    public static void UseSetup(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.Path.StartsWithSegments(Setup)
            && !await context.RequestServices.GetRequiredService<SetupQueries>().IsOpenAsync(context.Request.Query["token"], context.RequestAborted))
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await next(context);
    });

    public static void MapAccount(this WebApplication app)
    {
        app.MapPost("/members/{handle}/ignore", async (string handle, [FromForm] string? returnUrl, Viewer viewer, IgnoreMember ignore, CancellationToken cancellation) =>
            (await ignore.RunAsync(viewer.Actor, handle, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization();
        app.MapPost("/members/{handle}/stop-ignoring", async (string handle, [FromForm] string? returnUrl, Viewer viewer, StopIgnoring stop, CancellationToken cancellation) =>
            (await stop.RunAsync(viewer.Actor, handle, cancellation)).BackTo(returnUrl)).DisableAntiforgery().RequireAuthorization();
        app.MapPost(Avatar + "/remove", async (Viewer viewer, SetAvatar set, CancellationToken cancellation) => (await set.RunAsync(viewer.Actor, null, cancellation)).BackTo(Profile)).RequireAuthorization();
        app.MapPost("/account/sign-out", async (HttpContext context, SignIn signIn) =>
        {
            await signIn.EndAsync(context);
            return Results.Redirect("/");
        }).AllowAnonymous();
        app.MapGet(Passkey, async (HttpContext context, Passkeys passkeys) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Json(await passkeys.AskAsync(context));
        }).AllowAnonymous();
        app.MapPost(Terms, async (Viewer viewer, AcceptTerms accept, [FromForm] int version, [FromForm] string? returnUrl, CancellationToken cancellation) =>
            (await accept.RunAsync(viewer.Actor, version, cancellation)).BackTo(returnUrl)).RequireAuthorization();
        app.MapPost(FirstStepsCard.Hide, async (Viewer viewer, HideFirstSteps hide, [FromForm] string? returnUrl, CancellationToken cancellation) =>
            (await hide.RunAsync(viewer.Actor, cancellation)).BackTo(returnUrl)).RequireAuthorization();
        app.MapPost(Export, async (HttpContext context, Viewer viewer, AskExport ask, MemberExport export, [FromForm] string? current) =>
            (await ask.RunAsync(viewer.Actor, current, context.Caller(), context.RequestAborted)).Is(out _, out var refusal)
                ? Results.File(await export.OpenAsync(viewer.Actor.MemberId!.Value, context.RequestAborted), "application/zip", $"{viewer.Handle}.zip")
                : refusal.AsPage(Privacy)).RequireAuthorization();
    }
}
