using System.ComponentModel;
using Forum.Boards;
using Forum.Moderation;
using Forum.Topics;
using Forum.Web.Host;
using Microsoft.AspNetCore.Mvc;

namespace Forum.Web.Api;

internal static class TopicsApi
{
    public static void MapTopics(this RouteGroupBuilder api)
    {
        var topics = api.MapGroup("/topics").WithTags("Topics");
        topics.MapGet("", ListAsync).WithSummary("Topics, newest activity first, or in the order of the filter.").Gives<Listed<TopicShape>>(400, 404);
        topics.MapPost("", AskAsync).WithSummary("Begins a topic: a question on a question board.").Makes<TopicShape>();
        topics.MapGet("/{id}", GetAsync).WithSummary("A topic.").Gives<TopicShape>(400, 404, 410);
        topics.MapGet("/{id}/posts", PostsAsync).WithSummary("The posts of a topic in their order; the first one is the question.").Gives<Listed<PostShape>>(400, 404, 410);
        topics.MapPut("/{id}", ArrangeAsync).WithSummary("Renames a topic, changes its tags or moves it to another board.").Gives<TopicShape>(404, 409, 410);
        topics.MapPut("/{id}/closure", CloseAsync).WithSummary("Closes a topic: it stays to be read and takes no more replies.").Gives<TopicShape>(404, 410);
        topics.MapDelete("/{id}/closure", ReopenAsync).WithSummary("Opens a closed topic again.").Gives<TopicShape>(400, 404, 410);
        topics.MapPost("/{id}/posts", ReplyAsync).WithSummary("Replies to a topic.").Makes<PostShape>(404, 410);
    }

    private static async Task<IResult> ListAsync(
        [Description("Slug of a board.")] string? board, [Description("latest, hot, unanswered, unsolved, solved or top.")] string? filter, string? tag,
        [Description("The next of the page before.")] string? after, [Description("Rows, 1 to 100; 20 when left out.")] int? size,
        Viewer viewer, BoardQueries boards, TopicListQueries topics, Shaping shape, CancellationToken cancellation)
    {
        if (!Asked.OneOf(filter, TopicFilter.Latest, "filter").Is(out var which, out var refusal) || !Asked.After(after).Is(out _, out refusal) || !Asked.Size(size).Is(out var rows, out refusal))
            return refusal.AsProblem();
        var rights = await viewer.RightsAsync();
        BoardView? on = null;
        if (!string.IsNullOrEmpty(board) && !(await boards.FindAsync(rights, board, cancellation)).Is(out on, out refusal))
            return refusal.AsProblem();
        var name = string.IsNullOrWhiteSpace(tag) ? null : tag.Trim().ToLowerInvariant();
        var page = await topics.ListAsync(rights, new(which, on?.Board.Id, name, After: after, Size: rows), cancellation);
        return Results.Ok(new Listed<TopicShape>([.. page.Items.Select(shape.Of)], page.Next));
    }

    private static async Task<IResult> AskAsync(
        Body<TopicToAsk> body, [FromHeader(Name = IdempotencyKey.Header), Description(IdempotencyKey.Says)] string? key,
        Viewer viewer, AskQuestion ask, TopicListQueries topics, Shaping shape, CancellationToken cancellation)
    {
        if (!body.Is(out var topic, out var problem))
            return problem;
        if (!(await ask.RunAsync(viewer.Actor, new(topic.Board, topic.Title, topic.Markdown, topic.Tags ?? [], IdempotencyKey.For("topics", key)), cancellation)).Is(out var posted, out var refusal))
            return refusal.AsProblem();
        var row = (await topics.RowsAsync([posted.TopicId], cancellation))[0];
        return Results.Created(shape.Absolute($"{ApiSurface.Path}/topics/{posted.TopicId}"), shape.Of(row));
    }

    private static async Task<IResult> GetAsync(long id, Viewer viewer, TopicQueries topics, TopicListQueries lists, Shaping shape, CancellationToken cancellation) =>
        (await topics.FindAsync(await viewer.RightsAsync(), id, cancellation)).Is(out _, out var refusal)
            ? Results.Ok(shape.Of((await lists.RowsAsync([id], cancellation))[0]))
            : refusal.AsProblem();

    private static async Task<IResult> ArrangeAsync(long id, Body<TopicToArrange> body, Viewer viewer, ArrangeTopic arrange, TopicListQueries topics, Shaping shape, CancellationToken cancellation) =>
        !body.Is(out var order, out var problem) ? problem
        : (await arrange.RunAsync(viewer.Actor, new(id, order.Title, order.Tags, order.Board, Reason: order.Reason), cancellation)).Is(out _, out var refusal)
            ? Results.Ok(shape.Of((await topics.RowsAsync([id], cancellation))[0])) : refusal.AsProblem();

    private static async Task<IResult> CloseAsync(long id, Body<ClosureToMake> body, Viewer viewer, CloseTopic close, TopicListQueries topics, Shaping shape, CancellationToken cancellation) =>
        !body.Is(out var ending, out var problem) ? problem
        : !Asked.OneOf(ending.Reason, (ClosureReason)byte.MaxValue, "reason").Is(out var reason, out var refusal) ? refusal.AsProblem()
        : await AnswerAsync(await close.RunAsync(viewer.Actor, new(id, reason, ending.DuplicateOf, ending.Note, ending.Hours), cancellation), id, topics, shape, cancellation);

    private static async Task<IResult> ReopenAsync(long id, Viewer viewer, ReopenTopic reopen, TopicListQueries topics, Shaping shape, CancellationToken cancellation) =>
        await AnswerAsync(await reopen.RunAsync(viewer.Actor, id, cancellation), id, topics, shape, cancellation);

    /// <summary>The topic as it is after a deed.</summary>
    internal static async Task<IResult> AnswerAsync(Result<Done> result, long id, TopicListQueries topics, Shaping shape, CancellationToken cancellation) =>
        result.Is(out _, out var refusal) ? Results.Ok(shape.Of((await topics.RowsAsync([id], cancellation))[0])) : refusal.AsProblem();

    private static async Task<IResult> PostsAsync(
        long id, [Description("The next of the page before: the number of its last post.")] string? after, [Description("Rows, 1 to 100; 20 when left out.")] int? size,
        Viewer viewer, TopicQueries topics, Shaping shape, CancellationToken cancellation)
    {
        if (!Asked.AfterNumber(after).Is(out var number, out var refusal) || !Asked.Size(size).Is(out var rows, out refusal))
            return refusal.AsProblem();
        var rights = await viewer.RightsAsync();
        if (!(await topics.FindAsync(rights, id, cancellation)).Is(out _, out refusal))
            return refusal.AsProblem();
        var page = await topics.PostsAsync(rights, id, number, rows, cancellation);
        return Results.Ok(new Listed<PostShape>([.. page.Items.Select(shape.Of)], page.Next));
    }

    private static async Task<IResult> ReplyAsync(
        long id, Body<ReplyToPost> body, [FromHeader(Name = IdempotencyKey.Header), Description(IdempotencyKey.Says)] string? key,
        Viewer viewer, PostReply reply, TopicQueries topics, Shaping shape, CancellationToken cancellation)
    {
        if (!body.Is(out var post, out var problem))
            return problem;
        if (!(await reply.RunAsync(viewer.Actor, new(id, post.Markdown, post.ReplyTo, IdempotencyKey.For($"topics/{id}", key)), cancellation)).Is(out var posted, out var refusal)
            || !(await topics.PostAsync(await viewer.RightsAsync(), posted.PostId, cancellation)).Is(out var view, out refusal))
            return refusal.AsProblem();
        return Results.Created(shape.Absolute($"{ApiSurface.Path}/posts/{posted.PostId}"), shape.Of(view));
    }
}

/// <summary>The client's own key of a submission: the same key at the same address finds the post it already made.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const string Says = "A key of your own that makes a retry harmless: the same key gives the same post.";

    public static string? For(string address, string? key) => string.IsNullOrEmpty(key) ? null : $"{ApiSurface.Path}/{address} {key}";
}
