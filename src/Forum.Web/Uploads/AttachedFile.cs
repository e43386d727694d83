using Forum.Uploads;
using Forum.Web.Host;
using Microsoft.AspNetCore.Http.Metadata;

namespace Forum.Web.Uploads;

/// <summary>Lets a page take the file of its form, which is sent as multipart/form-data; requests elsewhere are too small for files.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesFilesAttribute : Attribute, IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => Limits.MaxFileRequestBytes;
}

/// <summary>Attaching without JavaScript: the form is sent with the file, and comes back with what shows the file at the end of its text.</summary>
public static class AttachedFile
{
    private static readonly Refusal notChosen = Refusal.Invalid("Please choose a file first.", "File");

    /// <summary>The text with the file's Markdown in a paragraph of its own, or why the file is not taken; then the text stays as it is.</summary>
    public static async Task<Result<string>> AttachAsync(this UploadFile upload, Actor actor, IFormFile? file, string? text, CancellationToken cancellation)
    {
        if (file is null)
            return notChosen;
        await using var content = file.OpenReadStream();
        if (!(await upload.RunAsync(actor, content, file.FileName, face: false, cancellation)).Is(out var taken, out var refusal))
            return refusal;
        var before = (text ?? "").TrimEnd();
        return before.Length == 0 ? taken.Markdown + "\n" : $"{before}\n\n{taken.Markdown}\n";
    }
}
