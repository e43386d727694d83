using System.Globalization;
using System.Text;

namespace Forum.Search;

/// <summary>A word as it is indexed.</summary>
/// <param name="Text">Folded: lower-case, without accents, without invisible characters.</param>
/// <param name="Stem">Without its ending, folded.</param>
/// <param name="Plain">The stem that its spelling without accents has, where that is another one: not everybody types accents.</param>
internal readonly record struct FoldedWord(string Text, string Stem, string? Plain);

/// <summary>Folds the words of a language and takes off their endings; remembers the last ones, for a text repeats most of its words. For one thread.</summary>
internal sealed class Lexicon
{
    /// <summary>Characters of a word that count; longer ones are keys and encoded data, and equal beginnings are enough to find those.</summary>
    public const int MaxLength = 64;

    /// <summary>Words remembered, a power of two: the vocabulary of a few hundred posts.</summary>
    private const int Remembered = 8192;

    /// <summary>Above all scripts whose marks are optional spelling (accents, Hebrew points, Arabic vowels); in those behind it they are letters.</summary>
    private const int FirstWithNeededMarks = 0x0900;

    [ThreadStatic]
    private static Dictionary<Language, Lexicon>? known;

    private readonly (string Key, FoldedWord Word)[] remembered = new (string, FoldedWord)[Remembered];
    private readonly Func<string, string>? stemmer;

    /// <summary>English endings are looked for in plain letters alone.</summary>
    private readonly bool plain;

    private Lexicon(Language language) => (stemmer, plain) = (language.NewStemmer?.Invoke(), language == Language.English);

    /// <summary>This thread's.</summary>
    public static Lexicon Of(Language language)
    {
        var lexicons = known ??= [];
        return lexicons.TryGetValue(language, out var lexicon) ? lexicon : lexicons[language] = new(language);
    }

    public FoldedWord Of(ReadOnlySpan<char> word)
    {
        Span<char> key = stackalloc char[MaxLength];
        var length = 0;
        foreach (var c in word)
        {
            if (length == MaxLength)
                break;
            key[length++] = c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
        }
        if (length > 0 && char.IsHighSurrogate(key[length - 1]))
            length--;
        key = key[..length];
        ref var slot = ref remembered[string.GetHashCode(key) & (Remembered - 1)];
        if (slot.Key is null || !key.SequenceEqual(slot.Key))
        {
            var spelled = key.ToString();
            slot = (spelled, Make(spelled));
        }
        return slot.Word;
    }

    private FoldedWord Make(string spelled)
    {
        var text = Fold(spelled);
        if (text.Length > MaxLength)
            text = text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
        var bare = Stem(text);
        if (plain || text == spelled)
            return new(text, bare, null);
        var stem = Fold(Stem(spelled.Normalize(NormalizationForm.FormKC).ToLowerInvariant()));
        return new(text, stem, stem == bare ? null : bare);
    }

    private string Stem(string word) => stemmer is null || word.Length < 3 || (plain ? word.AsSpan().ContainsAnyExceptInRange('a', 'z') : !word.All(char.IsLetter)) ? word : stemmer(word);

    /// <summary>In lower case, without accents and invisible characters; ligatures as letters.</summary>
    public static string Fold(string word)
    {
        if (Ascii.IsValid(word))
            return word.ToLowerInvariant();
        var folded = new StringBuilder(word.Length + 4);
        foreach (var rune in word.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Format || rune.Value is >= 0xFE00 and <= 0xFE0F)
                continue;
            if (category is UnicodeCategory.NonSpacingMark && rune.Value is < FirstWithNeededMarks or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF))
                continue;
            var lower = Rune.ToLowerInvariant(rune);
            switch (lower.Value)
            {
                case 'œ': folded.Append("oe"); break;
                case 'æ': folded.Append("ae"); break;
                case 'ß' or 'ẞ': folded.Append("ss"); break;
                case 'þ': folded.Append("th"); break;
                case 'ø': folded.Append('o'); break;
                case 'đ' or 'ð': folded.Append('d'); break;
                case 'ł': folded.Append('l'); break;
                case 'ħ': folded.Append('h'); break;
                case 'ı': folded.Append('i'); break;
                case 'ς': folded.Append('σ'); break;
                default: folded.Append(lower.ToString()); break;
            }
        }
        return folded.ToString();
    }
}
