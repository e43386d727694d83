using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Forum.Boards;
using Forum.Members;

namespace Forum.Web.Tests.Api;

/// <summary>What the API answered.</summary>
public sealed record Reply(HttpResponseMessage Message, string Text)
{
    public HttpStatusCode Status => Message.StatusCode;

    public JsonNode Json => JsonNode.Parse(Text)!;

    public long Id => Json["id"]!.GetValue<long>();

    public JsonArray Items => Json["items"]!.AsArray();

    public string? Next => Json["next"]?.GetValue<string>();

    /// <summary>The answer, which must have that status and, from 400 on, be problem details.</summary>
    public Reply Is(HttpStatusCode status)
    {
        Assert.True(status == Status, $"{Message.RequestMessage!.Method} {Message.RequestMessage.RequestUri} answered {(int)Status}, not {(int)status}: {Text}");
        if ((int)status < 400)
            return this;
        Assert.Equal("application/problem+json", Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, Json["status"]!.GetValue<int>());
        Assert.NotEmpty(Json["title"]!.GetValue<string>());
        Assert.NotEmpty(Json["detail"]!.GetValue<string>());
        return this;
    }
}

/// <summary>A script that talks to the API, with the token of a member or with none.</summary>
public sealed class ApiClient(HttpClient client, string? token = null)
{
    public Task<Reply> GetAsync(string address) => SendAsync(HttpMethod.Get, address);

    public Task<Reply> PostAsync(string address, object body, string? key = null) => SendAsync(HttpMethod.Post, address, body, key);

    public Task<Reply> PutAsync(string address, object? body = null) => SendAsync(HttpMethod.Put, address, body);

    public Task<Reply> DeleteAsync(string address) => SendAsync(HttpMethod.Delete, address);

    public Task<Reply> SendAsync(HttpMethod method, string address, object? body = null, string? key = null) =>
        SendAsync(method, address, body is null ? null : new StringContent(body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json"), key);

    public async Task<Reply> SendAsync(HttpMethod method, string address, HttpContent? content, string? key = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{address}") { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        var message = await client.SendAsync(request);
        return new(message, await message.Content.ReadAsStringAsync());
    }
}

public static class ApiScenario
{
    /// <summary>A script without a token.</summary>
    public static ApiClient Anonymous(this WebForum forum) => new(forum.Client());

    /// <summary>A script with a token of the member.</summary>
    public static async Task<ApiClient> ApiOfAsync(this WebForum forum, Member member, TokenScope scope = TokenScope.Write) =>
        new(forum.Client(), (await forum.Get<CreateToken>().RunAsync(Actor.Operator, member.Handle, scope, default)).Required);

    /// <summary>A member without a password, whose making is quick.</summary>
    public static async Task<Member> VoterAsync(this IEngine forum) =>
        (await forum.Get<CreateMember>().RunAsync(Actor.Operator, new("Volker Voter", null, $"{Guid.NewGuid():N}@example.org", null), default)).Required;

    /// <summary>A member who moderates that board.</summary>
    public static async Task<Member> BoardModeratorAsync(this WebForum forum, string board)
    {
        var member = await forum.MemberAsync("Berta Brett");
        _ = (await forum.Get<GrantRole>().RunAsync(Actor.Operator, member.Handle, SiteRole.Moderator, board, default)).Required;
        return member;
    }

    /// <summary>A new board of its own for one test.</summary>
    public static async Task<string> FreshBoardAsync(this WebForum forum, BoardKind kind = BoardKind.Questions, ReadAccess read = ReadAccess.Everyone) =>
        (await forum.BoardAsync($"b{Guid.NewGuid():N}"[..12], kind, read)).Slug;
}
