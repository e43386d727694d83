using System.CommandLine;
using Forum.Search;

namespace Forum.Benchmarks.Relevance;

/// <summary><c>relevance</c>: how good the search is on judged collections, beside what else was tried.</summary>
internal static class RelevanceCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var data = new Option<DirectoryInfo?>("--data") { Description = "The folder of test data; FORUM_TEST_DATA where it is not given." };
        var accept = new Option<FileInfo?>("--accept") { Description = "Write what was measured to this baseline." };
        var command = new RootCommand("nDCG@10, R@10 and R@100 of the search and of what else was tried.") { data, accept };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetValue(data)?.FullName ?? Environment.GetEnvironmentVariable("FORUM_TEST_DATA") ?? "";
            var collections = Collections.In(folder).ToList();
            if (collections.Count == 0)
                throw new DirectoryNotFoundException($"There are no judged collections in \"{folder}\".");
            var measured = collections.ConvertAll(c => c.Measure());
            Console.WriteLine($"| nDCG@10 / R@10 / R@100 | {string.Join(" | ", collections.Select(c => c.Name))} |");
            Console.WriteLine($"|---|{string.Concat(collections.Select(_ => "---|"))}");
            Write("**in use**", measured);
            var indexes = collections.ConvertAll(c => SearchEvaluation.Over(c.Topics, Variants.AddFields));
            foreach (var variant in Variants.All)
                Write(variant.Name, [.. collections.Zip(indexes, (c, index) => index.Measure(c.Queries, c.Judgements,
                    (searcher, self, text) => SearchEvaluation.Ranked(searcher, variant.Query(searcher, ParsedQuery.Of(text, [Language.English], c.IsSimilar), c)).Where(n => !c.IsSimilar || n != self)))]);
            indexes.ForEach(i => i.Dispose());
            if (parsed.GetValue(accept) is { } file)
                Baseline.Write(file.FullName, collections.Zip(measured, (c, m) => (c.Name, m)));
        });
        return command.Parse(args).InvokeAsync();
    }

    private static void Write(string name, IReadOnlyList<SearchQuality> measured) =>
        Console.WriteLine($"| {name} | {string.Join(" | ", measured.Select(m => FormattableString.Invariant($"{m.Ndcg10:0.000} / {m.Recall10:0.000} / {m.Recall100:0.000}")))} |");
}
