using Forum.Search;
using Forum.Web.Host;
using Forum.Web.Shell;
using Forum.Web.Topics;
using Microsoft.Extensions.Localization;

namespace Forum.Web.Search;

/// <summary>What search fields suggest while somebody types. For scripts of these pages alone.</summary>
public static class SuggestionEndpoints
{
    /// <param name="Text">A title, a tag or a name.</param>
    /// <param name="Note">What it is, in words.</param>
    /// <param name="Icon">A symbol of the sprite.</param>
    private sealed record Suggestion(string Text, string Note, string Icon, string Url);

    public static void MapSuggestions(this WebApplication app) => app.MapGet("/x/suggest", SuggestAsync).AllowAnonymous().RequireRateLimiting(Limits.Typing);

    private static async Task<IResult> SuggestAsync(string? q, Viewer viewer, Suggestions suggestions, IStringLocalizer<Wording> words, CancellationToken cancellation)
    {
        var found = await suggestions.FindAsync(viewer.Actor, q, cancellation);
        List<Suggestion> all =
        [
            .. found.Topics.Select(t => new Suggestion(t.Title, t.Solved ? words["Solved"] : "", t.Solved ? "check" : "chat", Addresses.Topic(t.Id, t.Slug))),
            .. found.Tags.Select(t => new Suggestion(t, words["Tag"], "tag", Addresses.Tag(t))),
            .. found.Members.Select(m => new Suggestion(m.DisplayName, $"@{m.Handle}", "user", Addresses.Member(m.Handle))),
        ];
        return Results.Json(new { items = all, says = words.Count(all.Count, "{0} suggestion, with the arrow keys", "{0} suggestions, with the arrow keys") });
    }
}
