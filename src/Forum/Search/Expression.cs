namespace Forum.Search;

/// <summary>An entry of a group of synonyms as search sees it: one word, or several in their order.</summary>
internal sealed class Expression
{
    private Expression(string text, IReadOnlyList<Word> words, IReadOnlyList<Language> languages)
    {
        Text = text;
        Words = words;
        Parts = PartsOf(words);
        Telling = [.. words.Where(w => words.Count == 1 || !ParsedQuery.IsCommon(w, languages))];
    }

    /// <summary>As it was typed.</summary>
    public string Text { get; }

    public IReadOnlyList<Word> Words { get; }

    /// <summary>Its words, none joined.</summary>
    public IReadOnlyList<Word> Parts { get; }

    /// <summary>The word where it is one, though it may be written as several: "e-mail".</summary>
    public Word? Single => Words.Count == 1 ? Words[0] : null;

    /// <summary>What tells it from others.</summary>
    public string Key => string.Join(' ', (Single is { } single ? [single] : Parts).Select(w => w.Stem));

    /// <summary>Words by which it is marked in a text.</summary>
    public IReadOnlyList<Word> Telling { get; }

    /// <summary>The entries of a group, those that hold a word.</summary>
    public static IReadOnlyList<Expression> AllOf(string entries, IReadOnlyList<Language> languages) => [.. EntriesOf(entries).Select(e => Of(e, languages)).Where(e => e.Words.Count > 0)];

    public static IEnumerable<string> EntriesOf(string? typed) => (typed ?? "").Split([',', ';', '\n', '\r']).Select(Typed.Line).Where(e => e.Length > 0);

    public static Expression Of(string text, IReadOnlyList<Language> languages)
    {
        var words = Search.Words.Asked(text, languages);
        var whole = words.Find(w => w.Start == words[0].Start && w.End == words[^1].End);
        return new(text, whole.Text is null ? words : [whole], languages);
    }

    /// <summary>Of words that are there joined and in parts, the parts.</summary>
    public static IReadOnlyList<Word> PartsOf(IEnumerable<Word> words) => [.. words.GroupBy(w => (w.Position, w.Start)).Select(g => g.MinBy(w => w.End - w.Start))];
}
