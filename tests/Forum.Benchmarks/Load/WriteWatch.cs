using Microsoft.Data.Sqlite;

namespace Forum.Benchmarks.Load;

/// <summary>Counts the commits of others to a database, as far as they are further apart than a look at it.</summary>
internal sealed class WriteWatch : IAsyncDisposable
{
    private static readonly TimeSpan look = TimeSpan.FromMilliseconds(20);

    private readonly SqliteConnection connection;
    private readonly CancellationTokenSource stop = new();
    private readonly Task watching;
    private int commits;

    public WriteWatch(string data)
    {
        connection = new(new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "forum.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        var version = Version();
        watching = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(look, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                var now = Version();
                if (now != version)
                    commits++;
                version = now;
            }
        });
    }

    /// <summary>Stops counting and tells how many commits were seen.</summary>
    public async Task<int> StopAsync()
    {
        await stop.CancelAsync();
        await watching;
        return commits;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
        await connection.DisposeAsync();
    }

    private long Version()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)command.ExecuteScalar()!;
    }
}
