using System.Threading.Channels;
using Forum.Data;
using Forum.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forum.Tests.Outbox;

public sealed class ConsumerTests : IAsyncLifetime
{
    /// <summary>Longer than any consumer takes on a busy machine; only a failing test waits for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TestForum forum = null!;

    public async Task InitializeAsync() => forum = await TestForum.StartAsync();

    public async Task DisposeAsync() => await forum.DisposeAsync();

    [Fact]
    public async Task Events_come_in_the_order_of_their_commits_from_where_the_consumer_was()
    {
        for (var i = 1; i <= 700; i += 100)
            await TellAsync(forum.Get<ForumWriter>(), Enumerable.Range(i, 100));
        await using var consumer = await Started(new(forum) { At = 5 });

        Assert.Equal(Enumerable.Range(6, 695).Select(i => (long)i), await consumer.NextAsync(695));
    }

    [Fact]
    public async Task A_deed_of_this_process_wakes_the_consumer_before_it_polls()
    {
        await using var consumer = await Started(new(forum));
        var fastest = TimeSpan.MaxValue;
        for (var i = 1; i <= 5; i++)
        {
            await TellAsync(forum.Get<ForumWriter>(), [i]);
            var from = System.Diagnostics.Stopwatch.GetTimestamp();
            Assert.Equal(i, await consumer.NextAsync());
            var took = System.Diagnostics.Stopwatch.GetElapsedTime(from);
            fastest = took < fastest ? took : fastest;
        }
        Assert.True(fastest < TimeSpan.FromMilliseconds(200), $"The fastest of five took {fastest}.");
    }

    [Fact]
    public async Task An_event_of_another_node_is_found_without_a_signal()
    {
        await using var consumer = await Started(new(forum));
        using var gate = new WriteGate(forum.Options);
        var otherNode = new ForumWriter(forum.Get<IDbContextFactory<ForumDbContext>>(), gate, new Signal(), forum.Clock);

        await TellAsync(otherNode, [42]);

        Assert.Equal(42, await consumer.NextAsync());
    }

    [Fact]
    public async Task After_a_failure_the_same_events_come_again_and_nothing_is_left_out()
    {
        await using var consumer = await Started(new(forum) { Failures = 1 });

        await TellAsync(forum.Get<ForumWriter>(), [1, 2]);

        Assert.Equal([1, 2, 1, 2], await consumer.NextAsync(4));
        Assert.Equal(2, consumer.Starts);
    }

    [Fact]
    public async Task A_consumer_that_fails_stops_no_other()
    {
        await using var broken = await Started(new(forum) { Failures = int.MaxValue });
        await using var sound = await Started(new(forum));

        await TellAsync(forum.Get<ForumWriter>(), [1]);
        Assert.Equal(1, await broken.NextAsync());
        await TellAsync(forum.Get<ForumWriter>(), [2]);
        Assert.Equal([1, 2], await sound.NextAsync(2));
    }

    [Fact]
    public async Task A_consumer_that_waits_stops_at_once()
    {
        var consumer = await Started(new(forum));
        var from = System.Diagnostics.Stopwatch.GetTimestamp();
        await consumer.DisposeAsync();
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(from) < TimeSpan.FromSeconds(5));
    }

    private static Task TellAsync(ForumWriter writer, IEnumerable<int> members) => writer.RunAsync<Done>(Actor.Operator, (deed, _) =>
    {
        foreach (var member in members)
            deed.Tell(new MemberChanged(member));
        return Task.FromResult<Result<Done>>(new Done());
    }, default);

    private static async Task<Listener> Started(Listener consumer)
    {
        await consumer.StartAsync(default);
        return consumer;
    }

    /// <summary>Hands on whose change each event tells, and fails as often as it is told to.</summary>
    private sealed class Listener(TestForum forum) : Consumer(forum.Get<IDbContextFactory<ForumDbContext>>(), forum.Get<Signal>(), NullLogger.Instance), IAsyncDisposable
    {
        private readonly Channel<long> heard = Channel.CreateUnbounded<long>();

        public long At { get; set; }

        public int Failures { get; set; }

        public int Starts { get; private set; }

        public async Task<long> NextAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            return await heard.Reader.ReadAsync(patience.Token);
        }

        public async Task<List<long>> NextAsync(int count)
        {
            var next = new List<long>();
            while (next.Count < count)
                next.Add(await NextAsync());
            return next;
        }

        protected override Task<long> StartAsync(ForumDbContext db, CancellationToken cancellation)
        {
            Starts++;
            return Task.FromResult(At);
        }

        protected override Task HandleAsync(IReadOnlyList<ForumEvent> events, long last, CancellationToken cancellation)
        {
            foreach (var happened in events.Cast<MemberChanged>())
                heard.Writer.TryWrite(happened.MemberId);
            if (Failures-- > 0)
                throw new InvalidOperationException("as the test wants it");
            At = last;
            return Task.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync(default);
            Dispose();
        }
    }
}
