using System.Security.Claims;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Web.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Host;

/// <summary>Sign-in by cookie. The cookie names a session row, which is looked up at each request: a session that was ended is over everywhere.</summary>
public sealed class SignIn(IDbContextFactory<ForumDbContext> contexts, StartSession start, RenewSession renew, EndSession end, LastUse seen, ProviderWait wait, TimeProvider clock)
{
    /// <summary>Begins a session for the member and sets its cookie. One of before in the same browser is over.</summary>
    public async Task BeginAsync(HttpContext context, Member member)
    {
        await EndSessionAsync(context);
        var secret = (await start.RunAsync(Actor.Member(member.Id), context.Caller(), context.RequestAborted)).Required;
        await context.SignInAsync(IdentityConstants.ApplicationScheme, Named(member, secret), new AuthenticationProperties { IsPersistent = true });
        await wait.EndAsync(context, member);
    }

    private static ClaimsPrincipal Named(Member member, string secret) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, member.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)), new(ClaimTypes.Name, member.Handle),
            new(Viewer.NameClaim, member.Name), new(Viewer.SessionClaim, secret),
        ], IdentityConstants.ApplicationScheme));

    /// <summary>Ends the session of this request and takes its cookie away.</summary>
    public async Task EndAsync(HttpContext context)
    {
        await EndSessionAsync(context);
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
    }

    private async Task EndSessionAsync(HttpContext context)
    {
        if (context.User.FindFirstValue(Viewer.SessionClaim) is { } secret && Viewer.IdOf(context.User) is { } id)
            await end.RunAsync(Actor.Member(id), secret, context.RequestAborted);
    }

    /// <summary>Whether the session that this principal names is still there and not too old.</summary>
    public async Task<bool> IsLiveAsync(ClaimsPrincipal? user, CancellationToken cancellation) => await FindAsync(user, cancellation) is not null;

    /// <summary>Looks at the session of a request: a cookie without one is worth nothing, and one that is to be renewed gets another.</summary>
    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var (http, user) = (context.HttpContext, context.Principal!);
        if (await FindAsync(user, http.RequestAborted) is not { } session)
        {
            context.RejectPrincipal();
            return;
        }
        if (session is not { RenewBy: not null, Renewed: false } || !(await renew.RunAsync(Actor.Member(session.MemberId), user.FindFirstValue(Viewer.SessionClaim)!, http.RequestAborted)).Is(out var secret, out _))
            return;
        await using var db = await contexts.CreateDbContextAsync(http.RequestAborted);
        context.ReplacePrincipal(Named(await db.Users.AsNoTracking().SingleAsync(m => m.Id == session.MemberId, http.RequestAborted), secret));
        context.ShouldRenew = true;
    }

    private async Task<Session?> FindAsync(ClaimsPrincipal? user, CancellationToken cancellation)
    {
        if (user?.FindFirstValue(Viewer.SessionClaim) is not { } secret)
            return null;
        var (key, id, now) = (Secrets.Hash(secret), Viewer.IdOf(user), clock.GetUtcNow().UtcDateTime);
        var (oldest, idle) = (now - Session.MaxAge, now - Session.MaxIdle);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var session = await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Key == key && s.MemberId == id && s.Started > oldest && s.Seen > idle && (s.RenewBy == null || s.RenewBy > now || !s.Renewed), cancellation);
        if (session is not null)
            seen.Note(key, session.Seen);
        return session;
    }
}

public static class SignInSetup
{
    /// <summary>The API knows tokens and no cookie, so that no other site can act there in a member's name; everything else knows the cookie alone.</summary>
    private const string ByAddress = "by-address";

    /// <summary>The policy of pages for those who look after boards and tags; for others they are not there.</summary>
    public const string Managers = "managers";

    /// <summary>The policy of pages for administrators; for others they are not there.</summary>
    public const string Admins = "admins";

    /// <summary>The policy of pages for those who moderate the site or a board; for others they are not there.</summary>
    public const string Moderators = "moderators";

    public static void AddForumSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<SignIn>();
        services.AddSingleton<HalfSignIn>();
        services.AddScoped<IPasskeyHandler<Member>, PasskeyHandler<Member>>();
        services.AddScoped<Passkeys>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<ForumOptions>((passkeys, options) =>
        {
            // Named, or whoever names another host in a request would have passkeys made for it.
            passkeys.ServerDomain = options.Site.Url.Host;
            // What the device saw, against the site's own address: where the request says that it goes is up to whoever sends it.
            passkeys.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == options.Site.Url.GetLeftPart(UriPartial.Authority));
            // The device sees that it is its owner, so that no code is asked besides, and finds the account by itself.
            (passkeys.UserVerificationRequirement, passkeys.ResidentKeyRequirement) = ("required", "required");
        });
        services.AddIdentityCore<Member>().AddRoles<IdentityRole<long>>().AddEntityFrameworkStores<ForumDbContext>();
        Providers.Add(services.AddAuthentication(ByAddress).AddCookie(IdentityConstants.ApplicationScheme).AddBearer()
            .AddPolicyScheme(ByAddress, null, scheme => scheme.ForwardDefaultSelector = context => ApiSurface.Holds(context.Request) ? Bearer.Scheme : IdentityConstants.ApplicationScheme), configuration);
        services.AddAuthorizationBuilder().AddPolicy(Managers, policy => Demand(policy, rights => rights is { IsManager: true, Suspended: false })).AddPolicy(Admins, policy => Demand(policy, rights => rights is { IsAdmin: true, Suspended: false })).AddPolicy(Moderators, policy => Demand(policy, rights => rights.ModeratesAny));
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<ForumOptions>((cookie, options) =>
        {
            var secure = options.Site.Url.Scheme == Uri.UriSchemeHttps;
            cookie.Cookie.Name = secure ? "__Host-forum" : "forum";
            cookie.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.HttpOnly = true;
            cookie.ExpireTimeSpan = Session.MaxIdle;
            cookie.LoginPath = "/account/sign-in";
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.Events.OnRedirectToLogin = context =>
            {
                // A redirect would lose what was typed.
                if (!Limits.IsSafe(context.Request.Method))
                    return Antiforgery.HandBackAsync(context.HttpContext, StatusCodes.Status401Unauthorized);
                context.Response.Redirect(context.RedirectUri);
                return Task.CompletedTask;
            };
            // Where to go is said by the page that signs in, which looks at the address first.
            cookie.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
            cookie.Events.OnRedirectToAccessDenied = context =>
            {
                context.HttpContext.TellSecurity("access.refused");
                // What one may not see is not there.
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
            cookie.Events.OnValidatePrincipal = context => context.HttpContext.RequestServices.GetRequiredService<SignIn>().ValidateAsync(context);
        });
    }

    private static void Demand(AuthorizationPolicyBuilder policy, Func<Rights, bool> holds) => policy.RequireAuthenticatedUser().RequireAssertion(async context =>
        context.Resource is HttpContext http && holds(await http.RequestServices.GetRequiredService<Viewer>().RightsAsync()));
}
