using Forum.Members;
using Forum.Web.Host;

namespace Forum.Web.Members;

/// <summary>Knows the browser again in which an account was made, when its link is opened: whoever opens it elsewhere chooses a password first.</summary>
public static class JoiningCookie
{
    private static readonly OwnCookie cookie = new("forum-joining", AccountToken.LifetimeOf(TokenPurpose.ConfirmEmail));

    /// <summary>Marks the browser, and tells by what.</summary>
    public static string Mark(HttpContext context)
    {
        var secret = Of(context) ?? Secrets.New();
        cookie.Set(context, secret);
        return secret;
    }

    /// <summary>Null where no account was made.</summary>
    public static string? Of(HttpContext context) => cookie.Read(context);
}
