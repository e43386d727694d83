using Forum.Data;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Forum;

/// <summary>A database of today's shape without a row, made once a run and copied for each test: to make one takes longer than most tests.</summary>
internal static class EmptyDatabase
{
    private static readonly Lazy<Task<byte[]>> file = new(MakeAsync);

    /// <summary>Puts it into the data folder of a forum that has not started yet.</summary>
    public static async Task CopyToAsync(string folder)
    {
        var copy = Path.Combine(Directory.CreateDirectory(folder).FullName, "forum.db");
        if (!File.Exists(copy))
            await File.WriteAllBytesAsync(copy, await file.Value);
    }

    private static async Task<byte[]> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("forum-empty-");
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging();
        services.AddForum(new ForumOptions { DataPath = folder.FullName, NodePath = folder.FullName });
        await using (var provider = services.BuildServiceProvider())
        await using (var db = await provider.GetRequiredService<IDbContextFactory<ForumDbContext>>().CreateDbContextAsync())
        {
            await db.Database.MigrateAsync();
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        var made = await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "forum.db"));
        folder.Delete(recursive: true);
        return made;
    }
}
