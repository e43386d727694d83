using System.Globalization;
using Xunit.Abstractions;

namespace Forum.Tests.Storms;

/// <summary>FORUM_STORM says how many deeds, FORUM_STORM_SEED which; without it always the same, in whatever order the workers come to them.</summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const int Workers = 16, UsualSeed = 11;

    [Fact]
    public async Task After_a_storm_of_random_deeds_at_once_every_counter_equals_its_recount_and_every_rule_holds()
    {
        var (seed, count) = (Given("FORUM_STORM_SEED") ?? UsualSeed, Given("FORUM_STORM") ?? 1500);
        var plan = Gust.Plan(seed, count);
        await using var storm = await Storm.RiseAsync();

        var damage = await storm.BlowAsync(plan, Workers);

        var outcomes = string.Join(", ", storm.Outcomes.OrderBy(o => o.Key).Select(o => $"{o.Key.Blow} {(o.Key.Done ? "done" : "refused")} {o.Value}"));
        output.WriteLine($"Seed {seed}, {count} deeds: {outcomes}");
        if (damage.Count > 0)
            Assert.Fail($"Seed {seed}, {count} deeds. {await ShortestAsync(plan)}\n\nAfter all of them: {string.Join('\n', damage)}");
        Assert.All(Enum.GetValues<Blow>(), blow => Assert.Contains((blow, true), storm.Outcomes.Keys));
    }

    /// <summary>The same deeds one after another, and ever fewer of them.</summary>
    private static async Task<string> ShortestAsync(IReadOnlyList<Gust> plan)
    {
        if ((await DamageAsync(plan)).Count == 0)
            return "One after another the same deeds do no damage: it takes several at once.";
        var shortest = await Shrink.ToShortestAsync(plan, async shorter => (await DamageAsync(shorter)).Count > 0);
        return $"These do the damage, one after another:\n{string.Join('\n', shortest)}\n{string.Join('\n', await DamageAsync(shortest))}";
    }

    private static async Task<IReadOnlyList<string>> DamageAsync(IReadOnlyList<Gust> plan)
    {
        await using var storm = await Storm.RiseAsync();
        return await storm.BlowAsync(plan, workers: 1);
    }

    private static int? Given(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    [Fact]
    public async Task A_failing_plan_shrinks_to_the_steps_that_do_the_damage()
    {
        var tried = 0;
        var shortest = await Shrink.ToShortestAsync([.. Enumerable.Range(0, 500)], plan =>
        {
            tried++;
            return Task.FromResult(plan.Contains(7) && plan.Contains(260) && plan.Contains(261));
        });

        Assert.Equal([7, 260, 261], shortest);
        Assert.InRange(tried, 1, 200);
    }
}
