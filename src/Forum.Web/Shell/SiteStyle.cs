using System.Security.Cryptography;
using System.Text;
using Forum.Settings;

namespace Forum.Web.Shell;

/// <summary>The site's own colours, as a sheet over the forum's.</summary>
public static class SiteStyle
{
    private const string Path = "/site.css";

    /// <summary>The sheet's address, which is another one for other colours; null where there is none, for the colours are the house's.</summary>
    public static string? AddressOf(SiteOptions site) =>
        site is { Accent: SiteOptions.HouseAccent, AccentInTheDark: SiteOptions.HouseAccentInTheDark } ? null : $"{Path}?v={VersionOf(Sheet(site))}";

    public static void MapSiteStyle(this WebApplication app) => app.MapGet(Path, (string? v, HttpResponse response, ForumOptions options) =>
    {
        var sheet = Sheet(options.Site);
        // Another node may not have heard yet: what it answers is for this once.
        response.Headers.CacheControl = v == VersionOf(sheet) ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Text(sheet, "text/css; charset=utf-8");
    }).AllowAnonymous();

    private static string Sheet(SiteOptions site)
    {
        var (light, dark) = (Accent.OnLight(Color.Parse(site.Accent)!.Value), Accent.OnDark(Color.Parse(site.AccentInTheDark)!.Value));
        return $$"""
            @layer tokens {
              :root {
                --brand: light-dark({{light.Color}}, {{dark.Color}});
                --brand-2: light-dark({{light.Strong}}, {{dark.Strong}});
                --brand-ink: light-dark({{light.Ink}}, {{dark.Ink}});
                --brand-wash: light-dark({{light.Wash}}, {{dark.Wash}});
              }
            }
            """;
    }

    private static string VersionOf(string sheet) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)))[..10];
}
