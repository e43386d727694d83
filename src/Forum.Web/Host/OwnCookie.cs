namespace Forum.Web.Host;

/// <summary>A cookie of this forum: out of the reach of scripts, not sent along by other sites, and where the site is served by https, of this host and that connection alone.</summary>
/// <param name="Name">As it is without https.</param>
/// <param name="Life">How long the browser keeps it.</param>
public sealed record OwnCookie(string Name, TimeSpan Life)
{
    /// <summary>Null where the browser has none.</summary>
    public string? Read(HttpContext context) => context.Request.Cookies[NameAt(context)] is { Length: > 0 } value ? value : null;

    public void Set(HttpContext context, string value) => context.Response.Cookies.Append(NameAt(context), value, Options(context, Life));

    public void Drop(HttpContext context) => context.Response.Cookies.Delete(NameAt(context), Options(context, null));

    private string NameAt(HttpContext context) => context.Request.IsHttps ? $"__Host-{Name}" : Name;

    private static CookieOptions Options(HttpContext context, TimeSpan? life) => new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = life, Path = "/", IsEssential = true };
}
