using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>A report as moderators see it.</summary>
public sealed record FlagRow(MemberLink By, FlagReason Reason, string? Note, DateTime Made);

/// <summary>What of the queue is asked for; all of it when nothing is said.</summary>
/// <param name="Board">The slug of the board of the posts.</param>
/// <param name="Reason">Something that was said in a report; then what merely waits is left out.</param>
public sealed record QueueFilter(string? Board = null, FlagReason? Reason = null);

/// <summary>A reported post with all its reports, for its moderators.</summary>
/// <param name="Excerpt">The first characters of its text.</param>
/// <param name="AuthorsPosts">Visible posts of its author.</param>
/// <param name="AuthorsUpheld">Other reviews of posts of its author that were upheld.</param>
/// <param name="Weight">Of its reports together; see <see cref="FlagWeight"/>.</param>
/// <param name="DecidedBy">Null where nobody has decided, or the operator did.</param>
/// <param name="Claim">Who looks at it right now; null when nobody does.</param>
/// <param name="AuthorsSanctions">Warnings, silences and suspensions of the author, and <paramref name="AuthorsNotes"/> words of staff about them; 0 for whoever may not see those.</param>
public sealed record ReviewItem(
    long Id, long PostId, long TopicId, string Slug, string Title, int Number, string BoardSlug, string BoardName, Visibility Visibility, string Excerpt, DateTime Posted, Byline Author,
    int AuthorsPosts, int AuthorsUpheld, DateTime Opened, bool HidPost, int Weight, DateTime? Decided, ReviewOutcome? Outcome, MemberLink? DecidedBy, IReadOnlyList<FlagRow> Flags, ClaimView? Claim, int AuthorsSanctions, int AuthorsNotes)
{
    /// <summary>More of the post than its excerpt.</summary>
    public bool Shortened => Excerpt.Length == ReviewQueries.ExcerptLength;
}

/// <summary>That a moderator looks at a reported post.</summary>
/// <param name="Mine">It is the one who asks.</param>
public sealed record ClaimView(MemberLink By, bool Mine, DateTime Since);

/// <summary>A post that waits for a moderator.</summary>
/// <param name="Excerpt">The first characters of its text.</param>
public sealed record HeldItem(long PostId, long TopicId, string Slug, string Title, int Number, string BoardName, string Excerpt, DateTime Since, Byline Author, HeldReason Reason)
{
    /// <summary>More of the post than its excerpt.</summary>
    public bool Shortened => Excerpt.Length == ReviewQueries.ExcerptLength;
}

/// <summary>Reads what waits for moderators and what members reported: moderators of the site everything, those of a board what stands there, nobody else anything.</summary>
public sealed class ReviewQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    internal const int ExcerptLength = 600;

    /// <summary>How many reviews are open for this moderator, at most one more than <paramref name="most"/>; 0 for everybody else.</summary>
    public async Task<int> CountAsync(Rights rights, int most, CancellationToken cancellation)
    {
        if (!rights.ModeratesAny)
            return 0;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var reviews = await Of(db, rights, new()).Where(r => r.Decided == null).Take(most + 1).CountAsync(cancellation);
        return Math.Min(most + 1, reviews + await HeldFor(db, rights).Take(most + 1).CountAsync(cancellation));
    }

    /// <summary>What waits to be let stand, the oldest first: as it is decided, others move up. Refused as <see cref="OpenAsync"/> is.</summary>
    public async Task<Result<IReadOnlyList<HeldItem>>> HeldAsync(Rights rights, QueueFilter filter, CancellationToken cancellation)
    {
        if (!rights.ModeratesAny)
            return Refusal.NotFound;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (filter.Reason is not null)
            return Result<IReadOnlyList<HeldItem>>.Of([]);
        var held = HeldFor(db, rights);
        if (filter.Board is { Length: > 0 } board)
            held = held.Where(h => h.Post.Topic.Board.Slug == board);
        var rows = await held.OrderBy(h => h.Since).ThenBy(h => h.PostId).Take(Paging.PageSize).Select(h => new
        {
            h.PostId,
            h.Post.TopicId,
            h.Post.Topic.Slug,
            h.Post.Topic.Title,
            h.Post.Number,
            Board = h.Post.Topic.Board.Name,
            Text = h.Post.Text.Substring(0, ExcerptLength),
            h.Since,
            Author = db.Users.Where(m => m.Id == h.Post.AuthorId).Select(BylineRow.Of).Single(),
            h.Reason,
        }).ToListAsync(cancellation);
        var (policy, now) = (options.Site, clock.GetUtcNow().UtcDateTime);
        return Result<IReadOnlyList<HeldItem>>.Of([.. rows.Select(r => new HeldItem(r.PostId, r.TopicId, r.Slug, r.Title, r.Number, r.Board, r.Text, r.Since, r.Author.Show(policy, now), r.Reason))]);
    }

    /// <summary>Open reviews, those of the most weight first and the oldest of the same: as they are decided, others move up.</summary>
    /// <returns>Refused with NotFound to whoever moderates nothing.</returns>
    public async Task<Result<IReadOnlyList<ReviewItem>>> OpenAsync(Rights rights, QueueFilter filter, CancellationToken cancellation)
    {
        if (!rights.ModeratesAny)
            return Refusal.NotFound;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return Result<IReadOnlyList<ReviewItem>>.Of(await ItemsAsync(db, rights, Of(db, rights, filter).Where(r => r.Decided == null)
            .OrderByDescending(r => r.Flags.Sum(f => f.Weight)).ThenBy(r => r.Id).Take(Paging.PageSize), cancellation));
    }

    /// <summary>Decided reviews, the latest first. Refused as <see cref="OpenAsync"/> is.</summary>
    public async Task<Result<Page<ReviewItem>>> DecidedAsync(Rights rights, QueueFilter filter, string? after, CancellationToken cancellation)
    {
        if (!rights.ModeratesAny)
            return Refusal.NotFound;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var reviews = Of(db, rights, filter).Where(r => r.Decided != null);
        if (PageKey.Parse(after) is { } key)
        {
            var instant = key.Instant;
            reviews = reviews.Where(r => r.Decided < instant || r.Decided == instant && r.Id < key.Id);
        }
        var items = await ItemsAsync(db, rights, reviews.OrderByDescending(r => r.Decided).ThenByDescending(r => r.Id).Take(Paging.PageSize + 1), cancellation);
        var shown = items.Take(Paging.PageSize).ToList();
        return new Page<ReviewItem>(shown, items.Count > shown.Count ? new PageKey(shown[^1].Decided!.Value.Ticks, shown[^1].Id).ToString() : null);
    }

    /// <summary>A review that was decided, for who came too late to decide it; null while it is open, and for whoever may not see it.</summary>
    public async Task<ReviewItem?> DecidedAlreadyAsync(Rights rights, long id, CancellationToken cancellation)
    {
        if (!rights.ModeratesAny)
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return (await ItemsAsync(db, rights, Of(db, rights, new()).Where(r => r.Id == id && r.Decided != null), cancellation)).SingleOrDefault();
    }

    /// <summary>What the member reported of this post and nobody has decided about; null when there is nothing. Members see their own.</summary>
    public async Task<FlagReason?> MineAsync(Actor actor, long postId, CancellationToken cancellation)
    {
        if (actor.MemberId is not { } me)
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Flags.Where(f => f.MemberId == me && f.Review.PostId == postId && f.Review.Decided == null).Select(f => (FlagReason?)f.Reason).FirstOrDefaultAsync(cancellation);
    }

    private static IQueryable<HeldPost> HeldFor(ForumDbContext db, Rights rights)
    {
        var held = db.HeldPosts.AsNoTracking().Where(h => h.Post.AuthorId != rights.MemberId);
        var own = rights.ModeratedBoards;
        return rights.Moderates(0) ? held : held.Where(h => own.Contains(h.Post.Topic.BoardId));
    }

    private static IQueryable<Review> Of(ForumDbContext db, Rights rights, QueueFilter filter)
    {
        // Nobody learns who reported their own post.
        var me = rights.MemberId;
        var reviews = db.Reviews.AsNoTracking().Where(r => r.Post.AuthorId != me);
        if (filter.Board is { Length: > 0 } board)
            reviews = reviews.Where(r => r.Post.Topic.Board.Slug == board);
        if (filter.Reason is { } reason)
            reviews = reviews.Where(r => r.Flags.Any(f => f.Reason == reason));
        if (rights.Moderates(0))
            return reviews;
        var own = rights.ModeratedBoards;
        return reviews.Where(r => own.Contains(r.Post.Topic.BoardId));
    }

    private async Task<List<ReviewItem>> ItemsAsync(ForumDbContext db, Rights rights, IQueryable<Review> reviews, CancellationToken cancellation)
    {
        var rows = await reviews.Select(r => new
        {
            r.Id,
            r.PostId,
            r.Post.TopicId,
            r.Post.Topic.Slug,
            r.Post.Topic.Title,
            r.Post.Number,
            BoardSlug = r.Post.Topic.Board.Slug,
            BoardName = r.Post.Topic.Board.Name,
            r.Post.Visibility,
            Text = r.Post.Text.Substring(0, ExcerptLength),
            Posted = r.Post.Created,
            Author = db.Users.Where(m => m.Id == r.Post.AuthorId).Select(BylineRow.Of).Single(),
            Moderates = db.BoardModerations.Any(m => m.BoardId == r.Post.Topic.BoardId && m.MemberId == r.Post.AuthorId),
            r.Post.Author.Posts,
            r.Opened,
            r.HidPost,
            Weight = r.Flags.Sum(f => f.Weight),
            r.Decided,
            r.Outcome,
            DecidedByHandle = r.DecidedBy!.UserName,
            DecidedByName = r.DecidedBy.Name,
            r.ClaimedById,
            ClaimedByHandle = r.ClaimedBy!.UserName,
            ClaimedByName = r.ClaimedBy.Name,
            r.Claimed,
        }).ToListAsync(cancellation);
        var ids = rows.Select(r => r.Id).ToList();
        var authors = rows.Select(r => r.Author.Id).Distinct().ToList();
        var upheld = await db.Reviews.Where(r => r.Outcome == ReviewOutcome.Upheld && authors.Contains(r.Post.AuthorId))
            .GroupBy(r => r.Post.AuthorId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
        // What staff keep about members is for moderators of the site.
        var kept = rights.CannotSanction() is null;
        var sanctions = kept ? await db.Sanctions.Where(s => authors.Contains(s.MemberId)).GroupBy(s => s.MemberId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation) : [];
        var notes = kept ? await db.MemberNotes.Where(n => authors.Contains(n.MemberId)).GroupBy(n => n.MemberId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation) : [];
        var (policy, now) = (options.Site, clock.GetUtcNow().UtcDateTime);
        var flags = (await db.Flags.AsNoTracking().Where(f => ids.Contains(f.ReviewId)).OrderBy(f => f.Made).ThenBy(f => f.MemberId)
            .Select(f => new { f.ReviewId, f.Member.UserName, f.Member.Name, f.Reason, f.Note, f.Made }).ToListAsync(cancellation))
            .ToLookup(f => f.ReviewId, f => new FlagRow(new(f.UserName!, policy.Show(f.Name, f.UserName!)), f.Reason, f.Note, f.Made));
        return [.. rows.Select(r => new ReviewItem(
            r.Id, r.PostId, r.TopicId, r.Slug, r.Title, r.Number, r.BoardSlug, r.BoardName, r.Visibility, r.Text, r.Posted, r.Author.Show(policy, now, r.Moderates),
            r.Posts, upheld.GetValueOrDefault(r.Author.Id) - (r.Outcome == ReviewOutcome.Upheld ? 1 : 0), r.Opened, r.HidPost, r.Weight, r.Decided, r.Outcome, r.DecidedByHandle is { } handle ? new(handle, policy.Show(r.DecidedByName, handle)) : null, [.. flags[r.Id]],
            r.ClaimedByHandle is { } claimer && r.Claimed > now - Review.ClaimFor ? new(new(claimer, policy.Show(r.ClaimedByName, claimer)), r.ClaimedById == rights.MemberId, r.Claimed.Value) : null,
            sanctions.GetValueOrDefault(r.Author.Id), notes.GetValueOrDefault(r.Author.Id)))];
    }
}
