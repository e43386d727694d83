using Forum.Boards;
using Forum.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>What removing spammers and bringing them back are made of.</summary>
internal static class SpamRemoving
{
    /// <summary>Posts in one transaction, so that others who write need not wait long.</summary>
    private const int BatchSize = 50;

    public static Result<string> ReadReason(string? reason) =>
        Typed.Line(reason) is var why && why.Length is 0 or > Sanction.MaxReasonLength ? Refusal.Invalid("Please say why, in at most {0} characters: the member reads it.", "Why", Sanction.MaxReasonLength) : why;

    /// <summary>Removes a member with all posts, in as many transactions as it takes.</summary>
    public static async Task<Result<(long RemovalId, int Posts)>> RemoveAsync(this ForumWriter writer, Actor actor, string? handle, string why, CancellationToken cancellation)
    {
        if (!(await writer.RunAsync<SpamRemoval>(actor, (deed, cancellation) => BeginAsync(deed, handle, why, cancellation), cancellation)).Is(out var removal, out var refusal))
            return refusal;
        for (var gone = 0; ;)
        {
            if (!(await writer.RunAsync<int>(actor, (deed, cancellation) => DeleteAsync(deed, removal, cancellation), cancellation)).Is(out var some, out refusal))
                return refusal;
            gone += some;
            if (some < BatchSize)
                return (removal.Id, gone);
        }
    }

    private static async Task<Result<SpamRemoval>> BeginAsync(Deed deed, string? handle, string why, CancellationToken cancellation)
    {
        var db = deed.Db;
        if (!(await deed.SubjectAsync(handle, cancellation)).Is(out var member, out var refusal))
            return refusal;
        if (await deed.CannotBeSanctionedAsync(member, cancellation) is { } mayNot)
            return mayNot;
        var begun = await db.SpamRemovals.SingleOrDefaultAsync(r => r.MemberId == member.Id && r.Undone == null && r.At > deed.Now - SpamRemoval.Restorable, cancellation);
        if (begun is null || !(member.SuspendedUntil > deed.Now))
            await deed.SanctionAsync(member, SanctionKind.Suspension, RemoveSpammer.Days, why, cancellation);
        if (begun is not null)
            return begun;
        var removal = new SpamRemoval { MemberId = member.Id, ById = deed.Actor.MemberId, At = deed.Now };
        db.SpamRemovals.Add(removal);
        deed.Audit("member.spam-removed", memberId: member.Id, note: why);
        await db.SaveChangesAsync(cancellation);
        return removal;
    }

    private static async Task<Result<int>> DeleteAsync(Deed deed, SpamRemoval removal, CancellationToken cancellation)
    {
        var db = deed.Db;
        var posts = await db.Posts.AsNoTracking().Where(p => p.AuthorId == removal.MemberId && p.Number > 0 && (p.Visibility == Visibility.Visible || p.Visibility == Visibility.Held))
            .OrderBy(p => p.Id).Take(BatchSize).Select(p => new { p.Id, p.Visibility }).ToListAsync(cancellation);
        foreach (var post in posts)
        {
            if ((await deed.ChangeSightAsync(post.Id, Visibility.Deleted, (_, rights) => rights.CannotSanction(), null, cancellation, tell: false)).Refusal is { } refusal)
                return refusal;
            if (!await db.SpamRemovalPosts.AnyAsync(p => p.RemovalId == removal.Id && p.PostId == post.Id, cancellation))
                db.SpamRemovalPosts.Add(new SpamRemovalPost { RemovalId = removal.Id, PostId = post.Id, Was = post.Visibility });
        }
        return posts.Count;
    }

    /// <summary>Brings a removed member back with all posts that nobody has touched since.</summary>
    public static async Task<Result<Done>> RestoreAsync(this ForumWriter writer, Actor actor, long removalId, CancellationToken cancellation)
    {
        for (long after = 0; ;)
        {
            if (!(await writer.RunAsync<long>(actor, (deed, cancellation) => RestoreAsync(deed, removalId, after, cancellation), cancellation)).Is(out var last, out var refusal))
                return refusal;
            if (last == 0)
                return new Done();
            after = last;
        }
    }

    /// <summary>The last post of this batch; 0 when all are done.</summary>
    private static async Task<Result<long>> RestoreAsync(Deed deed, long removalId, long after, CancellationToken cancellation)
    {
        var db = deed.Db;
        if ((await db.RightsOfAsync(deed.Actor, deed.Now, cancellation)).CannotSanction() is { } mayNot)
            return mayNot;
        if (await db.SpamRemovals.SingleOrDefaultAsync(r => r.Id == removalId, cancellation) is not { } removal)
            return Refusal.NotFound;
        if (removal.Undone is not null)
            return 0;
        if (removal.At <= deed.Now - SpamRemoval.Restorable)
            return Refusal.Forbidden("This is too long ago to be undone in one go. Bring single posts back where they stood.");
        // Topics before the replies in them.
        var posts = await db.SpamRemovalPosts.AsNoTracking().Where(p => p.RemovalId == removalId && p.PostId > after).OrderBy(p => p.PostId).Take(BatchSize)
            .Join(db.Posts, r => r.PostId, p => p.Id, (r, p) => new { r.PostId, r.Was, p.Visibility }).ToListAsync(cancellation);
        foreach (var post in posts.Where(p => p.Visibility == Visibility.Deleted))
        {
            if ((await deed.ChangeSightAsync(post.PostId, post.Was, (_, _) => null, null, cancellation, tell: false)).Refusal is { } refusal)
                return refusal;
            if (post.Was == Visibility.Held)
                db.HeldPosts.Add(new HeldPost { PostId = post.PostId, Reason = HeldReason.FirstPost, Since = deed.Now });
        }
        if (posts.Count == BatchSize)
            return posts[^1].PostId;
        removal.Undone = deed.Now;
        // The one that came with it, if it holds still: whoever is suspended for something else stays so.
        if (await db.Sanctions.Where(s => s.MemberId == removal.MemberId && s.Kind == SanctionKind.Suspension && s.At == removal.At && s.Lifted == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.Lifted, deed.Now), cancellation) > 0)
            await db.Users.Where(m => m.Id == removal.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.SuspendedUntil, (DateTime?)null), cancellation);
        deed.Audit("member.spam-restored", memberId: removal.MemberId);
        return 0;
    }
}
