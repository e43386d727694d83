using System.CommandLine;

namespace Forum.Benchmarks.Load;

/// <summary><c>load</c>: what a request costs the published program, on communities of several sizes.</summary>
internal static class LoadCommand
{
    /// <summary>All budgets were kept and no read wrote.</summary>
    private const int Kept = 0;

    private const int Broken = 2;

    public static Task<int> RunAsync(string[] args)
    {
        var posts = new Option<int[]>("--posts") { AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1_000, 20_000, 100_000], Description = "Sizes of the communities, such as 1000 1000000." };
        var requests = new Option<int>("--requests") { DefaultValueFactory = _ => 1_000, Description = "Requests of a round for a page that is made anew; ten times as many for one from the cache." };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 5, Description = "Rounds through all scenarios; the median counts." };
        var only = new Option<string?>("--only") { Description = "Measure the scenarios alone whose names contain this." };
        var data = new Option<DirectoryInfo?>("--data") { Description = "Keep the communities in this folder for the next run." };
        var published = new Option<DirectoryInfo?>("--published") { Description = "Take the program from this folder instead of publishing it." };
        var command = new RootCommand("CPU time of the published program per request, and what it may be.") { posts, requests, rounds, only, data, published };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var temporary = new TemporaryFolder();
            var program = await Published.AtAsync(parsed.GetValue(published)?.FullName, Path.Combine(temporary.Path, "program"), cancellation);
            var run = new LoadRun(program, parsed.GetValue(data)?.FullName ?? temporary.Path, parsed.GetValue(requests), parsed.GetValue(rounds), parsed.GetValue(only) ?? "");
            var report = new Report();
            foreach (var size in parsed.GetValue(posts)!.Order())
                report.Add(await run.MeasureAsync(size, cancellation));
            report.Write(Console.Out);
            return report.Kept ? Kept : Broken;
        });
        return command.Parse(args).InvokeAsync();
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("forum-load-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
