using System.Text.RegularExpressions;
using DiffPlex;

namespace Forum.Topics;

/// <summary>A piece of a text; marked where the other text says something else.</summary>
public sealed record DiffPart(string Text, bool Marked);

/// <summary>A run of whole lines that is the same in both texts, or differs. A side that has no line there has no parts.</summary>
public sealed record DiffBlock(bool Same, IReadOnlyList<DiffPart> Before, IReadOnlyList<DiffPart> After);

/// <summary>
/// Compares two texts by lines, and by words within the lines that differ. What is too different to be compared finely in a moment is compared more
/// coarsely, in the end as a whole: two of the longest posts take well below a second, and no two make a page much longer than they are themselves.
/// </summary>
public sealed partial class TextDiff
{
    /// <summary>Lines or words that differ and are compared with each other, of both sides together: the time grows with their square.</summary>
    private const int MaxPieces = 4000;

    /// <summary>Most runs of lines that differ; more of them are confetti that nobody reads.</summary>
    private const int MaxRuns = 500;

    /// <summary>Most parts within lines, for the same reason.</summary>
    private const int MaxParts = 5000;

    private readonly List<DiffBlock> blocks = [];
    private int effort = MaxPieces * MaxPieces;
    private int parts = MaxParts;

    private TextDiff()
    {
    }

    public static IReadOnlyList<DiffBlock> Of(string before, string after)
    {
        var diff = new TextDiff();
        diff.CompareLines(before.ReplaceLineEndings("\n"), after.ReplaceLineEndings("\n"));
        return diff.blocks;
    }

    private void CompareLines(string before, string after)
    {
        string[] a = before.Split('\n'), b = after.Split('\n');
        var done = 0;
        foreach (var run in Runs(before, after, a, b, text => text.Split('\n'), MaxRuns))
        {
            AddSame(a[done..run.FromA]);
            var (left, right) = (string.Join('\n', a[run.FromA..run.ToA]), string.Join('\n', b[run.FromB..run.ToB]));
            blocks.Add(run.ToA == run.FromA ? new(false, [], Whole(right)) : run.ToB == run.FromB ? new(false, Whole(left), []) : CompareWords(left, right));
            done = run.ToA;
        }
        AddSame(a[done..]);
    }

    private void AddSame(string[] lines)
    {
        if (lines.Length == 0)
            return;
        DiffPart[] part = [new(string.Join('\n', lines), false)];
        blocks.Add(new(true, part, part));
    }

    private DiffBlock CompareWords(string before, string after)
    {
        string[] a = WordsOf(before), b = WordsOf(after);
        List<DiffPart> left = [], right = [];
        var (doneA, doneB) = (0, 0);
        foreach (var run in Runs(before, after, a, b, WordsOf, parts / 4))
        {
            Add(left, a[doneA..run.FromA], false);
            Add(left, a[run.FromA..run.ToA], true);
            Add(right, b[doneB..run.FromB], false);
            Add(right, b[run.FromB..run.ToB], true);
            (doneA, doneB) = (run.ToA, run.ToB);
        }
        Add(left, a[doneA..], false);
        Add(right, b[doneB..], false);
        parts -= left.Count + right.Count;
        return new(false, left, right);
    }

    private static void Add(List<DiffPart> side, string[] words, bool marked)
    {
        if (words.Length > 0)
            side.Add(new(string.Concat(words), marked));
    }

    private static DiffPart[] Whole(string text) => [new(text, true)];

    private readonly record struct Run(int FromA, int ToA, int FromB, int ToB);

    /// <summary>Where two rows of pieces differ; one run over all that differs where finding more would take too long or give too many.</summary>
    private List<Run> Runs(string before, string after, string[] a, string[] b, Func<string, string[]> split, int most)
    {
        var (start, endA, endB) = (0, a.Length, b.Length);
        while (start < endA && start < endB && a[start] == b[start])
            start++;
        while (endA > start && endB > start && a[endA - 1] == b[endB - 1])
            (endA, endB) = (endA - 1, endB - 1);
        var pieces = endA - start + endB - start;
        if (pieces == 0)
            return [];
        if (start == endA || start == endB || pieces > MaxPieces || pieces * pieces > effort)
            return [new(start, endA, start, endB)];
        effort -= pieces * pieces;
        var found = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, new Pieces(split)).DiffBlocks;
        return found.Count > most
            ? [new(start, endA, start, endB)]
            : [.. found.Select(f => new Run(f.DeleteStartA, f.DeleteStartA + f.DeleteCountA, f.InsertStartB, f.InsertStartB + f.InsertCountB))];
    }

    private sealed class Pieces(Func<string, string[]> split) : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => split(text);
    }

    private static string[] WordsOf(string text) => [.. Word().Matches(text).Select(m => m.Value)];

    /// <summary>A sign of a script without blanks between words, a word, a run of white space, or any other character.</summary>
    [GeneratedRegex(@"[\p{IsHiragana}\p{IsKatakana}\p{IsCJKUnifiedIdeographs}\p{IsCJKUnifiedIdeographsExtensionA}]|[\w\p{M}-[\p{IsHiragana}\p{IsKatakana}\p{IsCJKUnifiedIdeographs}\p{IsCJKUnifiedIdeographsExtensionA}]]+|\s+|[\uD800-\uDBFF][\uDC00-\uDFFF]|.", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
