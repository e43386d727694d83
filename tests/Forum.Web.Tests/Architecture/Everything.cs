using Forum.Members;
using Forum.Topics;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Forum.Web.Tests.Architecture;

/// <summary>Everything that the running program answers, with an address for each in a forum that holds a question, a reply and a tag.</summary>
public sealed record Everything(WebForum Forum, string Board, PostedPost Topic, PostedPost Reply, Member Asker)
{
    public const string Tag = "handover";

    public static async Task<Everything> InAsync(WebForum forum)
    {
        var board = $"b{Guid.NewGuid():N}"[..12];
        await forum.BoardAsync(board);
        var asker = await forum.MemberAsync();
        var topic = await forum.AskAsync(asker, board, tags: Tag);
        return new(forum, board, topic, await forum.ReplyAsync(await forum.MemberAsync("Vera Trau"), topic), asker);
    }

    /// <summary>All endpoints, those of the visitors' branch too.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. Forum.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>What can be called: method, address and endpoint. Connections of islands and what the framework keeps for itself are left out.</summary>
    public IEnumerable<(string Method, string Address, RouteEndpoint Endpoint)> Calls =>
        from endpoint in Endpoints
        let address = AddressOf(endpoint.RoutePattern)
        where !address.StartsWith("/_", StringComparison.Ordinal) && !address.Contains("*", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]
        select (method, address, endpoint);

    /// <summary>Addresses that are read.</summary>
    public IEnumerable<string> Readable => Calls.Where(c => c.Method == "GET").Select(c => c.Address).Distinct();

    /// <summary>What changes something: every method but those that only read, of every endpoint that is not a page without a form.</summary>
    public IEnumerable<(HttpMethod Method, string Address)> Deeds => Calls.Where(c => c.Method is not ("GET" or "HEAD" or "OPTIONS")).Select(c => (new HttpMethod(c.Method), c.Address)).Distinct();

    private string AddressOf(RoutePattern pattern)
    {
        var text = "/" + pattern.RawText!.Trim('/');
        return "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { IsCatchAll: true } => "*",
            RoutePatternParameterPart parameter => Uri.EscapeDataString(ValueOf(text, parameter.Name.ToLowerInvariant())),
            _ => throw new InvalidOperationException(text),
        }))));
    }

    private string ValueOf(string route, string parameter) => (route.Split('/')[1], parameter) switch
    {
        ("t", "id") => $"{Topic.TopicId}",
        ("t", "slug") => Topic.Slug,
        ("t", "number") => "2",
        ("posts", "id") => $"{Reply.PostId}",
        ("forums" or "feeds", "slug") => Board,
        ("tags", "name") => Tag,
        (_, "handle") => Asker.Handle,
        ("api", "postid") => $"{Reply.PostId}",
        ("api", "id") => route.Contains("/posts/{", StringComparison.Ordinal) ? $"{Reply.PostId}" : $"{Topic.TopicId}",
        ("openapi", _) => "v1",
        // Something that is not there: refusing and answering are held by that, too.
        _ => "1",
    };
}
