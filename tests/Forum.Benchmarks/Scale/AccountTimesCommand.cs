using System.Diagnostics;
using Forum.Members;

namespace Forum.Benchmarks.Scale;

/// <summary><c>accounts</c>: whether the time of an answer tells who has an account. Medians of 50, known and unknown addresses in turn, in one run.</summary>
internal static class AccountTimesCommand
{
    private const int Times = 50;

    private const string Password = "four words are enough";

    public static async Task<int> RunAsync()
    {
        await using var forum = await Community.EmptyAsync();
        for (var i = 0; i < Times; i++)
            _ = (await forum.Get<CreateMember>().RunAsync(Actor.Operator, new($"Known {i}", null, $"known{i}@example.org", Password), default)).Required;
        Console.WriteLine("| answer | known | unknown | ratio |\n|---|---|---|---|");
        await CompareAsync("a wrong password", (email, caller) => forum.Get<CheckPassword>().RunAsync(Actor.Visitor, email, "some other words here", caller, default));
        await CompareAsync("a new password asked for", (email, caller) => forum.Get<AskRecovery>().RunAsync(Actor.Visitor, email, caller, default));
        await CompareAsync("a link asked for again", (email, caller) => forum.Get<AskConfirmation>().RunAsync(Actor.Visitor, email, caller, default));
        await CompareAsync("an account made", (email, caller) => forum.Get<SignUp>().RunAsync(Actor.Visitor, new("Nora Neu", null, email, Password, caller.Network), null, default));
        return 0;
    }

    private static async Task CompareAsync<T>(string what, Func<string, Caller, Task<Result<T>>> ask)
    {
        var (known, unknown) = (new List<double>(), new List<double>());
        for (var i = 0; i < Times; i++)
        {
            await MeasureAsync(known, $"known{i}@example.org", 2 * i);
            await MeasureAsync(unknown, $"unknown{i}@example.org", 2 * i + 1);
        }
        var (here, there) = (Median(known), Median(unknown));
        Console.WriteLine(FormattableString.Invariant($"| {what} | {here:0.00} ms | {there:0.00} ms | {here / there:0.00} |"));

        async Task MeasureAsync(List<double> times, string email, int network)
        {
            var begun = Stopwatch.GetTimestamp();
            _ = await ask(email, new($"2001:db8:{network:x}::/64"));
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
