using BenchmarkDotNet.Running;
using Forum.Benchmarks.Load;
using Forum.Benchmarks.Relevance;
using Forum.Benchmarks.Scale;

if (args is ["load", .. var rest])
    return await LoadCommand.RunAsync(rest);
if (args is ["relevance", .. var options])
    return await RelevanceCommand.RunAsync(options);
if (args is ["search", .. var sizes])
    return await SearchScaleCommand.RunAsync(sizes);
if (args is ["leaderboard", .. var votes])
    return await LeaderboardScaleCommand.RunAsync(votes);
if (args is ["accounts"])
    return await AccountTimesCommand.RunAsync();
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
