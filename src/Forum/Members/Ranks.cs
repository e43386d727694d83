namespace Forum.Members;

/// <summary>The labels that members earn. A rank is a label, not a permission.</summary>
public static class Ranks
{
    public const string Community = "Community Member";
    public const string Active = "Active Member";
    public const string Guru = "Community Guru";

    /// <summary>100 points: ten upvotes, or a handful of solutions.</summary>
    public const int ActivePoints = 100;

    /// <summary>1,000 points and 10 solutions: the people a community is asked about.</summary>
    public const int GuruPoints = 1000;
    public const int GuruSolutions = 10;

    /// <summary>Nobody is a regular in the first week.</summary>
    public static readonly TimeSpan ActiveAge = TimeSpan.FromDays(7);

    /// <summary>The rank for that many points, accepted solutions and time since joining.</summary>
    public static string Of(int points, int solutions, TimeSpan age) =>
        points >= GuruPoints && solutions >= GuruSolutions && age >= ActiveAge ? Guru
        : points >= ActivePoints && age >= ActiveAge ? Active
        : Community;
}
