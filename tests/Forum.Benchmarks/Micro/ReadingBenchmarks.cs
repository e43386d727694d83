using BenchmarkDotNet.Attributes;
using Forum.Boards;
using Forum.Rendering;
using Forum.Search;
using Forum.Standing;
using Forum.Topics;
using Microsoft.EntityFrameworkCore;

namespace Forum.Benchmarks.Micro;

/// <summary>What the pages ask the engine, on communities of several sizes.</summary>
[Config(typeof(Quick)), MemoryDiagnoser]
public class ReadingBenchmarks
{
    private Community community = null!;
    private long[] topics = [];
    private string[] titles = [];
    private int next;

    [Params(1_000, 20_000, 100_000)]
    public int Posts { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        community = await Community.SeedAsync(Posts, indexed: true);
        await using var db = community.Db();
        topics = await db.Topics.Where(t => t.LastNumber >= Paging.PageSize).Select(t => t.Id).ToArrayAsync();
        titles = await db.Topics.Select(t => t.Title).Take(1_000).ToArrayAsync();
    }

    [GlobalCleanup]
    public Task CleanUpAsync() => community.DisposeAsync().AsTask();

    [Benchmark]
    public Task<Result<TopicView>> Topic() => community.Get<TopicQueries>().PageAsync(Rights.OfVisitor, Next(topics), PostSort.Oldest, 1, null, withMarkdown: false, default);

    [Benchmark]
    public Task<Page<TopicRow>> List() => community.Get<TopicListQueries>().ListAsync(Rights.OfVisitor, new(), default);

    [Benchmark]
    public Task<SearchResults> Search() => community.Get<SearchQueries>().SearchAsync(Actor.Visitor, new(Next(titles)), default);

    /// <summary>As the page asks, which tells what each filter would leave and why each topic was found.</summary>
    [Benchmark]
    public Task<SearchResults> SearchPage() => community.Get<SearchQueries>().SearchAsync(Actor.Visitor, new(Next(titles), Counted: true, Explained: true), default);

    /// <summary>The first two letters of a title, by which many are suggested.</summary>
    [Benchmark]
    public Task<Suggested> Suggest() => community.Get<Suggestions>().FindAsync(Actor.Visitor, Next(titles)[..2], default);

    [Benchmark]
    public Task<IReadOnlyList<SimilarQuestion>> Similar() => community.Get<SimilarQuestions>().FindAsync(Actor.Visitor, Next(titles), null, 5, default);

    /// <summary>As the first reader after a vote.</summary>
    [Benchmark]
    public Task<Result<IReadOnlyList<LeaderboardRow>>> LeaderboardOfAllTime() => LeaderboardAsync(LeaderboardPeriod.All);

    [Benchmark]
    public Task<Result<IReadOnlyList<LeaderboardRow>>> LeaderboardOfTheMonth() => LeaderboardAsync(LeaderboardPeriod.Month);

    /// <summary>Rendered as it would be stored, with who and what it names looked up.</summary>
    [Benchmark]
    public Task<Result<RenderedPost>> Preview() => community.Get<WritingQueries>().RenderAsync(Actor.Visitor, RenderBenchmarks.Long + $"\n\n@nobody https://forum.example.org/t/{Next(topics)}", new(), default);

    private Task<Result<IReadOnlyList<LeaderboardRow>>> LeaderboardAsync(LeaderboardPeriod period) =>
        community.Make<LeaderboardQueries>().TopAsync(Rights.OfVisitor, period, null, default);

    private T Next<T>(T[] all) => all[next++ % all.Length];
}
