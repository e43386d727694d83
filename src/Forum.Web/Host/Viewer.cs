using System.Globalization;
using System.Security.Claims;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Web.Api;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Host;

/// <summary>Who reads this page: the actor of the request and, asked for once, their rights.</summary>
public sealed class Viewer(IHttpContextAccessor accessor, IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    public const string NameClaim = "name";
    public const string SessionClaim = "session";

    private Task<Rights>? rights;

    public Actor Actor => IdOf(accessor.HttpContext?.User) is { } id ? Actor.Member(id, Bearer.PowerOf(accessor.HttpContext!.User)) : Actor.Visitor;

    public bool IsMember => Actor.MemberId is not null;

    /// <summary>The secret of the session that asks; null without one.</summary>
    public string? Session => accessor.HttpContext?.User.FindFirstValue(SessionClaim);

    public string Handle => accessor.HttpContext?.User.Identity?.Name ?? "";

    public string DisplayName => options.Site.Show(accessor.HttpContext?.User.FindFirstValue(NameClaim) ?? "", Handle);

    /// <summary>The rights as the database has them now, read once a request.</summary>
    public Task<Rights> RightsAsync() => rights ??= ReadAsync();

    /// <summary>The member's id in a principal; null for a visitor.</summary>
    public static long? IdOf(ClaimsPrincipal? user) =>
        user?.Identity?.IsAuthenticated == true && long.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? id : null;

    private async Task<Rights> ReadAsync()
    {
        if (!IsMember)
            return Rights.OfVisitor;
        await using var db = await contexts.CreateDbContextAsync();
        return await db.RightsOfAsync(Actor, clock.GetUtcNow().UtcDateTime, default);
    }
}
