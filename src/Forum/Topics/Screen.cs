using System.Text;
using Forum.Rendering;

namespace Forum.Topics;

/// <summary>What was found in a text.</summary>
/// <param name="Word">The pattern, as it was typed.</param>
public sealed record Finding(string Word, WatchedAction Action, bool Host);

/// <summary>
/// The watched words, ready to look through texts in one pass, however many they are. Case, accents, wide letters, signs that show nothing and
/// letters of other scripts that look the same tell no words apart.
/// </summary>
public sealed class Screen
{
    /// <summary>Longest part of a line before a word that is looked at for whether it is an address: longer than people's addresses are.</summary>
    private const int MaxAddress = 2000;

    private readonly List<WatchedWord> words = [];
    private readonly List<string> sought = [];
    private readonly Dictionary<string, WatchedWord> hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly WordFinder finder;

    public Screen(IEnumerable<WatchedWord> watched)
    {
        foreach (var word in watched)
        {
            if (word.Host)
            {
                hosts[word.PatternNormalized] = word;
                continue;
            }
            var pattern = word.PatternNormalized;
            words.Add(word);
            sought.Add($"{(pattern.StartsWith('*') ? "" : " ")}{pattern.Trim('*')}{(pattern.EndsWith('*') ? "" : " ")}");
        }
        finder = new(sought);
    }

    /// <summary>What is found in a text, the graver first: refused before held before replaced.</summary>
    /// <param name="links">Addresses that it links to.</param>
    public IReadOnlyList<Finding> Look(string text, IEnumerable<string> links) =>
        [.. Matches(text).Select(m => m.Word).Concat(links.Select(HostOf).OfType<WatchedWord>()).Distinct().Select(w => new Finding(w.Pattern, w.Action, w.Host)).OrderBy(f => f.Action switch { WatchedAction.Refuse => 0, WatchedAction.Hold => 1, _ => 2 })];

    /// <summary>The Markdown with other words in the place of those that are to be replaced; code, tags and addresses stay as they are, and so does the name of a member.</summary>
    public string Replace(string markdown)
    {
        var found = Matches(markdown).Where(m => m.Word.Action == WatchedAction.Replace).OrderBy(m => m.Start).ThenByDescending(m => m.End).ToList();
        if (found.Count == 0)
            return markdown;
        var changed = new StringBuilder();
        var (at, kept, verbatim) = (0, 0, MarkdownReader.Verbatim(markdown));
        foreach (var (start, end, word) in found)
        {
            while (kept < verbatim.Count && verbatim[kept].End <= start)
                kept++;
            if (start < at || kept < verbatim.Count && verbatim[kept].Start < end || IsInAddress(markdown, start))
                continue;
            changed.Append(markdown, at, start - at).Append(word.Replacement);
            at = end;
        }
        return at == 0 ? markdown : changed.Append(markdown, at, markdown.Length - at).ToString();
    }

    private IEnumerable<(int Start, int End, WatchedWord Word)> Matches(string text)
    {
        if (words.Count == 0)
            yield break;
        var folded = new FoldedText(text);
        foreach (var (end, word) in finder.In(folded.Words))
        {
            var (from, to) = (end - sought[word].Length, end);
            var (start, stop) = folded.PlaceOf(folded.Words[from] == ' ' ? from + 1 : from, folded.Words[to - 1] == ' ' ? to - 1 : to);
            yield return (start, stop, words[word]);
        }
    }

    private static bool IsInAddress(string text, int at)
    {
        var begin = at;
        while (begin > 0 && at - begin < MaxAddress && !char.IsWhiteSpace(text[begin - 1]) && text[begin - 1] is not ('(' or '<' or '"'))
            begin--;
        return text.AsSpan(begin, at - begin) is var before && (before.Contains("://", StringComparison.Ordinal) || before.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || before.Contains('@') || before.StartsWith("/"));
    }

    private WatchedWord? HostOf(string link)
    {
        if (hosts.Count == 0 || !Uri.TryCreate(link, UriKind.Absolute, out var address))
            return null;
        for (var host = address.IdnHost.TrimEnd('.'); ;)
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
