using Forum.Settings;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Forum.Data.Providers;

/// <summary>All that knows which of the two databases is in use.</summary>
public static class Database
{
    /// <summary>SQL Server 2022: later levels map JSON columns to a type that older servers lack.</summary>
    private const int SqlServerCompatibility = 160;

    /// <summary>Configures <paramref name="builder"/> for the database that the settings name; migrations come from the assembly of that provider.</summary>
    public static void Use(DbContextOptionsBuilder builder, ForumOptions options)
    {
        if (options.Database.Provider == DatabaseProvider.SqlServer)
        {
            builder.UseSqlServer(options.Database.ConnectionString, server =>
            {
                server.UseCompatibilityLevel(SqlServerCompatibility);
                server.EnableRetryOnFailure();
                server.MigrationsAssembly("Forum.Migrations.SqlServer");
                if (options.Database.MaxBatchSize is { } size)
                    server.MaxBatchSize(size);
            });
        }
        else
        {
            builder.UseSqlite(SqliteConnectionString(options), lite =>
            {
                lite.CommandTimeout((int)WriteGate.Patience.TotalSeconds);
                lite.MigrationsAssembly("Forum.Migrations.Sqlite");
                if (options.Database.MaxBatchSize is { } size)
                    lite.MaxBatchSize(size);
            });
            builder.AddInterceptors(new SqlitePragmas(options.Database.Synchronous));
        }
    }

    /// <summary>The configured connection string, or the file forum.db in the data folder.</summary>
    public static string SqliteConnectionString(ForumOptions options)
    {
        if (!string.IsNullOrEmpty(options.Database.ConnectionString))
            return options.Database.ConnectionString;
        return new SqliteConnectionStringBuilder { DataSource = Path.Combine(options.DataPath, "forum.db"), Cache = SqliteCacheMode.Private, ForeignKeys = true }.ToString();
    }

    /// <summary>How long the next transaction waits while another process holds SQLite's lock, at least a second.</summary>
    internal static void WaitForLock(this ForumDbContext db, TimeSpan patience)
    {
        // Zero would be for ever.
        if (db.Database.IsSqlite() && db.Database.GetDbConnection() is SqliteConnection lite)
            lite.DefaultTimeout = (int)Math.Max(1, patience.TotalSeconds);
    }

    /// <summary>
    /// Has deeds that name the same thing come one after the other, from here to the end of each: for what is counted before a row is added.
    /// SQLite has one writer at a time anyway.
    /// </summary>
    /// <param name="name">At most 255 characters.</param>
    internal static async Task TakeTurnAsync(this ForumDbContext db, string name, CancellationToken cancellation)
    {
        if (db.Database.IsSqlServer())
            await db.Database.ExecuteSqlAsync(Turn(name), cancellation);
    }

    internal static FormattableString Turn(string name) =>
        $"DECLARE @got int; EXEC @got = sp_getapplock @Resource = {name}, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = 10000; IF @got < 0 THROW 50000, 'Too many deeds wait for the same turn.', 1;";

    /// <summary>Whether a failed save means that a row with the same key was there already: somebody was faster.</summary>
    public static bool IsUniqueViolation(DbUpdateException exception) => exception.InnerException switch
    {
        SqliteException lite => lite.SqliteExtendedErrorCode is 1555 or 2067,
        SqlException server => server.Number is 2601 or 2627,
        _ => false,
    };

    /// <summary>Whether the database could not be reached or was too busy to answer: worth trying again later.</summary>
    public static bool IsUnavailable(Exception exception) => exception is SqliteException { SqliteErrorCode: 5 or 6 or 10 or 13 or 14 } or SqlException or TimeoutException
        || (exception.InnerException is { } inner && IsUnavailable(inner));
}
