using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Standing;

/// <summary>Gives points and takes them back inside a deed. A member's total moves with the line that changes it.</summary>
internal static class Ledger
{
    /// <summary>Gives the points of a voter's upvote, as far as the day's cap lets.</summary>
    public static async Task GiveForUpvoteAsync(this Deed deed, long memberId, long postId, long voterId, CancellationToken cancellation)
    {
        var today = deed.Now.Date;
        var sofar = await deed.Db.PointEntries.Where(e => e.MemberId == memberId && e.At >= today && e.Reason == PointReason.Upvote)
            .SumAsync(e => e.Delta, cancellation);
        var points = Math.Clamp(PointEntry.MaxFromUpvotesPerDay - sofar, 0, PointEntry.ForUpvote);
        await deed.GiveAsync(memberId, PointReason.Upvote, postId, voterId, points, cancellation);
    }

    /// <summary>Gives points for what <paramref name="actorId"/> did.</summary>
    public static async Task GiveAsync(this Deed deed, long memberId, PointReason reason, long postId, long? actorId, int points, CancellationToken cancellation)
    {
        if (points == 0)
            return;
        deed.Db.PointEntries.Add(new PointEntry { MemberId = memberId, Reason = reason, PostId = postId, ActorId = actorId, Delta = points, At = deed.Now });
        await deed.Db.SaveChangesAsync(cancellation);
        await MoveAsync(deed, memberId, points, cancellation);
    }

    /// <summary>Takes back what still stands for that post and reason; with <paramref name="actorId"/> only what that member's deed gave.</summary>
    public static async Task TakeBackAsync(this Deed deed, long postId, PointReason reason, long? actorId, CancellationToken cancellation)
    {
        var standing = await deed.Db.PointEntries.AsNoTracking()
            .Where(e => e.PostId == postId && e.Reason == reason && e.ReversesId == null && (actorId == null || e.ActorId == actorId))
            .Where(e => !deed.Db.PointEntries.Any(r => r.ReversesId == e.Id))
            .ToListAsync(cancellation);
        foreach (var entry in standing)
        {
            deed.Db.PointEntries.Add(new PointEntry
            {
                MemberId = entry.MemberId,
                Reason = reason,
                PostId = postId,
                ActorId = entry.ActorId,
                Delta = -entry.Delta,
                ReversesId = entry.Id,
                At = deed.Now,
            });
            await MoveAsync(deed, entry.MemberId, -entry.Delta, cancellation);
        }
    }

    private static Task MoveAsync(Deed deed, long memberId, int points, CancellationToken cancellation) =>
        deed.Db.Set<Member>().Where(m => m.Id == memberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Points, m => m.Points + points), cancellation);
}
