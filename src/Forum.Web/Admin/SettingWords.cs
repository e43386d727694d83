using Forum.Settings;
using Forum.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Forum.Web.Admin;

/// <summary>What the page of settings calls things.</summary>
public static class SettingWords
{
    public static string NameOf(this IStringLocalizer<Wording> words, SettingGroup group) => words[group switch
    {
        SettingGroup.Site => "The forum",
        SettingGroup.Look => "Look",
        SettingGroup.Availability => "Notice and read-only",
        SettingGroup.Joining => "Joining and signing in",
        SettingGroup.Limits => "Limits",
        SettingGroup.Newcomers => "Limits of newcomers",
        _ => "Ranks",
    }];

    /// <summary>A value of a setting as people read it.</summary>
    public static string ValueOf(this IStringLocalizer<Wording> words, Setting setting, string value) => setting.Kind switch
    {
        SettingKind.Choice => words[setting.Choices.FirstOrDefault(c => c.Value == value).Name ?? value],
        SettingKind.Switch => words[value == "true" ? "On" : "Off"],
        _ => value.Length == 0 ? words["empty"] : value,
    };

    /// <summary>Whether a setting speaks of all that somebody looks for.</summary>
    public static bool Speaks(this IStringLocalizer<Wording> words, Setting setting, string sought)
    {
        var said = $"{words[setting.Name]} {words[setting.Why]} {words.NameOf(setting.Group)} {setting.Path}";
        return sought.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => said.Contains(word, StringComparison.CurrentCultureIgnoreCase));
    }
}
