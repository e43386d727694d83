namespace Forum.Search;

/// <summary>An entry of a group of synonyms as search sees it: one word, or several in their order.</summary>
internal sealed class Expression
{
    private Expression(string text, IReadOnlyList<Word> words)
    {
        Text = text;
        Words = words;
        Parts = PartsOf(words);
    }

    /// <summary>As it was typed.</summary>
    public string Text { get; }

    public IReadOnlyList<Word> Words { get; }

    /// <summary>Stems of its words, none joined.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>Its stem where it is one word, though it may be written as several: "e-mail".</summary>
    public string? Single => Words.Count == 1 ? Words[0].Stem : null;

    /// <summary>What tells it from others.</summary>
    public string Key => string.Join(' ', Single is null ? Parts : [Single]);

    /// <summary>Stems by which it is marked in a text.</summary>
    public IEnumerable<string> Telling => Words.Where(w => Words.Count == 1 || !ParsedQuery.IsCommon(w)).Select(w => w.Stem);

    /// <summary>The entries of a group, those that hold a word.</summary>
    public static IReadOnlyList<Expression> AllOf(string entries) => [.. EntriesOf(entries).Select(Of).Where(e => e.Words.Count > 0)];

    public static IEnumerable<string> EntriesOf(string? typed) => (typed ?? "").Split([',', ';', '\n', '\r']).Select(Typed.Line).Where(e => e.Length > 0);

    public static Expression Of(string text)
    {
        var words = Search.Words.Asked(text);
        var whole = words.Find(w => w.Start == words[0].Start && w.End == words[^1].End);
        return new(text, whole.Text is null ? words : [whole]);
    }

    /// <summary>Of words that are there joined and in parts, the parts.</summary>
    public static IReadOnlyList<string> PartsOf(IEnumerable<Word> words) => [.. words.GroupBy(w => (w.Position, w.Start)).Select(g => g.MinBy(w => w.End - w.Start).Stem)];
}
