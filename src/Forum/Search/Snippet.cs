using System.Text;
using System.Text.Encodings.Web;

namespace Forum.Search;

/// <summary>A piece of a text, and whether it is what was looked for.</summary>
public readonly record struct SnippetPart(string Text, bool IsMatch);

/// <summary>Cuts the passage out of a post that has most of what was looked for.</summary>
internal static class Snippet
{
    /// <summary>Characters of a passage: two lines of a card.</summary>
    private const int Length = 200;

    /// <summary>Words before the first match that help to read it, in characters.</summary>
    private const int Lead = 40;

    /// <summary>How many of the sought stems the text has, and where.</summary>
    public static (int Different, List<Word> Hits) Find(string text, Language language, IReadOnlySet<string> stems)
    {
        var hits = stems.Count == 0 ? [] : Words.Of(text, language, stems);
        return (hits.Select(h => h.Stem).Distinct().Count(), hits);
    }

    /// <summary>The best passage with its matches; the beginning where there is none.</summary>
    public static IReadOnlyList<SnippetPart> Cut(string text, List<Word> hits)
    {
        var start = hits.Count == 0 ? 0 : WordStart(text, Best(hits).Start - Lead);
        var end = WordEnd(text, start, start + Length);
        var parts = new List<SnippetPart>();
        var at = start;
        if (start > 0)
            parts.Add(new("… ", false));
        foreach (var hit in hits)
        {
            if (hit.Start < at || hit.End > end)
                continue;
            Add(parts, text[at..hit.Start], false);
            Add(parts, text[hit.Start..hit.End], true);
            at = hit.End;
        }
        Add(parts, text[at..end], false);
        if (end < text.Length)
            parts.Add(new(" …", false));
        return parts;
    }

    /// <summary>The first hit of the window with the most different words.</summary>
    private static Word Best(List<Word> hits)
    {
        var best = hits[0];
        var most = 0;
        var inside = new Dictionary<string, int>();
        for (int first = 0, last = 0; first < hits.Count; first++)
        {
            for (; last < hits.Count && hits[last].End - hits[first].Start <= Length - Lead; last++)
                inside[hits[last].Stem] = inside.GetValueOrDefault(hits[last].Stem) + 1;
            if (inside.Count > most)
            {
                most = inside.Count;
                best = hits[first];
            }
            if (inside.TryGetValue(hits[first].Stem, out var count) && count > 1)
                inside[hits[first].Stem] = count - 1;
            else
                inside.Remove(hits[first].Stem);
            last = Math.Max(last, first + 1);
        }
        return best;
    }

    private static int WordStart(string text, int at)
    {
        if (at <= 0)
            return 0;
        var space = text.AsSpan(at, Math.Min(Lead, text.Length - at)).IndexOfAny(' ', '\n');
        return space >= 0 ? at + space + 1 : char.IsLowSurrogate(text[at]) ? at + 1 : at;
    }

    private static int WordEnd(string text, int start, int at)
    {
        if (at >= text.Length)
            return text.Length;
        var space = text.AsSpan(start, at - start).LastIndexOfAny(' ', '\n');
        return space > Length / 2 ? start + space : char.IsLowSurrogate(text[at]) ? at - 1 : at;
    }

    private static void Add(List<SnippetPart> parts, string text, bool match)
    {
        if (text.Length == 0)
            return;
        if (parts.Count > 0 && parts[^1].IsMatch == match)
            parts[^1] = new(parts[^1].Text + text, match);
        else
            parts.Add(new(text, match));
    }
}

/// <summary>A snippet as HTML.</summary>
public static class SnippetHtml
{
    /// <summary>Every piece encoded, matches in <c>mark</c>.</summary>
    public static string Of(IEnumerable<SnippetPart> snippet)
    {
        var html = new StringBuilder();
        foreach (var part in snippet)
            html.Append(part.IsMatch ? "<mark>" : "").Append(HtmlEncoder.Default.Encode(part.Text)).Append(part.IsMatch ? "</mark>" : "");
        return html.ToString();
    }
}
