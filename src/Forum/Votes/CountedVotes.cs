using Forum.Data;

namespace Forum.Votes;

/// <summary>Which upvotes leaderboards count; scores and points count them all.</summary>
public static class CountedVotes
{
    /// <summary>Days that an account must be old for its upvotes to count: one that was made to upvote somebody is not. Those who begin a forum have nobody before them, so theirs count at once.</summary>
    public const int MinDays = 3;

    /// <summary>Upvotes by accounts that were old enough when they cast them, told from facts that never change.</summary>
    public static IQueryable<Vote> Counted(this IQueryable<Vote> votes, ForumDbContext db) =>
        votes.Where(v => db.Users.Any(m => m.Id == v.MemberId
            && (m.Created.AddDays(MinDays) <= v.Cast || m.Created < db.Users.OrderBy(first => first.Id).Select(first => first.Created.AddDays(MinDays)).First())));
}
