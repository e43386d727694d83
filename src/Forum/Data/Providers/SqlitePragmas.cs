using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Forum.Data.Providers;

/// <summary>What each connection to SQLite is told: FULL waits for the disk at each commit, so that an acknowledged post survives a power cut.</summary>
internal sealed class SqlitePragmas(string synchronous) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Tell(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(connection);
        return Task.CompletedTask;
    }

    private void Tell(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA synchronous={synchronous}; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;";
        command.ExecuteNonQuery();
    }
}
