using System.Globalization;
using System.Text;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.TokenAttributes;

namespace Forum.Search;

/// <summary>Folds words and takes off their English endings; remembers the last ones, for a text repeats most of its words.</summary>
internal static class Lexicon
{
    /// <summary>Characters of a word that count; longer ones are keys and encoded data, and equal beginnings are enough to find those.</summary>
    public const int MaxLength = 64;

    /// <summary>Words remembered per thread, a power of two: the vocabulary of a few hundred posts.</summary>
    private const int Remembered = 8192;

    /// <summary>Above all scripts whose marks are optional spelling (accents, Hebrew points, Arabic vowels); in those behind it they are letters.</summary>
    private const int FirstWithNeededMarks = 0x0900;

    [ThreadStatic]
    private static (string Text, string Stem)[]? remembered;

    [ThreadStatic]
    private static Stemmer? stemmer;

    /// <summary>The folded word and its stem.</summary>
    public static (string Text, string Stem) Of(ReadOnlySpan<char> word)
    {
        Span<char> buffer = stackalloc char[MaxLength];
        var length = 0;
        foreach (var c in word)
        {
            if (c >= 128)
            {
                var folded = Fold(word);
                length = Math.Min(folded.Length, MaxLength);
                if (length < folded.Length && char.IsHighSurrogate(folded[length - 1]))
                    length--;
                folded.AsSpan(0, length).CopyTo(buffer);
                break;
            }
            if (length < MaxLength)
                buffer[length++] = c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
        }
        return Remember(buffer[..length]);
    }

    private static (string Text, string Stem) Remember(ReadOnlySpan<char> folded)
    {
        var words = remembered ??= new (string, string)[Remembered];
        ref var slot = ref words[string.GetHashCode(folded) & (Remembered - 1)];
        if (slot.Text is null || !folded.SequenceEqual(slot.Text))
        {
            var text = folded.ToString();
            slot = (text, IsEnglish(folded) ? (stemmer ??= new()).Of(text) : text);
        }
        return slot;
    }

    private static bool IsEnglish(ReadOnlySpan<char> folded) => folded.Length > 2 && !folded.ContainsAnyExceptInRange('a', 'z');

    private static string Fold(ReadOnlySpan<char> word)
    {
        var folded = new StringBuilder(word.Length + 4);
        foreach (var rune in word.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
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

    /// <summary>Lucene's Porter stemmer, which comes as a filter of streams only, on one word at a time.</summary>
    private sealed class Stemmer
    {
        private readonly Single source;
        private readonly PorterStemFilter filter;

        public Stemmer()
        {
            source = new();
            filter = new(source);
        }

        public string Of(string word)
        {
            source.Term.SetEmpty().Append(word);
            filter.IncrementToken();
            return source.Term.ToString()!;
        }

        private sealed class Single : TokenStream
        {
            public Single() => Term = AddAttribute<ICharTermAttribute>();

            public ICharTermAttribute Term { get; }

            public override bool IncrementToken() => true;
        }
    }
}
