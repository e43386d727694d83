namespace Forum.Search;

/// <summary>How much a topic's state changes its place among what fits the words. Mild on purpose: a better text stays before a better state.</summary>
internal static class Ranking
{
    private const double Solved = 1.1, Outdated = 0.85, Closed = 0.8;

    /// <summary>Each doubling of the votes adds this, up to the most.</summary>
    private const double PerDoubling = 0.02, MostForVotes = 1.15;

    /// <summary>What age takes away in the end, and after which time half of that.</summary>
    private const double Aged = 0.15, HalfLifeSeconds = 4 * 365.25 * 86_400;

    /// <summary>No factor is larger.</summary>
    public const double Most = Solved * MostForVotes;

    public static double Factor(long flags, long score, double ageSeconds)
    {
        var factor = 1 - Aged * (1 - Math.Pow(2, -Math.Max(0, ageSeconds) / HalfLifeSeconds));
        // What no longer works is worth less than a question that may yet be answered, and more than one that is closed.
        if ((flags & SearchFields.OutdatedFlag) != 0)
            factor *= Outdated;
        else if ((flags & SearchFields.SolvedFlag) != 0)
            factor *= Solved;
        if ((flags & SearchFields.ClosedFlag) != 0)
            factor *= Closed;
        return score > 0 ? factor * Math.Min(MostForVotes, 1 + PerDoubling * Math.Log2(1 + score)) : factor;
    }
}
