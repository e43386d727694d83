using System.Globalization;

namespace Forum.Benchmarks.Load;

/// <summary>The figures as tables in Markdown.</summary>
internal sealed class Report
{
    private readonly List<Sized> sizes = [];

    public bool Kept => sizes.All(s => s.Scenarios.All(m => m.Kept));

    public void Add(Sized size) => sizes.Add(size);

    public void Write(TextWriter to)
    {
        foreach (var size in sizes)
        {
            Line(to, $"\n{size.Posts:N0} posts, {size.Votes:N0} votes in {size.Buckets:N0} daily buckets\n");
            Line(to, $"| request | CPU ms | least – most | budget | bytes | writes |  |");
            Line(to, $"|---|---|---|---|---|---|---|");
            foreach (var one in size.Scenarios)
                Line(to, $"| {one.Scenario.Name} | {one.Cpu:0.000} | {one.Least:0.000} – {one.Most:0.000} | {one.Scenario.Budget:0.00} | {one.Bytes:N0} | {one.Writes} | {(one.Kept ? "" : "over")} |");
            Line(to, $"\nSumming a leaderboard anew: month {size.MonthSum:0.0} ms, all time {size.AllSum:0.0} ms");
        }
        Line(to, $"\nRatios\n");
        foreach (var size in sizes)
        {
            if (size[LoadRun.Cached] is { } cached && size[LoadRun.File] is { } file)
                Line(to, $"- {size.Posts:N0} posts: topic from the cache against a file of the same bytes {cached.Cpu / file.Cpu:0.00}");
            if (size[LoadRun.DeepPage] is { } deep && size[LoadRun.FirstPage] is { } first)
                Line(to, $"- {size.Posts:N0} posts: page 500 against page 1 {deep.Cpu / first.Cpu:0.00}");
        }
        if (sizes is [var least, .., var most])
            Line(to, $"- leaderboard at {most.Votes:N0} votes against {least.Votes:N0}: page {most["leaderboard"]?.Cpu / least["leaderboard"]?.Cpu:0.00}, sum of a month {most.MonthSum / least.MonthSum:0.0}, of all time {most.AllSum / least.AllSum:0.0}");
        Line(to, $"\n{(Kept ? "Every budget is kept, and reading wrote nothing." : "A budget is not kept, or reading wrote.")}");
    }

    private static void Line(TextWriter to, FormattableString text) => to.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
