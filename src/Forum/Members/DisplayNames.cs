using System.Globalization;
using System.Text;
using Forum.Settings;

namespace Forum.Members;

/// <summary>The one place that decides what of a name is shown.</summary>
public static class DisplayNames
{
    /// <summary>The name as the site lets it be seen.</summary>
    public static string Show(this SiteOptions site, string name, string handle) => site.DisplayNames.Show(name, handle);

    /// <summary>Whoever erased their account.</summary>
    public const string FormerMember = "Former member";

    /// <summary>The name as the policy lets it be seen; an empty name shows the handle.</summary>
    public static string Show(this NamePolicy policy, string name, string handle) => name == FormerMember ? name : policy switch
    {
        NamePolicy.Handle => handle,
        NamePolicy.Full => string.IsNullOrWhiteSpace(name) ? handle : name.Trim(),
        _ => Mask(name, handle),
    };

    /// <summary>A name as it is looked for: in capitals, without accents, with one blank between words.</summary>
    public static string Normalize(string name)
    {
        var plain = string.Concat(name.Normalize(NormalizationForm.FormKD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).ToUpperInvariant();
        var line = string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Member.MaxNameLength ? line : line[..Member.MaxNameLength];
    }

    /// <summary>The first letter of a word with its accents, in upper case; null for a word that has none, such as an emoji.</summary>
    private static string? Initial(string word)
    {
        for (var at = 0; at < word.Length; at += StringInfo.GetNextTextElementLength(word, at))
            if (Rune.TryGetRuneAt(word, at, out var rune) && Rune.IsLetterOrDigit(rune))
                return StringInfo.GetNextTextElement(word, at).ToUpperInvariant();
        return null;
    }

    private static string Mask(string name, string handle)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length switch
        {
            0 => handle,
            1 => words[0],
            _ => Initial(words[^1]) is { } initial ? $"{words[0]} {initial}" : words[0],
        };
    }
}
