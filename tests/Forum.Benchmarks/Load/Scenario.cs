namespace Forum.Benchmarks.Load;

/// <summary>One kind of request.</summary>
/// <param name="Address">The address of the n-th request of a round.</param>
/// <param name="Budget">CPU time of the server that one may take, in milliseconds; null where only a ratio counts.</param>
internal sealed record Scenario(string Name, Reader Reader, Func<int, string> Address, double? Budget = null)
{
    /// <summary>Requests of a round as a multiple of the usual: more where each costs little.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Bytes that a body may have on average; null where it does not matter.</summary>
    public int? MaxBytes { get; init; }
}

/// <summary>What was measured of a scenario.</summary>
internal sealed class Measured(Scenario scenario)
{
    /// <summary>The server adds up views and stores them that often; no other write goes with reading.</summary>
    private static readonly TimeSpan flush = TimeSpan.FromSeconds(5);

    private readonly List<double> rounds = [];
    private long requests, bytes;

    public Scenario Scenario => scenario;

    /// <summary>CPU milliseconds of the server per request: the median of the rounds.</summary>
    public double Cpu => rounds.Order().ElementAt(rounds.Count / 2);

    public double Latest => rounds[^1];

    public double Least => rounds.Min();

    public double Most => rounds.Max();

    /// <summary>Bytes of a body on average.</summary>
    public long Bytes => bytes / requests;

    /// <summary>Commits that reading caused beyond the storing of views.</summary>
    public int Writes { get; private set; }

    public bool Kept => !(Cpu > scenario.Budget) && !(Bytes > scenario.MaxBytes) && Writes == 0;

    public void Add(int count, TimeSpan cpu, long body, int commits, TimeSpan elapsed)
    {
        rounds.Add(cpu.TotalMilliseconds / count);
        requests += count;
        bytes += body;
        Writes += Math.Max(0, commits - (int)Math.Ceiling(elapsed / flush) - 1);
    }
}

/// <summary>What was measured on a community of one size.</summary>
internal sealed record Sized(int Posts, int Votes, int Buckets, IReadOnlyList<Measured> Scenarios, double MonthSum, double AllSum)
{
    public Measured? this[string name] => Scenarios.SingleOrDefault(m => m.Scenario.Name == name);
}
