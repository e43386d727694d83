namespace Forum.Search;

/// <summary>One word of a text as search sees it.</summary>
/// <param name="Text">Folded: lower-case, without accents, without invisible characters.</param>
/// <param name="Stem">The folded word without its ending; the word itself where its language knows none.</param>
/// <param name="Position">Place among the words; another spelling of a word has the same place.</param>
/// <param name="Start">Where it begins in the text, in characters.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Others">Its stems in the other languages that somebody asks in; null where they are the same.</param>
internal readonly record struct Word(string Text, string Stem, int Position, int Start, int End, IReadOnlyList<string>? Others = null)
{
    public IEnumerable<string> Stems => Others is null ? [Stem] : Others.Prepend(Stem);
}
