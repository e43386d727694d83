using System.Globalization;
using System.Text;

namespace Forum;

/// <summary>The readable part of an address, made from a title.</summary>
public static class Slug
{
    /// <summary>Longest slug, in characters: enough words to recognise a title in a link.</summary>
    public const int MaxLength = 80;

    /// <summary>Lower-case letters and digits of any script, joined by single hyphens; accents are dropped; "topic" when nothing is left.</summary>
    public static string Of(string title)
    {
        var slug = new StringBuilder(MaxLength);
        foreach (var rune in title.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
                continue;
            if (Rune.IsLetterOrDigit(rune))
            {
                var lower = Rune.ToLowerInvariant(rune);
                if (slug.Length + lower.Utf16SequenceLength > MaxLength)
                    break;
                slug.Append(lower.ToString());
            }
            else if (slug.Length > 0 && slug.Length < MaxLength && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }
        var text = slug.ToString().Trim('-').Normalize(NormalizationForm.FormC);
        return text.Length > 0 ? text : "topic";
    }
}
