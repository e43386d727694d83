using System.CommandLine;

namespace Forum.Benchmarks.Scale;

/// <summary><c>search</c>: what the index costs to build and to ask at several sizes of the forum.</summary>
internal static class SearchScaleCommand
{
    public static Task<int> RunAsync(string[] args)
    {
        var posts = new Option<int[]>("--posts") { AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [10_000, 100_000, 1_000_000], Description = "Sizes of the forum." };
        var data = new Option<DirectoryInfo?>("--data") { Description = "Keep the indexes in this folder for the next run." };
        var only = new Option<string?>("--only") { Description = "Measure the searches alone whose names contain this." };
        var command = new RootCommand("Milliseconds and bytes of each kind of search, and what it costs to build the index.") { posts, data, only };
        command.SetAction(parsed =>
        {
            foreach (var size in parsed.GetValue(posts)!.Order())
            {
                using var scale = new SearchScale(size, parsed.GetValue(data)?.FullName);
                var rate = scale.Build();
                Console.WriteLine(FormattableString.Invariant($"\n{size:N0} posts: {(rate is null ? "kept" : $"built with {rate:N0} posts a second")}, {scale.Size / 1e6:N0} MB, {scale.Segments} segments\n\n| | p50 ms | p95 ms | p99 ms | KB |\n|---|---|---|---|---|"));
                foreach (var cost in scale.Measure(parsed.GetValue(only) ?? ""))
                    Console.WriteLine(FormattableString.Invariant($"| {cost.Name} | {cost.Median:0.00} | {cost.P95:0.00} | {cost.P99:0.00} | {cost.Bytes / 1024} |"));
            }
        });
        return command.Parse(args).InvokeAsync();
    }
}
