using System.Globalization;
using System.Security.Claims;
using Forum.Boards;
using Forum.Members;
using Forum.Settings;
using Forum.Web.Members;
using Forum.Web.Shell;
using Forum.Web.Topics;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Forum.Web.Host;

/// <summary>Sign-in by providers of OpenID Connect, with the code flow and a proof key. What they vouch for goes to the engine, and the session is ours.</summary>
public sealed class Providers(ForumOptions options, EnterByProvider enter, ConnectProvider connect, SignIn signIn, HalfSignIn half, ProviderWait wait)
{
    private const string Prefix = "oidc-", Connects = "connects", ReturnsTo = "returns-to";

    /// <summary>All there are: short names and what members know them by.</summary>
    public IEnumerable<(string Name, string Title)> All => options.SignIn.Oidc.Select(p => (p.Key, p.Value.TitleOr(p.Key))).OrderBy(p => p.Item2, StringComparer.CurrentCultureIgnoreCase);

    /// <summary>The one that everybody comes by, so that nobody need be asked; null where there is a choice.</summary>
    public string? Only => options.SignIn is { Passwords: false, Oidc.Count: 1 } only ? only.Oidc.Keys.Single() : null;

    public static string AddressOf(string provider, string? returnUrl) => $"/account/oidc/{provider}{(returnUrl is null ? "" : $"?returnUrl={Uri.EscapeDataString(returnUrl)}")}";

    /// <summary>Sends the browser to the provider.</summary>
    /// <param name="member">Whom it is connected with; null to sign somebody in.</param>
    private static async Task<IResult> GoAsync(HttpContext context, string provider, long? member, string? returnUrl)
    {
        var properties = new AuthenticationProperties();
        properties.Items[ReturnsTo] = LocalUrl.Or(returnUrl);
        if (member is { } id)
            properties.Items[Connects] = id.ToString(CultureInfo.InvariantCulture);
        try
        {
            await context.ChallengeAsync(Prefix + provider, properties);
            return Results.Empty;
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException)
        {
            context.RequestServices.GetRequiredService<ILogger<Providers>>().LogError(exception, "The provider {Provider} does not answer.", provider);
            return new Refusal(RefusalKind.Unavailable, "{0} does not answer at the moment. Please try again later.", null, context.RequestServices.GetRequiredService<ForumOptions>().SignIn.Oidc[provider].TitleOr(provider)).AsPage("/account/sign-in");
        }
    }

    /// <summary>Somebody comes back from the provider, which vouches for them.</summary>
    private async Task ArriveAsync(TicketReceivedContext arrived)
    {
        var (context, items) = (arrived.HttpContext, arrived.Properties!.Items);
        arrived.HandleResponse();
        if (await Blocks.RefusalAsync(context) is { } mayNot)
        {
            await mayNot.AsPage("/").ExecuteAsync(context);
            return;
        }
        var identity = Read(arrived.Principal!, arrived.Scheme.Name[Prefix.Length..]);
        if (items.TryGetValue(Connects, out var member))
        {
            var me = Viewer.IdOf((await context.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal);
            var result = me?.ToString(CultureInfo.InvariantCulture) != member ? Refusal.SignInFirst
                : await connect.RunAsync(Actor.Member(me!.Value), identity.Provider, identity.Subject, null, context.Caller(), context.RequestAborted);
            await result.BackTo(Account.Security).ExecuteAsync(context);
        }
        else if (!(await enter.RunAsync(Actor.Visitor, identity, context.Caller(), context.RequestAborted)).Is(out var arrival, out var refusal))
        {
            await refusal.AsPage("/account/sign-in").ExecuteAsync(context);
        }
        else
        {
            var returnUrl = items[ReturnsTo]!;
            if (arrival.Member is null)
                wait.Begin(context, identity);
            context.Response.Redirect(arrival.Member is { } known ? await EnterAsync(context, known, arrived.Principal!, returnUrl) : $"/account/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
        }
    }

    /// <summary>Who asked for a second factor there is not asked for one here.</summary>
    private async Task<string> EnterAsync(HttpContext context, Member member, ClaimsPrincipal principal, string returnUrl)
    {
        if (await half.IsAskedAsync(context, member) && !principal.HasClaim("amr", "mfa"))
        {
            half.Begin(context, member);
            return $"{Account.Code}?returnUrl={Uri.EscapeDataString(returnUrl)}";
        }
        await signIn.BeginAsync(context, member);
        await context.RequestServices.GetRequiredService<FormDrafts>().ClaimAsync(context, Actor.Member(member.Id), returnUrl);
        return returnUrl;
    }

    private ProviderIdentity Read(ClaimsPrincipal principal, string provider)
    {
        var name = principal.FindFirstValue("name") ?? $"{principal.FindFirstValue("given_name")} {principal.FindFirstValue("family_name")}";
        return new(provider, principal.FindFirstValue("sub") ?? "", principal.FindFirstValue("email"), principal.HasClaim(c => c.Type == "email_verified" && bool.TryParse(c.Value, out var verified) && verified), name,
            [.. principal.FindAll(options.SignIn.Oidc[provider].GroupsClaim).Select(c => c.Value).Distinct()]);
    }

    public static void Add(AuthenticationBuilder authentication, IConfiguration configuration)
    {
        authentication.Services.AddSingleton<Providers>();
        authentication.Services.AddSingleton<ProviderWait>();
        foreach (var name in configuration.GetSection($"{ForumOptions.Section}:SignIn:Oidc").GetChildren().Select(p => p.Key))
        {
            authentication.AddOpenIdConnect(Prefix + name, _ => { });
            authentication.Services.AddOptions<OpenIdConnectOptions>(Prefix + name).Configure<ForumOptions>((oidc, options) => Configure(oidc, name, options.SignIn.Oidc[name], options.Site.Url.Scheme == Uri.UriSchemeHttps));
        }
    }

    private static void Configure(OpenIdConnectOptions oidc, string name, OidcOptions provider, bool secure)
    {
        oidc.Authority = provider.Authority!.AbsoluteUri;
        oidc.RequireHttpsMetadata = !provider.Authority.IsLoopback;
        (oidc.ClientId, oidc.ClientSecret) = (provider.ClientId, provider.ClientSecret.Length > 0 ? provider.ClientSecret : null);
        oidc.CallbackPath = $"/account/oidc/{name}/back";
        // A form that the provider posts would need cookies that go along from other sites.
        (oidc.ResponseType, oidc.ResponseMode, oidc.UsePkce) = (OpenIdConnectResponseType.Code, OpenIdConnectResponseMode.Query, true);
        (oidc.MapInboundClaims, oidc.GetClaimsFromUserInfoEndpoint, oidc.DisableTelemetry, oidc.SaveTokens) = (false, true, true, false);
        oidc.SignInScheme = IdentityConstants.ApplicationScheme;
        oidc.Scope.Clear();
        foreach (var scope in provider.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            oidc.Scope.Add(scope);
        foreach (var claim in new[] { "email_verified", provider.GroupsClaim })
            oidc.ClaimActions.MapJsonKey(claim, claim);
        foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
        {
            cookie.Name = $"{(secure ? "__Host-" : "")}forum-oidc{(cookie == oidc.NonceCookie ? "-nonce" : "")}.";
            (cookie.Path, cookie.SameSite, cookie.HttpOnly, cookie.IsEssential) = ("/", SameSiteMode.Lax, true, true);
            cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
        }
        oidc.Events.OnTicketReceived = arrived => arrived.HttpContext.RequestServices.GetRequiredService<Providers>().ArriveAsync(arrived);
        oidc.Events.OnRemoteFailure = failed =>
        {
            failed.HandleResponse();
            failed.HttpContext.TellSecurity("provider.refused");
            return Refusal.Invalid("{0} did not sign you in. Please try again.", null, provider.TitleOr(name)).AsPage("/account/sign-in").ExecuteAsync(failed.HttpContext);
        };
    }

    public static void Map(WebApplication app)
    {
        // By GET, since a policy of contents that lets forms go nowhere else would stop them on their way to the provider. All it does is to begin.
        app.MapGet("/account/oidc/{provider}", (HttpContext context, Providers providers, string provider, string? returnUrl) =>
            providers.All.Any(p => p.Name == provider) ? GoAsync(context, provider, null, returnUrl) : Task.FromResult(Results.NotFound())).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        app.MapPost("/account/oidc/{provider}", async (HttpContext context, Viewer viewer, Providers providers, ProveMember prove, string provider, [FromForm] string? current) =>
            providers.All.All(p => p.Name != provider) ? Results.NotFound()
            : (await prove.RunAsync(viewer.Actor, current, context.Caller(), context.RequestAborted)).Is(out _, out var refusal) ? await GoAsync(context, provider, viewer.Actor.MemberId, Account.Security)
            : refusal.AsPage(Account.Security)).RequireAuthorization().RequireRateLimiting(Limits.SignIn);
        app.MapPost("/account/oidc/{provider}/remove", async (HttpContext context, Viewer viewer, ProveMember prove, RemoveProvider remove, string provider, [FromForm] string? current) =>
            (await prove.RunAsync(viewer.Actor, current, context.Caller(), context.RequestAborted)).Refusal is { } unproven ? unproven.AsPage(Account.Security)
            : (await remove.RunAsync(viewer.Actor, provider, context.Caller(), context.RequestAborted)).BackTo(Account.Security)).RequireAuthorization().RequireRateLimiting(Limits.SignIn);
    }
}
