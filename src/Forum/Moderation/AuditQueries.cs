using System.Runtime.CompilerServices;
using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>A line of the audit trail.</summary>
/// <param name="By">Null for the operator at the command line, and for what came of the reports of many.</param>
/// <param name="About">The member whom it concerns.</param>
/// <param name="Number">Of the post.</param>
public sealed record AuditRow(long Id, DateTime At, MemberLink? By, string Deed, MemberLink? About, long? TopicId, string? Slug, string? Title, int? Number, string? Note, string? Before = null, string? After = null);

/// <summary>What of the audit trail is asked for; all of it when nothing is said.</summary>
/// <param name="Noun">What the deeds were done to: the part of <see cref="AuditEntry.Deed"/> before the dot.</param>
/// <param name="Handle">Of the member who did them.</param>
/// <param name="About">Handle of the member whom they concern.</param>
public sealed record AuditFilter(string? Noun = null, string? Handle = null, string? About = null);

/// <summary>Reads the audit trail: moderators of the site everything, those of a board what happened in its topics, and whoever reads a topic how it was solved and closed.</summary>
public sealed class AuditQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options)
{
    internal const string Moved = "topic.moved", Split = "topic.split", Merged = "topic.merged";

    /// <summary>Where a topic or a post stood before is for moderators of the site: not every reader may know of that board or topic.</summary>
    private static readonly IReadOnlyList<string> Placed = [Moved, Split, Merged];

    /// <summary>Deeds that whoever may read a topic may know about.</summary>
    internal static readonly IReadOnlyList<string> Public = ["solution.accepted", "solution.confirmed", "solution.unmarked", "solution.disputed", "solution.outdated", "solution.outdated-by-members", "solution.works", "solution.doubts-withdrawn", .. Enum.GetValues<ClosureReason>().Select(ClosureDeeds.Of), ClosureDeeds.Reopened, ClosureDeeds.Lapsed, .. Placed];

    /// <summary>The newest lines first. Refused with NotFound to whoever moderates nothing.</summary>
    public async Task<Result<Page<AuditRow>>> LogAsync(Rights rights, AuditFilter filter, string? after, CancellationToken cancellation)
    {
        if (!rights.ModeratesAny)
            return Refusal.NotFound;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var entries = db.AuditEntries.AsNoTracking();
        if (!rights.Moderates(0))
        {
            var own = rights.ModeratedBoards;
            entries = entries.Where(e => db.Topics.Any(t => t.Id == e.TopicId && own.Contains(t.BoardId)));
        }
        if (Typed.Line(filter.Noun) is { Length: > 0 } noun)
            entries = entries.Where(e => e.Noun == noun);
        if (Typed.Line(filter.Handle) is { Length: > 0 } handle)
        {
            var actorId = await db.OfHandle(handle).Select(m => (long?)m.Id).SingleOrDefaultAsync(cancellation) ?? 0;
            entries = entries.Where(e => e.ActorId == actorId);
        }
        if (Typed.Line(filter.About) is { Length: > 0 } about)
        {
            var memberId = await db.OfHandle(about).Select(m => (long?)m.Id).SingleOrDefaultAsync(cancellation) ?? 0;
            entries = entries.Where(e => e.MemberId == memberId);
        }
        return await PageAsync(db, rights, entries, after, cancellation);
    }

    /// <summary>The same lines, all of them from the newest on, to be carried away; read in pages, however many they are. Empty for whoever moderates nothing.</summary>
    public async IAsyncEnumerable<AuditRow> AllAsync(Rights rights, AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? after = null;
        do
        {
            if (!(await LogAsync(rights, filter, after, cancellation)).Is(out var page, out _))
                yield break;
            foreach (var row in page.Items)
                yield return row;
            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>
    /// What happened to a topic, the newest first: to everybody who may read it how it was solved, closed and opened again; to its moderators all that was done in it.
    /// Refused as the topic is. A post that the reader may not see has no number.
    /// </summary>
    public async Task<Result<Page<AuditRow>>> OfTopicAsync(Rights rights, long topicId, string? after, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var topic = await db.Topics.AsNoTracking().Include(t => t.Board).SingleOrDefaultAsync(t => t.Id == topicId, cancellation);
        if (topic is null)
            return Refusal.NotFound;
        if (topic.CannotBeReadBy(rights) is { } unseen)
            return unseen;
        var entries = db.AuditEntries.AsNoTracking().Where(e => e.TopicId == topicId);
        if (!rights.Moderates(topic.BoardId))
            entries = entries.Where(e => Public.Contains(e.Deed));
        return await PageAsync(db, rights, entries, after, cancellation);
    }

    private async Task<Page<AuditRow>> PageAsync(ForumDbContext db, Rights rights, IQueryable<AuditEntry> entries, string? after, CancellationToken cancellation)
    {
        if (PageKey.Parse(after) is { } key)
            entries = entries.Where(e => e.Id < key.Id);
        var visible = db.Posts.ReadableBy(rights);
        var rows = await (
            from entry in entries.OrderByDescending(e => e.Id).Take(Paging.PageSize + 1)
            join actor in db.Users on entry.ActorId equals actor.Id into actors
            from doer in actors.DefaultIfEmpty()
            join member in db.Users on entry.MemberId equals member.Id into members
            from about in members.DefaultIfEmpty()
            join t in db.Topics on entry.TopicId equals t.Id into topics
            from topic in topics.DefaultIfEmpty()
            orderby entry.Id descending
            select new
            {
                entry.Id,
                entry.At,
                entry.Deed,
                entry.Note,
                entry.Before,
                entry.After,
                ByHandle = doer.UserName,
                ByName = doer.Name,
                AboutHandle = about.UserName,
                AboutName = about.Name,
                entry.TopicId,
                topic.Slug,
                topic.Title,
                Number = visible.Where(p => p.Id == entry.PostId).Select(p => (int?)p.Number).FirstOrDefault(),
            }).ToListAsync(cancellation);
        var shown = rows.Take(Paging.PageSize).Select(r => new AuditRow(r.Id, r.At, Link(r.ByHandle, r.ByName), r.Deed, Link(r.AboutHandle, r.AboutName), r.TopicId, r.Slug, r.Title, r.Number,
            Told(r.Deed, r.Note), Told(r.Deed, r.Before), Told(r.Deed, r.After))).ToList();
        return new Page<AuditRow>(shown, rows.Count > shown.Count ? new PageKey(0, shown[^1].Id).ToString() : null);

        string? Told(string deed, string? words) => Placed.Contains(deed) && !rights.Moderates(0) ? null : words;
    }

    private MemberLink? Link(string? handle, string? name) => handle is null ? null : new(handle, options.Site.Show(name!, handle));
}
