using Forum.Boards;
using Forum.Data;
using Microsoft.EntityFrameworkCore;

namespace Forum.Moderation;

/// <summary>A moderator of the site says a word to a member, about one of their posts or in general; the member can answer it.</summary>
public sealed class TalkToMember(ForumWriter writer)
{
    /// <param name="postId">A post of the member that it is about; null in general.</param>
    /// <param name="text">At most <see cref="TalkWord.MaxTextLength"/> characters.</param>
    /// <returns>The talk.</returns>
    public Task<Result<long>> RunAsync(Actor actor, string? handle, long? postId, string? text, CancellationToken cancellation)
    {
        if (!Talking.ReadText(text).Is(out var said, out var wrong))
            return Task.FromResult<Result<long>>(wrong);
        return writer.RunAsync<long>(actor, async (deed, cancellation) =>
        {
            var db = deed.Db;
            if (!(await deed.SubjectAsync(handle, cancellation)).Is(out var member, out var refusal))
                return refusal;
            if (member.Id == actor.MemberId)
                return Refusal.Invalid("This is you.", "Text");
            var post = postId is null ? null : await db.Posts.AsNoTracking().SingleOrDefaultAsync(p => p.Id == postId && p.AuthorId == member.Id, cancellation);
            if (postId is not null && post is null)
                return Refusal.Invalid("There is no such post of this member.", "Text");
            var talk = post is null ? null : await db.Talks.FirstOrDefaultAsync(t => t.MemberId == member.Id && t.PostId == post.Id, cancellation);
            if (talk is null)
                db.Talks.Add(talk = new() { MemberId = member.Id, PostId = post?.Id, Quote = post is null ? null : Telling.Quoted(post.Text), LastAt = deed.Now });
            deed.Say(talk, said, byStaff: true);
            deed.Audit("member.told", post?.TopicId, post?.Id, member.Id);
            await db.SaveChangesAsync(cancellation);
            return talk.Id;
        }, cancellation);
    }
}

/// <summary>The next word in a talk, of the member or of staff. Members may answer whatever their account may do otherwise: it is the way to appeal.</summary>
public sealed class AnswerTalk(ForumWriter writer)
{
    /// <summary>So many words of a member in a row; then it is for staff to answer.</summary>
    public const int MostInARow = 3;

    /// <param name="text">At most <see cref="TalkWord.MaxTextLength"/> characters.</param>
    public Task<Result<Done>> RunAsync(Actor actor, long talkId, string? text, CancellationToken cancellation)
    {
        if (!Talking.ReadText(text).Is(out var said, out var wrong))
            return Task.FromResult<Result<Done>>(wrong);
        return writer.RunAsync<Done>(actor, async (deed, cancellation) =>
        {
            if (!(await deed.TalkAsync(talkId, cancellation)).Is(out var found, out var refusal))
                return refusal;
            var (talk, asStaff) = found;
            if (!asStaff)
            {
                var last = await deed.Db.TalkWords.Where(w => w.TalkId == talkId).OrderByDescending(w => w.Id).Take(MostInARow).Select(w => w.ByStaff).ToListAsync(cancellation);
                if (last.Count == MostInARow && last.TrueForAll(byStaff => !byStaff))
                    return Refusal.Forbidden("Your words have arrived. A moderator answers them; please wait.");
            }
            deed.Say(talk, said, asStaff);
            if (asStaff)
                deed.Audit("member.told", memberId: talk.MemberId, postId: talk.PostId);
            return new Done();
        }, cancellation);
    }
}

/// <summary>The member has seen what staff said; or staff say that a member's word needs no answer.</summary>
public sealed class SettleTalk(ForumWriter writer)
{
    public Task<Result<Done>> RunAsync(Actor actor, long talkId, CancellationToken cancellation) => writer.RunAsync<Done>(actor, async (deed, cancellation) =>
    {
        if (!(await deed.TalkAsync(talkId, cancellation)).Is(out var found, out var refusal))
            return refusal;
        if (found.AsStaff)
            found.Talk.Waits = false;
        else
            found.Talk.Unread = false;
        return new Done();
    }, cancellation);
}

internal static class Talking
{
    public static Result<string> ReadText(string? text) =>
        Typed.Text(text).Trim() is var said && said.Length is 0 or > TalkWord.MaxTextLength ? Refusal.Invalid("Please write at most {0} characters.", "Text", TalkWord.MaxTextLength) : said;

    /// <summary>The talk, for its member, for moderators of the site, and about a post for those of its board; nobody judges what they complain about themselves.</summary>
    public static async Task<Result<(Talk Talk, bool AsStaff)>> TalkAsync(this Deed deed, long talkId, CancellationToken cancellation)
    {
        var db = deed.Db;
        var rights = await db.RightsOfAsync(deed.Actor, deed.Now, cancellation);
        if (rights.MemberId is not { } me)
            return Refusal.SignInFirst;
        if (await db.Talks.Of(rights).SingleOrDefaultAsync(t => t.Id == talkId, cancellation) is { } talk)
            return rights.CannotWrite() is { } refusal ? refusal : (talk, true);
        return await db.Talks.SingleOrDefaultAsync(t => t.Id == talkId && t.MemberId == me, cancellation) is { } own ? (own, false) : Refusal.NotFound;
    }

    /// <summary>The talks that these rights let be led for the staff: not one's own.</summary>
    public static IQueryable<Talk> Of(this IQueryable<Talk> talks, Rights rights)
    {
        var (me, boards) = (rights.MemberId, rights.ModeratedBoards);
        return rights.Moderates(0) ? talks.Where(t => t.MemberId != me) : talks.Where(t => t.MemberId != me && t.Post != null && boards.Contains(t.Post.Topic.BoardId));
    }

    public static void Say(this Deed deed, Talk talk, string text, bool byStaff)
    {
        talk.Words.Add(new() { ById = deed.Actor.MemberId, ByStaff = byStaff, At = deed.Now, Text = text });
        talk.LastAt = deed.Now;
        (talk.Waits, talk.Unread) = (!byStaff, byStaff);
    }
}
