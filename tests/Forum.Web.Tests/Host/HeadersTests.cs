using System.Net;
using Forum.Moderation;
using Forum.Web.Tests.Architecture;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Host;

/// <summary>The headers that keep a reader safe, on whatever kind of answer.</summary>
public sealed class HeadersTests
{
    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("https://forum.example")]
    public async Task Check_36_and_37_every_answer_carries_the_headers_that_keep_its_reader_safe(string site)
    {
        await using var forum = await WebForum.StartAsync([("Forum:Site:Url", site)]);
        var everything = await Everything.InAsync(forum);
        var (topic, reply) = (everything.Topic, everything.Reply);
        var gone = await forum.AskAsync(everything.Asker, everything.Board);
        _ = (await forum.Get<DeletePost>().RunAsync(everything.Asker.AsActor(), gone.PostId, default)).Required;
        var visitor = forum.Visitor();
        (string Address, HttpMethod Method, HttpStatusCode Status)[] kinds =
        [
            ("/forums", HttpMethod.Get, HttpStatusCode.OK),
            ("/forums", HttpMethod.Get, HttpStatusCode.OK), // from the cache
            ("/ask", HttpMethod.Get, HttpStatusCode.OK),
            ("/account/sign-in", HttpMethod.Get, HttpStatusCode.OK),
            ("/forum.css", HttpMethod.Get, HttpStatusCode.OK),
            ("/feeds/latest.atom", HttpMethod.Get, HttpStatusCode.OK),
            ("/sitemap.xml", HttpMethod.Get, HttpStatusCode.OK),
            ("/robots.txt", HttpMethod.Get, HttpStatusCode.OK),
            ("/health/live", HttpMethod.Get, HttpStatusCode.OK),
            ("/openapi/v1.json", HttpMethod.Get, HttpStatusCode.OK),
            ("/api/v1/boards", HttpMethod.Get, HttpStatusCode.OK),
            ($"/t/{topic.TopicId}/wrong", HttpMethod.Get, HttpStatusCode.MovedPermanently),
            ($"/t/{topic.TopicId}/{topic.Slug}/2", HttpMethod.Get, HttpStatusCode.Redirect),
            ($"/posts/{reply.PostId}/edit", HttpMethod.Get, HttpStatusCode.Redirect),
            ("/nowhere", HttpMethod.Get, HttpStatusCode.NotFound),
            ("/api/v1/nowhere", HttpMethod.Get, HttpStatusCode.NotFound),
            ($"/t/{gone.TopicId}/{gone.Slug}", HttpMethod.Get, HttpStatusCode.Gone),
            ("/account/sign-in", HttpMethod.Post, HttpStatusCode.BadRequest),
            ("/api/v1/topics", HttpMethod.Post, HttpStatusCode.Unauthorized),
            ("/forums", HttpMethod.Put, HttpStatusCode.MethodNotAllowed),
            ("/forums", HttpMethod.Trace, HttpStatusCode.MethodNotAllowed),
        ];
        foreach (var (address, method, status) in kinds)
            await CheckAsync(address, method, status);
        await using var db = forum.Db();
        await db.Database.ExecuteSqlAsync($"ALTER TABLE Tags RENAME TO Broken");
        await CheckAsync("/tags", HttpMethod.Get, HttpStatusCode.InternalServerError);
        await CheckAsync("/api/v1/topics?tag=handover", HttpMethod.Get, HttpStatusCode.InternalServerError);

        async Task CheckAsync(string address, HttpMethod method, HttpStatusCode status)
        {
            var answer = await visitor.SendAsync(method, address);
            Assert.True(status == answer.Status, $"{method} {address} answers {answer.Status}.");
            var policy = Assert.Single(answer.Message.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Equal(address.StartsWith("/account", StringComparison.Ordinal) ? "no-referrer" : "strict-origin-when-cross-origin", answer.Header("Referrer-Policy"));
            Assert.Equal("same-origin", answer.Header("Cross-Origin-Opener-Policy"));
            Assert.Equal("same-origin", answer.Header("Cross-Origin-Resource-Policy"));
            Assert.Contains("camera=()", answer.Header("Permissions-Policy"), StringComparison.Ordinal);
            Assert.Equal(site.StartsWith("https", StringComparison.Ordinal) ? "max-age=63072000; includeSubDomains" : null, answer.Header("Strict-Transport-Security"));
            if ((int)status >= 500)
                Assert.DoesNotContain("no such table", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Check_38_a_members_page_is_for_nobody_to_keep_and_says_the_same_policy_once()
    {
        await using var forum = await WebForum.StartAsync();
        var everything = await Everything.InAsync(forum);
        var member = await forum.SignInAsync(everything.Asker.Email!);
        var page = await member.GetAsync($"/t/{everything.Topic.TopicId}/{everything.Topic.Slug}");
        Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Single(page.Message.Headers.GetValues("Content-Security-Policy"));
    }
}
