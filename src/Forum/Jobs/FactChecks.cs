using Forum.Data;
using Forum.Members;
using Forum.Outbox;
using Forum.Solutions;
using Forum.Standing;
using Forum.Topics;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;

namespace Forum.Jobs;

/// <summary>A solution is a visible reply of its own topic; any other is unmarked and its credit taken back.</summary>
internal sealed class SolutionsCheck : Check
{
    public override async Task<Finding?> RunAsync(IDbContextFactory<ForumDbContext> contexts, ForumWriter? writer, Actor actor, CancellationToken cancellation)
    {
        List<(long TopicId, long PostId)> wrong;
        await using (var db = await contexts.CreateDbContextAsync(cancellation))
            wrong = [.. (await Wrong(db).ToListAsync(cancellation)).Select(s => (s.TopicId, s.PostId))];
        return await FinishAsync("solutions that are not a visible reply of their topic", wrong, s => s.PostId, writer, actor, async (deed, batch, cancellation) =>
        {
            foreach (var (topicId, postId) in batch)
                await deed.UnmarkAsync(await deed.Db.Topics.AsNoTracking().SingleAsync(t => t.Id == topicId, cancellation), postId, cancellation);
        }, cancellation);
    }

    internal static IQueryable<Solution> Wrong(ForumDbContext db) =>
        db.Solutions.AsNoTracking().Where(s => s.Post.TopicId != s.TopicId || s.Post.Number == 1 || s.Post.Visibility != Visibility.Visible).OrderBy(s => s.TopicId);
}

/// <summary>The roles noted on a member are their Identity roles. Few members have any, so that they are compared here.</summary>
internal sealed class RolesCheck : Check
{
    public override async Task<Finding?> RunAsync(IDbContextFactory<ForumDbContext> contexts, ForumWriter? writer, Actor actor, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await FinishAsync("members whose roles are not those they were granted", await WrongAsync(db, cancellation), m => m, writer, actor, async (deed, _, cancellation) =>
        {
            var granted = await GrantedAsync(deed.Db, cancellation);
            foreach (var id in await WrongAsync(deed.Db, cancellation))
            {
                var roles = granted.GetValueOrDefault(id);
                await deed.Db.Users.Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Roles, roles), cancellation);
                deed.Tell(new MemberChanged(id));
            }
        }, cancellation);
    }

    private static async Task<List<long>> WrongAsync(ForumDbContext db, CancellationToken cancellation)
    {
        var granted = await GrantedAsync(db, cancellation);
        var noted = await db.Users.Where(m => m.Roles != SiteRole.None).Select(m => new { m.Id, m.Roles }).ToDictionaryAsync(m => m.Id, m => m.Roles, cancellation);
        return [.. granted.Keys.Union(noted.Keys).Where(id => granted.GetValueOrDefault(id) != noted.GetValueOrDefault(id)).Order()];
    }

    private static async Task<Dictionary<long, SiteRole>> GrantedAsync(ForumDbContext db, CancellationToken cancellation)
    {
        var rows = await db.UserRoles.Join(db.Roles, u => u.RoleId, r => r.Id, (u, r) => new { u.UserId, r.Name }).ToListAsync(cancellation);
        return rows.GroupBy(r => r.UserId).ToDictionary(g => g.Key, g => g.Aggregate(SiteRole.None, (roles, r) => roles | SiteRoles.Parse(r.Name!) ?? roles));
    }
}

/// <summary>The badges noted on a member are those that they hold.</summary>
internal sealed class BadgesCheck : Check
{
    /// <summary>Members compared together.</summary>
    private const int PageSize = 1000;

    public override async Task<Finding?> RunAsync(IDbContextFactory<ForumDbContext> contexts, ForumWriter? writer, Actor actor, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var wrong = new List<long>();
        for (var last = 0L; ;)
        {
            var members = await db.Users.Where(m => m.Id > last && (m.Badges != "" || db.MemberBadges.Any(h => h.MemberId == m.Id))).OrderBy(m => m.Id).Take(PageSize)
                .Select(m => new { m.Id, m.Badges, Held = db.MemberBadges.Where(h => h.MemberId == m.Id).OrderBy(h => h.BadgeId).Select(h => h.BadgeId).ToList() }).ToListAsync(cancellation);
            if (members.Count == 0)
                break;
            wrong.AddRange(members.Where(m => m.Badges != BadgeShelf.Write(m.Held)).Select(m => m.Id));
            last = members[^1].Id;
        }
        return await FinishAsync("members whose badges are not those they hold", wrong, m => m, writer, actor, async (deed, batch, cancellation) =>
        {
            foreach (var memberId in batch)
                await deed.NoteBadgesAsync(memberId, cancellation);
        }, cancellation);
    }
}

/// <summary>A bucket of the leaderboards holds the upvotes, cast here or imported, of one member's visible posts on one board and day.</summary>
internal sealed class BucketsCheck : Check
{
    private sealed record Bucket(long BoardId, long MemberId, DateOnly Day, int Upvotes);

    public override async Task<Finding?> RunAsync(IDbContextFactory<ForumDbContext> contexts, ForumWriter? writer, Actor actor, CancellationToken cancellation)
    {
        var wrong = await WrongAsync(contexts, cancellation);
        return await FinishAsync("days of a member whose upvotes are not those received", wrong, b => b.MemberId, writer, actor, async (deed, batch, cancellation) =>
        {
            foreach (var (boardId, memberId, day) in batch)
            {
                var count = await CountAsync(deed.Db, boardId, memberId, day, cancellation);
                var held = await deed.Db.UpvoteDays.Where(d => d.Day == day && d.BoardId == boardId && d.MemberId == memberId).ExecuteUpdateAsync(set => set.SetProperty(d => d.Upvotes, count), cancellation);
                if (held == 0 && count != 0)
                    deed.Db.UpvoteDays.Add(new UpvoteDay { BoardId = boardId, MemberId = memberId, Day = day, Upvotes = count });
            }
        }, cancellation);
    }

    /// <summary>Both sides in the same order, walked side by side: memory holds the disagreements only.</summary>
    private static async Task<List<(long BoardId, long MemberId, DateOnly Day)>> WrongAsync(IDbContextFactory<ForumDbContext> contexts, CancellationToken cancellation)
    {
        await using var left = await contexts.CreateDbContextAsync(cancellation);
        await using var right = await contexts.CreateDbContextAsync(cancellation);
        await using var counted = Counted(left).AsAsyncEnumerable().GetAsyncEnumerator(cancellation);
        await using var kept = right.UpvoteDays.AsNoTracking().Where(d => d.Upvotes != 0).OrderBy(d => d.BoardId).ThenBy(d => d.MemberId).ThenBy(d => d.Day)
            .Select(d => new Bucket(d.BoardId, d.MemberId, d.Day, d.Upvotes)).AsAsyncEnumerable().GetAsyncEnumerator(cancellation);
        var wrong = new List<(long, long, DateOnly)>();
        var (a, b) = (await NextAsync(counted), await NextAsync(kept));
        while (a is not null || b is not null)
        {
            var order = a is null ? 1 : b is null ? -1 : (a.BoardId, a.MemberId, a.Day).CompareTo((b.BoardId, b.MemberId, b.Day));
            var first = order <= 0 ? a! : b!;
            if (order != 0 || a!.Upvotes != b!.Upvotes)
                wrong.Add((first.BoardId, first.MemberId, first.Day));
            if (order <= 0)
                a = await NextAsync(counted);
            if (order >= 0)
                b = await NextAsync(kept);
        }
        return wrong;
    }

    private static async Task<Bucket?> NextAsync(IAsyncEnumerator<Bucket> rows) => await rows.MoveNextAsync() ? rows.Current : null;

    private static IQueryable<Bucket> Counted(ForumDbContext db)
    {
        var visible = db.Posts.Where(p => p.Visibility == Visibility.Visible);
        var cast = db.Votes.Counted(db).Join(visible, v => v.PostId, p => p.Id, (v, p) => new { p.Topic.BoardId, p.AuthorId, v.Day, Count = 1 });
        var imported = db.ImportedUpvotes.Join(visible, u => u.PostId, p => p.Id, (u, p) => new { p.Topic.BoardId, p.AuthorId, u.Day, u.Count });
        return cast.Concat(imported).GroupBy(v => new { v.BoardId, v.AuthorId, v.Day })
            .Select(g => new { g.Key.BoardId, g.Key.AuthorId, g.Key.Day, Upvotes = g.Sum(v => v.Count) })
            .OrderBy(d => d.BoardId).ThenBy(d => d.AuthorId).ThenBy(d => d.Day)
            .Select(d => new Bucket(d.BoardId, d.AuthorId, d.Day, d.Upvotes));
    }

    private static async Task<int> CountAsync(ForumDbContext db, long boardId, long memberId, DateOnly day, CancellationToken cancellation)
    {
        var posts = db.Posts.Where(p => p.AuthorId == memberId && p.Visibility == Visibility.Visible && p.Topic.BoardId == boardId);
        return await db.Votes.Where(v => v.Day == day).Counted(db).Join(posts, v => v.PostId, p => p.Id, (v, p) => v).CountAsync(cancellation)
            + await db.ImportedUpvotes.Where(u => u.Day == day).Join(posts, u => u.PostId, p => p.Id, (u, p) => u.Count).SumAsync(cancellation);
    }
}

/// <summary>Events are numbered without a gap up to the counter. What a gap held is lost; it is closed by an event that changes nothing, so that nobody waits for it.</summary>
internal sealed class OutboxCheck : Check
{
    /// <summary>More than a real fault leaves; a counter that is further off was set by hand, and is for a person to look at.</summary>
    private const int MostMissing = 10_000;

    public override async Task<Finding?> RunAsync(IDbContextFactory<ForumDbContext> contexts, ForumWriter? writer, Actor actor, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var (count, missing) = await MissingAsync(db, cancellation);
        if (count == 0)
            return null;
        return await FinishAsync("events missing from the outbox; after this, rebuild the search index", missing, sequence => sequence, writer, actor, FillAsync, cancellation) is { } finding
            ? finding with { Count = count, Repaired = finding.Repaired && count == missing.Count }
            : new("events of the outbox beyond its counter", count, [], await RaiseAsync(writer, actor, cancellation));
    }

    private static async Task FillAsync(Deed deed, long[] sequences, CancellationToken cancellation)
    {
        var present = await deed.Db.OutboxEvents.Where(e => sequences.Contains(e.Sequence)).Select(e => e.Sequence).ToListAsync(cancellation);
        foreach (var sequence in sequences.Except(present))
        {
            var row = new BoardChanged(0).ToRow(deed.Now);
            row.Sequence = sequence;
            deed.Db.OutboxEvents.Add(row);
        }
        await RaiseAsync(deed.Db, cancellation);
    }

    private static async Task<bool> RaiseAsync(ForumWriter? writer, Actor actor, CancellationToken cancellation)
    {
        if (writer is null)
            return false;
        await writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            await RaiseAsync(deed.Db, cancellation);
            return new Done();
        }, cancellation);
        return true;
    }

    /// <summary>The counter is never below an event that exists: the next one would collide with it.</summary>
    private static async Task RaiseAsync(ForumDbContext db, CancellationToken cancellation)
    {
        var last = await db.OutboxEvents.MaxAsync(e => (long?)e.Sequence, cancellation) ?? 0;
        await db.OutboxCounters.Where(c => c.Value < last).ExecuteUpdateAsync(set => set.SetProperty(c => c.Value, last), cancellation);
    }

    /// <summary>How many sequences are wrong, and the first of those that are missing. Old events are cleared away from the beginning, which is no gap.</summary>
    private static async Task<(long Count, List<long> Missing)> MissingAsync(ForumDbContext db, CancellationToken cancellation)
    {
        // The counter first: events written meanwhile lie beyond it and are not looked at.
        var counter = await db.OutboxCounters.Select(c => c.Value).SingleAsync(cancellation);
        var first = await db.OutboxEvents.MinAsync(e => (long?)e.Sequence, cancellation);
        if (first is null)
            return (0, []);
        var held = await db.OutboxEvents.LongCountAsync(e => e.Sequence <= counter, cancellation);
        var count = counter - first.Value + 1 - held;
        if (count <= 0)
            return (await BeyondAsync(db, cancellation), []);
        var missing = new List<long>();
        var ends = db.OutboxEvents.Where(e => e.Sequence < counter && !db.OutboxEvents.Any(n => n.Sequence == e.Sequence + 1)).OrderBy(e => e.Sequence)
            .Select(e => new { e.Sequence, Next = db.OutboxEvents.Where(n => n.Sequence > e.Sequence).Min(n => (long?)n.Sequence) });
        await foreach (var end in ends.AsAsyncEnumerable().WithCancellation(cancellation))
            for (var sequence = end.Sequence + 1; sequence < (end.Next ?? counter + 1) && missing.Count < MostMissing; sequence++)
                missing.Add(sequence);
        return (count, missing);
    }

    private static async Task<long> BeyondAsync(ForumDbContext db, CancellationToken cancellation)
    {
        // One statement, so that what others commit meanwhile is on both sides or on neither.
        return await db.OutboxCounters.Select(c => db.OutboxEvents.LongCount(e => e.Sequence > c.Value)).SingleAsync(cancellation);
    }
}

/// <summary>Events that a consumer gave up on. Nothing mends what it missed but a look at why; then they are taken off the list.</summary>
internal sealed class ParkedCheck : Check
{
    public override async Task<Finding?> RunAsync(IDbContextFactory<ForumDbContext> contexts, ForumWriter? writer, Actor actor, CancellationToken cancellation)
    {
        List<ParkedEvent> parked;
        await using (var db = await contexts.CreateDbContextAsync(cancellation))
            parked = await db.ParkedEvents.AsNoTracking().OrderBy(p => p.Sequence).ToListAsync(cancellation);
        return await FinishAsync("events that a part of the forum could not handle, by their place in the outbox", parked, p => p.Sequence, writer, actor, async (deed, batch, cancellation) =>
        {
            var sequences = batch.Select(p => p.Sequence).ToList();
            await deed.Db.ParkedEvents.Where(p => sequences.Contains(p.Sequence)).ExecuteDeleteAsync(cancellation);
        }, cancellation);
    }
}
