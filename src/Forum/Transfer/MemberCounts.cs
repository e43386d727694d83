using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Transfer;

/// <summary>Gathers what a batch changes in members' counters and moves them with few statements: members with the same change move together.</summary>
internal sealed class MemberCounts
{
    /// <summary>Ids in one statement: below the 2,100 parameters that SQL Server takes.</summary>
    public const int MostIds = 1000;

    private readonly Dictionary<long, (int Posts, int Points, int Solutions)> moves = [];

    public void Move(long memberId, int posts = 0, int points = 0, int solutions = 0)
    {
        var sofar = moves.GetValueOrDefault(memberId);
        moves[memberId] = (sofar.Posts + posts, sofar.Points + points, sofar.Solutions + solutions);
    }

    public async Task SaveAsync(ForumDbContext db, CancellationToken cancellation)
    {
        foreach (var same in moves.GroupBy(m => m.Value, m => m.Key))
            foreach (var ids in same.Order().Chunk(MostIds))
            {
                var (posts, points, solutions) = same.Key;
                await db.Users.Where(m => ids.Contains(m.Id)).ExecuteUpdateAsync(set => set
                    .SetProperty(m => m.Posts, m => m.Posts + posts)
                    .SetProperty(m => m.Points, m => m.Points + points)
                    .SetProperty(m => m.Solutions, m => m.Solutions + solutions), cancellation);
            }
    }
}
