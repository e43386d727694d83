using Forum.Boards;
using Forum.Data;
using Forum.Members;
using Forum.Outbox;
using Forum.Solutions;
using Forum.Topics;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>
/// Says that a post is somebody else's: points, upvotes of leaderboards and counts go along, and the new author's own upvote of it is gone. A solution, and the
/// question of a solved topic, stay until the mark is taken off: it credits whom it was given to.
/// </summary>
public sealed class ChangeAuthor(ForumWriter writer)
{
    /// <param name="handle">Of the member whose post it is from now on.</param>
    /// <param name="reason">Why; in at most <see cref="AuditEntry.MaxNoteLength"/> characters, and needed.</param>
    public Task<Result<Done>> RunAsync(Actor actor, long postId, string? handle, string? reason, CancellationToken cancellation)
    {
        if (!AuditEntry.ReadNote(reason).Is(out var note, out var refusal) || note is null)
            return Task.FromResult<Result<Done>>(refusal ?? Refusal.Invalid("Please say why.", "Reason"));
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            await deed.RaiseVersionAsync(await db.Posts.Where(p => p.Id == postId).Select(p => p.TopicId).SingleOrDefaultAsync(cancellation), cancellation);
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            var post = await db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).Include(p => p.Author).SingleOrDefaultAsync(p => p.Id == postId, cancellation);
            if (post is null)
                return Refusal.NotFound;
            if (post.CannotBeRestoredBy(rights) is { } mayNot)
                return mayNot;
            // Whose words they are concerns the whole site, and who may say so was chosen for it.
            if (rights.CannotSanction() is { } foreign)
                return foreign;
            if (await db.OfHandle(Handle(handle)).SingleOrDefaultAsync(cancellation) is not { } author)
                return Refusal.Invalid("There is no member with the handle \"{0}\".", "Handle", Handle(handle));
            if (author.Id == post.AuthorId)
                return new Done();
            if (post.Number == 1 && post.Topic.Solved || await db.Solutions.AnyAsync(s => s.PostId == postId, cancellation))
                return Refusal.Invalid("Take the mark of the solution off first: it credits whom it was given to.", "Handle");
            await HandOverAsync(deed, post, author.Id, cancellation);
            deed.Audit("post.author-changed", post.TopicId, postId, author.Id, note, before: post.Author.UserName, after: author.UserName);
            deed.Tell(new AuthorChanged(post.TopicId, post.Topic.BoardId, postId, post.AuthorId, author.Id));
            return new Done();
        }, cancellation);
    }

    private static string Handle(string? handle) => Typed.Line(handle).TrimStart('@');

    private static async Task HandOverAsync(Deed deed, Post post, long toId, CancellationToken cancellation)
    {
        var db = deed.Db;
        await deed.TakeBackUpvotesAsync(post.Id, [toId], cancellation);
        // What the ledger took back just now must be there to be seen, or it would be taken back twice.
        await db.SaveChangesAsync(cancellation);
        var seen = post.Visibility == Visibility.Visible;
        if (seen)
            await deed.CountForAuthorAsync(post, post.AuthorId, visible: false, cancellation);
        await db.Posts.Where(p => p.Id == post.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.AuthorId, toId), cancellation);
        if (post.Number == 1)
        {
            await db.Topics.Where(t => t.Id == post.TopicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.AuthorId, toId), cancellation);
            if (await db.MeToos.Where(m => m.TopicId == post.TopicId && m.MemberId == toId).ExecuteDeleteAsync(cancellation) > 0)
                await db.Topics.Where(t => t.Id == post.TopicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.MeToos, t => t.MeToos - 1), cancellation);
        }
        if (seen)
            await deed.CountForAuthorAsync(post, toId, visible: true, cancellation);
        var last = await db.Posts.Where(p => p.TopicId == post.TopicId && (p.Visibility == Visibility.Visible || p.Number == 1)).OrderByDescending(p => p.Number).Select(p => p.AuthorId).FirstAsync(cancellation);
        await db.Topics.Where(t => t.Id == post.TopicId).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastPosterId, last), cancellation);
    }
}
