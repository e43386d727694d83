using System.Linq.Expressions;
using Forum.Boards;
using Forum.Data;
using Forum.Data.Providers;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Members;

/// <summary>The order of the directory.</summary>
public enum MemberSort
{
    /// <summary>By points.</summary>
    Helpful,

    Newest,

    /// <summary>By the name that is shown.</summary>
    Name,
}

/// <summary>What of the directory is wanted.</summary>
/// <param name="Query">The beginning of a handle, or of a name as it is shown; with an @ before it, of a handle alone. Empty for all, who are sorted then.</param>
/// <param name="After">What the page before gave as next.</param>
public sealed record DirectoryList(string? Query = null, MemberSort Sort = MemberSort.Helpful, bool Staff = false, string? After = null, int Size = Paging.PageSize);

/// <summary>A member as a line of the directory.</summary>
/// <param name="Solutions">Accepted solutions on topics of others where the reader may read.</param>
public sealed record DirectoryRow(Byline Who, DateTime Joined, int Solutions);

/// <summary>
/// Reads who is a member: neither whoever has erased or not confirmed their account, nor whoever is suspended. Names are looked for as they are shown,
/// so that nothing of a masked name can be found out. Each page is read from where an index has it, however many members there are.
/// </summary>
public sealed class DirectoryQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options, TimeProvider clock)
{
    private static readonly Expression<Func<Member, string?>> handle = m => m.NormalizedUserName;

    /// <summary>One page. Whom a search finds by name come first, then those by handle, each in the order of the alphabet.</summary>
    public async Task<Page<DirectoryRow>> ListAsync(Rights rights, DirectoryList list, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var members = Listed(db, rights, now);
        if (list.Staff)
            members = members.Where(m => m.Roles > SiteRole.None);
        var key = PageKey.Parse(list.After);
        var query = Typed.Line(list.Query);
        var rows = query.Length > 0 ? await FindAsync(db, members, query, key, list.Size + 1, cancellation) : await SortAsync(db, members, list.Sort, key, list.Size + 1, cancellation);
        var shown = rows.Take(list.Size).ToList();
        var hidden = await HiddenSolutionsAsync(db, rights, [.. shown.Where(r => r.Row.Solutions > 0).Select(r => r.Row.Id)], cancellation);
        return new([.. shown.Select(r => new DirectoryRow(r.Row.Show(options.Site, now), r.Row.Created, r.Row.Solutions - hidden.GetValueOrDefault(r.Row.Id)))],
            rows.Count > shown.Count ? new PageKey(shown[^1].Key, shown[^1].Row.Id).ToString() : null);
    }

    /// <summary>Whom the reader may find without knowing of them.</summary>
    internal static IQueryable<Member> Listed(ForumDbContext db, Rights rights, DateTime now)
    {
        var seesAll = rights.IsMember;
        return db.Users.AsNoTracking().Where(m => m.Erased == null && (m.EmailConfirmed || m.Email == null) && !(m.SuspendedUntil > now) && (seesAll || !m.HidesProfile));
    }

    private Expression<Func<Member, string?>> Shown => options.Site.DisplayNames switch
    {
        NamePolicy.Handle => handle,
        NamePolicy.Full => m => m.NameNormalized,
        _ => m => m.MaskedNormalized,
    };

    private async Task<List<(long Key, BylineRow Row)>> SortAsync(ForumDbContext db, IQueryable<Member> members, MemberSort sort, PageKey? key, int count, CancellationToken cancellation)
    {
        if (sort == MemberSort.Name)
            return await OrderedAsync(db, members, Shown, 0, key?.Id, count, cancellation);
        if (sort == MemberSort.Newest)
        {
            if (key is { } last)
            {
                var instant = last.Instant;
                members = members.Where(m => m.Created <= instant && (m.Created < instant || m.Id < last.Id));
            }
            return [.. (await members.OrderByDescending(m => m.Created).ThenByDescending(m => m.Id).Take(count).Select(BylineRow.Of).ToListAsync(cancellation)).Select(r => (r.Created.Ticks, r))];
        }
        if (key is { } before)
            members = members.Where(m => m.Points <= before.Value && (m.Points < before.Value || m.Id > before.Id));
        return [.. (await members.OrderByDescending(m => m.Points).ThenBy(m => m.Id).Take(count).Select(BylineRow.Of).ToListAsync(cancellation)).Select(r => ((long)r.Points, r))];
    }

    /// <param name="key">Its value says whether the page before ended among names (0) or handles (1).</param>
    private async Task<List<(long Key, BylineRow Row)>> FindAsync(ForumDbContext db, IQueryable<Member> members, string query, PageKey? key, int count, CancellationToken cancellation)
    {
        var byHandle = members.Where(db.Begins(handle, Handles.Normalize(Handles.Clean(query))));
        if (query[0] == '@' || options.Site.DisplayNames == NamePolicy.Handle)
            return await OrderedAsync(db, byHandle, handle, 1, key?.Id, count, cancellation);
        var named = db.Begins(Shown, DisplayNames.Normalize(query));
        var found = key is { Value: 1 } ? [] : await OrderedAsync(db, members.Where(named), Shown, 0, key?.Id, count, cancellation);
        if (found.Count < count)
        {
            var others = byHandle.Where(Expression.Lambda<Func<Member, bool>>(Expression.Not(named.Body), named.Parameters));
            found.AddRange(await OrderedAsync(db, others, handle, 1, key is { Value: 1 } ? key?.Id : null, count - found.Count, cancellation));
        }
        return found;
    }

    /// <summary>In the order of a column, from behind the member of that id.</summary>
    private static async Task<List<(long Key, BylineRow Row)>> OrderedAsync(ForumDbContext db, IQueryable<Member> members, Expression<Func<Member, string?>> column, long key, long? after, int count, CancellationToken cancellation)
    {
        if (after is { } id)
        {
            var last = await db.Users.Where(m => m.Id == id).Select(column).SingleOrDefaultAsync(cancellation) ?? "";
            Expression<Func<string?, long, bool>> behind = (text, memberId) => string.Compare(text, last) >= 0 && (string.Compare(text, last) > 0 || memberId > id);
            var member = column.Parameters[0];
            members = members.Where(Expression.Lambda<Func<Member, bool>>(Expression.Invoke(behind, column.Body, Expression.Property(member, nameof(Member.Id))), member));
        }
        return [.. (await members.OrderBy(column).ThenBy(m => m.Id).Take(count).Select(BylineRow.Of).ToListAsync(cancellation)).Select(r => (key, r))];
    }

    /// <summary>Solutions of these members where the reader may not read, which count for nothing.</summary>
    private static async Task<Dictionary<long, int>> HiddenSolutionsAsync(ForumDbContext db, Rights rights, List<long> ids, CancellationToken cancellation)
    {
        var unreadable = await MemberQueries.UnreadableAsync(db, rights, cancellation);
        if (ids.Count == 0 || unreadable.Count == 0)
            return [];
        return await db.Solutions.Where(s => ids.Contains(s.Post.AuthorId) && s.Post.Visibility == Visibility.Visible && unreadable.Contains(s.Post.Topic.BoardId) && s.Post.Topic.AuthorId != s.Post.AuthorId)
            .GroupBy(s => s.Post.AuthorId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
    }
}
