using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using Forum.Boards;
using Forum.Web.Api;
using Forum.Web.Tests.Uploads;
using Forum.Web.Uploads;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Forum.Web.Tests.Api;

/// <summary>The description of the API against the API that runs.</summary>
public sealed class OpenApiTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task Every_operation_that_runs_is_described_and_no_other()
    {
        var document = await DocumentAsync();
        var described = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {p.Key}"));
        Assert.Equal(Endpoints().Select(e => $"{e.Method} {e.Path}").Order(), described.Order());
    }

    [Fact]
    public async Task An_operation_is_described_with_the_parameters_it_reads_and_no_other()
    {
        var document = await DocumentAsync();
        foreach (var (method, path, endpoint) in Endpoints())
        {
            var inPath = endpoint.RoutePattern.Parameters.Select(p => p.Name).ToHashSet();
            var read = endpoint.Metadata.OfType<MethodInfo>().Single().GetParameters().Where(p => IsPlain(p.ParameterType))
                .Select(p => p.GetCustomAttribute<FromHeaderAttribute>() is { } header ? $"header {header.Name}" : inPath.Contains(p.Name!) ? $"path {p.Name} required" : $"query {p.Name}");
            var described = Operation(document, method, path)["parameters"]?.AsArray() ?? [];
            Assert.Equal(read.Order(), described.Select(p => $"{p!["in"]} {p["name"]}{(p["required"]?.GetValue<bool>() == true ? " required" : "")}").Order());
        }
    }

    [Fact]
    public async Task A_body_is_described_with_its_fields_and_those_that_it_needs()
    {
        var document = await DocumentAsync();
        var bodies = Endpoints().Where(e => e.Endpoint.Metadata.GetMetadata<BodyMetadata>() is not null).ToDictionary(e => $"{e.Method} {e.Path[ApiSurface.Path.Length..]}", e =>
        {
            var body = Operation(document, e.Method, e.Path)["requestBody"]!;
            Assert.True(body["required"]!.GetValue<bool>());
            var schema = Schema(document, body["content"]!["application/json"]!["schema"]!);
            var needed = schema["required"]?.AsArray().Select(r => r!.GetValue<string>()).ToHashSet() ?? [];
            return string.Join(' ', schema["properties"]!.AsObject().Select(p => needed.Contains(p.Key) ? p.Key : $"{p.Key}?"));
        });
        Assert.Equal(new()
        {
            ["POST /topics"] = "board title markdown tags?",
            ["POST /topics/{id}/posts"] = "markdown replyTo?",
            ["PUT /posts/{id}"] = "markdown version reason?",
            ["PUT /topics/{id}"] = "title? tags? board? reason?",
            ["PUT /topics/{id}/closure"] = "reason duplicateOf? note? hours?",
            ["PUT /topics/{id}/solution/{postId}/outdated"] = "note",
            ["POST /posts/{id}/flags"] = "reason note?",
            ["POST /topics/{id}/watch"] = "level",
            ["POST /preview"] = "markdown? board? topicId? postId?",
        }, bodies);
        var upload = Assert.Single(Endpoints(), e => e.Endpoint.Metadata.GetMetadata<SentFileMetadata>() is not null);
        Assert.NotNull(Operation(document, upload.Method, upload.Path)["requestBody"]!["content"]!["multipart/form-data"]!["schema"]!["properties"]!["file"]);
        Assert.All(Endpoints().Where(e => e != upload && e.Endpoint.Metadata.GetMetadata<BodyMetadata>() is null), e => Assert.Null(Operation(document, e.Method, e.Path)["requestBody"]));
    }

    [Fact]
    public async Task Answers_are_described_by_their_statuses_and_every_refusal_as_problem_details()
    {
        var document = await DocumentAsync();
        foreach (var (method, path, endpoint) in Endpoints())
        {
            var answers = Operation(document, method, path)["responses"]!.AsObject();
            Assert.Equal(endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Select(p => p.StatusCode).Distinct().Order(), answers.Select(a => int.Parse(a.Key, null)).Order());
            Assert.Contains("401", answers);
            Assert.Equal(method != "GET", answers.ContainsKey("403") && answers.ContainsKey("429"));
            if (endpoint.Metadata.GetMetadata<BodyMetadata>() is not null)
                Assert.Superset(new HashSet<string> { "400", "413", "415" }, answers.Select(a => a.Key).ToHashSet());
            Assert.All(answers.Where(a => a.Key[0] == '4'), a => Assert.Equal("#/components/schemas/Problem", a.Value!["content"]!["application/problem+json"]!["schema"]!["$ref"]!.GetValue<string>()));
            Assert.All(answers, a => Assert.NotEmpty(a.Value!["description"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task What_needs_a_token_says_so_and_reading_is_free()
    {
        var document = await DocumentAsync();
        Assert.Equal("bearer", document["components"]!["securitySchemes"]!["Bearer"]!["scheme"]!.GetValue<string>());
        foreach (var (method, path, _) in Endpoints())
        {
            var address = path[(ApiSurface.Path.Length + 1)..].Replace("{id}", "1", StringComparison.Ordinal).Replace("{postId}", "1", StringComparison.Ordinal).Replace("{handle}", "nobody", StringComparison.Ordinal);
            var without = (await forum.Anonymous().SendAsync(new HttpMethod(method), address)).Status;
            var security = Operation(document, method, path)["security"]!.AsArray().Select(s => string.Join(' ', s!.AsObject().Select(f => f.Key)));
            Assert.Equal(without == HttpStatusCode.Unauthorized ? ["Bearer"] : ["", "Bearer"], security);
        }
    }

    [Fact]
    public async Task Every_example_is_taken_and_every_answer_has_the_shape_that_is_described()
    {
        var document = await DocumentAsync();
        var board = await forum.FreshBoardAsync();
        var asker = await forum.TrustedAsync(Rights.TaggingTrust);
        var api = await forum.ApiOfAsync(asker);
        foreach (var (method, path, _) in Endpoints())
        {
            var operation = Operation(document, method, path);
            var topic = await forum.AskAsync(path.EndsWith("/metoo", StringComparison.Ordinal) ? await forum.VoterAsync() : asker, board);
            var reply = await forum.ReplyAsync(await forum.VoterAsync(), topic);
            if (path.EndsWith("/outdated", StringComparison.Ordinal))
                await forum.AcceptAsync(asker, reply);
            var own = path.EndsWith("posts/{id}", StringComparison.Ordinal) && method != "GET" ? await forum.ReplyAsync(asker, topic) : reply;
            var address = path[(ApiSurface.Path.Length + 1)..]
                .Replace("topics/{id}", $"topics/{topic.TopicId}", StringComparison.Ordinal).Replace("posts/{id}", $"posts/{own.PostId}", StringComparison.Ordinal)
                .Replace("{postId}", $"{reply.PostId}", StringComparison.Ordinal).Replace("{handle}", asker.Handle, StringComparison.Ordinal);
            var query = (operation["parameters"]?.AsArray() ?? []).Where(p => p!["in"]!.GetValue<string>() == "query" && p["example"] is not null)
                .Select(p => $"{p!["name"]}={Uri.EscapeDataString(p["name"]!.GetValue<string>() == "board" ? board : p["example"]!.ToString())}");
            var body = operation["requestBody"]?["content"]!["application/json"]?["example"]!.DeepClone();
            if (body?["board"] is not null)
                body["board"] = board;
            if (body?["replyTo"] is not null)
                body["replyTo"] = reply.PostId;

            var verb = new HttpMethod(method);
            var asked = $"{address}?{string.Join('&', query)}";
            var answer = operation["requestBody"] is not null && body is null ? await api.SendAsync(verb, asked, FilesTests.Form(FilesTests.Png, "a.png")) : await api.SendAsync(verb, asked, body?.ToJsonString());
            Assert.True(answer.Message.IsSuccessStatusCode, $"{method} {path}: {answer.Text}");
            var described = Assert.Single(operation["responses"]!.AsObject(), r => r.Key[0] == '2');
            Assert.Equal(described.Key, ((int)answer.Status).ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (described.Value!["content"] is { } content)
                Matches(document, content["application/json"]!["schema"]!, answer.Json, $"{method} {path}");
            else
                Assert.Empty(answer.Text);
        }
    }

    [Fact]
    public async Task A_problem_has_the_shape_that_is_described()
    {
        var document = await DocumentAsync();
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, await forum.FreshBoardAsync());
        var api = await forum.ApiOfAsync(asker);
        (await api.PutAsync($"posts/{topic.PostId}", new { markdown = $"{Scenario.Body} First.", version = 1 })).Is(HttpStatusCode.OK);
        var known = document["components"]!["schemas"]!["Problem"]!["properties"]!.AsObject().Select(p => p.Key).ToHashSet();
        foreach (var problem in new[]
        {
            await api.PutAsync($"posts/{topic.PostId}", new { markdown = $"{Scenario.Body} Second.", version = 1 }), await api.GetAsync("posts/0"), await api.PostAsync("topics", new { }),
            await api.GetAsync("topics?size=0"), await forum.Anonymous().GetAsync("me"), await api.SendAsync(HttpMethod.Patch, "topics"),
        })
            Assert.Subset(known, problem.Is(problem.Status).Json.AsObject().Select(f => f.Key).ToHashSet());
    }

    [Fact]
    public async Task The_page_shows_all_that_the_document_says()
    {
        var document = await DocumentAsync();
        var page = await forum.Visitor().GetAsync("/api");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        foreach (var (method, path, _) in Endpoints())
        {
            var operation = Operation(document, method, path);
            var shown = Assert.Single(page.Document.QuerySelectorAll(".operations details"), d =>
                d.QuerySelector("summary .method")?.TextContent == method && d.QuerySelector("summary span code")?.TextContent == path[ApiSurface.Path.Length..]);
            Assert.Contains(operation["summary"]!.GetValue<string>(), shown.QuerySelector("summary")!.TextContent, StringComparison.Ordinal);
            var named = shown.QuerySelectorAll("dt code").Select(c => c.TextContent).ToList();
            Assert.All(operation["parameters"]?.AsArray() ?? [], p => Assert.Contains(p!["name"]!.GetValue<string>(), named));
            Assert.All(operation["responses"]!.AsObject(), r => Assert.Contains(r.Key, named));
            if (operation["requestBody"] is { } body)
                Assert.All(Schema(document, body["content"]!.AsObject().Single().Value!["schema"]!)["properties"]!.AsObject(), p => Assert.Contains(p.Key, named));
            var call = shown.QuerySelector("pre code")!.TextContent;
            Assert.StartsWith("curl ", call, StringComparison.Ordinal);
            Assert.Contains($"http://localhost:5080{path.Split('{')[0]}", call, StringComparison.Ordinal);
            Assert.Equal(operation["security"]!.AsArray().Count == 1, call.Contains("Authorization: Bearer", StringComparison.Ordinal));
            Assert.DoesNotContain("{", call.Split(" -d ")[0], StringComparison.Ordinal);
        }
        var places = page.Document.QuerySelectorAll("[id]").Select(e => $"/api#{e.Id}").ToHashSet();
        Assert.All(page.Document.QuerySelectorAll("main a[href^='/api#']"), a => Assert.Contains(a.GetAttribute("href")!, places));
    }

    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse((await forum.Visitor().GetAsync("/openapi/v1.json")).Text)!;

    private IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> Endpoints() =>
        from endpoint in forum.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        where path.StartsWith(ApiSurface.Path, StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        where method != "HEAD"
        select (method, path, endpoint);

    private static JsonNode Operation(JsonNode document, string method, string path) => document["paths"]![path]![method.ToLowerInvariant()]!;

    private static JsonNode Schema(JsonNode document, JsonNode schema) =>
        schema["$ref"]?.GetValue<string>() is { } reference ? document["components"]!["schemas"]![reference.Split('/')[^1]]! : schema;

    private static bool IsPlain(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain && (plain.IsPrimitive || plain == typeof(string));

    /// <summary>Every field is there and of the type that is described, and no other field is.</summary>
    private static void Matches(JsonNode document, JsonNode described, JsonNode? value, string where)
    {
        if (described["oneOf"] is JsonArray { Count: 2 } orNull && orNull[0]!["type"]?.GetValue<string>() == "null")
        {
            if (value is not null)
                Matches(document, orNull[1]!, value, where);
            return;
        }
        var schema = Schema(document, described);
        string[] types = schema["type"] is JsonArray many ? [.. many.Select(t => t!.GetValue<string>())] : schema["type"] is { } one ? [one.GetValue<string>()] : [];
        var type = value is null ? "null" : value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.Object => "object",
            System.Text.Json.JsonValueKind.Array => "array",
            System.Text.Json.JsonValueKind.String => "string",
            System.Text.Json.JsonValueKind.Number => "integer",
            _ => "boolean",
        };
        Assert.True(types.Contains(type), $"{where} is {type}, not {string.Join(" or ", types)}.");
        if (value is JsonArray items)
            for (var i = 0; i < items.Count; i++)
                Matches(document, schema["items"]!, items[i], $"{where}[{i}]");
        if (value is not JsonObject fields)
            return;
        Assert.Equal(schema["properties"]!.AsObject().Select(p => p.Key), fields.Select(f => f.Key));
        foreach (var (name, inner) in fields)
            Matches(document, schema["properties"]![name]!, inner, $"{where}.{name}");
    }
}
