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
        using var gate = new WriteGate(forum.Options, forum.Clock);
        var otherNode = new ForumWriter(forum.Get<IDbContextFactory<ForumDbContext>>(), gate, new Signal(), forum.Get<SecurityLog>(), forum.Options, forum.Clock);

        await TellAsync(otherNode, [42]);

        Assert.Equal(42, await consumer.NextAsync());
    }

    [Fact]
    public async Task After_a_failure_the_same_events_come_again_and_nothing_is_left_out()
    {
        await using var consumer = await Started(new(forum) { Failures = 1 });

        await TellAsync(forum.Get<ForumWriter>(), [1, 2]);

        Assert.Equal([1, 2, 1, 2], await consumer.NextAsync(4));
        Assert.Equal(1, consumer.Starts);
    }

    [Fact]
    public async Task An_event_that_fails_again_and_again_is_parked_and_those_after_it_are_handled()
    {
        await TellAsync(forum.Get<ForumWriter>(), [1, 2, 13, 3]);
        await using var consumer = await Started(new(forum) { Poison = 13 });

        // All at once, then one by one; the poison until it is parked.
        Assert.Equal([1, 2, 13, 3, 1, 2, .. Enumerable.Repeat(13L, Consumer.Tries), 3], await consumer.NextAsync(7 + Consumer.Tries));
        await TellAsync(forum.Get<ForumWriter>(), [4]);
        Assert.Equal(4, await consumer.NextAsync());
        await using var db = forum.Db();
        var parked = await db.ParkedEvents.SingleAsync();
        Assert.Equal((nameof(Listener), 3, nameof(MemberChanged)), (parked.Consumer, parked.Sequence, parked.Kind));
        Assert.Contains("as the test wants it", parked.Error, StringComparison.Ordinal);
        Assert.Equal(new MemberChanged(13), System.Text.Json.JsonSerializer.Deserialize<ForumEvent>(parked.Payload));
    }

    [Fact]
    public async Task Nodes_that_fail_on_the_same_event_park_it_once()
    {
        await TellAsync(forum.Get<ForumWriter>(), [13, 1]);
        await using var here = await Started(new(forum) { Poison = 13 });
        await using var there = await Started(new(forum) { Poison = 13 });

        foreach (var node in new[] { here, there })
            Assert.Equal([13, 1, .. Enumerable.Repeat(13L, Consumer.Tries), 1], await node.NextAsync(3 + Consumer.Tries));

        await using var db = forum.Db();
        Assert.Equal(1, (await db.ParkedEvents.SingleAsync()).Sequence);
    }

    [Fact]
    public async Task An_event_of_a_newer_version_is_parked_at_once()
    {
        await TellAsync(forum.Get<ForumWriter>(), [1, 2]);
        await using (var db = forum.Db())
            await db.OutboxEvents.Where(e => e.Sequence == 1).ExecuteUpdateAsync(set => set.SetProperty(e => e.Payload, "{\"kind\":\"PlanetDiscovered\"}"));
        await using var consumer = await Started(new(forum));

        Assert.Equal(2, await consumer.NextAsync());
        await using var after = forum.Db();
        Assert.Contains("PlanetDiscovered", (await after.ParkedEvents.SingleAsync()).Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_parks_nothing()
    {
        await using var consumer = await Started(new(forum) { Failures = Consumer.Tries + 2, Failure = new TimeoutException() });

        await TellAsync(forum.Get<ForumWriter>(), [1]);

        Assert.Equal(Enumerable.Repeat(1L, Consumer.Tries + 3), await consumer.NextAsync(Consumer.Tries + 3));
        await using var db = forum.Db();
        Assert.False(await db.ParkedEvents.AnyAsync());
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

        /// <summary>The member whose change it cannot bear to hear of.</summary>
        public long? Poison { get; init; }

        public Exception Failure { get; init; } = new InvalidOperationException("as the test wants it");

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

        protected override TimeSpan Pause => TimeSpan.FromMilliseconds(10);

        protected override Task<long> StartAsync(ForumDbContext db, CancellationToken cancellation)
        {
            Starts++;
            return Task.FromResult(At);
        }

        protected override Task HandleAsync(IReadOnlyList<ForumEvent> events, long last, CancellationToken cancellation)
        {
            foreach (var happened in events.Cast<MemberChanged>())
                heard.Writer.TryWrite(happened.MemberId);
            if (Failures-- > 0 || events.Any(e => e == new MemberChanged(Poison ?? 0)))
                throw Failure;
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
