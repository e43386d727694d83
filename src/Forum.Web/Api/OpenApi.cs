using Microsoft.AspNetCore.RateLimiting;
using System.Text.Json;
using System.Text.Json.Nodes;
using Forum.Settings;
using Forum.Web.Host;
using Forum.Web.Uploads;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Forum.Web.Api;

/// <summary>The description of the API for programs, at /openapi/v1.json; the page /api shows the same to people.</summary>
public static class OpenApi
{
    /// <summary>The document's name, as it stands in its address.</summary>
    public const string Document = "v1";

    private const string Problems = "application/problem+json";

    /// <summary>What each status means here.</summary>
    private static readonly Dictionary<string, string> statuses = new()
    {
        ["200"] = "Done.",
        ["201"] = "Made. The header Location says where it is.",
        ["204"] = "Done, and there is nothing to tell.",
        ["400"] = "Something cannot be meant. The member errors names it.",
        ["401"] = "There is no token, or it is not valid.",
        ["403"] = "Your token or your rights do not reach that far.",
        ["404"] = "Nothing is there that you may see.",
        ["409"] = "Somebody was faster. The members current and yours hold both texts.",
        ["410"] = "It was deleted.",
        ["413"] = "The body is too large.",
        ["415"] = "The body is not of a type that is taken here.",
        ["429"] = "Too much or too fast. The header Retry-After says for how many seconds to wait.",
        ["503"] = "It cannot be done at the moment. Please try again in a minute.",
    };

    /// <summary>A value for each parameter that an example needs.</summary>
    private static readonly Dictionary<string, JsonNode> examples = new()
    {
        ["id"] = 42,
        ["postId"] = 43,
        ["handle"] = "InesR1",
        ["board"] = "help",
        ["filter"] = "unsolved",
        ["period"] = "month",
        ["q"] = "hand a project over",
        ["why"] = true,
        ["title"] = "How do I hand a project over?",
    };

    public static void AddForumOpenApi(this IServiceCollection services) => services.AddOpenApi(Document, openApi =>
    {
        openApi.ShouldInclude = operation => $"/{operation.RelativePath}".StartsWith(ApiSurface.Path, StringComparison.Ordinal);
        openApi.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type)?.Replace("Shape", "", StringComparison.Ordinal);
        openApi.AddDocumentTransformer((document, context, _) =>
        {
            Describe(document, context.ApplicationServices.GetRequiredService<ForumOptions>());
            return Task.CompletedTask;
        });
        openApi.AddOperationTransformer(async (operation, context, cancellation) =>
        {
            var marks = context.Description.ActionDescriptor.EndpointMetadata;
            var required = !Limits.IsSafe(context.Description.HttpMethod ?? "") || marks.OfType<MembersOnly>().Any();
            operation.Security = [.. required ? [] : new[] { new OpenApiSecurityRequirement() }, new() { [new OpenApiSecuritySchemeReference(Bearer.Scheme, context.Document)] = [] }];
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
                parameter.Example = examples.GetValueOrDefault(parameter.Name!)?.DeepClone();
            if (marks.OfType<SentFileMetadata>().Any())
                operation.RequestBody = new OpenApiRequestBody { Required = true, Content = SentFileMetadata.Form };
            if (marks.OfType<BodyMetadata>().SingleOrDefault() is { } body)
                operation.RequestBody = await BodyAsync(body, context, cancellation);
            operation.Responses = Ordered(operation.Responses!);
        });
    });

    /// <summary>Says what an operation answers, and with which statuses it refuses beyond those of its kind.</summary>
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder operation, params int[] refusals) => operation.Produces<T>().Refuses(refusals);

    /// <summary>Says what an operation makes, and with which statuses it refuses beyond those of its kind.</summary>
    public static RouteHandlerBuilder Makes<T>(this RouteHandlerBuilder operation, params int[] refusals) =>
        operation.Produces<T>(StatusCodes.Status201Created).Refuses(refusals);

    /// <summary>Says that an operation answers with nothing, and with which statuses it refuses beyond those of its kind.</summary>
    public static RouteHandlerBuilder GivesNothing(this RouteHandlerBuilder operation, params int[] refusals) =>
        operation.Produces(StatusCodes.Status204NoContent).Refuses(refusals);

    /// <summary>Says with which statuses operations refuse by their kind: a wrong token, a deed too many, a body that cannot be read.</summary>
    public static void RefusesByKind(this IEndpointConventionBuilder operations) => operations.Finally(operation =>
    {
        var deed = operation.Metadata.OfType<HttpMethodMetadata>().Any(m => !m.HttpMethods.Any(Limits.IsSafe));
        var body = operation.Metadata.Any(m => m is BodyMetadata or SentFileMetadata);
        foreach (var status in (int[])[401, .. deed ? [403, 429] : operation.Metadata.Any(m => m is EnableRateLimitingAttribute) ? [429] : (int[])[], .. body ? [400, 413, 415] : (int[])[]])
            operation.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemShape), [Problems]));
    });

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder operation, int[] statuses)
    {
        foreach (var status in statuses)
            operation.Produces<ProblemShape>(status, Problems);
        return operation;
    }

    private static void Describe(OpenApiDocument document, ForumOptions options)
    {
        document.Info = new()
        {
            Title = options.Site.Name,
            Version = "1",
            Description = "Reading is free. To write, send Authorization: Bearer with a token of the scope write; what only moderators may do needs the scope moderate. "
                + "Times are UTC in ISO 8601, lists give items and next, errors are problem details (RFC 9457). What is absent is null.",
        };
        document.Servers = [new() { Url = options.Site.Url.AbsoluteUri.TrimEnd('/') }];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer.Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of a member, which begins with forum_." },
        };
    }

    private static OpenApiResponses Ordered(OpenApiResponses responses)
    {
        var ordered = new OpenApiResponses();
        foreach (var (status, response) in responses.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            Describe(status, (OpenApiResponse)response);
            ordered.Add(status, response);
        }
        return ordered;
    }

    private static void Describe(string status, OpenApiResponse response)
    {
        response.Description = statuses[status];
        if (status == "201")
            response.Headers = Header("Location", JsonSchemaType.String, "Where it is.");
        if (status == "429")
            response.Headers = Header("Retry-After", JsonSchemaType.Integer, "Seconds to wait.");
    }

    private static Dictionary<string, IOpenApiHeader> Header(string name, JsonSchemaType type, string description) =>
        new() { [name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = type } } };

    private static async Task<OpenApiRequestBody> BodyAsync(BodyMetadata body, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        context.Document!.AddComponent(body.Shape.Name, await context.GetOrCreateSchemaAsync(body.Shape, null, cancellation));
        var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return new()
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = new OpenApiSchemaReference(body.Shape.Name, context.Document), Example = JsonSerializer.SerializeToNode(body.Example, body.Shape, json) },
            },
        };
    }
}
