using Forum.Topics;
using Forum.Uploads;
using Forum.Web.Host;
using Forum.Web.Uploads;
using Microsoft.AspNetCore.WebUtilities;

namespace Forum.Web.Topics;

/// <summary>The drafts of the forms of pages: what they begin with, and where the text goes when it cannot be posted yet.</summary>
public sealed class FormDrafts(Viewer viewer, DraftQueries queries, SaveDraft save, SwapDraft swap, ClaimDraft claim, UploadFile upload)
{
    /// <summary>The query that carries a visitor's secret until they have joined.</summary>
    public const string Query = "draft";

    /// <summary>Names the place of a text that was just posted, so that the browser's own copy can go.</summary>
    private const string PostedCookie = "forum-posted";

    /// <summary>Shows that a visitor's text was written in this browser.</summary>
    private static readonly OwnCookie own = new("forum-draft", Draft.KeptForVisitors);

    private static readonly TimeSpan postedCookieAge = TimeSpan.FromMinutes(10);

    /// <summary>The draft at a place: the member's, or the one that a visitor's secret opens.</summary>
    public Task<DraftView?> AtAsync(string place, string? secret, CancellationToken cancellation) =>
        viewer.IsMember ? queries.AtAsync(viewer.Actor, place, cancellation)
        : secret is { Length: > 0 } ? queries.OfVisitorAsync(secret, cancellation)
        : Task.FromResult<DraftView?>(null);

    /// <summary>Keeps the text of a form; the refusal says why it could not be kept.</summary>
    public async Task<Refusal?> KeepAsync(ComposerForm form, DraftText text, CancellationToken cancellation)
    {
        // A visitor's text is kept when they go on to join: until then nobody could come back to it.
        if (!viewer.IsMember)
            return form.Posts ? null : Refusal.Invalid("Drafts are kept for members. Go on to post: you sign in then, and your text comes along.");
        if (!(await save.RunAsync(viewer.Actor, text, cancellation)).Is(out var saved, out var refusal))
            return refusal;
        form.Keep(saved);
        return null;
    }

    /// <summary>Keeps a text and takes the other one of the same place in its stead.</summary>
    public async Task<DraftView?> SwapAsync(DraftText text, CancellationToken cancellation)
    {
        // A save that is itself in conflict would put this text where the other one lies.
        if (await queries.AtAsync(viewer.Actor, text.Place, cancellation) is { } stored && stored.Version == text.Version)
            _ = await save.RunAsync(viewer.Actor, text, cancellation);
        _ = await swap.RunAsync(viewer.Actor, text.Place, cancellation);
        return await queries.AtAsync(viewer.Actor, text.Place, cancellation);
    }

    /// <summary>Attaches the file of a form to its text; the refusal says why it is not taken.</summary>
    public async Task<Refusal?> AttachAsync(ComposerForm form, CancellationToken cancellation)
    {
        if ((await upload.AttachAsync(viewer.Actor, form.File, form.Markdown, cancellation)).Is(out var text, out var refusal))
            form.Markdown = text;
        return refusal;
    }

    /// <summary>Where a visitor goes to join and come back to their text: it is kept, and its secret travels in the address to return to.</summary>
    public async Task<Result<string>> KeepForLaterAsync(HttpContext context, DraftText text, string account, string page, string fragment)
    {
        if (!(await save.RunAsync(viewer.Actor, text, context.RequestAborted)).Is(out var kept, out var refusal))
            return refusal;
        own.Set(context, kept.Secret!);
        var back = QueryHelpers.AddQueryString(page, Query, kept.Secret!) + fragment;
        return QueryHelpers.AddQueryString(account, "returnUrl", back);
    }

    /// <summary>Gives the member who has just signed up or in the text they wrote before, when the address they return to names one.</summary>
    public async Task ClaimAsync(HttpContext context, Actor member, string? returnUrl)
    {
        var query = returnUrl?.Split('#')[0].Split('?', 2) is [_, var after] ? after : "";
        if (QueryHelpers.ParseQuery(query).TryGetValue(Query, out var secret) && secret.ToString() is { Length: > 0 } opens)
            _ = await claim.RunAsync(member, opens, own.Read(context) == opens, context.RequestAborted);
    }

    /// <summary>Tells the browser that the text of a place was posted, before the answer leads on.</summary>
    public static void TellPosted(HttpContext context, string place) => context.Response.Cookies.Append(PostedCookie, place, new()
    {
        MaxAge = postedCookieAge,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        IsEssential = true,
    });
}
