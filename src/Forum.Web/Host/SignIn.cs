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
public sealed class SignIn(IDbContextFactory<ForumDbContext> contexts, IPasswordHasher<Member> hasher, StartSession start, EndSession end, TimeProvider clock)
{
    /// <summary>Hash of nothing anybody knows, checked where there is no account, so that the answer takes as long as where there is one.</summary>
    private readonly Lazy<string> decoy = new(() => hasher.HashPassword(null!, Guid.NewGuid().ToString()));

    /// <summary>The member with that address and password; null when there is none.</summary>
    public async Task<Member?> CheckAsync(string? email, string? password, CancellationToken cancellation)
    {
        var normalized = Typed.Line(email).ToUpperInvariant();
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var member = await db.Users.SingleOrDefaultAsync(m => m.NormalizedEmail == normalized, cancellation);
        var verdict = hasher.VerifyHashedPassword(member!, member?.PasswordHash ?? decoy.Value, password ?? "");
        if (verdict == PasswordVerificationResult.Failed || member?.PasswordHash is null)
            return null;
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            member.PasswordHash = hasher.HashPassword(member, password!);
            await db.SaveChangesAsync(cancellation);
        }
        return member;
    }

    /// <summary>Begins a session for the member and sets its cookie.</summary>
    public async Task BeginAsync(HttpContext context, Member member)
    {
        var secret = (await start.RunAsync(Actor.Member(member.Id), context.Network(), context.RequestAborted)).Required;
        var identity = new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, member.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new(ClaimTypes.Name, member.Handle),
            new(Viewer.NameClaim, member.Name),
            new(Viewer.SessionClaim, secret),
        ], IdentityConstants.ApplicationScheme);
        await context.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = true });
    }

    /// <summary>Ends the session of this request and takes its cookie away.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (context.User.FindFirstValue(Viewer.SessionClaim) is { } secret && Viewer.IdOf(context.User) is { } id)
            await end.RunAsync(Actor.Member(id), secret, context.RequestAborted);
        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
    }

    /// <summary>Whether the session that this principal names is still there and not too old.</summary>
    public async Task<bool> IsLiveAsync(ClaimsPrincipal? user, CancellationToken cancellation)
    {
        if (user?.FindFirstValue(Viewer.SessionClaim) is not { } secret)
            return false;
        var (key, id, oldest) = (Secrets.Hash(secret), Viewer.IdOf(user), clock.GetUtcNow().UtcDateTime - Session.MaxAge);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Sessions.AnyAsync(s => s.Key == key && s.MemberId == id && s.Started > oldest, cancellation);
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

    /// <summary>How long a session lasts without a visit.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromDays(14);

    public static void AddForumSignIn(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<SignIn>();
        services.AddIdentityCore<Member>().AddRoles<IdentityRole<long>>().AddEntityFrameworkStores<ForumDbContext>();
        services.AddAuthentication(ByAddress).AddCookie(IdentityConstants.ApplicationScheme).AddBearer()
            .AddPolicyScheme(ByAddress, null, scheme => scheme.ForwardDefaultSelector = context => ApiSurface.Holds(context.Request) ? Bearer.Scheme : IdentityConstants.ApplicationScheme);
        services.AddAuthorizationBuilder().AddPolicy(Managers, policy => Demand(policy, rights => rights.IsManager)).AddPolicy(Admins, policy => Demand(policy, rights => rights.IsAdmin)).AddPolicy(Moderators, policy => Demand(policy, rights => rights.ModeratesAny));
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<ForumOptions>((cookie, options) =>
        {
            var secure = options.Site.Url.Scheme == Uri.UriSchemeHttps;
            cookie.Cookie.Name = secure ? "__Host-forum" : "forum";
            cookie.Cookie.SecurePolicy = secure ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.HttpOnly = true;
            cookie.ExpireTimeSpan = Idle;
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
                // What one may not see is not there.
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
            cookie.Events.OnValidatePrincipal = async context =>
            {
                var signIn = context.HttpContext.RequestServices.GetRequiredService<SignIn>();
                if (!await signIn.IsLiveAsync(context.Principal, context.HttpContext.RequestAborted))
                    context.RejectPrincipal();
            };
        });
    }

    private static void Demand(AuthorizationPolicyBuilder policy, Func<Rights, bool> holds) => policy.RequireAuthenticatedUser().RequireAssertion(async context =>
        context.Resource is HttpContext http && holds(await http.RequestServices.GetRequiredService<Viewer>().RightsAsync()));
}
