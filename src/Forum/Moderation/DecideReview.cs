using Forum.Boards;
using Forum.Data;
using Forum.Solutions;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>What a moderator does with a reported post.</summary>
public enum Verdict : byte
{
    /// <summary>It stays, and comes back if its reports hid it.</summary>
    Keep,
    Hide,
    Delete,
}

/// <summary>A moderator decides about a reported post: all its reports end with it, and count for or against those who made them.</summary>
public sealed class DecideReview(ForumWriter writer)
{
    /// <param name="reason">For the audit trail; at most <see cref="AuditEntry.MaxNoteLength"/> characters, or none.</param>
    public Task<Result<Done>> RunAsync(Actor actor, long reviewId, Verdict verdict, string? reason, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(verdict))
            return Task.FromResult<Result<Done>>(Refusal.Invalid("Please say what to do with the post."));
        if (!AuditEntry.ReadNote(reason).Is(out var note, out var refusal))
            return Task.FromResult<Result<Done>>(refusal);
        return writer.RunAsync<Done>(actor, (deed, cancellation) => DecideAsync(deed, reviewId, verdict, note, cancellation), cancellation);
    }

    private static async Task<Result<Done>> DecideAsync(Deed deed, long reviewId, Verdict verdict, string? note, CancellationToken cancellation)
    {
        var db = deed.Db;
        await deed.RaiseVersionAsync(await db.Reviews.Where(r => r.Id == reviewId).Select(r => r.Post.TopicId).SingleOrDefaultAsync(cancellation), cancellation);
        var rights = await db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        var review = await db.Reviews.AsNoTracking().Include(r => r.Post).ThenInclude(p => p.Topic).SingleOrDefaultAsync(r => r.Id == reviewId, cancellation);
        // Nobody learns who reported their own post, and nobody decides about it.
        if (review is null || !rights.Moderates(review.Post.Topic.BoardId) || review.Post.AuthorId == rights.MemberId)
            return Refusal.NotFound;
        if (rights.CannotWrite() is { } refusal)
            return refusal;
        var outcome = verdict == Verdict.Keep ? ReviewOutcome.Dismissed : ReviewOutcome.Upheld;
        var post = review.Post;
        if (await deed.SettleAsync(post, db.Reviews.Where(r => r.Id == reviewId), outcome, cancellation) == 0)
            return review.Outcome == outcome ? new Done() : Refusal.DecidedMeanwhile;
        var comesBack = review.HidPost && post.Visibility == Visibility.Hidden;
        deed.MayUndoVerdict(post, verdict switch { Verdict.Hide => Visibility.Hidden, Verdict.Delete => Visibility.Deleted, _ => comesBack ? Visibility.Visible : post.Visibility }, reviewId);
        if (verdict != Verdict.Keep)
            return await deed.ChangeSightAsync(post.Id, verdict == Verdict.Hide ? Visibility.Hidden : Visibility.Deleted, (post, rights) => post.CannotBeRestoredBy(rights), note, cancellation);
        if (comesBack)
            return await deed.ChangeSightAsync(post.Id, Visibility.Visible, (post, rights) => post.CannotBeRestoredBy(rights), note, cancellation);
        deed.Audit("post.kept", post.TopicId, post.Id, post.AuthorId, note);
        return new Done();
    }
}

/// <summary>A moderator decides about a post that waits: it stands from now on, or is hidden or deleted.</summary>
public sealed class DecideHeld(ForumWriter writer)
{
    /// <param name="reason">For the audit trail; at most <see cref="AuditEntry.MaxNoteLength"/> characters, or none.</param>
    public Task<Result<Done>> RunAsync(Actor actor, long postId, Verdict verdict, string? reason, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(verdict))
            return Task.FromResult<Result<Done>>(Refusal.Invalid("Please say what to do with the post."));
        if (!AuditEntry.ReadNote(reason).Is(out var note, out var refusal))
            return Task.FromResult<Result<Done>>(refusal);
        var to = verdict switch { Verdict.Keep => Visibility.Visible, Verdict.Hide => Visibility.Hidden, _ => Visibility.Deleted };
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var waiting = await deed.Db.HeldPosts.AsNoTracking().Include(h => h.Post).SingleOrDefaultAsync(h => h.PostId == postId, cancellation);
            var result = await deed.ChangeSightAsync(postId, to, (post, rights) =>
                post.CannotBeRestoredBy(rights) ?? (post.AuthorId == rights.MemberId ? Refusal.NotFound : post.Visibility is Visibility.Held || post.Visibility == to ? null : Refusal.DecidedMeanwhile), note, cancellation);
            if (waiting is not null && result.Refusal is null)
                deed.MayUndoVerdict(waiting.Post, to, (long)waiting.Reason);
            return result;
        }, cancellation);
    }
}

internal static class Settling
{
    /// <summary>Ends the reviews of these of a post that are open, tells those who reported it, and says how many they were: only one of two moderators gets to decide.</summary>
    public static async Task<int> SettleAsync(this Deed deed, Post post, IQueryable<Review> reviews, ReviewOutcome outcome, CancellationToken cancellation)
    {
        var open = reviews.Where(r => r.Decided == null);
        var reporters = await open.SelectMany(r => r.Flags).Where(f => f.Reason != FlagReason.NotSolved).Select(f => f.MemberId).Distinct().ToListAsync(cancellation);
        var settled = await open.ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Decided, deed.Now).SetProperty(r => r.DecidedById, deed.Actor.MemberId).SetProperty(r => r.Outcome, outcome), cancellation);
        if (settled > 0)
            await deed.TellReportersAsync(post, reporters, outcome, cancellation);
        return settled;
    }

    /// <summary>Notes that a decision about a post can be undone for a while.</summary>
    /// <param name="refId">The review, or why the post waited.</param>
    public static void MayUndoVerdict(this Deed deed, Post post, Visibility became, long refId)
    {
        if (deed.Actor.MemberId is { } me)
            deed.Db.UndoableDeeds.Add(new() { Kind = UndoableKind.Verdict, ById = me, At = deed.Now, Steps = [new() { Number = 1, PostId = post.Id, RefId = refId, Was = (long)post.Visibility, Became = (long)became }] });
    }
}
