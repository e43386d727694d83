using Forum.Moderation;
using Forum.Settings;
using Forum.Solutions;
using Forum.Standing;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests.Storms;

/// <summary>What holds in every forum, whatever was done in it, besides that counters equal their recount.</summary>
public static class LedgerRules
{
    public static async Task AssertAsync(TestForum forum)
    {
        await using var db = forum.Db();
        var ledger = await db.PointEntries.AsNoTracking().ToDictionaryAsync(e => e.Id);
        foreach (var entry in ledger.Values.Where(e => e.ReversesId is not null))
        {
            var reversed = ledger[entry.ReversesId!.Value];
            Assert.Null(reversed.ReversesId);
            Assert.True(reversed.Id < entry.Id);
            Assert.Equal((reversed.MemberId, reversed.Reason, reversed.PostId, reversed.ActorId, -reversed.Delta), (entry.MemberId, entry.Reason, entry.PostId, entry.ActorId, entry.Delta));
        }
        Assert.All(ledger.Values.Where(e => e.ReversesId is null), e => Assert.True(e.Delta > 0));
        Assert.All(
            ledger.Values.Where(e => e.Reason == PointReason.Upvote).GroupBy(e => (e.MemberId, e.At.Date)),
            day => Assert.True(day.Sum(e => e.Delta) <= PointEntry.MaxFromUpvotesPerDay, $"Member {day.Key.MemberId} got {day.Sum(e => e.Delta)} points on {day.Key.Date}."));

        var authors = await db.Posts.ToDictionaryAsync(p => p.Id, p => p.AuthorId);
        foreach (var cast in (await db.Votes.AsNoTracking().OrderBy(v => v.Cast).ToListAsync()).GroupBy(v => v.MemberId))
        {
            AssertPace([.. cast.Select(v => v.Cast)], new LimitOptions().UpvotesPerDay);
            Assert.All(cast.GroupBy(v => authors[v.PostId]), toOne => AssertPace([.. toOne.Select(v => v.Cast)], new LimitOptions().UpvotesPerDayForOneAuthor));
        }

        var solutions = await db.Solutions.AsNoTracking().ToListAsync();
        // A topic takes its solutions along to a board that has fewer of them.
        var (most, moved) = (await db.Topics.Select(t => new { t.Id, t.Board.Solutions }).ToDictionaryAsync(t => t.Id, t => t.Solutions), await db.AuditEntries.Where(e => e.Deed == AuditQueries.Moved).Select(e => e.TopicId).ToListAsync());
        var mostAnywhere = await db.Boards.MaxAsync(b => b.Solutions);
        Assert.All(solutions.GroupBy(s => s.TopicId), g =>
        {
            Assert.Contains(g, s => s.Slot == 0);
            var limit = moved.Contains(g.Key) ? mostAnywhere : most[g.Key];
            Assert.All(g, s => Assert.InRange(s.Slot, 0, limit - 1));
        });
        var doubts = await db.Doubts.AsNoTracking().ToListAsync();
        Assert.All(doubts, d => Assert.Contains(d.PostId, solutions.Select(s => s.PostId)));
        Assert.All(solutions, s => Assert.Equal(s.Outdated is null, s.OutdatedNote is null));
        Assert.All(solutions.Where(s => s.Outdated is null), s => Assert.True(s.OutdatedById is null && s.SuccessorId is null && doubts.Count(d => d.PostId == s.PostId) < Doubt.Enough));
        var duplicates = await db.Closures.Where(c => c.DuplicateOfId != null).ToDictionaryAsync(c => c.TopicId, c => c.DuplicateOfId!.Value);
        Assert.All(duplicates.Values, original => Assert.DoesNotContain(original, duplicates.Keys));
        Assert.False(await db.Reviews.Where(r => r.Decided == null).GroupBy(r => r.PostId).AnyAsync(open => open.Count() > 1), "A post has two open reviews.");
    }

    /// <summary>Never more than so many in 24 hours.</summary>
    private static void AssertPace(List<DateTime> cast, int most)
    {
        for (var i = most; i < cast.Count; i++)
            Assert.True(cast[i] - cast[i - most] >= TimeSpan.FromHours(24), $"{most + 1} upvotes by {cast[i]}, where {most} are allowed.");
    }
}
