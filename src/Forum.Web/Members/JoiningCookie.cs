using Forum.Members;

namespace Forum.Web.Members;

/// <summary>Knows the browser again in which an account was made, when its link is opened: whoever opens it elsewhere chooses a password first.</summary>
public static class JoiningCookie
{
    /// <summary>Marks the browser, and tells by what.</summary>
    public static string Mark(HttpContext context)
    {
        var secret = Of(context) ?? Secrets.New();
        context.Response.Cookies.Append(Name(context), secret, new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, MaxAge = AccountToken.LifetimeOf(TokenPurpose.ConfirmEmail), IsEssential = true });
        return secret;
    }

    /// <summary>Null where no account was made.</summary>
    public static string? Of(HttpContext context) => context.Request.Cookies[Name(context)] is { Length: > 0 } secret ? secret : null;

    private static string Name(HttpContext context) => context.Request.IsHttps ? "__Host-forum-joining" : "forum-joining";
}
