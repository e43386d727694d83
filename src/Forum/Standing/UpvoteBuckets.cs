using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Standing;

/// <summary>Moves the daily buckets that leaderboards are summed from.</summary>
internal static class UpvoteBuckets
{
    /// <summary>Adds upvotes (or takes them away, when negative) to the bucket of that board, member and day of the site.</summary>
    public static async Task MoveUpvotesAsync(this Deed deed, long boardId, long memberId, DateOnly day, int upvotes, CancellationToken cancellation)
    {
        var moved = await deed.Db.UpvoteDays.Where(d => d.Day == day && d.BoardId == boardId && d.MemberId == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Upvotes, d => d.Upvotes + upvotes), cancellation);
        if (moved > 0)
            return;
        deed.Db.UpvoteDays.Add(new UpvoteDay { BoardId = boardId, MemberId = memberId, Day = day, Upvotes = upvotes });
        await deed.Db.SaveChangesAsync(cancellation);
    }
}
