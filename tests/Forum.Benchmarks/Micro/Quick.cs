using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Forum.Benchmarks.Micro;

/// <summary>A few rounds in this process: a second build of the forum for each benchmark would tell nothing more.</summary>
public sealed class Quick : ManualConfig
{
    public Quick() => AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.DontLogOutput));
}
