using Forum.Members;
using Forum.Settings;
using Forum.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Forum.Web.Members;

/// <summary>Tells how good a password is while somebody types it, by the library that refuses the bad ones. Nothing of it is kept.</summary>
public static class PasswordStrength
{
    public const string Address = "/x/strength";

    /// <summary>What a password is called, from the worst on.</summary>
    private static readonly string[] names = ["Too weak", "Weak", "Fair", "Good", "Strong"];

    public sealed record Chosen(string? Password);

    public static void Map(WebApplication app) => app.MapPost(Address, (Chosen chosen, HttpContext context, ForumOptions options, IStringLocalizer<Wording> words) =>
    {
        context.Response.Headers.CacheControl = "no-store";
        var strength = Passwords.Strength(chosen.Password ?? "", options.Site);
        return Results.Json(new { strength, words = words[names[strength]].Value });
    }).AllowAnonymous();
}
