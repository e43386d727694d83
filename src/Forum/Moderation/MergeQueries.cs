using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>What moves when two accounts become one.</summary>
/// <param name="Sessions">That end.</param>
public sealed record MergeCounts(int Topics, int Posts, int Votes, int Solutions, int Points, int Bookmarks, int Watches, int Drafts, int Uploads, int Badges, int Groups, int Sessions);

/// <summary>What both accounts have, so that one of the two goes.</summary>
/// <param name="SameVotes">Posts that both upvoted: one upvote stays.</param>
/// <param name="OwnVotes">Upvotes that the two gave each other: they are taken back.</param>
/// <param name="OwnSolutions">Questions of one that the other solved: they stay solved, without points.</param>
/// <param name="SameWatches">Topics that both follow: as the kept account does.</param>
/// <param name="SameDrafts">Places where both have a draft: the kept account's stays.</param>
/// <param name="SameBadges">That both hold.</param>
public sealed record MergeConflicts(int SameVotes, int OwnVotes, int OwnSolutions, int SameWatches, int SameDrafts, int SameBadges)
{
    public bool Any => SameVotes + OwnVotes + OwnSolutions + SameWatches + SameDrafts + SameBadges > 0;
}

/// <summary>Two accounts as they would become one.</summary>
public sealed record MergePlan(Byline From, Byline Into, MergeCounts Moves, MergeConflicts Conflicts);

/// <summary>Looks ahead to what merging two accounts does, for administrators.</summary>
public sealed class MergeQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    /// <summary>The account that would go; refused with NotFound where there is none, and to all but administrators.</summary>
    public async Task<Result<Byline>> FromAsync(Rights rights, string from, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (rights.CannotMergeMembers() is not null || await db.OfHandle(from).Where(m => m.Erased == null).Select(BylineRow.Of).SingleOrDefaultAsync(cancellation) is not { } row)
            return Refusal.NotFound;
        return row.Show(options.Site, clock.GetUtcNow().UtcDateTime);
    }

    /// <summary>What it would be; refused as <see cref="MergeMembers"/> is.</summary>
    public async Task<Result<MergePlan>> PlanAsync(Rights rights, string? from, string? into, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (!(await db.MergeableAsync(rights, from, into, cancellation)).Is(out var pair, out var refusal))
            return refusal;
        var (a, b) = pair;
        var now = clock.GetUtcNow().UtcDateTime;
        var moves = await db.Users.Where(m => m.Id == a).Select(m => new MergeCounts(
            db.Topics.Count(t => t.AuthorId == a), db.Posts.Count(p => p.AuthorId == a), db.Votes.Count(v => v.MemberId == a), m.Solutions, m.Points, db.Bookmarks.Count(x => x.MemberId == a), db.Watches.Count(x => x.MemberId == a),
            db.Drafts.Count(x => x.MemberId == a), db.Uploads.Count(x => x.MemberId == a), db.MemberBadges.Count(x => x.MemberId == a), db.GroupMembers.Count(x => x.MemberId == a), db.Sessions.Count(x => x.MemberId == a))).SingleAsync(cancellation);
        var conflicts = await db.Users.Where(m => m.Id == a).Select(m => new MergeConflicts(
            db.Votes.Count(v => v.MemberId == a && db.Votes.Any(o => o.PostId == v.PostId && o.MemberId == b)),
            db.Votes.Count(v => v.MemberId == a && db.Posts.Any(p => p.Id == v.PostId && p.AuthorId == b)) + db.Votes.Count(v => v.MemberId == b && db.Posts.Any(p => p.Id == v.PostId && p.AuthorId == a)),
            db.Posts.Count(p => p.AuthorId == a && p.Topic.AuthorId == b && db.Solutions.Any(s => s.PostId == p.Id)) + db.Posts.Count(p => p.AuthorId == b && p.Topic.AuthorId == a && db.Solutions.Any(s => s.PostId == p.Id)),
            db.Watches.Count(w => w.MemberId == a && db.Watches.Any(o => o.TopicId == w.TopicId && o.MemberId == b)),
            db.Drafts.Count(d => d.MemberId == a && db.Drafts.Any(o => o.Place == d.Place && o.MemberId == b)),
            db.MemberBadges.Count(h => h.MemberId == a && db.MemberBadges.Any(o => o.BadgeId == h.BadgeId && o.MemberId == b)))).SingleAsync(cancellation);
        var rows = await db.Users.Where(m => m.Id == a || m.Id == b).Select(BylineRow.Of).ToDictionaryAsync(r => r.Id, cancellation);
        return new MergePlan(rows[a].Show(options.Site, now), rows[b].Show(options.Site, now), moves, conflicts);
    }
}
