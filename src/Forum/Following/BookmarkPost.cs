using Forum.Boards;
using Forum.Data;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Following;

/// <summary>Keeps a post at hand for its reader. Doing it twice is doing it once.</summary>
public sealed class BookmarkPost(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long postId, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            var rights = await deed.Db.RightsOfAsync(actor, deed.Now, cancellation);
            if (rights.MemberId is not { } memberId)
                return Refusal.SignInFirst;
            var post = await deed.Db.Posts.AsNoTracking().Include(p => p.Topic.Board).SingleOrDefaultAsync(p => p.Id == postId, cancellation);
            if (post is null)
                return Refusal.NotFound;
            if (post.Topic.CannotBeReadBy(rights, post.Visibility, post.Number) is { } unseen)
                return unseen;
            if (!await deed.Db.Bookmarks.AnyAsync(b => b.MemberId == memberId && b.PostId == postId, cancellation))
                deed.Db.Bookmarks.Add(new Bookmark { MemberId = memberId, PostId = postId, Created = deed.Now });
            return new Done();
        }, cancellation);
}

/// <summary>No longer keeps a post at hand, be it in sight or not.</summary>
public sealed class RemoveBookmark(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long postId, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if ((await deed.Db.RightsOfAsync(actor, deed.Now, cancellation)).MemberId is not { } memberId)
                return Refusal.SignInFirst;
            await deed.Db.Bookmarks.Where(b => b.MemberId == memberId && b.PostId == postId).ExecuteDeleteAsync(cancellation);
            return new Done();
        }, cancellation);
}
