using Forum.Admin;
using Forum.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Forum.Web.Admin;

/// <summary>What pages of the community are called, and where they stand.</summary>
public static class PageWords
{
    public static string NameOf(this IStringLocalizer<Wording> words, SitePage page) => words[page switch
    {
        SitePage.Guidelines => "Guidelines",
        SitePage.Terms => "Terms of use",
        _ => "Privacy",
    }];

    public static string PurposeOf(this IStringLocalizer<Wording> words, SitePage page) => words[page switch
    {
        SitePage.Guidelines => "How people treat each other here, and what belongs here.",
        SitePage.Terms => "What whoever joins agrees to.",
        _ => "What is kept about visitors and members, for how long, and whom to ask.",
    }];

    public static string AddressOf(SitePage page) => $"/pages/{page.ToString().ToLowerInvariant()}";

    /// <summary>The page that an address names; null where there is none.</summary>
    public static SitePage? Of(string? name) => Enum.TryParse<SitePage>(name, ignoreCase: true, out var page) && Enum.IsDefined(page) && string.Equals(page.ToString(), name, StringComparison.OrdinalIgnoreCase) ? page : null;
}
