namespace Forum.Tests.Storms;

/// <summary>Looks for the part of a failing plan that does the damage.</summary>
public static class Shrink
{
    /// <summary>Leaves out ever smaller runs of steps for as long as the rest still fails: in the end no single step can go.</summary>
    /// <param name="fails">Whether that plan fails; at most <paramref name="tries"/> are tried.</param>
    public static async Task<IReadOnlyList<T>> ToShortestAsync<T>(IReadOnlyList<T> plan, Func<IReadOnlyList<T>, Task<bool>> fails, int tries = 300)
    {
        for (var length = (plan.Count + 1) / 2; length > 0; length = length == 1 ? 0 : (length + 1) / 2)
            for (var shorter = true; shorter;)
            {
                shorter = false;
                for (var start = 0; start < plan.Count && tries > 0; tries--)
                {
                    IReadOnlyList<T> rest = [.. plan.Take(start), .. plan.Skip(start + length)];
                    if (await fails(rest))
                        (plan, shorter) = (rest, true);
                    else
                        start += length;
                }
            }
        return plan;
    }
}
