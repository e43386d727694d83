using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Forum.Uploads;
using Forum.Web.Api;
using Forum.Web.Host;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.OpenApi;

namespace Forum.Web.Uploads;

/// <summary>The one file of a request of the type multipart/form-data, or the problem with it. It waits on the disk, not in memory.</summary>
public sealed class SentFile : IEndpointParameterMetadataProvider
{
    /// <summary>What the form may hold besides the file, in bytes and in fields.</summary>
    private const int Besides = 64 * 1024, MaxFields = 16;

    private static readonly Refusal notOne = Refusal.Invalid("Please send one file, as the field file of multipart/form-data.", "File");

    private IFormFile? File { get; init; }

    private Problem? Problem { get; init; }

    /// <summary>True, and <paramref name="file"/> set, when there is one.</summary>
    public bool Is([NotNullWhen(true)] out IFormFile? file, [NotNullWhen(false)] out IResult? problem)
    {
        (file, problem) = (File, Problem);
        return file is not null;
    }

    public static async ValueTask<SentFile> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        // Before anything is read: a stranger's bytes are not worth a place on the disk.
        if (Viewer.IdOf(context.User) is null)
            return Refused(new(Refusal.SignInFirst));
        if (!context.Request.HasFormContentType)
            return Refused(new(notOne with { Kind = RefusalKind.Unsupported }));
        try
        {
            var options = new FormOptions { MultipartBodyLengthLimit = Upload.MaxBytes + Besides, ValueCountLimit = MaxFields, ValueLengthLimit = Besides };
            var form = await context.Request.ReadFormAsync(options, context.RequestAborted);
            return form.Files is [var file] ? new() { File = file } : Refused(new(notOne));
        }
        catch (BadHttpRequestException exception)
        {
            return Refused(new(exception.StatusCode));
        }
        catch (InvalidDataException)
        {
            return Refused(new(context.Request.ContentLength > Upload.MaxBytes ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest));
        }
        catch (IOException)
        {
            // The body ends before the form does.
            return Refused(new(notOne));
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new SentFileMetadata());

    private static SentFile Refused(Problem problem) => new() { Problem = problem };
}

/// <summary>Says that an operation takes a file, for its description.</summary>
public sealed class SentFileMetadata
{
    public static Dictionary<string, OpenApiMediaType> Form => new()
    {
        ["multipart/form-data"] = new()
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "file" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["file"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = "An image (JPEG, PNG, GIF, WebP, AVIF), a PDF, text, log or CSV file, or a .zip; at most 10 MB." },
                },
            },
        },
    };
}
