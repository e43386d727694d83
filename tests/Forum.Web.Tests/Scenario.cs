using Forum.Boards;
using Forum.Members;
using Forum.Topics;
using Forum.Votes;
using Forum.Solutions;
using Microsoft.EntityFrameworkCore;

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

    /// <summary>A member of that trust.</summary>
    public static async Task<Member> TrustedAsync(this WebForum forum, byte trust)
    {
        var member = await forum.MemberAsync("Tara Trust");
        await using var db = forum.Db();
        await db.Users.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Trust, trust));
        return await db.Users.AsNoTracking().SingleAsync(m => m.Id == member.Id);
    }

    public static Actor AsActor(this Member member) => Actor.Member(member.Id);

    /// <summary>Asks with these tags; staff make before what the asker may not make.</summary>
    public static async Task<PostedPost> AskAsync(this IEngine forum, Member asker, string board, string title = Question, string body = Body, params string[] tags)
    {
        if (asker.Trust < Rights.TaggingTrust)
            await forum.TagsAsync(tags);
        return (await forum.Get<AskQuestion>().RunAsync(asker.AsActor(), new(board, title, body, tags, null), default)).Required;
    }

    /// <summary>Tags that everybody may use; those that are there stay as they are.</summary>
    public static async Task TagsAsync(this IEngine forum, params string[] names)
    {
        foreach (var name in names)
            _ = await forum.Get<CreateTag>().RunAsync(Actor.Operator, name, null, default);
    }

    public static async Task<PostedPost> ReplyAsync(this IEngine forum, Member author, PostedPost topic, string body = "Choose Transfer and invite the other owner.", long? replyTo = null) =>
        (await forum.Get<PostReply>().RunAsync(author.AsActor(), new(topic.TopicId, body, replyTo, null), default)).Required;

    public static async Task UpvoteAsync(this IEngine forum, Member voter, PostedPost post) =>
        _ = (await forum.Get<Upvote>().RunAsync(voter.AsActor(), post.PostId, default)).Required;

    public static async Task AcceptAsync(this IEngine forum, Member member, PostedPost reply) =>
        _ = (await forum.Get<AcceptSolution>().RunAsync(member.AsActor(), reply.TopicId, reply.PostId, default)).Required;
}
