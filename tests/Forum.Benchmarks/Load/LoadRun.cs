using System.Diagnostics;
using System.Globalization;
using Forum.Boards;
using Forum.Standing;
using Microsoft.EntityFrameworkCore;

namespace Forum.Benchmarks.Load;

/// <summary>Measures the program on one community after the other. The scenarios take turns, so that whatever else the machine does meets them all.</summary>
internal sealed class LoadRun(Published program, string folder, int requests, int rounds, string only)
{
    public const string File = "a file of the same bytes", Cached = "topic, visitor, from the cache", FirstPage = "page 1 of 10,000 replies", DeepPage = "page 500 of 10,000 replies";

    /// <summary>From this size on a community has its long topic: in a smaller one there would be little else.</summary>
    private const int WithLongTopic = 100_000;

    /// <summary>Reads until the compiler has done with the code, as a multiple of a round.</summary>
    private const int WarmUp = 3;

    /// <summary>What a query has as its index is in use on a forum of this size.</summary>
    private const int SearchBudgetUpTo = 20_000;

    private const int MaxTopicBytes = 30 * 1024;
    private const string FileName = "measured.html", Password = "measured and found quick";

    public async Task<Sized> MeasureAsync(int posts, CancellationToken cancellation)
    {
        var data = Path.Combine(folder, posts.ToString(CultureInfo.InvariantCulture));
        var email = $"{Guid.NewGuid():N}@example.org";
        await SeedAsync(data, posts, email, cancellation);
        await using var community = Community.Open(data);
        var addresses = await Addresses.OfAsync(community, cancellation);
        await using (var server = await Server.StartAsync(program, data, cancellation))
        using (var reader = new Reader(server.Address))
            await program.AddFileAsync(FileName, await reader.GetAsync(addresses.Topics[0], cancellation), "text/html", cancellation);

        var measured = await ServeAsync(data, posts, addresses, email, cancellation);
        await using var db = community.Db();
        return new(posts, await db.Votes.CountAsync(cancellation), await db.UpvoteDays.CountAsync(cancellation), measured,
            await SumAsync(community, LeaderboardPeriod.Month, cancellation), await SumAsync(community, LeaderboardPeriod.All, cancellation));
    }

    private async Task SeedAsync(string data, int posts, string email, CancellationToken cancellation)
    {
        string[] settings = [$"--Forum:DataPath={data}", "--Forum:Database:Synchronous=OFF"];
        var members = $"{Math.Max(Community.PostsPerMember, posts / Community.PostsPerMember)}";
        if (posts >= WithLongTopic)
            await program.RunAsync(cancellation, ["seed", "--topics", "1", "--posts", $"{Addresses.LongPosts}", "--members", members, .. settings]);
        await program.RunAsync(cancellation, ["seed", "--topics", $"{posts / Community.PostsPerTopic}", "--posts", $"{posts}", "--members", members, .. settings]);
        await program.RunAsync(cancellation, ["member", "create", "--email", email, "--name", "Rea Der", "--password", Password, .. settings]);
    }

    private async Task<IReadOnlyList<Measured>> ServeAsync(string data, int posts, Addresses addresses, string email, CancellationToken cancellation)
    {
        await using var server = await Server.StartAsync(program, data, cancellation);
        using Reader visitor = new(server.Address), compressed = new(server.Address, "gzip, deflate, br"), member = new(server.Address);
        await member.SignInAsync(email, Password, cancellation);
        Func<int, string> Each(IReadOnlyList<string> all) => i => Addresses.Fresh(all[i % all.Count]);
        List<Scenario> scenarios =
        [
            new(File, visitor, _ => $"/{FileName}") { Times = 10 },
            new(Cached, visitor, _ => addresses.Topics[0], 0.06) { Times = 10, MaxBytes = MaxTopicBytes },
            new("the same, compressed", compressed, _ => addresses.Topics[0], 0.06) { Times = 10 },
            new("topic, visitor, made anew", visitor, Each(addresses.Topics), 1) { MaxBytes = MaxTopicBytes },
            new("topic, member", member, Each(addresses.Topics), 2),
            new("list of a board", visitor, Each(addresses.Boards), 1),
            new("home", visitor, Each(["/"]), 1),
            new("search", visitor, Each([.. addresses.Queries.Select(q => $"/search?q={q}")]), posts <= SearchBudgetUpTo ? 3 : null),
            new("leaderboard", visitor, Each(["/leaderboard?period=all"])),
        ];
        if (addresses.Long is { } longest)
            scenarios.AddRange([new(FirstPage, visitor, Each([$"{longest}?page=1"])), new(DeepPage, visitor, Each([$"{longest}?page=500"]))]);

        scenarios.RemoveAll(s => !s.Name.Contains(only, StringComparison.Ordinal));
        var measured = scenarios.ConvertAll(s => new Measured(s));
        foreach (var scenario in scenarios)
            await scenario.Reader.SendAsync(scenario.Address, WarmUp * requests, cancellation);
        for (var round = 1; round <= rounds; round++)
            foreach (var one in measured)
                await MeasureAsync(one, server, data, cancellation);
        return measured;
    }

    private async Task MeasureAsync(Measured one, Server server, string data, CancellationToken cancellation)
    {
        await using var watch = new WriteWatch(data);
        var (count, begun, cpu) = (requests * one.Scenario.Times, Stopwatch.GetTimestamp(), server.Cpu);
        var bytes = await one.Scenario.Reader.SendAsync(one.Scenario.Address, count, cancellation);
        one.Add(count, server.Cpu - cpu, bytes, await watch.StopAsync(), Stopwatch.GetElapsedTime(begun));
        await Console.Error.WriteLineAsync($"{one.Scenario.Name}: {one.Latest:0.000} ms, {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s");
    }

    /// <summary>CPU milliseconds of this process to sum a leaderboard that nobody remembers: what the first reader after a vote pays.</summary>
    private async Task<double> SumAsync(Community community, LeaderboardPeriod period, CancellationToken cancellation)
    {
        var costs = new List<double>();
        for (var round = 0; round <= rounds; round++)
        {
            // A new one remembers nothing: one that was told to forget still keeps a costly sum for a while.
            var leaderboards = community.Make<LeaderboardQueries>();
            var begun = Environment.CpuUsage.TotalTime;
            _ = (await leaderboards.TopAsync(Rights.OfVisitor, period, null, cancellation)).Required;
            costs.Add((Environment.CpuUsage.TotalTime - begun).TotalMilliseconds);
        }
        return costs.Order().ElementAt(rounds / 2);
    }
}
