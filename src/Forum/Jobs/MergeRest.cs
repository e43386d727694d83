using Forum.Data;
using Forum.Members;
using Forum.Moderation;
using Forum.Outbox;
using Forum.Standing;
using Forum.Transfer;
using Microsoft.EntityFrameworkCore;

namespace Forum.Jobs;

/// <summary>What a merged account had few of, in one transaction: where both have the same, the kept account's stays.</summary>
internal static class MergeRest
{
    public static async Task<int> FinishAsync(Deed deed, MemberMerge merge, CancellationToken cancellation)
    {
        var (db, from, into) = (deed.Db, merge.FromId, merge.IntoId);
        await MoveFollowingAsync(db, from, into, cancellation);
        await MoveStandingAsync(deed, from, into, cancellation);
        await MoveModerationAsync(db, from, into, cancellation);
        await MoveTracesAsync(db, from, into, cancellation);
        await db.FormerHandles.Where(f => f.MemberId == into).ExecuteUpdateAsync(set => set.SetProperty(f => f.NextPost, 0L), cancellation);
        var (gone, read) = (await db.Users.SingleAsync(m => m.Id == from, cancellation), await db.ReadMarks.CountAsync(r => r.MemberId == into, cancellation));
        var (days, posts) = (gone.DaysVisited, gone.PostsRead);
        (gone.Name, gone.DaysVisited, gone.PostsRead, gone.TopicsRead) = (DisplayNames.FormerMember, 0, 0, 0);
        await db.Users.Where(m => m.Id == into).ExecuteUpdateAsync(set => set.SetProperty(m => m.TopicsRead, read).SetProperty(m => m.DaysVisited, m => m.DaysVisited + days).SetProperty(m => m.PostsRead, m => m.PostsRead + posts), cancellation);
        await db.MemberMerges.Where(m => m.FromId == from).ExecuteUpdateAsync(set => set.SetProperty(m => m.Finished, deed.Now), cancellation);
        deed.Tell(new MemberChanged(from));
        deed.Tell(new MemberChanged(into));
        return 0;
    }

    private static async Task MoveFollowingAsync(ForumDbContext db, long from, long into, CancellationToken cancellation)
    {
        await db.Watches.Where(r => r.MemberId == from && db.Watches.Any(o => o.MemberId == into && o.TopicId == r.TopicId)).ExecuteDeleteAsync(cancellation);
        await db.Watches.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.Bookmarks.Where(r => r.MemberId == from && db.Bookmarks.Any(o => o.MemberId == into && o.PostId == r.PostId)).ExecuteDeleteAsync(cancellation);
        await db.Bookmarks.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.Drafts.Where(r => r.MemberId == from && db.Drafts.Any(o => o.MemberId == into && o.Place == r.Place)).ExecuteDeleteAsync(cancellation);
        await db.Drafts.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        var twice = db.MeToos.Where(r => r.MemberId == from && (db.MeToos.Any(o => o.MemberId == into && o.TopicId == r.TopicId) || db.Topics.Any(t => t.Id == r.TopicId && t.AuthorId == into)));
        await db.Topics.Where(t => twice.Any(r => r.TopicId == t.Id)).ExecuteUpdateAsync(set => set.SetProperty(t => t.MeToos, t => t.MeToos - 1), cancellation);
        await twice.ExecuteDeleteAsync(cancellation);
        await db.MeToos.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        // What is shared is counted once by the days, and in the sums of both.
        var shared = await db.VisitDays.Where(r => r.MemberId == from && db.VisitDays.Any(o => o.MemberId == into && o.Day == r.Day)).Select(r => new { r.Day, r.PostsRead }).ToListAsync(cancellation);
        foreach (var day in shared)
            await db.VisitDays.Where(r => r.MemberId == into && r.Day == day.Day).ExecuteUpdateAsync(set => set.SetProperty(r => r.PostsRead, r => r.PostsRead + day.PostsRead), cancellation);
        await db.VisitDays.Where(r => r.MemberId == from && db.VisitDays.Any(o => o.MemberId == into && o.Day == r.Day)).ExecuteDeleteAsync(cancellation);
        await db.VisitDays.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.Users.Where(m => m.Id == from).ExecuteUpdateAsync(set => set.SetProperty(m => m.DaysVisited, m => m.DaysVisited - shared.Count), cancellation);
    }

    private static async Task MoveStandingAsync(Deed deed, long from, long into, CancellationToken cancellation)
    {
        var db = deed.Db;
        foreach (var badge in await db.MemberBadges.Where(r => r.MemberId == from && db.MemberBadges.Any(o => o.MemberId == into && o.BadgeId == r.BadgeId)).Select(r => r.BadgeId).ToListAsync(cancellation))
            await deed.RevokeAsync(badge, from, cancellation);
        await db.MemberBadges.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await deed.NoteBadgesAsync(from, cancellation);
        await deed.NoteBadgesAsync(into, cancellation);
        var twice = db.GroupMembers.Where(r => r.MemberId == from && db.GroupMembers.Any(o => o.MemberId == into && o.GroupId == r.GroupId));
        await db.Groups.Where(g => twice.Any(r => r.GroupId == g.Id)).ExecuteUpdateAsync(set => set.SetProperty(g => g.Members, g => g.Members - 1), cancellation);
        await twice.ExecuteDeleteAsync(cancellation);
        await db.GroupMembers.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.GroupRequests.Where(r => r.MemberId == from && (db.GroupRequests.Any(o => o.MemberId == into && o.GroupId == r.GroupId) || db.GroupMembers.Any(o => o.MemberId == into && o.GroupId == r.GroupId))).ExecuteDeleteAsync(cancellation);
        await db.GroupRequests.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.TrustChanges.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
    }

    private static async Task MoveModerationAsync(ForumDbContext db, long from, long into, CancellationToken cancellation)
    {
        await db.Flags.Where(r => r.MemberId == from && db.Flags.Any(o => o.MemberId == into && o.ReviewId == r.ReviewId)).ExecuteDeleteAsync(cancellation);
        await db.Flags.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.Doubts.Where(r => r.MemberId == from && db.Doubts.Any(o => o.MemberId == into && o.PostId == r.PostId)).ExecuteDeleteAsync(cancellation);
        await db.Doubts.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.Ignorings.Where(r => r.MemberId == from && (r.IgnoredId == into || db.Ignorings.Any(o => o.MemberId == into && o.IgnoredId == r.IgnoredId))).ExecuteDeleteAsync(cancellation);
        await db.Ignorings.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.Ignorings.Where(r => r.IgnoredId == from).ExecuteDeleteAsync(cancellation);
        await db.Profiles.Where(r => r.MemberId == from).ExecuteDeleteAsync(cancellation);
        await db.Invitations.Where(r => r.ById == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.ById, into), cancellation);
        await db.MemberNotes.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.Sanctions.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.Talks.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.TalkWords.Where(r => r.ById == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.ById, into), cancellation);
        await db.SpamRemovals.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.UndoableDeeds.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.SecurityEvents.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
    }

    /// <summary>Who uploaded, edited, marked and is mentioned.</summary>
    private static async Task MoveTracesAsync(ForumDbContext db, long from, long into, CancellationToken cancellation)
    {
        await db.Uploads.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.Posts.Where(p => p.EditedById == from && (p.AuthorId == into || db.Revisions.Any(r => r.PostId == p.Id && r.ReplacedById == from))).ExecuteUpdateAsync(set => set.SetProperty(p => p.EditedById, into), cancellation);
        await db.Revisions.Where(r => r.ReplacedById == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.ReplacedById, into), cancellation);
        await db.Solutions.Where(r => r.MarkedById == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MarkedById, into), cancellation);
        await db.Deflections.Where(r => r.MemberId == from && db.Deflections.Any(o => o.MemberId == into && o.TopicId == r.TopicId)).ExecuteDeleteAsync(cancellation);
        await db.Deflections.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.PostMentions.Where(r => r.MemberId == from && db.PostMentions.Any(o => o.MemberId == into && o.PostId == r.PostId)).ExecuteDeleteAsync(cancellation);
        await db.PostMentions.Where(r => r.MemberId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.MemberId, into), cancellation);
        await db.Submissions.Where(r => r.MemberId == from).ExecuteDeleteAsync(cancellation);
        await db.ImportedRows.Where(r => r.Kind == ImportedKind.Member && r.TargetId == from).ExecuteUpdateAsync(set => set.SetProperty(r => r.TargetId, into), cancellation);
    }
}
