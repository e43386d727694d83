using Forum.Data;
using Forum.Outbox;
using Forum.Standing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Forum.Jobs;

/// <summary>Gives and takes badges by what just happened. Every node does it, and what one has done the others find done.</summary>
public sealed class BadgeGiver(IDbContextFactory<ForumDbContext> contexts, ForumWriter writer, Signal signal, ReviewBadges review, BadgeRounds rounds, BadgeShelf shelf, TimeProvider clock, ILogger<BadgeGiver> logger)
    : Consumer(contexts, signal, logger)
{
    /// <summary>How far it has come is kept at most so often: it is cheaper to see some events again.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly IDbContextFactory<ForumDbContext> contexts = contexts;
    private long handled, stored, storedAt;

    protected override async Task<long> StartAsync(ForumDbContext db, CancellationToken cancellation)
    {
        await shelf.ReadAsync(db, cancellation);
        stored = await db.ConsumerCursors.Where(c => c.Consumer == nameof(BadgeGiver)).Select(c => (long?)c.Sequence).SingleOrDefaultAsync(cancellation) ?? await NewestAsync(db, cancellation);
        (handled, storedAt) = (stored, clock.GetTimestamp());
        return stored;
    }

    protected override async Task HandleAsync(IReadOnlyList<ForumEvent> events, long last, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (events.Any(e => e is BadgeChanged))
            await rounds.JudgeNewAsync(cancellation);
        foreach (var (facts, memberIds) in await TouchedAsync(db, events, cancellation))
            _ = (await review.RunAsync(Actor.Operator, memberIds, facts, cancellation)).Required;
        if (events.Any(e => e is BadgeChanged or BadgesChanged))
            await shelf.ReadAsync(db, cancellation);
        handled = last;
    }

    protected override async Task<bool> TendAsync(CancellationToken cancellation)
    {
        if (handled > stored && clock.GetElapsedTime(storedAt) > Kept)
            await StoreAsync(cancellation);
        return true;
    }

    /// <summary>Whom the events concern, by what may have changed for them.</summary>
    private static async Task<List<(IReadOnlyCollection<BadgeFact>? Facts, IReadOnlyCollection<long> MemberIds)>> TouchedAsync(ForumDbContext db, IReadOnlyList<ForumEvent> events, CancellationToken cancellation)
    {
        var touched = new List<(IReadOnlyCollection<BadgeFact>?, IReadOnlyCollection<long>)>();
        Touch([BadgeFact.Questions, BadgeFact.Posts], events.OfType<TopicPosted>().Select(e => e.AuthorId));
        Touch([BadgeFact.Replies, BadgeFact.Posts, BadgeFact.QuestionsHelped], events.OfType<ReplyPosted>().Select(e => e.AuthorId));
        Touch([BadgeFact.UpvotesReceived, BadgeFact.UpvotesOfOnePost], events.OfType<VoteChanged>().Select(e => e.AuthorId));
        Touch([BadgeFact.UpvotesGiven], events.OfType<VoteChanged>().Select(e => e.VoterId).OfType<long>());
        var topics = events.OfType<SolutionChanged>().Select(e => e.TopicId).Distinct().ToList();
        if (topics.Count > 0)
            // The ledger knows those whose solution it was, too.
            Touch([BadgeFact.Solutions, BadgeFact.AcceptedByAsker], await db.PointEntries.Where(e => e.Reason == PointReason.SolutionAccepted && db.Posts.Any(p => p.Id == e.PostId && topics.Contains(p.TopicId)))
                .Select(e => e.MemberId).Distinct().ToListAsync(cancellation));
        Touch(null, events.OfType<AuthorChanged>().SelectMany(e => new[] { e.FromId, e.ToId }));
        var posts = events.OfType<PostVisibilityChanged>().Select(e => e.PostId).Distinct().ToList();
        if (posts.Count > 0)
            Touch(null, await db.Posts.Where(p => posts.Contains(p.Id)).Select(p => p.AuthorId).Distinct().ToListAsync(cancellation));
        var authors = new HashSet<long>();
        foreach (var (first, last) in events.OfType<TopicsImported>().Select(e => (e.FirstTopicId, e.LastTopicId)).Distinct())
            authors.UnionWith(await db.Posts.Where(p => p.TopicId >= first && p.TopicId <= last).Select(p => p.AuthorId).Distinct().ToListAsync(cancellation));
        Touch(null, authors);
        return touched;

        void Touch(IReadOnlyCollection<BadgeFact>? facts, IEnumerable<long> memberIds)
        {
            if (memberIds.Distinct().ToList() is { Count: > 0 } some)
                touched.Add((facts, some));
        }
    }

    private async Task StoreAsync(CancellationToken cancellation)
    {
        var sequence = handled;
        await writer.RunAsync<Done>(Actor.Operator, async (deed, cancellation) =>
        {
            var own = deed.Db.ConsumerCursors.Where(c => c.Consumer == nameof(BadgeGiver));
            // Another node may be further.
            if (await own.Where(c => c.Sequence < sequence).ExecuteUpdateAsync(set => set.SetProperty(c => c.Sequence, sequence), cancellation) == 0 && !await own.AnyAsync(cancellation))
                deed.Db.ConsumerCursors.Add(new ConsumerCursor { Consumer = nameof(BadgeGiver), Sequence = sequence });
            return new Done();
        }, cancellation);
        (stored, storedAt) = (sequence, clock.GetTimestamp());
    }
}
