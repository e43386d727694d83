using Forum.Standing;

namespace Forum.Web.Standing;

/// <summary>Leaderboards as they stand in addresses.</summary>
public static class LeaderboardAddress
{
    /// <summary>The period when the address names none.</summary>
    public const LeaderboardPeriod Usual = LeaderboardPeriod.Month;

    public static LeaderboardPeriod Parse(string? text) => text?.ToLowerInvariant() switch
    {
        "week" => LeaderboardPeriod.Week,
        "year" => LeaderboardPeriod.Year,
        "all" => LeaderboardPeriod.All,
        _ => Usual,
    };

    public static string Of(LeaderboardPeriod period, string? board)
    {
        var query = string.Join('&', new[]
        {
            period == Usual ? null : $"period={period.ToString().ToLowerInvariant()}",
            board is null ? null : $"board={board}",
        }.Where(part => part is not null));
        return query.Length == 0 ? "/leaderboard" : $"/leaderboard?{query}";
    }
}
