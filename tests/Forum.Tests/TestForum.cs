using Forum.Data;
using Forum.Settings;
using Forum.Tests.Data.Dialect;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Forum.Tests;

/// <summary>A whole engine on a database of its own: SQLite in a temporary folder, or SQL Server where FORUM_TEST_SQLSERVER names one. Flood limits are off unless a test turns them on.</summary>
public sealed class TestForum : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private TestForum(ServiceProvider services, ForumOptions options, FakeTimeProvider clock)
    {
        this.services = services;
        Options = options;
        Clock = clock;
    }

    public ForumOptions Options { get; }

    public FakeTimeProvider Clock { get; }

    public static async Task<TestForum> StartAsync(Action<ForumOptions>? configure = null, Action<IServiceCollection>? add = null)
    {
        var folder = Directory.CreateTempSubdirectory("forum-test-").FullName;
        var options = new ForumOptions { DataPath = folder, NodePath = Path.Combine(folder, "node") };
        if (Environment.GetEnvironmentVariable("FORUM_TEST_SQLSERVER") is { Length: > 0 } server)
        {
            options.Database.Provider = DatabaseProvider.SqlServer;
            options.Database.ConnectionString = new Microsoft.Data.SqlClient.SqlConnectionStringBuilder(server) { InitialCatalog = $"forum_test_{Guid.NewGuid():N}" }.ToString();
        }
        options.Database.Synchronous = "OFF";
        options.Limits.Enabled = false;
        configure?.Invoke(options);
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var collection = new ServiceCollection();
        collection.AddSingleton<TimeProvider>(clock);
        collection.AddSingleton<ILoggerFactory, NullLoggerFactory>();
        collection.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        collection.AddForum(options);
        // The cost of a password is looked at by what is served in earnest, and no rule depends on it.
        collection.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1);
        if (options.Database is { Provider: DatabaseProvider.Sqlite, ConnectionString: null })
            await EmptyDatabase.CopyToAsync(options.DataPath);
        if (options.Database.Provider == DatabaseProvider.Sqlite)
            SqlServerMirror.Attach(collection);
        add?.Invoke(collection);
        var services = collection.BuildServiceProvider();
        await services.GetRequiredService<Migrator>().RunAsync(default);
        return new(services, options, clock);
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public object Get(Type type) => services.GetRequiredService(type);

    /// <summary>A context of its own, to look at what the use cases left behind.</summary>
    public ForumDbContext Db() => Get<IDbContextFactory<ForumDbContext>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        if (Options.Database.Provider == DatabaseProvider.SqlServer)
            await using (var db = Db())
                await db.Database.EnsureDeletedAsync();
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        DeleteFolder(Options.DataPath);
    }

    /// <summary>Deletes a folder that somebody may be writing into at the same moment: what appeared meanwhile goes in the next round.</summary>
    public static void DeleteFolder(string folder)
    {
        const int rounds = 100;
        for (var round = 1; Directory.Exists(folder); round++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException) when (round < rounds)
            {
            }
        }
    }
}
