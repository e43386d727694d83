using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Settings;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <param name="By">Null where it came of the reports of many; and for the member whoever of the staff it was.</param>
public sealed record TalkWordView(MemberLink? By, bool ByStaff, DateTime At, string? Deed, FlagReason? Rule, string? Text);

/// <summary>A talk as one of its sides sees it.</summary>
/// <param name="Post">Where the post stands that it is about; null without one, and where the reader may not read it.</param>
public sealed record TalkView(long Id, MemberLink Member, PlaceOfPost? Post, string? Quote, bool Waits, bool Unread, DateTime LastAt, IReadOnlyList<TalkWordView> Words);

public sealed record PlaceOfPost(long TopicId, string Slug, string Title, int Number);

/// <summary>Reads what staff and members said to each other.</summary>
public sealed class TalkQueries(IDbContextFactory<ForumDbContext> contexts, ForumOptions options)
{
    /// <summary>Talks of a member that are shown, and last words of each.</summary>
    public const int Max = 50;

    /// <summary>The talks of the member who asks, the latest first; who of the staff it was stays with them.</summary>
    public async Task<IReadOnlyList<TalkView>> MineAsync(Rights rights, CancellationToken cancellation)
    {
        if (rights.MemberId is not { } me)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var talks = await ReadAsync(db, rights, db.Talks.Where(t => t.MemberId == me).OrderByDescending(t => t.LastAt).ThenByDescending(t => t.Id), cancellation);
        return [.. talks.Select(t => t with { Words = [.. t.Words.Select(w => w.ByStaff ? w with { By = null } : w)] })];
    }

    /// <summary>How many talks have a word that the member has not seen.</summary>
    public async Task<int> UnreadAsync(Rights rights, CancellationToken cancellation)
    {
        if (rights.MemberId is not { } me)
            return 0;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Talks.CountAsync(t => t.MemberId == me && t.Unread, cancellation);
    }

    /// <summary>One talk, and whether the reader is of its staff; null when it is none of theirs.</summary>
    public async Task<(TalkView Talk, bool AsStaff)?> FindAsync(Rights rights, long id, CancellationToken cancellation)
    {
        if ((await MineAsync(rights, cancellation)).FirstOrDefault(t => t.Id == id) is { } own)
            return (own, false);
        if (!rights.ModeratesAny)
            return null;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return (await ReadAsync(db, rights, db.Talks.Of(rights).Where(t => t.Id == id), cancellation)).SingleOrDefault() is { } talk ? (talk, true) : null;
    }

    /// <summary>The talks with a member, for those who may lead them; the latest first.</summary>
    public async Task<IReadOnlyList<TalkView>> WithAsync(Rights rights, string handle, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return (await db.MemberIdAsync(handle, cancellation)).Is(out var id, out _)
            ? await ReadAsync(db, rights, db.Talks.Of(rights).Where(t => t.MemberId == id).OrderByDescending(t => t.LastAt).ThenByDescending(t => t.Id), cancellation) : [];
    }

    /// <summary>The talks whose last word staff have not answered, the oldest first.</summary>
    public async Task<IReadOnlyList<TalkView>> WaitingAsync(Rights rights, CancellationToken cancellation)
    {
        if (!rights.ModeratesAny)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await ReadAsync(db, rights, db.Talks.Of(rights).Where(t => t.Waits).OrderBy(t => t.LastAt).ThenBy(t => t.Id), cancellation);
    }

    private async Task<IReadOnlyList<TalkView>> ReadAsync(ForumDbContext db, Rights rights, IQueryable<Talk> talks, CancellationToken cancellation)
    {
        var visible = db.Posts.ReadableBy(rights);
        var rows = await talks.AsNoTracking().Take(Max).Select(t => new
        {
            t.Id,
            t.Member.UserName,
            t.Member.Name,
            Place = visible.Where(p => p.Id == t.PostId).Select(p => new PlaceOfPost(p.TopicId, p.Topic.Slug, p.Topic.Title, p.Number)).FirstOrDefault(),
            t.Quote,
            t.Waits,
            t.Unread,
            t.LastAt,
        }).ToListAsync(cancellation);
        var ids = rows.Select(r => r.Id).ToList();
        var words = (await db.TalkWords.AsNoTracking().Where(w => ids.Contains(w.TalkId)).OrderBy(w => w.Id)
            .Select(w => new { w.TalkId, w.By!.UserName, w.By.Name, w.ByStaff, w.At, w.Deed, w.Rule, w.Text }).ToListAsync(cancellation))
            .ToLookup(w => w.TalkId, w => new TalkWordView(w.UserName is null ? null : Link(w.UserName, w.Name), w.ByStaff, w.At, w.Deed, w.Rule, w.Text));
        return [.. rows.Select(r => new TalkView(r.Id, Link(r.UserName!, r.Name), r.Place, r.Quote, r.Waits, r.Unread, r.LastAt, [.. words[r.Id].TakeLast(Max)]))];
    }

    private MemberLink Link(string handle, string name) => new(handle, options.Site.Show(name, handle));
}
