using System.Net;
using System.Net.Http.Json;
using Forum.Boards;
using Forum.Members;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;

namespace Forum.Web.Tests.Api;

/// <summary>Who is let in by what, and how far.</summary>
public sealed class TokensTests(WebForum forum) : IClassFixture<WebForum>
{
    [Fact]
    public async Task Everything_that_changes_something_asks_for_a_token()
    {
        var topic = await forum.AskAsync(await forum.MemberAsync(), await forum.FreshBoardAsync());
        foreach (var (method, address) in Deeds(topic.TopicId, topic.PostId))
        {
            // Whatever the body: who asks is looked at first.
            foreach (var content in new HttpContent?[] { null, new StringContent("{"), new FormUrlEncodedContent([]), JsonContent.Create(new { markdown = Scenario.Body, version = 1 }) })
            {
                var refused = (await forum.Anonymous().SendAsync(method, address, content)).Is(HttpStatusCode.Unauthorized);
                Assert.Equal("Bearer", refused.Message.Headers.WwwAuthenticate.ToString());
            }
        }
        Assert.Equal(1, (await forum.Anonymous().GetAsync($"posts/{topic.PostId}")).Is(HttpStatusCode.OK).Json["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_token_that_reads_changes_nothing()
    {
        var member = await forum.MemberAsync();
        var topic = await forum.AskAsync(member, await forum.FreshBoardAsync());
        var api = await forum.ApiOfAsync(member, TokenScope.Read);
        foreach (var (method, address) in Deeds(topic.TopicId, topic.PostId))
        {
            var refused = (await api.SendAsync(method, address, new { markdown = Scenario.Body, version = 1 })).Is(HttpStatusCode.Forbidden);
            Assert.Contains("insufficient_scope", refused.Message.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
        (await api.GetAsync($"posts/{topic.PostId}")).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Bearer forum_nobody")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic YTpi")]
    [InlineData("forum_nobody")]
    public async Task A_token_that_is_none_is_refused_even_where_none_is_needed(string header)
    {
        using var client = forum.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        var refused = (await new ApiClient(client).GetAsync("boards")).Is(HttpStatusCode.Unauthorized);
        Assert.Contains("invalid_token", refused.Message.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        (await new ApiClient(client).PostAsync("topics", new { })).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_that_was_taken_back_is_over_at_once()
    {
        var member = await forum.MemberAsync();
        var api = await forum.ApiOfAsync(member);
        (await api.GetAsync("me")).Is(HttpStatusCode.OK);
        await using var db = forum.Db();
        await db.ApiTokens.Where(t => t.MemberId == member.Id).ExecuteDeleteAsync();
        (await api.GetAsync("me")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_cookie_signs_nobody_in_here()
    {
        var account = await forum.MemberAsync();
        var topic = await forum.AskAsync(account, await forum.FreshBoardAsync());
        var members = await forum.FreshBoardAsync(read: ReadAccess.Members);
        var browser = await forum.SignInAsync(account.Email!);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/me")).Status);
        Assert.DoesNotContain(members, (await browser.GetAsync("/api/v1/boards")).Text, StringComparison.Ordinal);
        foreach (var (method, address) in Deeds(topic.TopicId, topic.PostId))
        {
            var answer = await browser.SendAsync(new HttpRequestMessage(method, $"/api/v1/{address}") { Content = JsonContent.Create(new { markdown = Scenario.Body, version = 1 }) });
            Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        }
        Assert.Equal(1, (await forum.Anonymous().GetAsync($"posts/{topic.PostId}")).Is(HttpStatusCode.OK).Json["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_token_signs_nobody_in_on_pages()
    {
        var member = await forum.MemberAsync();
        var token = (await forum.Get<CreateToken>().RunAsync(Actor.Operator, member.Handle, TokenScope.Admin, default)).Required;
        using var client = forum.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        Assert.DoesNotContain("/account/sign-out", await client.GetStringAsync(new Uri("/", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Me_is_who_holds_the_token()
    {
        var member = await forum.MemberAsync("Muhammad Ali");
        var me = (await (await forum.ApiOfAsync(member, TokenScope.Read)).GetAsync("me")).Is(HttpStatusCode.OK);
        Assert.Equal(member.Id, me.Id);
        Assert.Equal("read", me.Json["scope"]!.GetValue<string>());
        Assert.Equal("Muhammad A", me.Json["member"]!["displayName"]!.GetValue<string>());
        Assert.DoesNotContain(member.Email!, me.Text, StringComparison.Ordinal);
        (await forum.Anonymous().GetAsync("me")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Check_22_a_suspended_member_reads_and_writes_nothing()
    {
        var member = await forum.MemberAsync();
        var topic = await forum.AskAsync(await forum.MemberAsync("Vera Trau"), await forum.FreshBoardAsync());
        var api = await forum.ApiOfAsync(member);
        var until = forum.Get<TimeProvider>().GetUtcNow().UtcDateTime.AddDays(1);
        await using var db = forum.Db();
        await db.Users.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.SuspendedUntil, until));
        (await api.GetAsync($"topics/{topic.TopicId}")).Is(HttpStatusCode.OK);
        (await api.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = "Choose Transfer." })).Is(HttpStatusCode.Forbidden);
        (await api.PutAsync($"posts/{topic.PostId}/vote")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Check_48_too_many_deeds_in_a_minute_are_told_when_to_come_back()
    {
        await using var busy = await WebForum.StartAsync([("Forum:Limits:Enabled", "true")]);
        var member = await busy.MemberAsync();
        var (api, other) = (await busy.ApiOfAsync(member), await busy.ApiOfAsync(await busy.MemberAsync("Vera Trau")));
        Reply? refused = null;
        for (var i = 0; i < 1000 && refused is null; i++)
            if (await api.PostAsync("preview", new { markdown = "a" }) is { Status: HttpStatusCode.TooManyRequests } reply)
                refused = reply.Is(HttpStatusCode.TooManyRequests);
        Assert.InRange(refused!.Message.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        (await api.GetAsync("me")).Is(HttpStatusCode.OK);
        (await other.PostAsync("preview", new { markdown = "a" })).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Check_48_too_many_upvotes_in_a_day_are_told_when_the_next_is_free_by_script_and_by_page()
    {
        await using var busy = await WebForum.StartAsync([("Forum:Limits:Enabled", "true")]);
        var (author, voter) = (await busy.MemberAsync("Stefan Staff", SiteRole.Moderator), await busy.MemberAsync("Vera Trau"));
        var board = await busy.FreshBoardAsync();
        var topic = await busy.AskAsync(author, board);
        for (var i = 0; i < new LimitOptions().UpvotesPerDayForOneAuthor; i++)
            await busy.UpvoteAsync(voter, await busy.ReplyAsync(author, topic));

        var refused = (await (await busy.ApiOfAsync(voter)).PutAsync($"posts/{topic.PostId}/vote")).Is(HttpStatusCode.TooManyRequests);
        Assert.InRange(refused.Message.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        var browser = await busy.SignInAsync(voter.Email!);
        var page = await browser.SubmitAsync(await browser.GetAsync($"/t/{topic.TopicId}/{topic.Slug}"), $"#post-1 form[action='/posts/{topic.PostId}/upvote']");
        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.InRange(page.Message.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromHours(23), TimeSpan.FromHours(24));
    }

    /// <summary>Every deed of the API, on that topic and post.</summary>
    private static IEnumerable<(HttpMethod Method, string Address)> Deeds(long topic, long post) =>
    [
        (HttpMethod.Post, "topics"),
        (HttpMethod.Post, $"topics/{topic}/posts"),
        (HttpMethod.Put, $"posts/{post}"),
        (HttpMethod.Delete, $"posts/{post}"),
        (HttpMethod.Put, $"posts/{post}/vote"),
        (HttpMethod.Delete, $"posts/{post}/vote"),
        (HttpMethod.Put, $"topics/{topic}/solution/{post}"),
        (HttpMethod.Delete, $"topics/{topic}/solution/{post}"),
        (HttpMethod.Post, "preview"),
    ];
}
