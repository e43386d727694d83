using Forum.Boards;
using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Forum.Topics;

/// <summary>Opens a post to the edits of every member of <see cref="EditRules.TrustOfWikis"/>. Doing it twice is doing it once.</summary>
public sealed class MakeWiki(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long postId, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, (deed, cancellation) => deed.SetWikiAsync(postId, true, cancellation), cancellation);
}

/// <summary>Leaves a post to its author again; what others wrote in it stays.</summary>
public sealed class UnmakeWiki(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long postId, CancellationToken cancellation) =>
        writer.RunAsync<Done>(actor, (deed, cancellation) => deed.SetWikiAsync(postId, false, cancellation), cancellation);
}

internal static class WikiDeeds
{
    public static async Task<Result<Done>> SetWikiAsync(this Deed deed, long postId, bool wanted, CancellationToken cancellation)
    {
        var rights = await deed.Db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        var post = await deed.Db.Posts.AsNoTracking().Include(p => p.Topic).ThenInclude(t => t.Board).SingleOrDefaultAsync(p => p.Id == postId, cancellation);
        if (post is null)
            return Refusal.NotFound;
        if (post.CannotBeMadeWikiBy(rights, wanted) is { } refusal)
            return refusal;
        if (await deed.Db.Posts.Where(p => p.Id == postId && p.Wiki != wanted).ExecuteUpdateAsync(set => set.SetProperty(p => p.Wiki, wanted), cancellation) == 0)
            return new Done();
        deed.Audit(wanted ? "wiki.made" : "wiki.unmade", post.TopicId, postId, post.AuthorId);
        deed.Tell(new WikiChanged(post.TopicId, post.Topic.BoardId, postId));
        return new Done();
    }
}
