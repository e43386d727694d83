using Forum.Topics;
using Forum.Uploads;
using Forum.Web.Api;
using Forum.Web.Host;
using Forum.Web.Members;
using Forum.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Forum.Web.Uploads;

/// <summary>Takes files, and gives them to those who may read them.</summary>
public static class UploadEndpoints
{
    /// <summary>
    /// The content behind an address never changes, so a reader's own browser may keep it until they sign out. Nobody else may keep it for
    /// others, since who may read it can change at any time.
    /// </summary>
    private const string CacheControl = "private, max-age=31536000, immutable";

    public static void MapUploads(this WebApplication app)
    {
        app.MapGet("/uploads/{key}/{name}", ReadAsync).AllowAnonymous();
        app.MapPost("/x/upload", TakeAsync).AllowAnonymous().TakesFile();
        app.MapPost(Account.Avatar, TakeFaceAsync).TakesFile().RequireAuthorization();
    }

    public static void MapUploads(this RouteGroupBuilder api) =>
        api.MapPost("/uploads", TakeAsync).TakesFile().WithTags("Uploads").WithSummary("Brings a file, to be used in a post by its Markdown. What no post uses is cleared away after two days.")
            .Makes<UploadShape>(503);

    private static async Task<IResult> TakeFaceAsync(SentFile sent, Viewer viewer, UploadFile upload, SetAvatar set, CancellationToken cancellation)
    {
        if (!sent.Is(out var file, out _))
            return Refusal.Invalid("Please choose an image of at most {0} MB.", null, Upload.MaxBytes / 1024 / 1024).AsPage(Account.Profile);
        await using var content = file.OpenReadStream();
        return (await upload.RunAsync(viewer.Actor, content, file.FileName, face: true, cancellation)).Is(out var face, out var refusal)
            ? (await set.RunAsync(viewer.Actor, face.Key, cancellation)).BackTo(Account.Profile) : refusal.AsPage(Account.Profile);
    }

    /// <summary>Allows the size of a file, and fewer of them.</summary>
    private static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder endpoint) =>
        endpoint.DisableAntiforgery().WithMetadata(new TakesFilesAttribute()).RequireRateLimiting(Limits.Files);

    private static async Task<IResult> TakeAsync(SentFile sent, Viewer viewer, UploadFile upload, Shaping shape, CancellationToken cancellation)
    {
        if (!sent.Is(out var file, out var problem))
            return problem;
        await using var content = file.OpenReadStream();
        if (!(await upload.RunAsync(viewer.Actor, content, file.FileName, face: false, cancellation)).Is(out var taken, out var refusal))
            return refusal.AsProblem();
        var answer = shape.Of(taken);
        return Results.Created(answer.Url, answer);
    }

    /// <param name="name">For people; the key alone counts.</param>
    private static async Task<IResult> ReadAsync(string key, string name, [FromQuery(Name = "w")] string? width, HttpContext context, Viewer viewer, FileQueries files, IUploadStore store, CancellationToken cancellation)
    {
        if (await files.FindAsync(await viewer.RightsAsync(), key, cancellation) is not { } file)
            return Results.NotFound();
        var storedAs = file.StoredAs(int.TryParse(width, out var pixels) ? pixels : null);
        if (await store.OpenAsync(storedAs, cancellation) is not { } content)
            return Results.NotFound();
        context.PutIntoSandbox();
        var disposition = new ContentDispositionHeaderValue(file.Width is null ? "attachment" : "inline");
        disposition.SetHttpFileName(storedAs == key ? file.Name : Path.ChangeExtension(file.Name, ".webp"));
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.CacheControl = CacheControl;
        var type = file.TypeOf(storedAs);
        return Results.Stream(
            content, type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type, lastModified: file.Created,
            entityTag: new EntityTagHeaderValue($"\"{storedAs}\""), enableRangeProcessing: true);
    }
}
