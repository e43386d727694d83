using System.Globalization;
using Forum.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>Finds in the audit trail what a member did to posts and topics, each thing with what was so before the first of these deeds.</summary>
internal static class RollBackDeeds
{
    private const int Most = RollBack.Max + 1;

    /// <summary>What takes posts out of sight or brings them back.</summary>
    private static readonly IReadOnlyList<string> sights = ["post.hidden", "post.deleted", "post.restored"];

    /// <summary>The same, and what moderators and reports do besides.</summary>
    private static readonly IReadOnlyList<string> allSights = [.. sights, "post.approved", "post.hidden-by-reports"];

    private static readonly IReadOnlyList<string> closures = [.. Enum.GetValues<ClosureReason>().Select(ClosureDeeds.Of), ClosureDeeds.Reopened];

    private static readonly IReadOnlyList<string> rearranged = [AuditQueries.Split, AuditQueries.Merged];

    /// <summary>A deed of the audit trail on a post, or on the first one of a topic.</summary>
    /// <param name="Others">Somebody else did such a thing since.</param>
    private sealed record Found(long Id, string Deed, DateTime At, string? Before, Place Place, bool Others);

    private sealed record Place(long PostId, long TopicId, string Slug, string Title, int Number, Visibility Visibility, string Board);

    public static async Task<IEnumerable<RollBackThing>> FindDeedsAsync(this ForumDbContext db, RollBackScope scope, DateTime now, CancellationToken cancellation)
    {
        var rest = await TopicsAsync(db, scope, rearranged, cancellation);
        return [.. await SightsAsync(db, scope, cancellation), .. await ClosuresAsync(db, scope, now, cancellation), .. await BoardsAsync(db, scope, cancellation),
            .. rest.Select(f => Thing(f, RollBackPart.Board, RollBackConflict.Rearranged))];
    }

    private static RollBackThing Thing(Found found, RollBackPart part, RollBackConflict? conflict) =>
        new(part, found.Place.PostId, found.Place.TopicId, found.Place.Slug, found.Place.Title, found.Place.Number, found.At, conflict, found.Before);

    private static IQueryable<AuditEntry> Mine(ForumDbContext db, RollBackScope scope, IReadOnlyList<string> deeds) =>
        db.AuditEntries.AsNoTracking().Where(e => e.ActorId == scope.MemberId && e.At >= scope.From && e.At < scope.To && deeds.Contains(e.Deed));

    private static async Task<IEnumerable<RollBackThing>> SightsAsync(ForumDbContext db, RollBackScope scope, CancellationToken cancellation)
    {
        var (me, from, to, one) = (scope.MemberId, scope.From, scope.To, scope.PostId);
        var found = await Mine(db, scope, sights).Where(e => one == null || e.PostId == one)
            .Join(db.Posts, e => e.PostId, p => p.Id, (Entry, Post) => new { Entry, Post })
            // What the member wrote then is no loss, and goes by another way.
            .Where(f => !(f.Post.AuthorId == me && f.Post.Created >= from && f.Post.Created < to))
            .OrderBy(f => f.Entry.Id).Take(Most)
            .Select(f => new Found(f.Entry.Id, f.Entry.Deed, f.Entry.At, f.Entry.Before,
                new Place(f.Post.Id, f.Post.TopicId, f.Post.Topic.Slug, f.Post.Topic.Title, f.Post.Number, f.Post.Visibility, f.Post.Topic.Board.Slug),
                db.AuditEntries.Any(o => o.TopicId == f.Entry.TopicId && o.PostId == f.Entry.PostId && o.Id > f.Entry.Id && o.ActorId != me && allSights.Contains(o.Deed)))).ToListAsync(cancellation);
        return found.DistinctBy(f => f.Place.PostId).Where(f => SightBefore(f.Before) is { } before && before != f.Place.Visibility).Reverse()
            .Select(f => Thing(f, RollBackPart.Sight, f.Others ? RollBackConflict.Seen : null));
    }

    /// <summary>How a post was seen, as the audit trail says.</summary>
    public static Visibility? SightBefore(string? before) => Enum.TryParse<Visibility>(before, out var sight) ? sight : null;

    private static Task<List<Found>> TopicsAsync(ForumDbContext db, RollBackScope scope, IReadOnlyList<string> deeds, CancellationToken cancellation)
    {
        var (me, one) = (scope.MemberId, scope.PostId);
        return Mine(db, scope, deeds).Join(db.Posts.Where(p => p.Number == 1), e => e.TopicId, p => p.TopicId, (Entry, Post) => new { Entry, Post })
            .Where(f => one == null || f.Post.Id == one)
            .OrderBy(f => f.Entry.Id).Take(Most)
            .Select(f => new Found(f.Entry.Id, f.Entry.Deed, f.Entry.At, f.Entry.Before,
                new Place(f.Post.Id, f.Post.TopicId, f.Post.Topic.Slug, f.Post.Topic.Title, f.Post.Number, f.Post.Visibility, f.Post.Topic.Board.Slug),
                db.AuditEntries.Any(o => o.TopicId == f.Entry.TopicId && o.Id > f.Entry.Id && o.ActorId != me && deeds.Contains(o.Deed)))).ToListAsync(cancellation);
    }

    private static async Task<IEnumerable<RollBackThing>> BoardsAsync(ForumDbContext db, RollBackScope scope, CancellationToken cancellation)
    {
        var found = (await TopicsAsync(db, scope, [AuditQueries.Moved], cancellation)).DistinctBy(f => f.Place.PostId).Where(f => f.Before != f.Place.Board).Reverse().ToList();
        var homes = found.Select(f => f.Before).Distinct().ToList();
        var there = await db.Boards.Where(b => homes.Contains(b.Slug)).Select(b => b.Slug).ToListAsync(cancellation);
        return found.Select(f => Thing(f, RollBackPart.Board, f.Others ? RollBackConflict.Moved : f.Before is null || !there.Contains(f.Before) ? RollBackConflict.NoBoard : null));
    }

    private static async Task<IEnumerable<RollBackThing>> ClosuresAsync(ForumDbContext db, RollBackScope scope, DateTime now, CancellationToken cancellation)
    {
        var found = (await TopicsAsync(db, scope, closures, cancellation)).DistinctBy(f => f.Place.PostId).Reverse().ToList();
        if (found.Count == 0)
            return [];
        var mine = Mine(db, scope, closures);
        var closed = await db.Closures.AsNoTracking().Where(c => mine.Any(e => e.TopicId == c.TopicId)).ToDictionaryAsync(c => c.TopicId, cancellation);
        var earlier = (await db.AuditEntries.AsNoTracking().Where(o => closures.Contains(o.Deed) && o.Deed != ClosureDeeds.Reopened && mine.Any(e => e.TopicId == o.TopicId && e.Deed == ClosureDeeds.Reopened && e.Id > o.Id))
            .OrderBy(o => o.Id).ToListAsync(cancellation)).ToLookup(o => o.TopicId);
        return found.Select(f => (Found: f, Of(f).Change, Of(f).Conflict)).Where(f => f.Change).Select(f => Thing(f.Found, RollBackPart.Closure, f.Conflict));

        (bool Change, RollBackConflict? Conflict) Of(Found f)
        {
            var present = closed.GetValueOrDefault(f.Place.TopicId);
            if (f.Deed != ClosureDeeds.Reopened && f.Before is null)
                return (present is not null, f.Others || present?.ClosedById != scope.MemberId ? RollBackConflict.Closed : null);
            if (present is not null)
                return (present.ClosedById == scope.MemberId, RollBackConflict.ClosedBefore);
            if (f.Others)
                return (true, RollBackConflict.Closed);
            var before = f.Deed == ClosureDeeds.Reopened ? ClosureOf(earlier[f.Place.TopicId].LastOrDefault(o => o.Id < f.Id)) : null;
            return (!(before?.Until <= now), before is null || before.Reason == ClosureReason.Duplicate ? RollBackConflict.ClosedBefore : null);
        }
    }

    /// <summary>How the topic was closed before the member opened it; null where that is not known.</summary>
    public static async Task<Closure?> ClosureBeforeAsync(this ForumDbContext db, RollBackScope scope, long topicId, CancellationToken cancellation)
    {
        var opened = await Mine(db, scope, [ClosureDeeds.Reopened]).Where(e => e.TopicId == topicId).OrderBy(e => e.Id).Select(e => e.Id).FirstOrDefaultAsync(cancellation);
        return ClosureOf(await db.AuditEntries.AsNoTracking().Where(o => o.TopicId == topicId && o.Id < opened && closures.Contains(o.Deed) && o.Deed != ClosureDeeds.Reopened)
            .OrderByDescending(o => o.Id).FirstOrDefaultAsync(cancellation));
    }

    private static Closure? ClosureOf(AuditEntry? entry) => entry is null ? null : new()
    {
        TopicId = entry.TopicId!.Value,
        Reason = Enum.GetValues<ClosureReason>().Single(r => ClosureDeeds.Of(r) == entry.Deed),
        Closed = entry.At,
        ClosedById = entry.ActorId,
        Note = entry.Note,
        Until = DateTime.TryParse(entry.After, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var until) ? until : null,
    };
}
