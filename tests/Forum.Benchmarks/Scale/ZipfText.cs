using System.Text;

namespace Forum.Benchmarks.Scale;

/// <summary>
/// Made-up texts with words as often as in a natural language (Zipf and Mandelbrot: the word of rank r stands about 1 / (r + 2.7) as often):
/// few are everywhere, most of half a million are rare.
/// </summary>
internal sealed class ZipfText
{
    /// <summary>Words of the language, and the first of them, which searches leave out as they leave out "the" and "of".</summary>
    private const int Vocabulary = 500_000, Common = 100, LastFrequent = 600;

    private const double Shift = 2.7;

    private static readonly string[] syllables = [.. "bdfgklmnprstvz".SelectMany(c => "aeiou", (c, v) => $"{c}{v}")];

    private readonly Random random;
    private readonly string[] words = new string[Vocabulary];

    public ZipfText(int seed) => random = new(seed);

    /// <summary>A text of so many words, common ones among them.</summary>
    public string Of(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word(Rank(0))));

    /// <summary>What somebody asks for: words as often as in texts, without the common ones.</summary>
    public string Asked(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word(Rank(Common))));

    /// <summary>Words that each stand in one of a hundred posts or more.</summary>
    public string Frequent(int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Word(Rank(Common, LastFrequent))));

    private int Rank(int from, int to = Vocabulary)
    {
        var (low, high) = (Math.Log(from + Shift), Math.Log(to + Shift));
        return Math.Clamp((int)(Math.Exp(low + random.NextDouble() * (high - low)) - Shift), from, to - 1);
    }

    private string Word(int rank)
    {
        if (words[rank] is { } known)
            return known;
        var word = new StringBuilder();
        for (var rest = rank + syllables.Length; rest > 0; rest /= syllables.Length)
            word.Append(syllables[rest % syllables.Length]);
        // An ending that no language takes off.
        return words[rank] = word.Append('x').ToString();
    }
}
