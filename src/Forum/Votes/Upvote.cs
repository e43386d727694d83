using Forum.Boards;
using Forum.Data;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Votes;

/// <summary>The score of a post and whether the actor's upvote is in it.</summary>
public sealed record VoteState(int Score, bool Voted);

/// <summary>Upvotes a post of somebody else. Doing it twice is doing it once.</summary>
public sealed class Upvote(ForumWriter writer, ForumOptions options)
{
    private static readonly TimeSpan day = TimeSpan.FromHours(24);

    public Task<Result<VoteState>> RunAsync(Actor actor, long postId, CancellationToken cancellation) =>
        writer.RunAsync<VoteState>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            var rights = await db.RightsOfAsync(actor, deed.Now, cancellation);
            if (!(await deed.VotableAsync(rights, postId, cancellation)).Is(out var post, out var refusal))
                return refusal;
            var voterId = rights.MemberId!.Value;
            if (post.AuthorId == voterId)
                return Refusal.Forbidden("You can't upvote your own post.");
            if (await db.Votes.AnyAsync(v => v.PostId == postId && v.MemberId == voterId, cancellation))
                return new VoteState(post.Score, true);
            if (options.Limits.Enabled && await TooManyAsync(deed, voterId, post.AuthorId, cancellation) is { } tooMany)
                return tooMany;

            return await deed.CastAsync(post, new Vote { PostId = postId, MemberId = voterId, Cast = deed.Now, Day = options.Site.DayOf(deed.Now) }, cancellation)
                ? new VoteState(post.Score + 1, true) : Refusal.Gone;
        }, cancellation);

    private async Task<Refusal?> TooManyAsync(Deed deed, long voterId, long authorId, CancellationToken cancellation)
    {
        var (since, limits) = (deed.Now - day, options.Limits);
        var recent = deed.Db.Votes.Where(v => v.MemberId == voterId && v.Cast > since).OrderByDescending(v => v.Cast);
        if (await WaitAsync(recent, limits.UpvotesPerDay) is { } until)
            return Refusal.TooMany(until, "You have cast {0} upvotes in 24 hours, which is all there are. Come back tomorrow.", limits.UpvotesPerDay);
        if (await WaitAsync(recent.Where(v => deed.Db.Posts.Any(p => p.Id == v.PostId && p.AuthorId == authorId)), limits.UpvotesPerDayForOneAuthor) is { } later)
            return Refusal.TooMany(later, "You have upvoted this member {0} times in 24 hours. Others write well, too: come back to this one tomorrow.", limits.UpvotesPerDayForOneAuthor);
        return null;

        // The limit is free again when the oldest of as many as it allows is a day old.
        async Task<TimeSpan?> WaitAsync(IQueryable<Vote> votes, int limit) =>
            await votes.Skip(limit - 1).Select(v => (DateTime?)v.Cast).FirstOrDefaultAsync(cancellation) is { } oldest ? oldest + day - deed.Now : null;
    }
}
