using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Forum.Jobs;
using Forum.Topics;
using Forum.Web.Tests.Api;

namespace Forum.Web.Tests.Published;

[Collection(PublishedProgram.Name)]
public sealed class KillTests(PublishedProgram program)
{
    private const int Rounds = 3, Writers = 6, PerRound = 25;

    [Fact]
    public async Task What_was_acknowledged_is_there_exactly_once_after_kills_in_the_middle_of_writes()
    {
        await using var folder = await ForumFolder.MakeAsync();
        await folder.BoardAsync("help");
        var member = await folder.MemberAsync();
        var topic = await folder.AskAsync(member, "help");
        var (made, lines) = await program.RunAsync(folder, "token", "create", "--member", member.Handle, "--scope", "write");
        Assert.Equal(0, made);

        var writing = new Writing(topic, lines[^1]);
        for (var round = 1; round <= Rounds; round++)
        {
            await using var node = await program.ServeAsync(folder);
            var writers = Enumerable.Range(0, Writers).Select(_ => writing.RunAsync(node.Client)).ToList();
            await writing.HasAcknowledgedAsync(round * PerRound);
            await node.KillAsync();
            await Task.WhenAll(writers);
        }
        Assert.NotEmpty(writing.Unanswered);

        await using var last = await program.ServeAsync(folder);
        await last.IsReadyAsync();
        await writing.RetryAsync(last.Client);
        var posts = await writing.ReadAsync(last.Client);
        Assert.Equal(posts.Count, posts.Select(p => p.Text).Distinct().Count());
        Assert.Equal(writing.Acknowledged.OrderBy(a => a.Key), posts.ToDictionary(p => p.Text, p => p.Id).OrderBy(p => p.Key));
        Assert.Empty((await folder.Get<Doctor>().RunAsync(Actor.Operator, false, null, default)).Required.Findings);
        using var file = folder.Connect();
        Assert.Equal("ok", file.Run("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task A_first_start_that_is_killed_is_finished_by_the_next()
    {
        await using var folder = new ForumFolder();
        await using (var killed = program.Start(folder))
        {
            await killed.HoldsAsync(() => Task.FromResult(new FileInfo(folder.Database) is { Exists: true, Length: > 0 }), "a database being made");
            await killed.KillAsync();
        }

        await using var node = await program.ServeAsync(folder);
        await node.IsReadyAsync();
        await folder.BoardAsync("help");
        await folder.AskAsync(await folder.MemberAsync(), "help");
        Assert.Contains(Scenario.Question, (await node.Visitor().GetAsync("/")).Text, StringComparison.Ordinal);
    }

    /// <summary>Scripts that reply, each reply under a key of its own, and remember what was acknowledged and what had no answer.</summary>
    private sealed class Writing(PostedPost topic, string token)
    {
        private readonly TaskCompletionSource[] milestones = [.. Enumerable.Range(0, (Rounds + 1) * PerRound).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];
        private int written;

        public ConcurrentDictionary<string, long> Acknowledged { get; } = new();

        public ConcurrentQueue<string> Unanswered { get; } = new();

        public Task HasAcknowledgedAsync(int count) => milestones[count].Task.WaitAsync(Node.Patience);

        /// <summary>Replies until the program is gone, beginning with what had no answer before.</summary>
        public async Task RunAsync(HttpClient client)
        {
            while (true)
            {
                var text = Unanswered.TryDequeue(out var again) ? again : $"Reply {Interlocked.Increment(ref written)} of a script.";
                try
                {
                    await WriteAsync(client, text);
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException)
                {
                    Unanswered.Enqueue(text);
                    return;
                }
            }
        }

        public async Task RetryAsync(HttpClient client)
        {
            while (Unanswered.TryDequeue(out var text))
                await WriteAsync(client, text);
        }

        public async Task<List<(string Text, long Id)>> ReadAsync(HttpClient client)
        {
            var posts = new List<JsonNode?>();
            for (string? after = ""; after is not null;)
            {
                var page = (await new ApiClient(client).GetAsync($"topics/{topic.TopicId}/posts?size=100&after={after}")).Is(HttpStatusCode.OK);
                posts.AddRange(page.Items);
                after = page.Next;
            }
            return [.. posts.Skip(1).Select(p => (p!["markdown"]!.GetValue<string>(), p["id"]!.GetValue<long>()))];
        }

        private async Task WriteAsync(HttpClient client, string text)
        {
            var reply = (await new ApiClient(client, token).PostAsync($"topics/{topic.TopicId}/posts", new { markdown = text }, key: text)).Is(HttpStatusCode.Created);
            Assert.Equal(reply.Id, Acknowledged.GetOrAdd(text, reply.Id));
            var count = Acknowledged.Count;
            if (count < milestones.Length)
                milestones[count].TrySetResult();
        }
    }
}
