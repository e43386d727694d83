using System.Globalization;
using System.Text;

namespace Forum.Search;

/// <summary>
/// Cuts a text into words, the same way for the index, for queries and for marking what was found. Knows "C#", "C++", ".NET",
/// "2.1.3", "e-mail", snake_case and CamelCase as words, folds accents and ligatures, skips invisible characters, and pairs up the characters of scripts without spaces.
/// </summary>
internal static class Words
{
    /// <summary>Longest joined spelling, in parts: longer chains are paths and addresses that nobody types whole.</summary>
    private const int MaxJoined = 4;

    /// <summary>What follows an apostrophe in an English short form; "don't" is one word, "l'eau" is two.</summary>
    private static readonly string[] shortForms = ["t", "s", "re", "ve", "ll", "d", "m"];

    /// <summary>In the place of what joins two parts where the second begins with a capital letter.</summary>
    private const char Hump = '^';

    private readonly record struct Part(int Start, int End, char Joiner);

    /// <summary>All spellings that a text is found by.</summary>
    public static List<Word> Of(string text, Language language)
    {
        var words = new List<Word>(text.Length / 6 + 4);
        Scan(text, Lexicon.Of(language), asked: false, ~0u, words);
        return words;
    }

    /// <summary>Those words of a text that have one of these stems.</summary>
    public static List<Word> Of(string text, Language language, IReadOnlySet<string> stems)
    {
        var initials = 0u;
        foreach (var stem in stems)
            initials |= stem[0] is >= 'a' and <= 'z' ? 1u << (stem[0] - 'a') : 0;
        var words = new List<Word>();
        Scan(text, Lexicon.Of(language), asked: false, initials, words);
        return words.FindAll(w => stems.Contains(w.Stem));
    }

    /// <summary>The words somebody asks for, in one of these languages: of several spellings only the telling ones.</summary>
    public static List<Word> Asked(string text, IReadOnlyList<Language> languages)
    {
        var words = new List<Word>();
        Scan(text, Lexicon.Of(languages[0]), asked: true, ~0u, words);
        foreach (var language in languages.Skip(1))
        {
            // Where a word begins and ends does not depend on its language.
            var same = new List<Word>(words.Count);
            Scan(text, Lexicon.Of(language), asked: true, ~0u, same);
            for (var i = 0; i < words.Count; i++)
                if (!words[i].Stems.Contains(same[i].Stem))
                    words[i] = words[i] with { Others = [.. words[i].Others ?? [], same[i].Stem] };
        }
        return words;
    }

    /// <param name="initials">A bit for each letter of the alphabet that simple words may begin with; others are skipped, for a stem keeps its first letter.</param>
    private static void Scan(string text, Lexicon lexicon, bool asked, uint initials, List<Word> words)
    {
        var position = 0;
        var parts = new List<Part>();
        for (var i = 0; i < text.Length;)
        {
            var kind = KindAt(text, i, out var length);
            switch (kind)
            {
                case Kind.Letter:
                    i = Chunk(text, lexicon, i, asked, initials, words, parts, ref position);
                    break;
                case Kind.Unspaced:
                    i = Run(text, i, asked, words, ref position);
                    break;
                case Kind.Symbol:
                    words.Add(new(text.Substring(i, length), text.Substring(i, length), position++, i, i + length));
                    i += length;
                    break;
                default:
                    i += length;
                    break;
            }
        }
    }

    private static int Chunk(string text, Lexicon lexicon, int start, bool asked, uint initials, List<Word> words, List<Part> parts, ref int position)
    {
        parts.Clear();
        var joiner = '\0';
        var i = start;
        while (true)
        {
            var from = i;
            while (i < text.Length && KindAt(text, i, out var length) is Kind.Letter or Kind.Invisible)
                i += length;
            var apostrophe = joiner == '\'';
            if (apostrophe && Array.IndexOf(shortForms, lexicon.Of(text.AsSpan(from, i - from)).Text) is var form and >= 0)
                parts[^1] = parts[^1] with { End = shortForms[form] == "s" ? parts[^1].End : i };
            else
                AddHumps(text, from, i, joiner, parts);
            if (i + 1 >= text.Length || JoinerOf(text[i]) is not { } next || KindAt(text, i + 1, out _) != Kind.Letter)
                break;
            joiner = next;
            i++;
        }
        var dotted = start > 0 && text[start - 1] == '.' && (start == 1 || !(char.IsLetterOrDigit(text[start - 2]) || text[start - 2] == '.')) && char.IsLetter(text[start]);
        var suffix = SuffixAt(text, i);
        if (parts.Count == 1 && suffix.Length == 0 && !dotted && char.IsAsciiLetter(text[start]) && (initials & (1u << ((text[start] | 0x20) - 'a'))) == 0)
            position++;
        else
            Tell(text, lexicon, parts, dotted, suffix, asked, words, ref position);
        return i + suffix.Length;
    }

    /// <summary>Letters of a part that is told by its capitals: "parseJSON" and "XMLReader" have two, "siRNA", "miRNAs" and "ATPase" one.</summary>
    private const int LeastOfHump = 3;

    /// <summary>"HttpClient" is "Http" and "Client"; one letter alone is no part: "iPhone", "PhD".</summary>
    private static void AddHumps(string text, int from, int end, char joiner, List<Part> parts)
    {
        for (var i = from + 2; i <= end - LeastOfHump; i++)
        {
            if (!char.IsUpper(text[i]) || !(char.IsLower(text[i - 1]) && char.IsLower(text[i + 1])) && !((char.IsLower(text[i - 1]) || char.IsLower(text[i + 1])) && i - from >= LeastOfHump))
                continue;
            parts.Add(new(from, i, joiner));
            (from, joiner) = (i++, Hump);
        }
        parts.Add(new(from, end, joiner));
    }

    private static void Tell(string text, Lexicon lexicon, List<Part> parts, bool dotted, string suffix, bool asked, List<Word> words, ref int position)
    {
        var joined = parts.Count is > 1 and <= MaxJoined ? Join(text, lexicon, parts) : null;
        if (joined is not null)
        {
            words.Add(new(joined, lexicon.Of(joined).Stem, position, parts[0].Start, parts[^1].End));
            if (asked && (joined.Contains('.') && char.IsAsciiDigit(joined[^1]) || parts[^1].Joiner == Hump))
            {
                position += parts.Count;
                return;
            }
        }
        for (var p = 0; p < parts.Count; p++)
        {
            var part = parts[p];
            var (plain, stem, without) = lexicon.Of(text.AsSpan(part.Start, part.End - part.Start));
            var afterDot = p == 0 ? dotted : part.Joiner == '.' && char.IsLetter(text[part.Start]);
            var last = p == parts.Count - 1 && suffix.Length > 0;
            if (plain.Length == 0)
                continue;
            if (afterDot && !(asked && p > 0))
                words.Add(new("." + plain, "." + plain, position, part.Start, part.End));
            if (last)
                words.Add(new(plain + suffix, plain + suffix, position, part.Start, part.End + suffix.Length));
            if (!(last && (asked || plain.Length == 1)) && !(asked && afterDot && p == 0))
            {
                words.Add(new(plain, stem, position, part.Start, part.End));
                if (without is not null && !asked)
                    words.Add(new(plain, without, position, part.Start, part.End));
            }
            position++;
        }
    }

    /// <summary>The parts written as one: hyphens and apostrophes fall away, dots and underscores stay; null where that says nothing new.</summary>
    private static string? Join(string text, Lexicon lexicon, List<Part> parts)
    {
        var joined = new StringBuilder();
        var letters = false;
        foreach (var part in parts)
        {
            if (part.Joiner is '.' or '_')
                joined.Append(part.Joiner);
            letters |= part.Joiner is '.' or '_' || char.IsLetter(text[part.Start]);
            joined.Append(lexicon.Of(text.AsSpan(part.Start, part.End - part.Start)).Text);
        }
        return letters && joined.Length <= Lexicon.MaxLength ? joined.ToString() : null;
    }

    /// <summary>A run of a script without spaces: every character and every pair; who asks for more than one character means the pairs.</summary>
    private static int Run(string text, int start, bool asked, List<Word> words, ref int position)
    {
        var previous = (Text: "", Start: 0);
        var count = 0;
        var i = start;
        while (i < text.Length)
        {
            var kind = KindAt(text, i, out var length);
            if (kind is not (Kind.Unspaced or Kind.Invisible))
                break;
            if (kind == Kind.Unspaced)
            {
                var one = text.Substring(i, length).Normalize(NormalizationForm.FormKC).ToLowerInvariant();
                if (count > 0)
                    words.Add(new(previous.Text + one, previous.Text + one, position - 1, previous.Start, i + length));
                if (!asked)
                    words.Add(new(one, one, position, i, i + length));
                previous = (one, i);
                position++;
                count++;
            }
            i += length;
        }
        if (asked && count == 1)
            words.Add(new(previous.Text, previous.Text, position - 1, previous.Start, i));
        return i;
    }

    private static char? JoinerOf(char c) => c switch
    {
        '.' or '-' or '_' => c,
        '\u2010' or '\u2011' => '-',
        '\'' or '\u2019' or '\u02BC' or '\uFF07' => '\'',
        _ => null,
    };

    /// <summary>"#" or "++" right behind a letter, as in the names of programming languages.</summary>
    private static string SuffixAt(string text, int i)
    {
        if (i >= text.Length || !char.IsLetter(text[i - 1]))
            return "";
        if (text[i] == '#' && (i + 1 >= text.Length || !char.IsLetter(text[i + 1])))
            return "#";
        return text[i] == '+' && i + 1 < text.Length && text[i + 1] == '+' && (i + 2 >= text.Length || !char.IsLetterOrDigit(text[i + 2])) ? "++" : "";
    }

    private enum Kind
    {
        Gap,
        Letter,
        Unspaced,
        Symbol,
        Invisible,
    }

    private static Kind KindAt(string text, int i, out int length)
    {
        var c = text[i];
        length = 1;
        if (c < 128)
            return char.IsAsciiLetterOrDigit(c) ? Kind.Letter : Kind.Gap;
        if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out length) != System.Buffers.OperationStatus.Done)
            return Kind.Gap;
        if (rune.Value is >= 0xFE00 and <= 0xFE0F)
            return Kind.Invisible;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter => Kind.Letter,
            UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => IsUnspaced(rune.Value) ? Kind.Unspaced : Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Letter,
            UnicodeCategory.OtherSymbol => Kind.Symbol,
            UnicodeCategory.Format or UnicodeCategory.EnclosingMark => Kind.Invisible,
            _ => Kind.Gap,
        };
    }

    private static bool IsUnspaced(int c) => c
        is (>= 0x0E00 and <= 0x0EFF) // Thai, Lao
        or (>= 0x1000 and <= 0x109F) // Myanmar
        or (>= 0x1100 and <= 0x11FF) // Hangul letters
        or (>= 0x1780 and <= 0x17FF) // Khmer
        or (>= 0x3005 and <= 0x3007)
        or (>= 0x3040 and <= 0x318F) // Kana, Bopomofo, Hangul letters
        or (>= 0x31A0 and <= 0x31FF)
        or (>= 0x3400 and <= 0x9FFF) // Han
        or (>= 0xAC00 and <= 0xD7FF) // Hangul
        or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFF66 and <= 0xFFDC) // half-width Kana and Hangul
        or (>= 0x20000 and <= 0x3FFFF);
}
