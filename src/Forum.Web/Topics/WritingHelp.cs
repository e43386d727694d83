using Forum.Members;
using Forum.Search;
using Forum.Topics;
using Forum.Web.Host;
using Forum.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Forum.Web.Topics;

/// <summary>What the composer asks for while somebody writes. For scripts of these pages alone: by cookie, with the antiforgery header.</summary>
public static class WritingHelp
{
    /// <summary>Suggestions of members and tags: more are not read while typing.</summary>
    private const int SuggestionCount = 6;

    /// <summary>Similar questions while asking (rules of writing).</summary>
    private const int SimilarCount = 5;

    /// <param name="Place">Where it is written, as drafts name it.</param>
    /// <param name="Board">The board chosen for a new topic.</param>
    /// <param name="Answers">To the fields of that board's form, as drafts keep them.</param>
    public sealed record TextAsked(string? Markdown, string? Place = null, string? Board = null, string? Answers = null);

    public sealed record SimilarAsked(string? Title, string? Markdown);

    public static void MapWritingHelp(this WebApplication app)
    {
        var help = app.MapGroup("/x").AllowAnonymous();
        help.MapPost("/preview", PreviewAsync);
        help.MapPost("/draft", DraftAsync).RequireRateLimiting(Limits.Drafts);
        help.MapPost("/similar", SimilarAsync);
        help.MapGet("/mentions", MentionsAsync);
        help.MapGet("/tags", TagsAsync);
        app.MapPost("/drafts/{place}/discard", async (string place, Viewer viewer, DiscardDraft discard, CancellationToken cancellation) =>
            (await discard.RunAsync(viewer.Actor, place, cancellation)).BackTo("/drafts")).RequireAuthorization();
    }

    private static async Task<IResult> PreviewAsync(
        TextAsked asked, Viewer viewer, WritingQueries writings, BoardChoices boards, IStringLocalizer<Wording> words, CancellationToken cancellation)
    {
        var markdown = asked.Markdown;
        if (asked.Answers is not null && (await boards.ForAsync(await viewer.RightsAsync(), cancellation)).FirstOrDefault(b => b.Slug == asked.Board) is { } board)
            markdown = AskForm.Compose(board.Fields, AskForm.AnswersOf(asked.Answers), markdown);
        return (await writings.RenderAsync(viewer.Actor, markdown, Place.OfDraft(asked.Place, asked.Board), cancellation)).Is(out var rendered, out var refusal) ? Results.Json(new { html = rendered.Html }) : Refuse(refusal, words);
    }

    private static async Task<IResult> DraftAsync(DraftText text, Viewer viewer, SaveDraft save, IStringLocalizer<Wording> words, CancellationToken cancellation) =>
        !viewer.IsMember ? Refuse(Refusal.SignInFirst, words)
        : (await save.RunAsync(viewer.Actor, text, cancellation)).Is(out var saved, out var refusal) ? Results.Json(new { saved.Version, saved.Other }) : Refuse(refusal, words);

    private static async Task<IResult> SimilarAsync(SimilarAsked asked, Viewer viewer, SimilarQuestions similar, CancellationToken cancellation) =>
        new RazorComponentResult<SimilarList>(new Dictionary<string, object?>
        {
            [nameof(SimilarList.Questions)] = await similar.FindAsync(viewer.Actor, Typed.Line(asked.Title), asked.Markdown, SimilarCount, cancellation),
        });

    private static async Task<IResult> MentionsAsync(string? q, Viewer viewer, MemberQueries members, CancellationToken cancellation) =>
        viewer.IsMember ? Results.Json(await members.SuggestAsync(await viewer.RightsAsync(), Typed.Line(q), SuggestionCount, cancellation)) : Results.Json(Array.Empty<object>());

    private static async Task<IResult> TagsAsync(string? q, Viewer viewer, TagQueries tags, CancellationToken cancellation) =>
        Results.Json(await tags.SuggestAsync(await viewer.RightsAsync(), Typed.Line(q), SuggestionCount, cancellation));

    private static IResult Refuse(Refusal refusal, IStringLocalizer<Wording> words) =>
        Results.Json(new { message = words.Say(refusal) }, statusCode: Refusals.StatusOf(refusal.Kind));
}
