using Forum.Data;
using Forum.Search;
using Forum.Settings;
using Forum.Transfer;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forum.Benchmarks;

/// <summary>The engine on a seeded database, in this process.</summary>
internal sealed class Community : IAsyncDisposable
{
    /// <summary>Posts of a topic, members of a community: what the measured communities have in common at any size.</summary>
    public const int PostsPerTopic = 10, PostsPerMember = 20;

    private readonly ServiceProvider services;
    private readonly string? temporary;

    private Community(string folder, bool temporary)
    {
        this.temporary = temporary ? folder : null;
        var options = new ForumOptions { DataPath = folder, NodePath = Path.Combine(folder, "measuring"), Database = { Synchronous = "OFF" } };
        services = new ServiceCollection().AddSingleton<ILoggerFactory, NullLoggerFactory>().AddSingleton(typeof(ILogger<>), typeof(NullLogger<>)).AddForum(options).BuildServiceProvider();
    }

    /// <summary>The engine on the database of a data folder.</summary>
    public static Community Open(string folder) => new(folder, temporary: false);

    /// <summary>An empty forum in a temporary folder.</summary>
    public static async Task<Community> EmptyAsync()
    {
        var community = new Community(Directory.CreateTempSubdirectory("forum-benchmark-").FullName, temporary: true);
        await community.Get<Migrator>().RunAsync(default);
        return community;
    }

    /// <summary>A community of so many posts in a temporary folder.</summary>
    public static async Task<Community> SeedAsync(int posts, bool indexed = false)
    {
        var community = await EmptyAsync();
        _ = (await community.Get<SyntheticSeed>().RunAsync(Actor.Operator, posts / PostsPerTopic, posts, Math.Max(PostsPerMember, posts / PostsPerMember), null, default)).Required;
        if (indexed)
            await using (var db = community.Db())
                await community.Get<SearchIndex>().OpenAsync(db, default);
        return community;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>One of its own, with nothing remembered.</summary>
    public T Make<T>() => ActivatorUtilities.CreateInstance<T>(services);

    public ForumDbContext Db() => Get<IDbContextFactory<ForumDbContext>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (temporary is not null)
            Directory.Delete(temporary, recursive: true);
    }
}
