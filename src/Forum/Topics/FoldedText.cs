using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Forum.Topics;

/// <summary>A text as it is looked through: its words without what does not tell words apart, a blank before and after each, and where each stands.</summary>
internal sealed class FoldedText
{
    /// <summary>Letters that look like Latin ones, or are such with a stroke.</summary>
    private static readonly FrozenDictionary<char, string> alike = Pairs(
        "аa еe оo рp сc хx уy іi їi јj ѕs ԁd һh ԛq ԝw вb кk мm нh тt ѵv αa οo ρp νv ιi κk τt υu χx εe ηn ωw øo łl đd ıi ħh ŧt ƒf ɡg ßss æae œoe");

    private readonly List<(int Start, int End)> places = [];
    private readonly List<int> owners = [];

    public FoldedText(string text)
    {
        var words = new StringBuilder(" ", text.Length + 2);
        owners.Add(0);
        var start = -1;
        for (var i = 0; i <= text.Length;)
        {
            var length = 1;
            var inside = i < text.Length && Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out length) == System.Buffers.OperationStatus.Done && IsOfWord(rune);
            if (inside && start < 0)
                start = i;
            else if (!inside && start >= 0)
            {
                words.Append(Fold(text[start..i])).Append(' ');
                owners.AddRange(Enumerable.Repeat(places.Count, words.Length - owners.Count));
                places.Add((start, i));
                start = -1;
            }
            i += Math.Max(length, 1);
        }
        Words = words.ToString();
    }

    /// <summary>Such as " free money "; the blank after a word counts to it.</summary>
    public string Words { get; }

    /// <summary>Where the words stand in the text that a part of <see cref="Words"/> touches; the part neither begins nor ends with a blank.</summary>
    public (int Start, int End) PlaceOf(int from, int to) => (places[owners[from]].Start, places[owners[to - 1]].End);

    /// <summary>A word without case, accents, width, signs that show nothing, and the difference between letters that look alike.</summary>
    public static string Fold(string word)
    {
        var folded = new StringBuilder(word.Length);
        foreach (var rune in word.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (IsMark(rune))
                continue;
            var lower = Rune.ToLowerInvariant(rune);
            if (lower.IsBmp && alike.TryGetValue((char)lower.Value, out var other))
                folded.Append(other);
            else
                folded.Append(lower);
        }
        return folded.ToString();
    }

    /// <summary>Letters and digits, with the marks on them.</summary>
    public static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || IsMark(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpacingCombiningMark;

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    private static FrozenDictionary<char, string> Pairs(string pairs) => pairs.Split(' ').ToFrozenDictionary(p => p[0], p => p[1..]);
}
