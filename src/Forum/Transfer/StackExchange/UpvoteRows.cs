using Forum.Data;
using Forum.Outbox;
using Forum.Standing;
using Forum.Topics;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;

namespace Forum.Transfer.StackExchange;

/// <summary>Brings in the upvotes that some authors received: their days, the buckets of leaderboards, and points up to the day's cap.</summary>
internal sealed class UpvoteRows(Deed deed)
{
    private sealed record Place(long Id, long BoardId, long AuthorId, Visibility Visibility);

    private readonly ForumDbContext db = deed.Db;

    /// <summary>How many upvotes were new. <paramref name="counts"/> says how many each post has on each day.</summary>
    public async Task<int> WriteAsync(IReadOnlyList<(long PostId, DateOnly Day, int Count)> counts, CancellationToken cancellation)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var fresh = await FreshAsync(counts, cancellation);
        if (fresh.Count == 0)
            return 0;
        await db.SaveChangesAsync(cancellation);
        var places = await PlacesAsync([.. fresh.Select(f => f.PostId).Distinct()], cancellation);
        var visible = fresh.Where(f => places[f.PostId].Visibility == Visibility.Visible).ToList();
        await MoveBucketsAsync([.. visible.GroupBy(f => (f.Day, places[f.PostId].BoardId, places[f.PostId].AuthorId)).Select(g => (g.Key, g.Sum(f => f.Count)))], cancellation);
        await GiveAsync([.. visible.Select(f => (places[f.PostId].AuthorId, f.Day)).Distinct()], cancellation);
        foreach (var boardId in places.Values.Select(p => p.BoardId).Distinct().Order())
            deed.Tell(new BoardChanged(boardId));
        return fresh.Sum(f => f.Count);
    }

    private async Task<List<(long PostId, DateOnly Day, int Count)>> FreshAsync(IReadOnlyList<(long PostId, DateOnly Day, int Count)> counts, CancellationToken cancellation)
    {
        var held = new Dictionary<(long, DateOnly), int>();
        foreach (var ids in counts.Select(c => c.PostId).Distinct().Order().Chunk(MemberCounts.MostIds))
            await foreach (var row in db.ImportedUpvotes.AsNoTracking().Where(u => ids.Contains(u.PostId)).AsAsyncEnumerable().WithCancellation(cancellation))
                held[(row.PostId, row.Day)] = row.Count;
        var fresh = new List<(long PostId, DateOnly Day, int Count)>();
        foreach (var (postId, day, count) in counts)
        {
            if (!held.TryGetValue((postId, day), out var before))
                db.ImportedUpvotes.Add(new ImportedUpvotes { PostId = postId, Day = day, Count = count });
            else if (count > before)
                await db.ImportedUpvotes.Where(u => u.PostId == postId && u.Day == day).ExecuteUpdateAsync(set => set.SetProperty(u => u.Count, count), cancellation);
            if (count > before)
                fresh.Add((postId, day, count - before));
        }
        return fresh;
    }

    private async Task<Dictionary<long, Place>> PlacesAsync(List<long> postIds, CancellationToken cancellation)
    {
        var places = new Dictionary<long, Place>();
        foreach (var ids in postIds.Chunk(MemberCounts.MostIds))
            foreach (var place in await db.Posts.Where(p => ids.Contains(p.Id)).Select(p => new Place(p.Id, p.Topic.BoardId, p.AuthorId, p.Visibility)).ToListAsync(cancellation))
                places[place.Id] = place;
        return places;
    }

    private async Task MoveBucketsAsync(List<((DateOnly Day, long BoardId, long MemberId) Key, int Count)> moves, CancellationToken cancellation)
    {
        var held = new HashSet<(DateOnly, long, long)>();
        foreach (var ids in moves.Select(m => m.Key.MemberId).Distinct().Order().Chunk(MemberCounts.MostIds))
            await foreach (var d in db.UpvoteDays.AsNoTracking().Where(d => ids.Contains(d.MemberId)).AsAsyncEnumerable().WithCancellation(cancellation))
                held.Add((d.Day, d.BoardId, d.MemberId));
        foreach (var ((day, boardId, memberId), count) in moves)
            if (held.Contains((day, boardId, memberId)))
                await db.UpvoteDays.Where(d => d.Day == day && d.BoardId == boardId && d.MemberId == memberId)
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.Upvotes, d => d.Upvotes + count), cancellation);
            else
                db.UpvoteDays.Add(new UpvoteDay { Day = day, BoardId = boardId, MemberId = memberId, Upvotes = count });
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>One ledger line a member and day, up to the cap; a later dump adds what is missing to it.</summary>
    private async Task GiveAsync(List<(long MemberId, DateOnly Day)> touched, CancellationToken cancellation)
    {
        var (due, given) = (new Dictionary<(long, DateOnly), int>(), new Dictionary<(long, DateOnly), int>());
        foreach (var ids in touched.Select(t => t.MemberId).Distinct().Order().Chunk(MemberCounts.MostIds))
        {
            var days = db.ImportedUpvotes.Join(db.Posts.Where(p => ids.Contains(p.AuthorId)), u => u.PostId, p => p.Id, (u, p) => new { p.AuthorId, u.Day, u.Count })
                .GroupBy(u => new { u.AuthorId, u.Day }).Select(g => new { g.Key.AuthorId, g.Key.Day, Count = g.Sum(u => u.Count) });
            await foreach (var day in days.AsAsyncEnumerable().WithCancellation(cancellation))
                due[(day.AuthorId, day.Day)] = (int)Math.Min((long)day.Count * PointEntry.ForUpvote, PointEntry.MaxFromUpvotesPerDay);
            var lines = db.PointEntries.Where(e => ids.Contains(e.MemberId) && e.Reason == PointReason.Imported).Select(e => new { e.MemberId, e.At, e.Delta });
            await foreach (var line in lines.AsAsyncEnumerable().WithCancellation(cancellation))
                given[(line.MemberId, DateOnly.FromDateTime(line.At))] = given.GetValueOrDefault((line.MemberId, DateOnly.FromDateTime(line.At))) + line.Delta;
        }
        var members = new MemberCounts();
        foreach (var key in touched)
        {
            var points = due.GetValueOrDefault(key) - given.GetValueOrDefault(key);
            if (points <= 0)
                continue;
            db.PointEntries.Add(new PointEntry { MemberId = key.MemberId, Reason = PointReason.Imported, Delta = points, At = key.Day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) });
            members.Move(key.MemberId, points: points);
        }
        await db.SaveChangesAsync(cancellation);
        await members.SaveAsync(db, cancellation);
    }
}
