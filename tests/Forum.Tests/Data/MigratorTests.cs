using Forum.Data;
using Forum.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Tests.Data;

/// <summary>What a start finds after the one before it was killed, on SQLite.</summary>
public sealed class MigratorTests : IAsyncLifetime
{
    /// <summary>Only a start that waits for ever takes longer.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(3);

    private readonly string folder = Directory.CreateTempSubdirectory("forum-test-").FullName;
    private ServiceProvider services = null!;

    private string Database => Path.Combine(folder, "forum.db");

    public Task InitializeAsync()
    {
        services = new ServiceCollection().AddLogging().AddForum(new ForumOptions { DataPath = folder, NodePath = folder, Database = { Synchronous = "OFF" } }).BuildServiceProvider();
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        TestForum.DeleteFolder(folder);
    }

    [Fact]
    public async Task A_lock_that_a_killed_migration_left_holds_up_nobody()
    {
        await StartAsync();
        Run(Database, "INSERT INTO \"__EFMigrationsLock\" (\"Id\", \"Timestamp\") VALUES (1, '2026-01-01 00:00:00+00:00')");

        await StartAsync();

        Assert.Equal(0L, Run(Database, "SELECT COUNT(*) FROM \"__EFMigrationsLock\""));
    }

    [Fact]
    public async Task A_first_start_that_was_killed_before_any_table_was_made_holds_up_nobody()
    {
        Run(Database, "CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01 00:00:00+00:00')");

        await StartAsync();

        Assert.Equal(0L, Run(Database, "SELECT COUNT(*) FROM \"__EFMigrationsLock\""));
        Assert.Equal("wal", Run(Database, "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task A_database_whose_first_transaction_was_cut_off_by_a_kill_is_recovered_and_made()
    {
        CutOff(Database);

        await StartAsync();

        Assert.Equal(0L, Run(Database, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'Torn'"));
    }

    private async Task StartAsync()
    {
        await services.GetRequiredService<Migrator>().RunAsync(default).WaitAsync(patience);
        Assert.True(await services.GetRequiredService<Migrator>().IsCurrentAsync(default));
    }

    /// <summary>Leaves the files as they are on disk in the middle of a transaction: half of it in the database, and the journal that takes it back.</summary>
    private static void CutOff(string path)
    {
        var other = path + ".other";
        using (var connection = Open(other))
        {
            Run(connection, "PRAGMA journal_mode=DELETE; PRAGMA cache_size=1; CREATE TABLE Kept (Id INTEGER); BEGIN; CREATE TABLE Torn (Words TEXT);");
            for (var i = 0; i < 100; i++)
                Run(connection, "INSERT INTO Torn VALUES (hex(randomblob(2000)))");
            File.Copy(other, path);
            File.Copy(other + "-journal", path + "-journal");
        }
        File.Delete(other);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static object? Run(string path, string sql)
    {
        using var connection = Open(path);
        return Run(connection, sql);
    }

    private static object? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
