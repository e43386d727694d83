using System.Text;
using System.Text.Json;
using Microsoft.OpenApi;

namespace Forum.Web.Api;

/// <summary>A parameter, or a field of a body or an answer.</summary>
/// <param name="Where">path, query or header; null for a field.</param>
public sealed record ApiField(string Name, ApiType Type, string? Description, bool Required, string? Where = null);

/// <summary>A type in words. The shape it is or holds stands further down the page.</summary>
public sealed record ApiType(string Before, string? Shape = null, string After = "");

/// <summary>What an operation answers with one status.</summary>
public sealed record ApiAnswer(string Status, string? Description, ApiType? Type);

/// <summary>An operation as people read it.</summary>
/// <param name="Anchor">Its place on the page.</param>
/// <param name="NeedsToken">Without one it is refused; others take one.</param>
/// <param name="Example">A call of it at a shell.</param>
public sealed record ApiOperation(
    string Method, string Path, string Anchor, string Summary, bool NeedsToken, IReadOnlyList<ApiField> Parameters, IReadOnlyList<ApiField> Body, IReadOnlyList<ApiAnswer> Answers, string Example);

/// <summary>The OpenAPI document in the order and the words in which people read it: nothing here is known but from the document.</summary>
public sealed class ApiGuide(OpenApiDocument document)
{
    private const string Json = "application/json", Form = "multipart/form-data";

    public string Introduction => document.Info.Description ?? "";

    public string Address => document.Servers![0].Url + ApiSurface.Path;

    /// <summary>All operations by what they are about.</summary>
    public IEnumerable<IGrouping<string, ApiOperation>> Groups =>
        from path in document.Paths
        from operation in path.Value.Operations!
        group Of(operation.Key.Method, path.Key, operation.Value) by operation.Value.Tags!.First().Name!;

    /// <summary>Every shape that bodies and answers have, by name.</summary>
    public IEnumerable<(string Name, string? Description, IReadOnlyList<ApiField> Fields)> Shapes =>
        document.Components!.Schemas!.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => (s.Key, s.Value.Description, Fields(s.Value)));

    private ApiOperation Of(string method, string path, OpenApiOperation operation) => new(
        method, path, $"{method.ToLowerInvariant()}{path[ApiSurface.Path.Length..].Replace('/', '-').Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)}",
        operation.Summary ?? "", operation.Security!.All(s => s.Count > 0),
        [.. (operation.Parameters ?? []).Select(p => new ApiField(p.Name!, Words(p.Schema!), p.Description, p.Required, p.In.ToString()!.ToLowerInvariant()))],
        operation.RequestBody?.Content?.Values.First().Schema is { } body ? Fields(body) : [],
        [.. operation.Responses!.Select(r => new ApiAnswer(r.Key, r.Value.Description, r.Value.Content?.Values.FirstOrDefault()?.Schema is { } schema ? Words(schema) : null))],
        Example(method, path, operation));

    private static IReadOnlyList<ApiField> Fields(IOpenApiSchema schema) =>
        [.. (schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).Select(p => new ApiField(p.Key, Words(p.Value), p.Value.Description, schema.Required?.Contains(p.Key) == true))];

    private static ApiType Words(IOpenApiSchema schema)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } shape })
            return new("", shape);
        if (schema.OneOf is { Count: > 0 } choices && choices.FirstOrDefault(c => c is OpenApiSchemaReference) is { } chosen)
            return Words(chosen) with { After = " or null" };
        var type = schema.Type ?? JsonSchemaType.Object;
        var orNull = type.HasFlag(JsonSchemaType.Null) ? " or null" : "";
        return (type & ~JsonSchemaType.Null) switch
        {
            JsonSchemaType.Array when schema.Items is { } items => Words(items) is var item ? new($"list of {item.Before}", item.Shape, item.After + orNull) : null!,
            JsonSchemaType.String when schema.Format == "date-time" => new($"time{orNull}"),
            var one => new($"{one.ToString().ToLowerInvariant()}{orNull}"),
        };
    }

    private string Example(string method, string path, OpenApiOperation operation)
    {
        var address = document.Servers![0].Url + path;
        var query = new List<string>();
        foreach (var parameter in operation.Parameters ?? [])
        {
            var value = Uri.EscapeDataString(parameter.Example?.ToString() ?? "");
            if (parameter.In == ParameterLocation.Path)
                address = address.Replace($"{{{parameter.Name}}}", value, StringComparison.Ordinal);
            else if (parameter.In == ParameterLocation.Query && value.Length > 0)
                query.Add($"{parameter.Name}={value}");
        }
        if (query.Count > 0)
            address += $"?{string.Join('&', query)}";
        var call = new StringBuilder("curl ").Append(method == "GET" ? "" : $"-X {method} ").Append('"').Append(address).Append('"');
        if (operation.Security!.All(s => s.Count > 0))
            call.Append(" \\\n  -H \"Authorization: Bearer $TOKEN\"");
        foreach (var (type, content) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            if (type == Json && content.Example is { } body)
                call.Append(" \\\n  -H \"Content-Type: application/json\" \\\n  -d '").Append(body.ToJsonString(relaxed).Replace("'", "'\\''", StringComparison.Ordinal)).Append('\'');
            else if (type == Form)
                foreach (var field in Fields(content.Schema!))
                    call.Append(" \\\n  -F ").Append(field.Name).Append("=@").Append(field.Name);
        return call.ToString();
    }

    private static readonly JsonSerializerOptions relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
