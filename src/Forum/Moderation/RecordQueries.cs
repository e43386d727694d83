using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>A warning, silence or suspension on record.</summary>
public sealed record SanctionView(long Id, SanctionKind Kind, string Reason, DateTime At, DateTime? Until, DateTime? Lifted, MemberLink? By)
{
    /// <summary>Holds at that moment.</summary>
    public bool Holds(DateTime now) => Lifted is null && Until > now;
}

/// <summary>A word among staff about a member.</summary>
public sealed record MemberNoteView(string Text, DateTime At, MemberLink? By);

/// <summary>That a member was removed as a spammer.</summary>
/// <param name="Posts">That went with it.</param>
public sealed record RemovalView(long Id, DateTime At, int Posts, DateTime? Undone)
{
    /// <summary>Can be undone at that moment.</summary>
    public bool MayBeUndone(DateTime now) => Undone is null && At > now - SpamRemoval.Restorable;
}

/// <summary>What staff know of a member.</summary>
/// <param name="Upheld">Reviews of the member's posts that were upheld.</param>
/// <param name="FlagsUpheld">Reports by the member that were right, and <paramref name="FlagsDismissed"/> those that were not.</param>
public sealed record MemberRecord(Byline Who, bool IsStaff, DateTime Joined, int Posts, int Upheld, int FlagsUpheld, int FlagsDismissed, IReadOnlyList<SanctionView> Sanctions, IReadOnlyList<MemberNoteView> Notes,
    IReadOnlyList<RemovalView> Removals, IReadOnlyList<RollBackView> RollBacks);

/// <summary>Reads what staff keep about a member; and, for the member alone, what holds now.</summary>
public sealed class RecordQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    /// <summary>Most sanctions and most notes that are shown, the newest first.</summary>
    public const int Max = 50;

    /// <summary>The record of a member; refused with NotFound to whoever does not moderate the site.</summary>
    public async Task<Result<MemberRecord>> OfAsync(Rights rights, string handle, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (rights.CannotSanction() is not null || !(await db.MemberIdAsync(handle, cancellation)).Is(out var id, out _))
            return Refusal.NotFound;
        var row = await db.Users.AsNoTracking().Where(m => m.Id == id).Select(m => new
        {
            Who = db.Users.Where(u => u.Id == m.Id).Select(BylineRow.Of).Single(),
            m.Created,
            m.Posts,
            Staff = m.Roles != SiteRole.None || db.BoardModerators.Any(b => b.MemberId == m.Id),
            Upheld = db.Reviews.Count(r => r.Outcome == ReviewOutcome.Upheld && r.Post.AuthorId == m.Id),
            FlagsUpheld = db.Flags.Count(f => f.MemberId == m.Id && f.Review.Outcome == ReviewOutcome.Upheld),
            FlagsDismissed = db.Flags.Count(f => f.MemberId == m.Id && f.Review.Outcome == ReviewOutcome.Dismissed),
        }).SingleAsync(cancellation);
        var notes = await db.MemberNotes.AsNoTracking().Where(n => n.MemberId == id).OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(Max)
            .Select(n => new { n.Text, n.At, n.By!.UserName, n.By.Name }).ToListAsync(cancellation);
        return new MemberRecord(row.Who.Show(options.Site, clock.GetUtcNow().UtcDateTime), row.Staff, row.Created, row.Posts, row.Upheld, row.FlagsUpheld, row.FlagsDismissed,
            await SanctionsAsync(db, id, cancellation), [.. notes.Select(n => new MemberNoteView(n.Text, n.At, Link(n.UserName, n.Name)))],
            await db.SpamRemovals.AsNoTracking().Where(r => r.MemberId == id).OrderByDescending(r => r.At).Take(Max).Select(r => new RemovalView(r.Id, r.At, db.SpamRemovalPosts.Count(p => p.RemovalId == r.Id), r.Undone)).ToListAsync(cancellation),
            [.. (await db.UndoableDeeds.AsNoTracking().Where(d => d.Kind == UndoableKind.RollBack && d.MemberId == id).OrderByDescending(d => d.At).Take(Max)
                .Join(db.Users, d => d.ById, m => m.Id, (d, m) => new { d.Id, d.At, d.Steps.Count, d.Undone, m.UserName, m.Name }).ToListAsync(cancellation)).Select(d => new RollBackView(d.Id, d.At, Link(d.UserName, d.Name), d.Count, d.Undone))]);
    }

    /// <summary>What a member is to know: the silence or suspension that holds, and the last warning of <see cref="Sanction.Shown"/>. Nothing for others.</summary>
    public async Task<IReadOnlyList<SanctionView>> OwnAsync(Rights rights, CancellationToken cancellation)
    {
        if (rights.MemberId is not { } me)
            return [];
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        // Who moderates it says is nobody's business but the staff's.
        return [.. (await SanctionsAsync(db, me, cancellation)).Where(s => s.Holds(now) || s.Kind == SanctionKind.Warning && s.At > now - Sanction.Shown).DistinctBy(s => s.Kind).Select(s => s with { By = null })];
    }

    private async Task<IReadOnlyList<SanctionView>> SanctionsAsync(ForumDbContext db, long memberId, CancellationToken cancellation) =>
        [.. (await db.Sanctions.AsNoTracking().Where(s => s.MemberId == memberId).OrderByDescending(s => s.At).ThenByDescending(s => s.Id).Take(Max)
            .Select(s => new { s.Id, s.Kind, s.Reason, s.At, s.Until, s.Lifted, s.By!.UserName, s.By.Name }).ToListAsync(cancellation)).Select(s => new SanctionView(s.Id, s.Kind, s.Reason, s.At, s.Until, s.Lifted, Link(s.UserName, s.Name)))];

    private MemberLink? Link(string? handle, string? name) => handle is null ? null : new(handle, options.Site.Show(name!, handle));
}
