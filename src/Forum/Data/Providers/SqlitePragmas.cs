using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Forum.Data.Providers;

/// <summary>
/// What each connection to SQLite is told: FULL waits for the disk at each commit, so that an acknowledged post survives a power cut.
/// A context that goes back to its pool keeps its connection open, since opening one defines a score of functions and tells it all this again.
/// </summary>
internal sealed class SqlitePragmas(string synchronous) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Tell(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Tell(connection);
        return Task.CompletedTask;
    }

    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => new(InterceptionResult.Suppress());

    private void Tell(DbConnection connection)
    {
        // The migrations tool looks by a read-only connection whether there is a database. After a kill the file waits to be recovered,
        // which such a connection cannot do: to open it is all that works.
        if (new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly)
            return;
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA synchronous={synchronous}; PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;";
        command.ExecuteNonQuery();
    }
}
