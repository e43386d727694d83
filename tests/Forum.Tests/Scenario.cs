using Forum.Boards;
using Forum.Members;
using Forum.Moderation;
using Forum.Solutions;
using Forum.Topics;
using Forum.Votes;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests;

/// <summary>Short ways to set a scene through the use cases themselves.</summary>
public static class Scenario
{
    public const string Password = "four words are enough";
    public const string Question = "How do I hand a project over to another agency?";
    public const string Body = "I would like to hand a running project over to another agency without losing its history.";

    public static async Task<Board> BoardAsync(this TestForum forum, string slug = "help", BoardKind kind = BoardKind.Questions, ReadAccess read = ReadAccess.Everyone) =>
        (await forum.Get<CreateBoard>().RunAsync(Actor.Operator, new(slug, slug, kind, Read: read), default)).Required;

    public static async Task<Actor> MemberAsync(this TestForum forum, string name = "Ines Rosa", SiteRole role = SiteRole.None)
    {
        var member = (await forum.Get<CreateMember>().RunAsync(Actor.Operator, new(name, null, $"{Guid.NewGuid():N}@example.org", null), default)).Required;
        if (role != SiteRole.None)
            _ = (await forum.Get<GrantRole>().RunAsync(Actor.Operator, member.Handle, role, null, default)).Required;
        return Actor.Member(member.Id);
    }

    /// <summary>Asks with these tags; staff make before what the asker may not make.</summary>
    public static async Task<PostedPost> AskAsync(this TestForum forum, Actor asker, string board = "help", string title = Question, string body = Body, params string[] tags)
    {
        if ((await forum.MemberRowAsync(asker)).Trust < Rights.TaggingTrust)
            await forum.TagsAsync(tags);
        return (await forum.Get<AskQuestion>().RunAsync(asker, new(board, title, body, tags, null), default)).Required;
    }

    /// <summary>Tags that everybody may use; those that are there stay as they are.</summary>
    public static async Task TagsAsync(this TestForum forum, params string[] names)
    {
        foreach (var name in names)
            _ = await forum.Get<CreateTag>().RunAsync(Actor.Operator, name, null, default);
    }

    public static async Task<PostedPost> ReplyAsync(this TestForum forum, Actor author, long topicId, string body = "Choose Transfer and invite the other owner.", long? replyTo = null) =>
        (await forum.Get<PostReply>().RunAsync(author, new(topicId, body, replyTo, null), default)).Required;

    public static async Task<Topic> TopicAsync(this TestForum forum, long id)
    {
        await using var db = forum.Db();
        return await db.Topics.AsNoTracking().SingleAsync(t => t.Id == id);
    }

    public static async Task<Post> PostAsync(this TestForum forum, long id)
    {
        await using var db = forum.Db();
        return await db.Posts.AsNoTracking().SingleAsync(p => p.Id == id);
    }

    public static async Task<Member> MemberRowAsync(this TestForum forum, Actor actor)
    {
        await using var db = forum.Db();
        return await db.Users.AsNoTracking().SingleAsync(m => m.Id == actor.MemberId);
    }

    public static Task<Result<VoteState>> UpvoteAsync(this TestForum forum, Actor voter, long postId) => forum.Get<Upvote>().RunAsync(voter, postId, default);

    public static Task<Result<Done>> AcceptAsync(this TestForum forum, Actor actor, PostedPost reply) =>
        forum.Get<AcceptSolution>().RunAsync(actor, reply.TopicId, reply.PostId, default);

    public static Task<Result<Done>> UnmarkAsync(this TestForum forum, Actor actor, PostedPost reply) =>
        forum.Get<UnmarkSolution>().RunAsync(actor, reply.TopicId, reply.PostId, null, default);

    public static async Task<Solution?> SolutionAsync(this TestForum forum, long topicId)
    {
        await using var db = forum.Db();
        return await db.Solutions.AsNoTracking().SingleOrDefaultAsync(s => s.TopicId == topicId);
    }

    public static async Task<Board> BoardRowAsync(this TestForum forum, string slug = "help")
    {
        await using var db = forum.Db();
        return await db.Boards.AsNoTracking().SingleAsync(b => b.Slug == slug);
    }

    public static async Task<Actor> BoardModeratorAsync(this TestForum forum, string board)
    {
        var moderator = await forum.MemberAsync("Berta Brett");
        _ = (await forum.Get<GrantRole>().RunAsync(Actor.Operator, (await forum.MemberRowAsync(moderator)).Handle, SiteRole.Moderator, board, default)).Required;
        return moderator;
    }

    public static async Task<Actor> TrustedAsync(this TestForum forum, byte trust)
    {
        var member = await forum.MemberAsync("Vera Trau");
        await using var db = forum.Db();
        await db.Users.Where(m => m.Id == member.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.Trust, trust));
        return member;
    }

    public static async Task SuspendAsync(this TestForum forum, Actor member, TimeSpan time)
    {
        var until = forum.Clock.GetUtcNow().UtcDateTime + time;
        await using var db = forum.Db();
        await db.Users.Where(m => m.Id == member.MemberId).ExecuteUpdateAsync(set => set.SetProperty(m => m.SuspendedUntil, until));
    }

    public static async Task CloseAsync(this TestForum forum, long topicId)
    {
        await using var db = forum.Db();
        db.Closures.Add(new Closure { TopicId = topicId, Reason = ClosureReason.NoLongerRelevant, Closed = forum.Clock.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync();
    }

    /// <summary>The points of a member as the ledger has them, line by line.</summary>
    public static async Task<IReadOnlyList<int>> LedgerAsync(this TestForum forum, Actor member)
    {
        await using var db = forum.Db();
        return await db.PointEntries.Where(e => e.MemberId == member.MemberId).OrderBy(e => e.Id).Select(e => e.Delta).ToListAsync();
    }
}
