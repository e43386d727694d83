using System.Text;

namespace Forum.Rendering;

/// <summary>Text as it may be stored, fed and sent: no character that XML, feeds or databases choke on.</summary>
public static class CleanText
{
    /// <summary>Line ends become LF; characters that XML 1.0 does not know become U+FFFD, as CommonMark does with NUL.</summary>
    public static string Of(string text)
    {
        var dirty = FirstDirty(text);
        if (dirty < 0)
            return text;

        var clean = new StringBuilder(text, 0, dirty, text.Length);
        for (var i = dirty; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r')
            {
                clean.Append('\n');
                if (i + 1 < text.Length && text[i + 1] == '\n')
                    i++;
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else
            {
                clean.Append(IsClean(c) ? c : '\uFFFD');
            }
        }
        return clean.ToString();
    }

    private static int FirstDirty(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsClean(text[i]))
                continue;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else
                return i;
        }
        return -1;
    }

    private static bool IsClean(char c) =>
        c is '\t' or '\n' or (>= ' ' and <= '\uD7FF') or (>= '\uE000' and <= '\uFFFD');
}
