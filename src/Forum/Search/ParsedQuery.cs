using System.Globalization;
using System.Text;

namespace Forum.Search;

/// <summary>What a typed query means. Everything means something: an operator that nobody knows is a word.</summary>
internal sealed class ParsedQuery
{
    /// <summary>Characters that are read: a pasted error message fits.</summary>
    private const int MaxLength = 500;

    /// <summary>Words that are looked for: a long question fits, and the cost stays bounded.</summary>
    private const int MaxWords = 32;

    private enum PieceKind
    {
        Words,
        Quoted,
        Operator,
    }

    private readonly IReadOnlyList<Language> languages;
    private readonly List<(Word Word, bool Telling)> all = [];
    private readonly List<string> said = [];

    private ParsedQuery(IReadOnlyList<Language> languages) => this.languages = languages;

    /// <summary>What was typed without operators and without what must not occur: in lower case, with single blanks.</summary>
    public string Said => string.Join(' ', string.Join(' ', said).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Words to look for, each once.</summary>
    public List<Word> Words { get; private set; } = [];

    public List<IReadOnlyList<Word>> Phrases { get; } = [];

    /// <summary>The phrases as they were typed.</summary>
    public List<string> Quoted { get; } = [];

    /// <summary>Words as they were typed, by their stems.</summary>
    public Dictionary<string, string> Typed { get; } = [];

    /// <summary>What else is looked for in the place of a word, by its stem.</summary>
    public Dictionary<string, IReadOnlyList<Expression>> Instead { get; } = [];

    /// <summary>Expressions of several words that were typed, with what else is looked for in their place.</summary>
    public List<(string Typed, IReadOnlyList<Expression> Instead)> Wider { get; } = [];

    /// <summary>Words and phrases that must not occur in the topic.</summary>
    public List<IReadOnlyList<Word>> Without { get; } = [];

    public bool InTitle { get; private set; }

    public string? User { get; private set; }

    public string? Board { get; private set; }

    public List<string> Tags { get; } = [];

    public bool? Solved { get; private set; }

    public bool Unanswered { get; private set; }

    /// <summary>Written by staff.</summary>
    public bool ByStaff { get; private set; }

    /// <summary>States of the index that a post must have: code, images.</summary>
    public List<string> Has { get; } = [];

    /// <summary>The least score, and the most.</summary>
    public (int Least, int Most)? Score { get; private set; }

    public DateTime? Before { get; private set; }

    public DateTime? After { get; private set; }

    /// <summary>Nothing is asked for by its words.</summary>
    public bool HasWords => Words.Count + Phrases.Count > 0;

    /// <summary>Stems of all that is looked for, to mark them in a text.</summary>
    public IReadOnlySet<string> Stems => Words.Concat(Phrases.SelectMany(p => p)).Concat(Alternatives.SelectMany(e => e.Telling)).SelectMany(w => w.Stems).ToHashSet();

    /// <summary>All that is looked for in the place of what was typed.</summary>
    public IEnumerable<Expression> Alternatives => Instead.Values.SelectMany(e => e).Concat(Wider.SelectMany(w => w.Instead));

    /// <summary>Looks for synonyms too: of words and of expressions, not of what is quoted.</summary>
    public ParsedQuery With(ILookup<string, (Expression Entry, IReadOnlyList<Expression> Group)> synonyms)
    {
        if (synonyms.Count == 0)
            return this;
        foreach (var word in Words)
            foreach (var (entry, group) in word.Stems.SelectMany(s => synonyms[s]).Where(e => e.Entry.Single is not null))
                Instead.TryAdd(word.Stem, [.. group.Where(e => e != entry)]);
        var parts = Expression.PartsOf(all.Select(w => w.Word));
        for (var at = 0; at < parts.Count; at++)
            foreach (var (entry, group) in parts[at].Stems.SelectMany(s => synonyms[s]).Where(e => e.Entry.Single is null && Follow(parts.Skip(at).Take(e.Entry.Parts.Count), e.Entry.Parts)).DistinctBy(e => e.Entry))
                Wider.Add((entry.Text, [.. group.Where(e => e != entry)]));
        return this;

        static bool Follow(IEnumerable<Word> words, IReadOnlyList<Word> parts) => words.Count() == parts.Count && words.Zip(parts).All(w => w.First.Stems.Intersect(w.Second.Stems).Any());
    }

    /// <summary>Looks for its rarest words only, in the order in which they stand; words that are nowhere are left out.</summary>
    public ParsedQuery Rarest(int most, Func<Word, int> countOf)
    {
        var rarest = Words.Select(w => (Word: w, Count: countOf(w))).Where(w => w.Count > 0).OrderBy(w => w.Count).Take(most).Select(w => w.Word).ToHashSet();
        Words = Words.FindAll(rarest.Contains);
        return this;
    }

    /// <summary>A word that says nothing about what a question is about, in one of these languages.</summary>
    public static bool IsCommon(Word word, IReadOnlyList<Language> languages)
    {
        foreach (var language in languages)
            if (language.Common.Contains(word.Text))
                return true;
        return false;
    }

    /// <summary>Whether a text has what the index would find a document by: every phrase, one of the words, and nothing that must not occur.</summary>
    public bool IsIn(string text, Language language)
    {
        if (Phrases.Count + Without.Count == 0 && Alternatives.All(e => e.Single is not null))
            return Words.Count == 0 || Search.Words.Of(text, language, Stems).Count > 0;
        var there = Search.Words.Of(text, language);
        return Phrases.All(Stands) && (Phrases.Count > 0 || Words.Count == 0 || Words.Any(Occurs) || Alternatives.Any(e => Is(e.Words))) && !Without.Any(Is);

        bool Is(IReadOnlyList<Word> words) => words.Count == 1 ? Occurs(words[0]) : Stands(words);
        bool Occurs(Word word) => there.Any(t => word.Stems.Contains(t.Stem));
        bool Stands(IReadOnlyList<Word> phrase) => there.Any(start => phrase.GroupBy(w => w.Position - phrase.Min(p => p.Position)).All(
            place => there.Any(t => t.Position == start.Position + place.Key && place.Any(w => w.Text == t.Text))));
    }

    /// <summary>Reads what somebody typed, in one of these languages; a <paramref name="plain"/> text has words only.</summary>
    public static ParsedQuery Of(string? typed, IReadOnlyList<Language> languages, bool plain = false)
    {
        var query = new ParsedQuery(languages);
        var text = typed ?? "";
        if (text.Length > MaxLength)
            text = text[..MaxLength];
        foreach (var (piece, kind, minus) in plain ? [(text, PieceKind.Words, false)] : Pieces(text))
            query.Take(piece, kind, minus);
        query.Finish();
        return query;
    }

    private void Take(string piece, PieceKind kind, bool minus)
    {
        if (kind == PieceKind.Operator && TryOperator(piece))
            return;
        var words = Search.Words.Asked(piece, languages);
        if (words.Count == 0)
            return;
        if (!minus)
            said.Add(piece);
        foreach (var word in words)
            Typed.TryAdd(word.Stem, piece[word.Start..word.End]);
        if (minus)
            Without.Add(words);
        else if (kind == PieceKind.Quoted && words.Count > 1)
        {
            Phrases.Add(Capped(words));
            Quoted.Add(piece.Trim());
        }
        else
            all.AddRange(words.Select(w => (w, Loud(piece, w) || !IsCommon(w, languages) && !IsOfCommon(w, words))));
    }

    /// <summary>"qu'est-ce": written as one, but each part says nothing.</summary>
    private bool IsOfCommon(Word joined, List<Word> words)
    {
        var parts = words.FindAll(w => w.Start >= joined.Start && w.End <= joined.End && w.End - w.Start < joined.End - joined.Start);
        return parts.Count > 0 && parts.TrueForAll(p => IsCommon(p, languages));
    }

    private bool TryOperator(string piece)
    {
        var colon = piece.IndexOf(':');
        if (colon <= 0 || colon == piece.Length - 1)
            return false;
        var value = piece[(colon + 1)..].Trim('"');
        switch (piece[..colon].ToLowerInvariant())
        {
            case "user" or "author":
                User = value.TrimStart('@');
                return true;
            case "board":
                Board = value;
                return true;
            case "tag":
                Tags.Add(value.ToLowerInvariant());
                return true;
            case "is" when value is "solved" or "unsolved":
                Solved = value == "solved";
                return true;
            case "is" when value == "unanswered":
                Unanswered = true;
                return true;
            case "is" when value == "staff":
                ByStaff = true;
                return true;
            case "has" when value is "code" or "image":
                Has.Add(value == "code" ? SearchFields.HasCode : SearchFields.HasImage);
                return true;
            case "score" when Bounds(value) is { } bounds:
                Score = bounds;
                return true;
            case "in" when value == "title":
                InTitle = true;
                return true;
            case "before" when Day(value) is { } day:
                Before = day;
                return true;
            case "after" when Day(value) is { } day:
                After = day;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Of ">5", ">=5", "&lt;5", "&lt;=5" or "5".</summary>
    private static (int Least, int Most)? Bounds(string value)
    {
        var digits = value.TrimStart('<', '>', '=');
        if (!int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var score))
            return null;
        return value[..^digits.Length] switch
        {
            ">" when score < int.MaxValue => (score + 1, int.MaxValue),
            ">=" => (score, int.MaxValue),
            "<" when score > int.MinValue => (int.MinValue, score - 1),
            "<=" => (int.MinValue, score),
            "" or "=" => (score, score),
            _ => null,
        };
    }

    private static DateTime? Day(string value) =>
        DateTime.TryParseExact(value, ["yyyy-MM-dd", "yyyy-MM", "yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day) ? day : null;

    private void Finish()
    {
        if (all.Count == 0 && Phrases.Count == 0 && Without.Count > 0 && !HasFilters)
        {
            // "-2147024891" alone is an error code.
            all.AddRange(Without.SelectMany(w => w).Select(w => (w, true)));
            Without.Clear();
        }
        var telling = all.FindAll(w => w.Telling);
        Words = [.. (telling.Count > 0 || Phrases.Count > 0 ? telling : all).Select(w => w.Word).DistinctBy(w => w.Stem).Take(MaxWords)];
    }

    /// <summary>Posts are asked for by something other than their words.</summary>
    public bool NarrowsPosts => User is not null || ByStaff || Has.Count > 0 || Score is not null || Before is not null || After is not null;

    private bool HasFilters => NarrowsPosts || Board is not null || Tags.Count > 0 || Solved is not null || Unanswered;

    private static List<Word> Capped(List<Word> words) => words.Count <= MaxWords ? words : words[..MaxWords];

    /// <summary>"IT" and "US" in capitals are not the words "it" and "us".</summary>
    private static bool Loud(string piece, Word word) =>
        word.End - word.Start > 1 && !piece.AsSpan(word.Start, word.End - word.Start).ContainsAnyExceptInRange('A', 'Z') && piece.Any(char.IsLower);

    private static IEnumerable<(string Text, PieceKind Kind, bool Minus)> Pieces(string text)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var start = i == 0 || char.IsWhiteSpace(text[i - 1]);
            var minus = start && (text[i] is '-' or '\u2212') && i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]) && text[i + 1] != '-';
            var at = minus ? i + 1 : i;
            if (IsQuote(text[at]) && (start || at > i) && Closing(text, at + 1) is var close and > 0)
            {
                yield return (text[(at + 1)..close], PieceKind.Quoted, minus);
                i = close + 1;
            }
            else if (start && (minus || IsOperator(text, i)))
            {
                var end = EndOf(text, at);
                yield return (text[at..end], minus ? PieceKind.Words : PieceKind.Operator, minus);
                i = end;
            }
            else
            {
                plain.Append(text[i++]);
            }
        }
        if (plain.Length > 0)
            yield return (plain.ToString(), PieceKind.Words, false);
    }

    private static bool IsQuote(char c) => c is '"' or '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u00AB' or '\u00BB' or '\uFF02' or '\u300C' or '\u300E';

    private static int Closing(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
            if (IsQuote(text[i]) || text[i] is '\u300D' or '\u300F')
                return i;
        return -1;
    }

    private static bool IsOperator(string text, int i)
    {
        var end = i;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;
        return end > i && end + 1 < text.Length && text[end] == ':' && !char.IsWhiteSpace(text[end + 1]);
    }

    private static int EndOf(string text, int from)
    {
        var quoted = false;
        var i = from;
        for (; i < text.Length && (quoted || !char.IsWhiteSpace(text[i])); i++)
            quoted ^= text[i] == '"' && text.IndexOf('"', i + 1) is var other && (quoted || other > 0);
        return i;
    }
}
