using Forum.Boards;
using Forum.Members;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Tests;

/// <summary>Short ways to set a scene through the use cases themselves.</summary>
public static class Scenario
{
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

    public static async Task<PostedPost> AskAsync(this TestForum forum, Actor asker, string board = "help", string title = Question, string body = Body, params string[] tags) =>
        (await forum.Get<AskQuestion>().RunAsync(asker, new(board, title, body, tags, null), default)).Required;

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
}
