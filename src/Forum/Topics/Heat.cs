namespace Forum.Topics;

/// <summary>
/// How hot a topic is. Its interest is 1, and 1 for each upvote of its first post, 1 for each member who has the question too, and the square root
/// of its replies, so that a long talk does not bury all else. Its age counts from halfway between its first post and its last one.
/// Interest is halved with every <see cref="HalvedWithin"/> of age. Views are left out: standing in a list brings them.
/// </summary>
public static class Heat
{
    /// <summary>The age at which a topic is worth half of a new one with the same interest.</summary>
    public static readonly TimeSpan HalvedWithin = TimeSpan.FromDays(2);

    /// <summary>How many topics of a list are compared, those with the newest posts: so many that hardly one is missed, so few that a list costs the same in every forum.</summary>
    public const int Compared = 500;

    /// <summary>The heat as a moment: a topic is as hot as one of interest 1 would be that was written then. Comparing moments does not depend on the time of asking.</summary>
    public static DateTime Of(DateTime first, DateTime last, int upvotes, int meToos, int replies)
    {
        var interest = 1 + Math.Max(0, upvotes) + meToos + Math.Sqrt(replies);
        return first + (last - first) / 2 + Math.Log2(interest) * HalvedWithin;
    }
}
