using System.Globalization;
using System.Text;

namespace Forum;

/// <summary>The readable part of an address, made from a title.</summary>
public static class Slug
{
    /// <summary>Longest slug, in characters: enough words to recognise a title in a link.</summary>
    public const int MaxLength = 80;

    /// <summary>First letter beyond Latin and Greek, whose accents can go without making another word.</summary>
    private const char FirstCyrillic = '\u0400';

    /// <summary>Lower-case letters and digits of any script, joined by single hyphens; accents of Latin and Greek letters are dropped, marks that make letters elsewhere are kept; <paramref name="otherwise"/> when nothing is left.</summary>
    public static string Of(string title, string otherwise = "topic")
    {
        var slug = new StringBuilder(MaxLength);
        foreach (var rune in title.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var mark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
            if (category == UnicodeCategory.Format || mark && (slug.Length == 0 || slug[^1] is '-' or < FirstCyrillic))
                continue;
            if (mark || Rune.IsLetterOrDigit(rune))
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
        return text.Length > 0 ? text : otherwise;
    }
}
