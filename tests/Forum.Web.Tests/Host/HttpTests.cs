using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Forum.Members;
using Forum.Web.Tests.Api;
using Forum.Web.Tests.Architecture;

namespace Forum.Web.Tests.Host;

/// <summary>The manners of HTTP, over a real connection.</summary>
public sealed class HttpTests(ServedForum served) : IClassFixture<ServedForum>
{
    private readonly WebForum forum = served.Forum;

    [Fact]
    public async Task Head_answers_wherever_get_does_with_the_same_headers_and_no_body()
    {
        var visitor = forum.Visitor();
        foreach (var address in (await Everything.InAsync(forum)).Readable)
        {
            var (get, head) = (await visitor.GetAsync(address), await visitor.SendAsync(HttpMethod.Head, address));
            Assert.True(get.Status == head.Status, $"GET {address} answers {get.Status}, HEAD {head.Status}.");
            Assert.Equal(get.Header("Content-Type"), head.Header("Content-Type"));
            Assert.Empty(head.Text);
        }
    }

    [Theory]
    [InlineData("/api/v1/topics")]
    [InlineData("/account/sign-in")]
    public async Task A_body_that_is_too_large_is_refused_before_it_is_read(string address)
    {
        var api = address.StartsWith("/api", StringComparison.Ordinal);
        using var client = forum.Client();
        if (api)
            client.DefaultRequestHeaders.Authorization = new("Bearer", (await forum.Get<CreateToken>().RunAsync(Actor.Operator, (await forum.MemberAsync()).Handle, TokenScope.Write, default)).Required);
        foreach (var chunked in new[] { false, true })
        {
            var text = new string('x', 2 * 1024 * 1024);
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = api ? new StringContent($"{{\"markdown\":\"{text}\"}}", Encoding.UTF8, "application/json") : new StringContent($"Input.Email={text}", new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
            };
            request.Headers.TransferEncodingChunked = chunked;
            request.Headers.ExpectContinue = true;
            var answer = await client.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
            if (api)
                new Reply(answer, body).Is(HttpStatusCode.RequestEntityTooLarge);
            else
                Assert.Contains("<h1>", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Check_37_trace_is_not_taken_and_the_server_does_not_say_what_it_is()
    {
        foreach (var address in new[] { "/", "/forum.css", "/api/v1/boards", "/nowhere" })
        {
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await forum.Visitor().SendAsync(HttpMethod.Trace, address)).Status);
            var answer = await forum.Visitor().GetAsync(address);
            Assert.Null(answer.Header("Server"));
            Assert.Null(answer.Header("X-Powered-By"));
        }
    }

    [Theory]
    [InlineData("/", "PUT")]
    [InlineData("/forums", "DELETE")]
    [InlineData("/feeds/latest.atom", "POST")]
    [InlineData("/account/sign-out", "PUT")]
    public async Task A_page_does_not_take_another_method(string address, string method)
    {
        var refused = await forum.Visitor().SendAsync(new HttpMethod(method), address);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.Status);
        Assert.NotEmpty(refused.Message.Content.Headers.Allow);
        Assert.True(refused.Has("h1"));
    }
}
