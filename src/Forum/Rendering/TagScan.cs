using System.Collections.Frozen;

namespace Forum.Rendering;

/// <summary>A look at the tags of a piece of HTML before a tree is made of it.</summary>
/// <remarks>
/// The tree builder is not safe on every input: thousands of opening <c>pre</c> in a row overflow its stack, which ends the
/// whole process, and formatting left open is repeated in every later paragraph, which makes a small text a huge tree.
/// </remarks>
internal static class TagScan
{
    /// <summary>Most elements that may be open at once.</summary>
    public const int MaxOpen = 120;

    /// <summary>Most elements of one name that keep line ends and may be open at once: none belongs into another.</summary>
    private const int MaxOpenPre = 8;

    /// <summary>Most elements that formatting left open may multiply to.</summary>
    private const int MaxRepeated = 60_000;

    private static readonly FrozenSet<string> pre = Names("pre", "listing", "textarea", "xmp", "plaintext");

    private static readonly FrozenSet<string> formatting =
        Names("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u");

    /// <summary>Elements that have no end, or that the next of their kind ends.</summary>
    private static readonly FrozenSet<string> uncounted = Names(
        "area", "base", "basefont", "bgsound", "body", "br", "col", "colgroup", "dd", "dt", "embed", "frame", "head", "hr", "html", "image",
        "img", "input", "keygen", "li", "link", "meta", "option", "p", "param", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead",
        "tr", "track", "wbr");

    public static bool IsTooComplex(string html)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var byName = open.GetAlternateLookup<ReadOnlySpan<char>>();
        int tags = 0, depth = 0, unclosed = 0, mostUnclosed = 0;
        for (var i = html.IndexOf('<'); i >= 0; i = html.IndexOf('<', i + 1))
        {
            var rest = html.AsSpan(i + 1);
            var closes = rest is ['/', ..];
            var name = Name(closes ? rest[1..] : rest);
            if (name.IsEmpty || In(uncounted, name))
            {
                tags++;
                continue;
            }
            tags++;
            byName.TryGetValue(name, out var count);
            if (closes && count == 0)
                continue;
            var step = closes ? -1 : 1;
            byName[name] = count + step;
            depth += step;
            if (In(formatting, name))
                unclosed += step;
            mostUnclosed = Math.Max(mostUnclosed, unclosed);
            if (depth > MaxOpen || (count > MaxOpenPre && In(pre, name)))
                return true;
        }
        return (long)Math.Max(0, mostUnclosed - 3) * tags > MaxRepeated;
    }

    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !char.IsAsciiLetter(text[0]))
            return [];
        var end = text.IndexOfAny(" \t\n\f/><");
        return end < 0 ? text : text[..end];
    }

    private static bool In(FrozenSet<string> names, ReadOnlySpan<char> name) => names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    private static FrozenSet<string> Names(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
