using Forum.Data.Providers;
using Forum.Members;
using Forum.Outbox;
using Forum.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Forum.Data;

/// <summary>Brings the database up to date and sees that the rows stand in it without which nothing runs.</summary>
public sealed class Migrator(IDbContextFactory<ForumDbContext> contexts, ForumOptions options)
{
    /// <summary>Creates or migrates the database. Several processes may do it at once; one works, the others wait.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(options.DataPath);
        await using var turn = await MigrationTurn.TakeAsync(options, cancellation);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await turn.ClearStaleLockAsync(db, cancellation);
        await db.Database.MigrateAsync(cancellation);
        await MigrationTurn.PrepareAsync(db, cancellation);
        if (!await db.OutboxCounters.AnyAsync(cancellation))
            db.OutboxCounters.Add(new OutboxCounter { DatabaseId = Guid.NewGuid() });
        var held = await db.Roles.Select(r => r.Name).ToListAsync(cancellation);
        foreach (var role in SiteRoles.All.Select(r => r.Key()).Except(held))
            db.Roles.Add(new IdentityRole<long>(role!) { NormalizedName = role!.ToUpperInvariant(), ConcurrencyStamp = role });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException exception) when (Database.IsUniqueViolation(exception))
        {
            // Another process that starts beside this one has written them.
        }
    }

    /// <summary>The SQL that brings an empty database to the present state, for administrators who run it themselves.</summary>
    public async Task<string> ScriptAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return MigrationScript.GetMigrationScript(db);
    }

    /// <summary>True when the database is up to date.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return !(await db.Database.GetPendingMigrationsAsync(cancellation)).Any();
    }
}
