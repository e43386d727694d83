using System.Diagnostics;
using System.Net;
using Forum.Data;
using Forum.Members;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Published;

[Collection(PublishedProgram.Name)]
public sealed class LockedDatabaseTests(PublishedProgram program)
{
    private const string Text = "What I typed for an hour.";

    [Fact]
    public async Task While_another_program_holds_the_database_pages_are_read_and_a_write_is_given_back_to_be_sent_again()
    {
        await using var folder = await ForumFolder.MakeAsync();
        await folder.BoardAsync("help");
        var member = await folder.MemberAsync();
        var topic = await folder.AskAsync(member, "help");
        var address = $"/t/{topic.TopicId}/{topic.Slug}";
        await using var node = await program.ServeAsync(folder);
        var script = new ApiClient(node.Client, (await folder.Get<CreateToken>().RunAsync(Actor.Operator, member.Handle, TokenScope.Write, default)).Required);
        var browser = node.Visitor();
        await browser.SignInAsync(member.Email!);
        var page = await browser.GetAsync(address);

        Answer refused;
        using (var other = folder.Connect())
        {
            other.Run("BEGIN EXCLUSIVE");
            var begun = Stopwatch.GetTimestamp();
            var replies = Enumerable.Range(0, 5).Select(i => script.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = $"{Text} {i}" })).ToList();
            var sent = browser.SubmitAsync(page, "form[action$='#reply']", ("Markdown", Text));
            while (!sent.IsCompleted)
                foreach (var read in new[] { address, "/", "/search?q=agency", "/health/ready" })
                    Assert.Equal(HttpStatusCode.OK, (await node.Visitor().GetAsync(read)).Status);
            refused = await sent;
            foreach (var reply in await Task.WhenAll(replies))
                Assert.True(reply.Is(HttpStatusCode.ServiceUnavailable).Message.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            // All of them together, not one after the other.
            Assert.True(Stopwatch.GetElapsedTime(begun) < 3 * WriteGate.Patience, $"They took {Stopwatch.GetElapsedTime(begun)}.");
        }
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.Status);
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Equal(Text, refused.TextOf("textarea"));

        var again = await browser.SubmitAsync(refused, "main form");
        Assert.True(again.IsRedirect, again.Text);
        Assert.Contains(Text, (await browser.GetAsync(address)).TextOf("#post-2 .body"), StringComparison.Ordinal);
        (await script.PostAsync($"topics/{topic.TopicId}/posts", new { markdown = $"{Text} And again." })).Is(HttpStatusCode.Created);
    }
}
