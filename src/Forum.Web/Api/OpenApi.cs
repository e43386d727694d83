using Forum.Settings;
using Forum.Web.Host;
using Microsoft.OpenApi;

namespace Forum.Web.Api;

/// <summary>The description of the API for programs, at /openapi/v1.json.</summary>
public static class OpenApi
{
    /// <summary>The document's name, as it stands in its address.</summary>
    public const string Document = "v1";

    private const string Problems = "application/problem+json";

    public static void AddForumOpenApi(this IServiceCollection services) => services.AddOpenApi(Document, openApi =>
    {
        openApi.ShouldInclude = operation => $"/{operation.RelativePath}".StartsWith(ApiSurface.Path, StringComparison.Ordinal);
        openApi.AddDocumentTransformer((document, context, _) =>
        {
            var options = context.ApplicationServices.GetRequiredService<ForumOptions>();
            document.Info = new()
            {
                Title = options.Site.Name,
                Version = "1",
                Description = "Reading is free. To write, send Authorization: Bearer with a token of the scope write; what only moderators may do needs the scope moderate. "
                    + "Times are UTC in ISO 8601, lists give items and next, errors are problem details (RFC 9457).",
            };
            document.Servers = [new() { Url = options.Site.Url.AbsoluteUri.TrimEnd('/') }];
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Bearer.Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of a member, which begins with forum_." },
            };
            return Task.CompletedTask;
        });
        openApi.AddOperationTransformer(async (operation, context, cancellation) =>
        {
            var marks = context.Description.ActionDescriptor.EndpointMetadata;
            var required = !Limits.IsSafe(context.Description.HttpMethod ?? "") || marks.OfType<MembersOnly>().Any();
            operation.Security = [.. required ? [] : new[] { new OpenApiSecurityRequirement() }, new() { [new OpenApiSecuritySchemeReference(Bearer.Scheme, context.Document)] = [] }];
            if (marks.OfType<BodyMetadata>().SingleOrDefault() is { } body)
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = await context.GetOrCreateSchemaAsync(body.Shape, null, cancellation) } },
                };
        });
    });

    /// <summary>Says what an operation answers, and with which statuses it refuses.</summary>
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder operation, params int[] refusals) => operation.Produces<T>().Refuses(refusals);

    /// <summary>Says what an operation makes, and with which statuses it refuses.</summary>
    public static RouteHandlerBuilder Makes<T>(this RouteHandlerBuilder operation, params int[] refusals) =>
        operation.Produces<T>(StatusCodes.Status201Created).Refuses(refusals);

    /// <summary>Says that an operation answers with nothing, and with which statuses it refuses.</summary>
    public static RouteHandlerBuilder GivesNothing(this RouteHandlerBuilder operation, params int[] refusals) =>
        operation.Produces(StatusCodes.Status204NoContent).Refuses(refusals);

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder operation, IEnumerable<int> statuses)
    {
        foreach (var status in statuses.Append(StatusCodes.Status429TooManyRequests))
            operation.ProducesProblem(status, Problems);
        return operation;
    }
}
