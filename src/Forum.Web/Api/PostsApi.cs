using System.ComponentModel;
using Forum.Moderation;
using Forum.Topics;
using Forum.Web.Host;

namespace Forum.Web.Api;

internal static class PostsApi
{
    public static void MapPosts(this RouteGroupBuilder api)
    {
        var posts = api.MapGroup("/posts/{id}").WithTags("Posts");
        posts.MapGet("", GetAsync).WithSummary("A post.").Gives<PostShape>(400, 404, 410);
        posts.MapPut("", EditAsync).WithSummary("Changes what a post says. When somebody changed it meanwhile, the answer is 409 with both texts in current and yours.")
            .Gives<PostShape>(404, 409, 410);
        posts.MapDelete("", DeleteAsync).WithSummary("Deletes a post; deleting the first one deletes its topic.").GivesNothing(400, 404, 410);
        posts.MapPost("/flags", FlagAsync).WithSummary("Reports a post to its moderators. Doing it twice is doing it once.").GivesNothing(400, 404, 410);
        posts.MapGet("/history", HistoryAsync).WithSummary("What a post says and said before, newest version first.").Gives<Listed<RevisionShape>>(400, 404, 410);
    }

    private static async Task<IResult> HistoryAsync(
        long id, [Description("The next of the page before: the number of its last version.")] string? after, [Description("Rows, 1 to 100; 20 when left out.")] int? size,
        Viewer viewer, RevisionQueries revisions, Shaping shape, CancellationToken cancellation)
    {
        if (!Asked.AfterNumber(after).Is(out var version, out var refusal) || !Asked.Size(size).Is(out var rows, out refusal)
            || !(await revisions.VersionsAsync(await viewer.RightsAsync(), id, version == 0 ? null : version, rows, cancellation)).Is(out var page, out refusal))
            return refusal.AsProblem();
        return Results.Ok(new Listed<RevisionShape>([.. page.Items.Select(shape.Of)], page.Next));
    }

    private static async Task<IResult> GetAsync(long id, Viewer viewer, TopicQueries topics, Shaping shape, CancellationToken cancellation) =>
        (await topics.PostAsync(await viewer.RightsAsync(), id, cancellation)).Is(out var post, out var refusal) ? Results.Ok(shape.Of(post)) : refusal.AsProblem();

    private static async Task<IResult> EditAsync(long id, Body<EditToSave> body, Viewer viewer, EditPost edit, TopicQueries topics, Shaping shape, CancellationToken cancellation)
    {
        if (!body.Is(out var text, out var problem))
            return problem;
        if (text.Version == 0)
            return Refusal.Invalid("Please send the version that your edit started from.", "version").AsProblem();
        if (!(await edit.RunAsync(viewer.Actor, new(id, text.Version, text.Markdown, Reason: text.Reason), cancellation)).Is(out _, out var refusal))
            return refusal.AsProblem(new EditedText(text.Version, text.Markdown, null, null));
        return await GetAsync(id, viewer, topics, shape, cancellation);
    }

    private static async Task<IResult> FlagAsync(long id, Body<FlagToRaise> body, Viewer viewer, FlagPost flag, CancellationToken cancellation) =>
        !body.Is(out var said, out var problem) ? problem
        : Asked.OneOf(said.Reason, (FlagReason)byte.MaxValue, "reason").Is(out var reason, out var refusal) && (await flag.RunAsync(viewer.Actor, new(id, reason, said.Note), cancellation)).Is(out _, out refusal)
            ? Results.NoContent() : refusal.AsProblem();

    private static async Task<IResult> DeleteAsync(long id, Viewer viewer, DeletePost delete, CancellationToken cancellation) =>
        (await delete.RunAsync(viewer.Actor, id, cancellation)).Is(out _, out var refusal) ? Results.NoContent() : refusal.AsProblem();
}
