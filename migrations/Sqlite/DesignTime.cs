using Forum.Data;
using Forum.Data.Providers;
using Forum.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Forum.Migrations.Sqlite;

/// <summary>How the migrations tool makes the context: with the program's own Identity options, or the schema version would differ.</summary>
public sealed class DesignTime : IDesignTimeDbContextFactory<ForumDbContext>
{
    public ForumDbContext CreateDbContext(string[] args)
    {
        var options = new ForumOptions { Database = { Provider = DatabaseProvider.Sqlite, ConnectionString = "Data Source=design-time.db" } };
        var builder = new DbContextOptionsBuilder<ForumDbContext>();
        Database.Use(builder, options);
        return new ForumDbContext(builder.UseApplicationServiceProvider(IdentitySchema.Services()).Options);
    }
}
