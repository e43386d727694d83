using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Forum.Data.Providers;

/// <summary>Many rows of one table inside a deed. On SQLite, where each row is a statement of its own, they go at once through one prepared statement, some ten times as fast.</summary>
internal static class ManyRows
{
    /// <summary>The id for the next row of a table, to be counted up from there: whoever writes to SQLite is alone. 0 on SQL Server, which gives ids when they are saved.</summary>
    public static async Task<long> NextIdAsync<T>(this ForumDbContext db, CancellationToken cancellation) where T : class =>
        db.Database.IsSqlite() ? 1 + (await db.Set<T>().MaxAsync(row => (long?)EF.Property<long>(row, "Id"), cancellation) ?? 0) : 0;

    /// <summary>Adds rows; new rows that they refer to have their ids already. SQL Server gets them in batches with the next save.</summary>
    public static void AddMany<T>(this ForumDbContext db, IEnumerable<T> rows) where T : class
    {
        if (db.Database.IsSqlite())
            Insert(db, [.. rows], "");
        else
            db.Set<T>().AddRange(rows);
    }

    /// <summary>Adds rows, and where there is one of the same key already, adds to its counter instead. Does nothing and says false on SQL Server.</summary>
    public static bool AddOrRaiseMany<T>(this ForumDbContext db, IEnumerable<T> rows, string counter) where T : class
    {
        if (!db.Database.IsSqlite())
            return false;
        var key = db.Model.FindEntityType(typeof(T))!.FindPrimaryKey()!.Properties.Select(p => $"\"{p.GetColumnName()}\"");
        Insert(db, [.. rows], $" ON CONFLICT ({string.Join(", ", key)}) DO UPDATE SET \"{counter}\" = \"{counter}\" + excluded.\"{counter}\"");
        return true;
    }

    private static void Insert<T>(ForumDbContext db, List<T> rows, string otherwise) where T : class
    {
        if (rows.Count == 0)
            return;
        var type = db.Model.FindEntityType(typeof(T))!;
        var columns = type.GetProperties().Where(p => p.ValueGenerated == ValueGenerated.Never || p.IsPrimaryKey() && p.GetGetter().GetClrValue(rows[0]) is > 0L)
            .Select((p, i) => (Name: p.GetColumnName(), Parameter: $"@p{i}", Getter: p.GetGetter(), Mapping: p.GetRelationalTypeMapping(), p.IsNullable)).ToList();
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = $"INSERT INTO \"{type.GetTableName()}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select(c => c.Parameter))}){otherwise}";
        foreach (var row in rows)
        {
            command.Parameters.Clear();
            foreach (var column in columns)
                command.Parameters.Add(column.Mapping.CreateParameter(command, column.Parameter, column.Getter.GetClrValue(row), column.IsNullable));
            command.ExecuteNonQuery();
        }
    }
}
