using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>Whose deeds of when are looked for.</summary>
/// <param name="PostId">Only those on this post, or on the topic that it begins; null for all.</param>
internal sealed record RollBackScope(long MemberId, DateTime From, DateTime To, IReadOnlyList<RollBackKind> Kinds, long? PostId = null)
{
    public static RollBackScope Of(long memberId, RollBackSpan span) => new(memberId, span.From!.Value, span.To!.Value, [.. span.Kinds.Where(Enum.IsDefined).Distinct()]);

    public bool Has(RollBackKind kind) => Kinds.Contains(kind);
}

/// <summary>Finds what a member did in some time and what of it can be rolled back: for the preview, and once more for each thing at the moment when its turn comes.</summary>
internal static class RollBackFinding
{
    /// <summary>One more than is rolled back at once tells that there are too many.</summary>
    private const int Most = RollBack.Max + 1;

    /// <summary>Why these rights do not roll that member back; null when they do: moderators of the site members, managers staff, and administrators each other, nobody themselves.</summary>
    public static async Task<Refusal?> CannotRollBackAsync(this ForumDbContext db, Rights rights, long memberId, CancellationToken cancellation)
    {
        if (rights.CannotSanction() is { } mayNot)
            return mayNot;
        // Or the roll-back would be among what it rolls back.
        if (rights.MemberId == memberId)
            return Refusal.Forbidden("Nobody rolls back their own account: ask another one of the staff.");
        var roles = await db.Users.Where(m => m.Id == memberId).Select(m => m.Roles).SingleAsync(cancellation);
        if (roles.HasFlag(SiteRole.Admin) && !rights.IsAdmin)
            return Refusal.Forbidden("Only administrators roll back what an administrator did.");
        if (!rights.IsManager && (roles != SiteRole.None || await db.BoardModerations.AnyAsync(m => m.MemberId == memberId, cancellation)))
            return Refusal.Forbidden("Only managers roll back what staff did.");
        return null;
    }

    /// <summary>Everything, the newest first within its kind. Marks come before posts, so that a post which the member's own mark made a solution goes, too.</summary>
    public static async Task<RollBackPlan> FindAsync(this ForumDbContext db, RollBackScope scope, DateTime now, CancellationToken cancellation)
    {
        List<RollBackThing> found = [];
        if (scope.Has(RollBackKind.Solutions))
            found.AddRange(await MarksAsync(db, scope, cancellation));
        if (scope.Has(RollBackKind.Deeds))
            found.AddRange(await db.FindDeedsAsync(scope, now, cancellation));
        if (scope.Has(RollBackKind.Upvotes))
            found.AddRange(await UpvotesAsync(db, scope, cancellation));
        if (scope.Has(RollBackKind.Edits))
            found.AddRange(await EditsAsync(db, scope, cancellation));
        if (scope.Has(RollBackKind.Written))
            found.AddRange(await WrittenAsync(db, scope, cancellation));
        List<RollBackThing> things = found.FindAll(t => t.Conflict is null);
        return new(things, found.FindAll(t => t.Conflict is not null), things.Count > RollBack.Max);
    }

    /// <summary>What the member wrote then.</summary>
    public static IQueryable<Post> WrittenIn(this IQueryable<Post> posts, RollBackScope scope) =>
        posts.Where(p => p.AuthorId == scope.MemberId && p.Created >= scope.From && p.Created < scope.To);

    private static async Task<IEnumerable<RollBackThing>> WrittenAsync(ForumDbContext db, RollBackScope scope, CancellationToken cancellation)
    {
        var (me, from, to, marks, one) = (scope.MemberId, scope.From, scope.To, scope.Has(RollBackKind.Solutions), scope.PostId);
        var posts = await db.Posts.AsNoTracking().WrittenIn(scope)
            .Where(p => (one == null || p.Id == one) && (p.Visibility == Visibility.Visible || p.Visibility == Visibility.Held || p.Visibility == Visibility.StaffNote))
            .OrderByDescending(p => p.Id).Take(Most)
            .Select(p => new
            {
                p.Id,
                p.TopicId,
                p.Topic.Slug,
                p.Topic.Title,
                p.Number,
                p.Created,
                Seen = p.Visibility == Visibility.Visible,
                Edited = db.Revisions.Any(r => r.PostId == p.Id && r.ReplacedById != me),
                Marked = db.Solutions.Any(s => s.PostId == p.Id && !(marks && s.MarkedById == me && s.Marked >= from && s.Marked < to)),
                // Its own turn comes when the member's replies are gone; before, they count for nothing.
                Answered = p.Number == 1 && db.Posts.Any(o => o.TopicId == p.TopicId && o.Number > 1 && o.Visibility == Visibility.Visible
                    && (one != null || o.AuthorId != me || o.Created < from || o.Created >= to)),
                Emptied = p.Markdown == RollBack.InPlace,
            }).ToListAsync(cancellation);
        var staying = posts.Where(p => p.Seen && (p.Edited || p.Marked)).Select(p => p.TopicId).ToHashSet();
        return posts.Where(p => !p.Emptied).Select(p => new RollBackThing(
            p.Answered || p.Number == 1 && staying.Contains(p.TopicId) ? RollBackPart.Emptied : RollBackPart.Written, p.Id, p.TopicId, p.Slug, p.Title, p.Number, p.Created,
            p.Edited ? RollBackConflict.Edited : p.Marked ? RollBackConflict.Solution : null));
    }

    private static async Task<IEnumerable<RollBackThing>> EditsAsync(ForumDbContext db, RollBackScope scope, CancellationToken cancellation)
    {
        var (me, from, to, written, one) = (scope.MemberId, scope.From, scope.To, scope.Has(RollBackKind.Written), scope.PostId);
        var edits = await db.Revisions.AsNoTracking().Where(r => r.ReplacedById == me && r.Replaced >= from && r.Replaced < to && (one == null || r.PostId == one))
            .Join(db.Posts, r => r.PostId, p => p.Id, (Revision, Post) => new { Revision, Post })
            // What was written then goes as a whole.
            .Where(e => !(written && e.Post.AuthorId == me && e.Post.Created >= from && e.Post.Created < to))
            .OrderBy(e => e.Revision.Replaced).ThenBy(e => e.Revision.Version).Take(Most)
            .Select(e => new
            {
                e.Post.Id,
                e.Post.TopicId,
                e.Post.Topic.Slug,
                e.Post.Topic.Title,
                e.Post.Number,
                e.Revision.Replaced,
                Again = e.Post.Edited >= to || db.Revisions.Any(o => o.PostId == e.Post.Id && o.Version > e.Revision.Version && o.ReplacedById != me),
                Same = e.Post.Markdown == e.Revision.Markdown && (e.Revision.Title == null || e.Revision.Title == e.Post.Topic.Title),
            }).ToListAsync(cancellation);
        // The first of them is the one that says what was so before. Somebody may have brought that back.
        return edits.DistinctBy(e => e.Id).Where(e => !(e.Again && e.Same)).Reverse()
            .Select(e => new RollBackThing(RollBackPart.Text, e.Id, e.TopicId, e.Slug, e.Title, e.Number, e.Replaced, e.Again ? RollBackConflict.Edited : null));
    }

    private static async Task<IEnumerable<RollBackThing>> UpvotesAsync(ForumDbContext db, RollBackScope scope, CancellationToken cancellation) =>
        await db.Votes.AsNoTracking().Where(v => v.MemberId == scope.MemberId && v.Cast >= scope.From && v.Cast < scope.To && (scope.PostId == null || v.PostId == scope.PostId))
            .OrderByDescending(v => v.Cast).Take(Most)
            .Join(db.Posts, v => v.PostId, p => p.Id, (v, p) => new { v.Cast, p.Id, p.TopicId, p.Topic.Slug, p.Topic.Title, p.Number })
            .OrderByDescending(v => v.Cast)
            .Select(v => new RollBackThing(RollBackPart.Upvote, v.Id, v.TopicId, v.Slug, v.Title, v.Number, v.Cast, null)).ToListAsync(cancellation);

    private static async Task<IEnumerable<RollBackThing>> MarksAsync(ForumDbContext db, RollBackScope scope, CancellationToken cancellation)
    {
        var (me, from, to, one) = (scope.MemberId, scope.From, scope.To, scope.PostId);
        var marks = await db.Solutions.AsNoTracking().Where(s => s.MarkedById == me && s.Marked >= from && s.Marked < to && (one == null || s.PostId == one))
            .OrderByDescending(s => s.Marked).Take(Most)
            .Select(s => new RollBackThing(RollBackPart.Mark, s.PostId, s.TopicId, s.Post.Topic.Slug, s.Post.Topic.Title, s.Post.Number, s.Marked, null)).ToListAsync(cancellation);
        // Marks of then that are not there any more, where another one is, or the asker's word for them.
        var replaced = await db.AuditEntries.AsNoTracking().Where(e => e.ActorId == me && e.At >= from && e.At < to && e.Deed == "solution.accepted" && (one == null || e.PostId == one)
                && !db.Solutions.Any(s => s.PostId == e.PostId && s.MarkedById == me)
                && db.Solutions.Any(s => s.TopicId == e.TopicId && s.MarkedById != me && (s.PostId == e.PostId || s.Marked > e.At)))
            .Join(db.Posts, e => e.PostId, p => p.Id, (e, p) => new { e.Id, e.At, PostId = p.Id, p.TopicId, p.Topic.Slug, p.Topic.Title, p.Number })
            .OrderByDescending(e => e.Id).Take(Most)
            .Select(e => new RollBackThing(RollBackPart.Mark, e.PostId, e.TopicId, e.Slug, e.Title, e.Number, e.At, RollBackConflict.Marked)).ToListAsync(cancellation);
        return [.. marks, .. replaced.DistinctBy(m => m.PostId), .. await UnmarksAsync(db, scope, cancellation)];
    }

    /// <summary>Marks that were there before and were taken off by themselves, not with their posts nor for another one of the member's.</summary>
    private static async Task<IEnumerable<RollBackThing>> UnmarksAsync(ForumDbContext db, RollBackScope scope, CancellationToken cancellation)
    {
        var (me, from, to, one) = (scope.MemberId, scope.From, scope.To, scope.PostId);
        var mine = db.AuditEntries.AsNoTracking().Where(e => e.ActorId == me && e.At >= from && e.At < to);
        var found = await mine.Where(e => e.Deed == "solution.unmarked" && (one == null || e.PostId == one)
                && !db.Solutions.Any(s => s.PostId == e.PostId || s.TopicId == e.TopicId && s.MarkedById == me && s.Marked >= from)
                && !mine.Any(o => o.TopicId == e.TopicId && o.PostId == e.PostId && (o.Deed == "post.hidden" || o.Deed == "post.deleted" || o.Deed == "solution.accepted"))
                && !db.AuditEntries.Any(o => o.TopicId == e.TopicId && o.PostId == e.PostId && o.Id > e.Id && o.ActorId != me && o.Noun == "solution"))
            .Join(db.Posts.Where(p => p.Visibility == Visibility.Visible && p.Number > 1), e => e.PostId, p => p.Id, (e, p) => new
            {
                e.Id,
                e.At,
                PostId = p.Id,
                p.TopicId,
                p.Topic.Slug,
                p.Topic.Title,
                p.Number,
                Full = db.Solutions.Count(s => s.TopicId == p.TopicId) >= p.Topic.Board.Solutions,
            }).OrderByDescending(e => e.Id).Take(Most).ToListAsync(cancellation);
        return found.DistinctBy(m => m.PostId).Select(m => new RollBackThing(RollBackPart.Unmark, m.PostId, m.TopicId, m.Slug, m.Title, m.Number, m.At, m.Full ? RollBackConflict.Marked : null));
    }
}
