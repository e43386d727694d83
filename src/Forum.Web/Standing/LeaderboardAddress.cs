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

    /// <summary>What it counts: upvotes where the address says nothing.</summary>
    public static LeaderboardKind ParseKind(string? text) => text?.ToLowerInvariant() == "solutions" ? LeaderboardKind.Solutions : LeaderboardKind.Upvotes;

    public static string Of(LeaderboardPeriod period, string? board, LeaderboardKind kind = LeaderboardKind.Upvotes)
    {
        var query = string.Join('&', new[]
        {
            kind == LeaderboardKind.Upvotes ? null : "of=solutions",
            period == Usual ? null : $"period={period.ToString().ToLowerInvariant()}",
            board is null ? null : $"board={Uri.EscapeDataString(board)}",
        }.Where(part => part is not null));
        return query.Length == 0 ? "/leaderboard" : $"/leaderboard?{query}";
    }
}
