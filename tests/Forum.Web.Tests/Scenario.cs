using Forum.Boards;
using Forum.Members;
using Forum.Topics;
using Forum.Votes;
using Forum.Solutions;

namespace Forum.Web.Tests;

/// <summary>A forum whose use cases are at hand.</summary>
public interface IEngine
{
    /// <summary>A service of the engine, such as a use case.</summary>
    T Get<T>() where T : notnull;
}

/// <summary>Short ways to set a scene through the use cases themselves.</summary>
public static class Scenario
{
    public const string Question = "How do I hand a project over to another agency?";
    public const string Body = "I would like to hand a running project over to another agency without losing its history.";

    public static async Task<Board> BoardAsync(this IEngine forum, string slug, BoardKind kind = BoardKind.Questions, ReadAccess? read = null, string? parent = null) =>
        (await forum.Get<CreateBoard>().RunAsync(Actor.Operator, new(slug, $"Board {slug}", kind, parent, read, $"All about {slug}."), default)).Required;

    /// <summary>A member whose password is <see cref="WebForum.Password"/>.</summary>
    public static async Task<Member> MemberAsync(this IEngine forum, string name = "Ines Rosa", SiteRole role = SiteRole.None)
    {
        var member = (await forum.Get<CreateMember>().RunAsync(Actor.Operator, new(name, null, $"{Guid.NewGuid():N}@example.org", WebForum.Password), default)).Required;
        if (role != SiteRole.None)
            _ = (await forum.Get<GrantRole>().RunAsync(Actor.Operator, member.Handle, role, null, default)).Required;
        return member;
    }

    public static Actor AsActor(this Member member) => Actor.Member(member.Id);

    public static async Task<PostedPost> AskAsync(this IEngine forum, Member asker, string board, string title = Question, string body = Body, params string[] tags) =>
        (await forum.Get<AskQuestion>().RunAsync(asker.AsActor(), new(board, title, body, tags, null), default)).Required;

    public static async Task<PostedPost> ReplyAsync(this IEngine forum, Member author, PostedPost topic, string body = "Choose Transfer and invite the other owner.", long? replyTo = null) =>
        (await forum.Get<PostReply>().RunAsync(author.AsActor(), new(topic.TopicId, body, replyTo, null), default)).Required;

    public static async Task UpvoteAsync(this IEngine forum, Member voter, PostedPost post) =>
        _ = (await forum.Get<Upvote>().RunAsync(voter.AsActor(), post.PostId, default)).Required;

    public static async Task AcceptAsync(this IEngine forum, Member member, PostedPost reply) =>
        _ = (await forum.Get<AcceptSolution>().RunAsync(member.AsActor(), reply.TopicId, reply.PostId, default)).Required;
}
