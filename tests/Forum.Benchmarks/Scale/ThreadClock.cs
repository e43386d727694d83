using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Forum.Benchmarks.Scale;

/// <summary>CPU time of the calling thread, which others on the machine do not lengthen as they do the time on the wall; elsewhere than on Linux that one.</summary>
internal static class ThreadClock
{
    private const int ThreadCpu = 3;

    public static double Milliseconds()
    {
        if (!OperatingSystem.IsLinux() || clock_gettime(ThreadCpu, out var time) != 0)
            return Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency;
        return time.Seconds * 1000.0 + time.Nanoseconds / 1e6;
    }

    [DllImport("libc")]
    private static extern int clock_gettime(int clock, out Time time);

    private readonly struct Time
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
