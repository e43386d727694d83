using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>Where a member is signed in and what happened to their account.</summary>
/// <param name="Sessions">Those that hold, the latest first.</param>
/// <param name="Events">A page of them, the latest first.</param>
/// <param name="MayEnd">The reader may end the sessions.</param>
public sealed record SignInRecord(Byline Who, IReadOnlyList<SessionView> Sessions, Page<SecurityEvent> Events, bool MayEnd);

/// <summary>Reads the sign-ins of members, for moderators of the site: they see addresses, and administrators act on them.</summary>
public sealed class SignInQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    /// <summary>Most sessions that are shown.</summary>
    public const int MaxSessions = 100;

    /// <summary>The sign-ins of a member; refused with NotFound to whoever does not moderate the site.</summary>
    /// <param name="after">What the page of events before gave as next.</param>
    public async Task<Result<SignInRecord>> OfAsync(Rights rights, string handle, string? after, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (rights.CannotSanction() is not null || !(await db.MemberIdAsync(handle, cancellation)).Is(out var id, out _))
            return Refusal.NotFound;
        var now = clock.GetUtcNow().UtcDateTime;
        var (oldest, idle) = (now - Session.MaxAge, now - Session.MaxIdle);
        var sessions = await db.Sessions.Where(s => s.MemberId == id && s.Started > oldest && s.Seen > idle && !s.Renewed).OrderByDescending(s => s.Seen).Take(MaxSessions)
            .Select(s => new SessionView(s.Key, s.Device, s.Network, s.Started, s.Seen, false)).ToListAsync(cancellation);
        var events = db.SecurityEvents.AsNoTracking().Where(e => e.MemberId == id);
        if (PageKey.Parse(after) is { } key)
        {
            var instant = key.Instant;
            events = events.Where(e => e.At <= instant && (e.At < instant || e.Id < key.Id));
        }
        var rows = await events.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(Paging.PageSize + 1).ToListAsync(cancellation);
        var shown = rows.Take(Paging.PageSize).ToList();
        return new SignInRecord((await db.Users.Where(m => m.Id == id).Select(BylineRow.Of).SingleAsync(cancellation)).Show(options.Site, now), sessions,
            new(shown, rows.Count > shown.Count ? new PageKey(shown[^1].At.Ticks, shown[^1].Id).ToString() : null), rights.CannotEndSessions() is null);
    }
}
