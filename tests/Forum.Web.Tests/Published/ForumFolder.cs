using Forum.Data;
using Forum.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Forum.Web.Tests.Published;

/// <summary>A data folder of its own for processes of the program, with the engine beside them to set the scene and to look at what they left.</summary>
public sealed class ForumFolder : IEngine, IAsyncDisposable
{
    private readonly ServiceProvider engine;

    /// <summary>An empty folder, without a database so far.</summary>
    public ForumFolder()
    {
        var options = new ForumOptions { DataPath = Path, NodePath = System.IO.Path.Combine(Path, "tests"), Limits = { Enabled = false }, Database = { Synchronous = "OFF" } };
        engine = new ServiceCollection().AddLogging().AddForum(options).BuildServiceProvider();
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("forum-published-data-").FullName;

    public string Database => System.IO.Path.Combine(Path, "forum.db");

    public string SearchFolder => System.IO.Path.Combine(Path, "node", "search");

    /// <summary>A folder with an empty forum.</summary>
    public static async Task<ForumFolder> MakeAsync()
    {
        var folder = new ForumFolder();
        await folder.Get<Migrator>().RunAsync(default);
        return folder;
    }

    public T Get<T>() where T : notnull => engine.GetRequiredService<T>();

    /// <summary>A connection of another program to the same database file.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Database, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}

public static class Sql
{
    /// <summary>The first value of what the statement gives.</summary>
    public static object? Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
