using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Forum.Data;
using Forum.Members;
using Forum.Web.Host;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Forum.Web.Api;

/// <summary>Signs a member in by the token of one request: <c>Authorization: Bearer forum_…</c>. It is looked up each time, so a token that was taken back is over at once.</summary>
public sealed class Bearer(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, IDbContextFactory<ForumDbContext> contexts, LastUse uses, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public new const string Scheme = "Bearer";

    /// <summary>The policy of every operation.</summary>
    public const string Policy = "api";

    private const string ScopeClaim = "scope";

    private static readonly Refusal signIn = new(RefusalKind.SignIn, "Please send a token: Authorization: Bearer forum_….");
    private static readonly Refusal unknown = new(RefusalKind.SignIn, "This token is not valid, or no longer. Please make a new one.");
    private static readonly Refusal readOnly = Refusal.Forbidden("This token may only read. Please make one with the scope write.");

    /// <summary>The scope of the token that signed this principal in; null for a cookie.</summary>
    public static TokenScope? ScopeOf(ClaimsPrincipal user) => Enum.TryParse<TokenScope>(user.FindFirstValue(ScopeClaim), out var scope) ? scope : null;

    /// <summary>A token without the scope moderate acts as an ordinary member, one without admin at most as a moderator, whoever it belongs to.</summary>
    public static Power PowerOf(ClaimsPrincipal user) => ScopeOf(user) switch
    {
        null or TokenScope.Admin => Power.Full,
        TokenScope.Moderate => Power.Moderator,
        _ => Power.Member,
    };

    /// <summary>Reading is free, but not with a token that is none; everything else needs the scope write.</summary>
    public static bool Lets(AuthorizationHandlerContext context) => context.Resource is HttpContext http
        && (Viewer.IdOf(context.User) is not null ? Limits.IsSafe(http.Request.Method) || ScopeOf(context.User) >= TokenScope.Write
            : Limits.IsSafe(http.Request.Method) && http.Request.Headers.Authorization.Count == 0 && http.GetEndpoint()?.Metadata.GetMetadata<MembersOnly>() is null);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return AuthenticateResult.NoResult();
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !header.AsSpan(0, space).Equals(Scheme, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.Fail("Not a bearer token.");
        var now = clock.GetUtcNow().UtcDateTime;
        var hash = Secrets.Hash(header[(space + 1)..].Trim());
        await using var db = await contexts.CreateDbContextAsync(Context.RequestAborted);
        var token = await db.ApiTokens.AsNoTracking().Where(t => t.Hash == hash && (t.Expires == null || t.Expires > now))
            .Join(db.Users, t => t.MemberId, m => m.Id, (t, m) => new { t.MemberId, t.Scope, t.Used, m.UserName }).SingleOrDefaultAsync(Context.RequestAborted);
        if (token is null)
            return AuthenticateResult.Fail("No such token.");
        uses.Note(hash, token.Used);
        var identity = new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, token.MemberId.ToString(CultureInfo.InvariantCulture)),
            new(ClaimTypes.Name, token.UserName!),
            new(ScopeClaim, token.Scope.ToString()),
        ], Scheme);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var none = Request.Headers.Authorization.Count == 0;
        Response.Headers.WWWAuthenticate = none ? Scheme : $"{Scheme} error=\"invalid_token\"";
        return new Problem(none ? signIn : unknown).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = $"{Scheme} error=\"insufficient_scope\", scope=\"write\"";
        return new Problem(readOnly).ExecuteAsync(Context);
    }
}

/// <summary>Marks an operation that reads what only a member has.</summary>
public sealed class MembersOnly;

public static class BearerSetup
{
    public static AuthenticationBuilder AddBearer(this AuthenticationBuilder authentication) =>
        authentication.AddScheme<AuthenticationSchemeOptions, Bearer>(Bearer.Scheme, null);
}
