using System.ComponentModel;
using System.Globalization;
using Forum.Search;
using Forum.Web.Host;

namespace Forum.Web.Api;

internal static class SearchApi
{
    public static void MapSearch(this RouteGroupBuilder api)
    {
        api.MapGet("/search", SearchAsync).WithTags("Search").WithSummary("Finds topics, the best answer first; no query is an error.").RequireRateLimiting(Limits.Searches).Gives<Listed<FoundShape>>(400);
        api.MapGet("/suggest", SuggestAsync).WithTags("Search").WithSummary("What somebody may be about to look for: topics, tags and members whose words begin so.").RequireRateLimiting(Limits.Typing).Gives<SuggestedShape>();
        api.MapGet("/similar", SimilarAsync).WithTags("Search").WithSummary("Topics that resemble a question, before it is asked.").RequireRateLimiting(Limits.Typing).Gives<Listed<SimilarShape>>(400);
    }

    private static async Task<IResult> SearchAsync(
        [Description("Words, \"phrases\", -word, user:, board:, tag:, is:solved|unsolved|unanswered, in:title, before: and after: a day.")] string? q,
        [Description("Slug of a board; those below it count too.")] string? board, [Description("Names of tags, set apart by commas; topics have all of them.")] string? tag, [Description("Handle of who wrote the post.")] string? author, bool? solved,
        [Description("Rows, 1 to 100; 20 when left out.")] int? size, [Description("From 1.")] int? page, [Description("Tell of each topic why it was found.")] bool? why,
        Viewer viewer, SearchQueries search, Shaping shape, CancellationToken cancellation)
    {
        if (!Asked.Size(size).Is(out var rows, out var refusal))
            return refusal.AsProblem();
        if (page < 1)
            return Refusal.Invalid("Pages are counted from 1.", "page").AsProblem();
        var found = await search.SearchAsync(viewer.Actor, new(q, board, tag, author, solved, Page: page ?? 1, Size: rows, Explained: why == true), cancellation);
        return Results.Ok(new Listed<FoundShape>([.. found.Items.Select(shape.Of)], found.Next?.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<IResult> SimilarAsync(
        [Description("The question's title; below 10 characters everything resembles it, and nothing is given.")] string? title, [Description("The question's first words.")] string? body,
        Viewer viewer, SimilarQuestions similar, Shaping shape, CancellationToken cancellation)
    {
        var topics = await similar.FindAsync(viewer.Actor, title ?? "", body, SimilarQuestions.MaxCount, cancellation);
        return Results.Ok(new Listed<SimilarShape>([.. topics.Select(shape.Of)], null));
    }

    private static async Task<IResult> SuggestAsync([Description("What was typed so far.")] string? q, Viewer viewer, Suggestions suggestions, Shaping shape, CancellationToken cancellation) =>
        Results.Ok(shape.Of(await suggestions.FindAsync(viewer.Actor, q, cancellation)));
}
