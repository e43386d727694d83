using Forum.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Forum.Data.Providers;

/// <summary>
/// The right to migrate. SQL Server has its own lock for that; on SQLite it is a file lock of ours, because the lock row that the
/// migrations tool leaves behind when killed would make every later start wait for ever.
/// </summary>
internal sealed class MigrationTurn(FileStream? file) : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    public static async Task<MigrationTurn> TakeAsync(ForumOptions options, CancellationToken cancellation)
    {
        if (options.Database.Provider == DatabaseProvider.SqlServer)
            return new(null);
        var path = Path.Combine(options.DataPath, "migrate.lock");
        while (true)
        {
            try
            {
                return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                await Task.Delay(Retry, cancellation);
            }
        }
    }

    /// <summary>Removes the lock row of a migration that was killed, at whatever step; whoever holds our file lock knows that no other is running.</summary>
    public async Task ClearStaleLockAsync(ForumDbContext db, CancellationToken cancellation)
    {
        if (file is not null)
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL; CREATE TABLE IF NOT EXISTS \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL CONSTRAINT \"PK___EFMigrationsLock\" PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); DELETE FROM \"__EFMigrationsLock\";", cancellation);
    }

    /// <summary>Settings of the database itself: on SQL Server readers do not wait for writers.</summary>
    public static async Task PrepareAsync(ForumDbContext db, CancellationToken cancellation)
    {
        if (!db.Database.IsSqlServer())
            return;
        try
        {
            await db.Database.ExecuteSqlRawAsync(
                "IF (SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = DB_NAME()) = 0 EXEC('ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE')", cancellation);
        }
        catch (Microsoft.Data.SqlClient.SqlException)
        {
            // The account may lack the right; docs tell the administrator to switch it on by hand. The forum runs either way, slower.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (file is not null)
            await file.DisposeAsync();
    }
}

internal static class MigrationScript
{
    public static string GetMigrationScript(this ForumDbContext db) =>
        db.GetService<IMigrator>().GenerateScript(options: db.Database.IsSqlServer() ? MigrationsSqlGenerationOptions.Idempotent : MigrationsSqlGenerationOptions.Default);
}
