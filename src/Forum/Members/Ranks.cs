using Forum.Settings;

namespace Forum.Members;

/// <summary>The labels that members earn. A rank is a label, not a permission.</summary>
public static class Ranks
{
    /// <summary>The rank for that many points, accepted solutions and time since joining.</summary>
    public static string Of(this RankOptions ranks, int points, int solutions, TimeSpan age) =>
        points >= ranks.GuruPoints && solutions >= ranks.GuruSolutions && age.TotalDays >= ranks.ActiveDays ? ranks.Guru
        : points >= ranks.ActivePoints && age.TotalDays >= ranks.ActiveDays ? ranks.Active
        : ranks.Community;
}
