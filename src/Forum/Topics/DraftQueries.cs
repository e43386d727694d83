using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>A draft, to go on writing.</summary>
/// <param name="Version">0 when there is none yet.</param>
public sealed record DraftView(int Version, string Title, string Board, string Tags, string Markdown, string? Answers, long? ReplyTo, DateTime Saved, string? Other);

/// <summary>A draft in the list of them.</summary>
/// <param name="Topic">Of a reply or an edit: its topic, where the writer may still read it.</param>
/// <param name="PostId">Of an edit: the post.</param>
/// <param name="Excerpt">How it begins.</param>
public sealed record DraftRow(string Place, string Title, string Excerpt, DateTime Saved, TopicLink? Topic, long? PostId);

/// <summary>Reads a writer's own drafts.</summary>
public sealed class DraftQueries(IDbContextFactory<ForumDbContext> contexts, TimeProvider clock)
{
    private const int ExcerptLength = 200;

    /// <summary>Most drafts shown: more are not gone through.</summary>
    private const int MaxCount = 100;

    /// <summary>The draft of a place; null when there is none.</summary>
    public async Task<DraftView?> AtAsync(Actor actor, string place, CancellationToken cancellation)
    {
        if (actor.MemberId is not { } memberId)
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await ShowAsync(db.Drafts.Where(d => d.MemberId == memberId && d.Place == place), cancellation);
    }

    /// <summary>A visitor's draft; null when the secret opens none.</summary>
    public async Task<DraftView?> OfVisitorAsync(string secret, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var hash = Secrets.Hash(secret);
        return await ShowAsync(db.Drafts.Where(d => d.SecretHash == hash && d.MemberId == null), cancellation);
    }

    /// <summary>A member's drafts, the newest first.</summary>
    public async Task<IReadOnlyList<DraftRow>> ListAsync(Actor actor, CancellationToken cancellation)
    {
        if (actor.MemberId is not { } memberId)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var rights = await db.RightsOfAsync(actor, clock.GetUtcNow().UtcDateTime, cancellation);
        var drafts = await db.Drafts.AsNoTracking().Where(d => d.MemberId == memberId).OrderByDescending(d => d.Saved).Take(MaxCount)
            .Select(d => new { d.Place, d.Title, Text = d.Markdown.Substring(0, ExcerptLength + 1), d.Saved }).ToListAsync(cancellation);
        var edited = drafts.Select(d => DraftPlace.PostOf(d.Place)).OfType<long>().ToList();
        var topicOfPost = await db.Posts.Where(p => edited.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.TopicId, cancellation);
        var topicIds = drafts.Select(d => TopicOf(d.Place)).OfType<long>().Distinct().ToList();
        var topics = await db.Topics.AsNoTracking().ReadableBy(rights).Where(t => topicIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => new TopicLink(t.Id, t.Slug, t.Title), cancellation);
        return [.. drafts.Select(d => new DraftRow(
            d.Place, d.Title, d.Text.Length <= ExcerptLength ? d.Text : d.Text[..ExcerptLength] + " …", d.Saved,
            TopicOf(d.Place) is { } id ? topics.GetValueOrDefault(id) : null, DraftPlace.PostOf(d.Place)))];

        long? TopicOf(string place) => DraftPlace.TopicOf(place) ?? (DraftPlace.PostOf(place) is { } post && topicOfPost.TryGetValue(post, out var topic) ? topic : null);
    }

    private static Task<DraftView?> ShowAsync(IQueryable<Draft> drafts, CancellationToken cancellation) =>
        drafts.AsNoTracking().Select(d => new DraftView(d.Version, d.Title, d.Board, d.Tags, d.Markdown, d.Answers, d.ReplyToId, d.Saved, d.Other)).SingleOrDefaultAsync(cancellation);
}
