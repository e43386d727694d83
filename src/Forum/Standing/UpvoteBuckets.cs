using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Standing;

/// <summary>Moves the daily buckets that leaderboards are summed from.</summary>
internal static class UpvoteBuckets
{
    /// <summary>Adds upvotes (or takes them away, when negative) to the bucket of that board, member and UTC day.</summary>
    public static async Task MoveUpvotesAsync(this Deed deed, long boardId, long memberId, DateOnly day, int upvotes, CancellationToken cancellation)
    {
        var moved = await deed.Db.UpvoteDays.Where(d => d.Day == day && d.BoardId == boardId && d.MemberId == memberId)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Upvotes, d => d.Upvotes + upvotes), cancellation);
        if (moved > 0)
            return;
        deed.Db.UpvoteDays.Add(new UpvoteDay { BoardId = boardId, MemberId = memberId, Day = day, Upvotes = upvotes });
        await deed.Db.SaveChangesAsync(cancellation);
    }

    /// <summary>Adds all upvotes of a post to its author's buckets, or takes them away: when it comes back into sight or leaves it.</summary>
    public static async Task MoveUpvotesOfPostAsync(this Deed deed, long boardId, long authorId, long postId, int sign, CancellationToken cancellation)
    {
        var cast = await deed.Db.Votes.Where(v => v.PostId == postId).Select(v => v.Cast).ToListAsync(cancellation);
        var imported = await deed.Db.ImportedUpvotes.Where(u => u.PostId == postId).Select(u => new { u.Day, u.Count }).ToListAsync(cancellation);
        var days = cast.Select(at => (Day: DateOnly.FromDateTime(at), Count: 1)).Concat(imported.Select(u => (u.Day, u.Count)));
        foreach (var day in days.GroupBy(d => d.Day))
            await deed.MoveUpvotesAsync(boardId, authorId, day.Key, sign * day.Sum(d => d.Count), cancellation);
    }
}
