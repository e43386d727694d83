using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Moderation;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Standing;

/// <summary>How a member stands to the levels of trust, for themselves and for moderators.</summary>
/// <param name="Last">The last step; null when there was none yet.</param>
/// <param name="Next">What the next level takes and what there is of it; nothing where there is none to be earned.</param>
public sealed record TrustView(byte Level, bool ByHand, TrustChange? Last, IReadOnlyList<(TrustNeed Need, int Had)> Next);

/// <summary>Reads what trust is made of.</summary>
public sealed class TrustQueries(IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    /// <summary>How the member stands; refused with NotFound to all but the member and moderators of the site.</summary>
    public async Task<Result<TrustView>> OfAsync(Rights rights, long memberId, CancellationToken cancellation)
    {
        if (rights.MemberId != memberId && !rights.Moderates(0))
            return Refusal.NotFound;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var found = await db.Users.AsNoTracking().Where(m => m.Id == memberId).Select(m => new
        {
            m.Trust,
            m.TrustByHand,
            Last = db.TrustChanges.Where(c => c.MemberId == m.Id).OrderByDescending(c => c.Id).FirstOrDefault(),
        }).SingleOrDefaultAsync(cancellation);
        if (found is null)
            return Refusal.NotFound;
        if (found.TrustByHand || found.Trust >= TrustRules.HighestEarned)
            return new TrustView(found.Trust, found.TrustByHand, found.Last, []);
        var facts = (await FactsAsync(db, [memberId], now, cancellation))[memberId];
        var scale = found.Trust + 1 == TrustRules.HighestEarned ? await ScaleAsync(db, now, cancellation) : null;
        return new TrustView(found.Trust, false, found.Last, [.. TrustRules.Of(found.Trust + 1, scale).Select(need => (need, facts[need.Fact]))]);
    }

    /// <summary>How much was written lately where every member may read. Looks at no more than counts.</summary>
    internal static async Task<TrustScale> ScaleAsync(ForumDbContext db, DateTime now, CancellationToken cancellation)
    {
        var since = now.AddDays(-TrustRules.Days);
        return new(
            await db.Topics.OrderByDescending(t => t.Id).Take(TrustRules.MaxTopics * TrustRules.ShareRead)
                .CountAsync(t => t.Created >= since && t.Visibility == Visibility.Visible && t.Board.Read <= ReadAccess.Members, cancellation),
            await db.Posts.OrderByDescending(p => p.Id).Take(TrustRules.MaxPosts * TrustRules.ShareRead)
                .CountAsync(p => p.Created >= since && p.Visibility == Visibility.Visible && p.Topic.Visibility == Visibility.Visible && p.Topic.Board.Read <= ReadAccess.Members, cancellation));
    }

    /// <summary>Everything that trust is earned by, of a few members. Each costs what they did in the last 100 days, and the topics they ever replied to.</summary>
    internal static async Task<IReadOnlyDictionary<long, IReadOnlyDictionary<TrustFact, int>>> FactsAsync(ForumDbContext db, IReadOnlyList<long> memberIds, DateTime now, CancellationToken cancellation)
    {
        var since = now.AddDays(-TrustRules.Days);
        var firstDay = DateOnly.FromDateTime(since);
        var barred = now - TrustRules.SuspensionsCount;
        var upvotes = db.PointEntries.Where(e => e.Reason == PointReason.Upvote && e.ReversesId == null && !db.PointEntries.Any(r => r.ReversesId == e.Id));
        var replies = db.Posts.Where(p => p.Number > 1 && p.Visibility == Visibility.Visible);
        var rows = await db.Users.AsNoTracking().Where(m => memberIds.Contains(m.Id)).Select(m => new
        {
            m.Id,
            m.Created,
            m.TopicsRead,
            m.PostsRead,
            m.DaysVisited,
            Given = db.Votes.Count(v => v.MemberId == m.Id),
            Received = upvotes.Count(e => e.MemberId == m.Id),
            RepliedTo = replies.Where(p => p.AuthorId == m.Id && p.Topic.AuthorId != m.Id).Select(p => p.TopicId).Distinct().Count(),
            Days = db.VisitDays.Count(d => d.MemberId == m.Id && d.Day >= firstDay),
            RepliedToLately = replies.Where(p => p.AuthorId == m.Id && p.Topic.AuthorId != m.Id && p.Created >= since).Select(p => p.TopicId).Distinct().Count(),
            TopicsLately = db.ReadMarks.Count(r => r.MemberId == m.Id && r.At >= since),
            PostsLately = db.VisitDays.Where(d => d.MemberId == m.Id && d.Day >= firstDay).Sum(d => d.PostsRead),
            GivenLately = db.Votes.Count(v => v.MemberId == m.Id && v.Cast >= since),
            ReceivedLately = upvotes.Count(e => e.MemberId == m.Id && e.At >= since),
            Upvoters = upvotes.Where(e => e.MemberId == m.Id && e.At >= since).Select(e => e.ActorId).Distinct().Count(),
            Removed = db.Reviews.Count(r => r.Outcome == ReviewOutcome.Upheld && r.Decided >= since && r.Post.AuthorId == m.Id),
            Suspended = m.SuspendedUntil != null && m.SuspendedUntil > barred,
        }).ToListAsync(cancellation);
        return rows.ToDictionary(r => r.Id, r => (IReadOnlyDictionary<TrustFact, int>)new Dictionary<TrustFact, int>
        {
            [TrustFact.MinutesHere] = (int)Math.Min((now - r.Created).TotalMinutes, int.MaxValue),
            [TrustFact.TopicsRead] = r.TopicsRead,
            [TrustFact.PostsRead] = r.PostsRead,
            [TrustFact.DaysVisited] = r.DaysVisited,
            [TrustFact.UpvotesGiven] = r.Given,
            [TrustFact.UpvotesReceived] = r.Received,
            [TrustFact.TopicsRepliedTo] = r.RepliedTo,
            [TrustFact.DaysVisitedLately] = r.Days,
            [TrustFact.TopicsRepliedToLately] = r.RepliedToLately,
            [TrustFact.TopicsReadLately] = r.TopicsLately,
            [TrustFact.PostsReadLately] = r.PostsLately,
            [TrustFact.UpvotesGivenLately] = r.GivenLately,
            [TrustFact.UpvotesReceivedLately] = r.ReceivedLately,
            [TrustFact.UpvotersLately] = r.Upvoters,
            [TrustFact.PostsRemovedLately] = r.Removed,
            [TrustFact.SuspensionsLately] = r.Suspended ? 1 : 0,
        });
    }
}
