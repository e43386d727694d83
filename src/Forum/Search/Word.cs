namespace Forum.Search;

/// <summary>One word of a text as search sees it.</summary>
/// <param name="Text">Folded: lower-case, without accents, without invisible characters.</param>
/// <param name="Stem">The folded word without its English ending; the word itself where it is no English word.</param>
/// <param name="Position">Place among the words; another spelling of a word has the same place.</param>
/// <param name="Start">Where it begins in the text, in characters.</param>
/// <param name="End">Where it ends, exclusive.</param>
internal readonly record struct Word(string Text, string Stem, int Position, int Start, int End);
