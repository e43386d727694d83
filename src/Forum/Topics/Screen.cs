using System.Globalization;
using System.Text;

namespace Forum.Topics;

/// <summary>What was found in a text.</summary>
/// <param name="Word">The pattern, as it was typed.</param>
public sealed record Finding(string Word, WatchedAction Action, bool Host);

/// <summary>
/// The watched words, ready to look through texts in one pass: a word is looked up, and only words with an ending left open are compared one by one. Case, accents,
/// wide letters and signs that show nothing tell no words apart.
/// </summary>
public sealed class Screen
{
    private sealed record Pattern(string[] Words, bool Open, WatchedWord Of);

    private readonly Dictionary<string, List<Pattern>> byFirst = [];
    private readonly List<Pattern> open = [];
    private readonly Dictionary<string, WatchedWord> hosts = new(StringComparer.OrdinalIgnoreCase);

    public Screen(IEnumerable<WatchedWord> words)
    {
        foreach (var word in words)
        {
            if (word.Host)
            {
                hosts[word.PatternNormalized] = word;
                continue;
            }
            var ends = word.PatternNormalized.EndsWith('*');
            var parts = word.PatternNormalized.TrimEnd('*').Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0)
                continue;
            var pattern = new Pattern(parts, ends, word);
            if (ends && parts.Length == 1)
                open.Add(pattern);
            else if (byFirst.TryGetValue(parts[0], out var same))
                same.Add(pattern);
            else
                byFirst[parts[0]] = [pattern];
        }
    }

    public bool IsEmpty => byFirst.Count + open.Count + hosts.Count == 0;

    /// <summary>What is found in a text, the graver first: refused before held before replaced.</summary>
    /// <param name="links">Addresses that it links to.</param>
    public IReadOnlyList<Finding> Look(string text, IEnumerable<string> links) =>
        [.. Matches(text).Select(m => m.Pattern.Of).Concat(links.Select(HostOf).OfType<WatchedWord>()).Distinct().Select(w => new Finding(w.Pattern, w.Action, w.Host)).OrderBy(f => f.Action switch { WatchedAction.Refuse => 0, WatchedAction.Hold => 1, _ => 2 })];

    /// <summary>The text with other words in the place of those that are to be replaced; addresses stay as they are.</summary>
    public string Replace(string text)
    {
        var changed = new StringBuilder();
        var at = 0;
        foreach (var (start, end, pattern) in Matches(text).Where(m => m.Pattern.Of.Action == WatchedAction.Replace && !IsInAddress(text, m.Start)).OrderBy(m => m.Start).ThenByDescending(m => m.End))
        {
            if (start < at)
                continue;
            changed.Append(text, at, start - at).Append(pattern.Of.Replacement);
            at = end;
        }
        return at == 0 ? text : changed.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>A pattern or a word as it is compared.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format))
                folded.Append(Rune.ToLowerInvariant(rune));
        return folded.ToString();
    }

    private IEnumerable<(int Start, int End, Pattern Pattern)> Matches(string text)
    {
        if (byFirst.Count + open.Count == 0)
            yield break;
        var words = WordsOf(text).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            foreach (var pattern in open.Where(p => words[i].Folded.StartsWith(p.Words[0], StringComparison.Ordinal)))
                yield return (words[i].Start, words[i].End, pattern);
            if (!byFirst.TryGetValue(words[i].Folded, out var candidates))
                continue;
            foreach (var pattern in candidates.Where(p => Follows(words, i, p)))
                yield return (words[i].Start, words[i + pattern.Words.Length - 1].End, pattern);
        }
    }

    private static bool Follows(List<(int Start, int End, string Folded)> words, int at, Pattern pattern)
    {
        if (at + pattern.Words.Length > words.Count)
            return false;
        for (var i = 1; i < pattern.Words.Length; i++)
        {
            var (word, wanted) = (words[at + i].Folded, pattern.Words[i]);
            if (pattern.Open && i == pattern.Words.Length - 1 ? !word.StartsWith(wanted, StringComparison.Ordinal) : word != wanted)
                return false;
        }
        return true;
    }

    /// <summary>Runs of letters and digits, with the marks on them.</summary>
    private static IEnumerable<(int Start, int End, string Folded)> WordsOf(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i]) || char.GetUnicodeCategory(text[i]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format);
            if (inside && start < 0)
                start = i;
            else if (!inside && start >= 0)
            {
                yield return (start, i, Fold(text[start..i]));
                start = -1;
            }
        }
    }

    private static bool IsInAddress(string text, int at)
    {
        var begin = at;
        while (begin > 0 && !char.IsWhiteSpace(text[begin - 1]) && text[begin - 1] is not ('(' or '<' or '"'))
            begin--;
        return text.AsSpan(begin, at - begin) is var before && (before.Contains("://", StringComparison.Ordinal) || before.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || before.Contains('@') || before.StartsWith("/"));
    }

    private WatchedWord? HostOf(string link)
    {
        if (hosts.Count == 0 || !Uri.TryCreate(link, UriKind.Absolute, out var address))
            return null;
        for (var host = address.IdnHost; ;)
        {
            if (hosts.TryGetValue(host, out var word))
                return word;
            var dot = host.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
                return null;
            host = host[(dot + 1)..];
        }
    }
}
