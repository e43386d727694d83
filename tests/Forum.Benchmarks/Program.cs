using BenchmarkDotNet.Running;
using Forum.Benchmarks.Load;
using Forum.Benchmarks.Relevance;

if (args is ["load", .. var rest])
    return await LoadCommand.RunAsync(rest);
if (args is ["relevance", .. var options])
    return await RelevanceCommand.RunAsync(options);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
