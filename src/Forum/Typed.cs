using System.Globalization;
using System.Text;

namespace Forum;

/// <summary>Makes what people type safe to store and show: no control characters, no broken surrogates, one kind of line end. Words are never changed.</summary>
public static class Typed
{
    /// <summary>Letters and a symbol by category that show nothing all the same.</summary>
    private const int HangulChoseongFiller = 0x115F, HangulJungseongFiller = 0x1160, HangulFiller = 0x3164, HalfwidthHangulFiller = 0xFFA0, BrailleBlank = 0x2800;

    /// <summary>A text of several lines; white space at its end is dropped. Text that shows nothing is empty.</summary>
    public static string Text(string? typed)
    {
        var text = Clean(typed, keepLines: true).TrimEnd();
        return text.EnumerateRunes().Any(Shows) ? text : "";
    }

    /// <summary>One line: line breaks and runs of white space become one blank, the ends are trimmed, composed to NFC. Text that shows nothing is empty.</summary>
    public static string Line(string? typed)
    {
        var words = Clean(typed, keepLines: false).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var line = string.Join(' ', words).Normalize(NormalizationForm.FormC);
        return line.EnumerateRunes().Any(Shows) ? line : "";
    }

    /// <summary>Length as people count it: a letter with its accents, or an emoji with its parts, is one.</summary>
    public static int Length(string text) => new StringInfo(text).LengthInTextElements;

    private static bool Shows(Rune rune) => rune.Value is not (HangulFiller or HalfwidthHangulFiller or HangulChoseongFiller or HangulJungseongFiller or BrailleBlank)
        && Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.OtherNotAssigned);

    private static string Clean(string? typed, bool keepLines)
    {
        if (string.IsNullOrEmpty(typed))
            return "";
        var clean = new StringBuilder(typed.Length);
        foreach (var rune in typed.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t')
                clean.Append(keepLines ? (char)rune.Value : ' ');
            else if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control && (rune.Value & 0xFFFE) != 0xFFFE)
                clean.Append(rune.ToString());
        }
        return clean.ToString();
    }
}
