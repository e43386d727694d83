using System.CommandLine;
using Forum.Standing;

namespace Forum.Benchmarks.Scale;

/// <summary><c>leaderboard</c>: what a leaderboard costs to sum at several numbers of votes.</summary>
internal static class LeaderboardScaleCommand
{
    private sealed record Row(int Votes, int Buckets, double Week, double Month, double Year, double All, double Counted, double Rings);

    public static Task<int> RunAsync(string[] args)
    {
        var votes = new Option<int[]>("--votes") { AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1_000, 10_000_000], Description = "Upvotes of the forum." };
        var command = new RootCommand("Milliseconds of CPU to sum each leaderboard anew, against counting the votes of a month, and to find those who upvote each other.") { votes };
        command.SetAction(async (parsed, _) =>
        {
            var rows = new List<Row>();
            Console.WriteLine("| votes | buckets | week | month | year | all time | month, counted | rings |\n|---|---|---|---|---|---|---|---|");
            foreach (var count in parsed.GetValue(votes)!.Order())
            {
                await using var scale = await LeaderboardScale.WriteAsync(count);
                rows.Add(new(count, await scale.BucketsAsync(), await scale.SumAsync(LeaderboardPeriod.Week), await scale.SumAsync(LeaderboardPeriod.Month), await scale.SumAsync(LeaderboardPeriod.Year),
                    await scale.SumAsync(LeaderboardPeriod.All), await scale.CountAsync(), await scale.RingsAsync()));
                var row = rows[^1];
                Console.WriteLine(FormattableString.Invariant($"| {row.Votes:N0} | {row.Buckets:N0} | {row.Week:0.0} | {row.Month:0.0} | {row.Year:0.0} | {row.All:0.0} | {row.Counted:0} | {row.Rings:0} |"));
            }
            var (least, most) = (rows[0], rows[^1]);
            Console.WriteLine(FormattableString.Invariant($"\n{(double)most.Votes / least.Votes:N0} times the votes: {(double)most.Buckets / least.Buckets:N0} times the buckets, a week {most.Week / least.Week:0.0} times the cost, a month {most.Month / least.Month:0.0}, a year {most.Year / least.Year:0.0}, all time {most.All / least.All:0.0}"));
        });
        return command.Parse(args).InvokeAsync();
    }
}
