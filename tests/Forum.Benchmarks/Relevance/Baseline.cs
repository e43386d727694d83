using System.Globalization;
using Forum.Search;

namespace Forum.Benchmarks.Relevance;

/// <summary>What the search has reached on judged collections, as a table: name, nDCG@10, R@10, R@100, set apart by tabs.</summary>
internal static class Baseline
{
    /// <summary>What may be lost to rounding and to ties.</summary>
    public const double Tolerance = 0.005;

    public static IReadOnlyDictionary<string, (double Ndcg10, double Recall10, double Recall100)> Read(string file) => File.ReadLines(file).Skip(1).Select(l => l.Split('\t'))
        .ToDictionary(c => c[0], c => (Number(c[1]), Number(c[2]), Number(c[3])));

    public static void Write(string file, IEnumerable<(string Name, SearchQuality Quality)> measured) => File.WriteAllLines(file,
        measured.Select(m => FormattableString.Invariant($"{m.Name}\t{m.Quality.Ndcg10:0.0000}\t{m.Quality.Recall10:0.0000}\t{m.Quality.Recall100:0.0000}")).Prepend("collection\tnDCG@10\tR@10\tR@100"));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
